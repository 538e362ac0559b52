//! A terminal in memory.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;

use super::raw::{Key, KeySource};
use super::{Interrupts, Settings, Streams, Terminal};

/// What was written, kept where the test can see it.
#[derive(Clone, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that fails in one way.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What stands on the desk: a terminal, and what it says.
pub(super) struct Desk {
    pub(super) terminal: Terminal,
    out: Page,
    err: Page,
}

/// What a test may change before the terminal is made.
pub(super) struct Wishes {
    pub(super) settings: Settings,
    pub(super) input: Vec<u8>,
    pub(super) hidden: VecDeque<io::Result<String>>,
    pub(super) terminals: bool,
    pub(super) width: Option<usize>,
    pub(super) broken: Option<io::ErrorKind>,
    pub(super) keys: VecDeque<Key>,
    pub(super) err_size: Option<(usize, usize)>,
}

/// Keys that were typed before.
struct Typed(RefCell<VecDeque<Key>>);

impl KeySource for Typed {
    fn next(&self, _: Duration) -> io::Result<Key> {
        let key = self.0.borrow_mut().pop_front();
        key.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Desk {
    pub(super) fn new(change: impl FnOnce(&mut Wishes)) -> Self {
        let mut wishes = Wishes {
            settings: Settings::default(),
            input: Vec::new(),
            hidden: VecDeque::new(),
            terminals: false,
            width: None,
            broken: None,
            keys: VecDeque::new(),
            err_size: None,
        };
        change(&mut wishes);
        let (out, err) = (Page::default(), Page::default());
        let mut hidden = wishes.hidden;
        let keys: Rc<dyn KeySource> = Rc::new(Typed(RefCell::new(wishes.keys)));
        let streams = Streams {
            input: Box::new(io::Cursor::new(wishes.input)),
            ready: Box::new(|_| Ok(true)),
            hidden: Box::new(move |ask| {
                ask()?;
                hidden
                    .pop_front()
                    .unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
            }),
            keys: Box::new(move || Ok(Rc::clone(&keys))),
            out: match wishes.broken {
                Some(kind) => Box::new(Broken(kind)),
                None => Box::new(out.clone()),
            },
            out_is_gone: Box::new(|| false),
            err: Box::new(err.clone()),
            out_is_closed: false,
            input_is_terminal: wishes.terminals,
            out_is_terminal: wishes.terminals,
            err_is_terminal: wishes.terminals,
            width: wishes.width,
            err_size: wishes.err_size,
        };
        Self {
            terminal: Terminal::with_streams(wishes.settings, Interrupts::none(), streams),
            out,
            err,
        }
    }

    pub(super) fn out(&self) -> String {
        String::from_utf8(self.out.0.borrow().clone()).unwrap()
    }

    pub(super) fn err(&self) -> String {
        String::from_utf8(self.err.0.borrow().clone()).unwrap()
    }
}
