//! JSON objects one after the other, each in a line or in several.
//!
//! A line that is no JSON costs only its own object. So an object that is not closed ends before the line on
//! which the next one begins.

use std::io;
use std::ops::Range;

use super::brackets::Brackets;
use crate::ops::import::input::{Input, LONGEST_ROW, LineRead};

pub(super) struct ObjectLines<'a> {
    input: Input<'a>,
    /// The line the object begins on.
    pub line: u64,
    pub too_long: bool,
    /// The lines of the object, whole.
    bytes: Vec<u8>,
    /// Where in them the object is.
    range: Range<usize>,
    /// The line of the next object, if it begins behind this one in the same line.
    rest: Option<u64>,
    /// The line after the object, if it was read.
    ahead: Option<Line>,
}

struct Line {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl<'a> ObjectLines<'a> {
    pub fn new(input: Input<'a>) -> Self {
        Self {
            input,
            line: 0,
            too_long: false,
            bytes: Vec::new(),
            range: 0..0,
            rest: None,
            ahead: None,
        }
    }

    pub fn object(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }

    /// Reads the next object. Returns `false` at the end.
    pub fn advance(&mut self) -> io::Result<bool> {
        if let Some(line) = self.rest.take() {
            self.line = line;
            self.too_long = false;
            self.range.start = self.range.end + blanks(&self.bytes[self.range.end..]);
        } else {
            let Some(first) = self.next_line(true)? else {
                return Ok(false);
            };
            self.line = first.number;
            self.bytes = first.bytes;
            self.range.start = 0;
            self.too_long = first.too_long;
        }
        self.range.end = self.bytes.len();
        let first = self.range.start + blanks(self.object());
        if self.bytes.get(first) == Some(&b'{') {
            self.finish(first)?;
        }
        Ok(true)
    }

    /// Reads further lines, up to the bracket that closes the one at `from`.
    fn finish(&mut self, mut from: usize) -> io::Result<()> {
        let mut brackets = Brackets::default();
        let mut line = self.line;
        loop {
            if let Some(length) = brackets.closed_at(&self.bytes[from..]) {
                let rest = &self.bytes[from + length..];
                // What is no object stays, and makes this one malformed.
                if rest.get(blanks(rest)) == Some(&b'{') {
                    self.range.end = from + length;
                    self.rest = Some(line);
                }
                return Ok(());
            }
            // A line break inside a string is no JSON.
            if brackets.in_string {
                return Ok(());
            }
            let Some(next) = self.next_line(false)? else {
                return Ok(());
            };
            if next.too_long || self.begins_object(&next.bytes) {
                self.ahead = Some(next);
                return Ok(());
            }
            line = next.number;
            self.bytes.drain(..self.range.start);
            if self.bytes.len() + next.bytes.len() > LONGEST_ROW {
                self.too_long = true;
                self.bytes.clear();
            }
            self.bytes.push(b'\n');
            from = self.bytes.len();
            self.bytes.extend_from_slice(&next.bytes);
            self.range = 0..self.bytes.len();
        }
    }

    /// Whether this line begins the next object although the last one is not closed.
    fn begins_object(&self, line: &[u8]) -> bool {
        let Some(rest) = line.strip_prefix(b"{") else {
            return false;
        };
        // In a file without indentation, an inner object has this bracket alone on its line, at a place
        // where a value is expected.
        let is_expected = matches!(self.bytes.trim_ascii_end().last(), Some(b':' | b',' | b'['));
        !(is_expected && rest.trim_ascii().is_empty())
    }

    /// The next line; none at the end. Before an object, blank lines are passed over.
    fn next_line(&mut self, pass_over_blank: bool) -> io::Result<Option<Line>> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        let mut bytes = if pass_over_blank {
            std::mem::take(&mut self.bytes)
        } else {
            Vec::new()
        };
        loop {
            let number = self.input.line();
            let read = self.input.read_line(&mut bytes)?;
            if bytes.starts_with(BYTE_ORDER_MARK) {
                bytes.drain(..BYTE_ORDER_MARK.len());
            }
            match read {
                LineRead::End => return Ok(None),
                LineRead::Whole if pass_over_blank && bytes.trim_ascii().is_empty() => {}
                LineRead::Whole | LineRead::TooLong => {
                    let too_long = read == LineRead::TooLong;
                    return Ok(Some(Line {
                        number,
                        bytes,
                        too_long,
                    }));
                }
            }
        }
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.len() - bytes.trim_ascii_start().len()
}
