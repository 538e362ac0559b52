//! Line ends that are a carriage return alone, as a spreadsheet for the Macintosh writes them.

use std::io::{self, BufRead, Read};

/// Whether the first line of a text ends with a carriage return alone.
pub(super) fn are_carriage_returns(head: &[u8]) -> bool {
    let end = head.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    match end.and_then(|place| head.get(place..)) {
        Some([b'\r', next, ..]) => *next != b'\n',
        Some([b'\r']) => true,
        _ => false,
    }
}

/// Gives each carriage return as a line feed, apart from one that a line feed follows.
pub(super) struct LineFeeds<'a> {
    source: Box<dyn BufRead + 'a>,
    text: Vec<u8>,
    place: usize,
    /// The last byte was a carriage return, and it isn't in `text` yet.
    pending: bool,
}

impl<'a> LineFeeds<'a> {
    pub fn new(source: Box<dyn BufRead + 'a>) -> Self {
        Self {
            source,
            text: Vec::new(),
            place: 0,
            pending: false,
        }
    }

    /// Reads the next chunk. Returns `false` at the end.
    fn advance(&mut self) -> io::Result<bool> {
        let chunk = self.source.fill_buf()?;
        self.place = 0;
        self.text.clear();
        if chunk.is_empty() {
            if std::mem::take(&mut self.pending) {
                self.text.push(b'\n');
            }
            return Ok(!self.text.is_empty());
        }
        for &byte in chunk {
            if std::mem::replace(&mut self.pending, byte == b'\r') {
                self.text.push(if byte == b'\n' { b'\r' } else { b'\n' });
            }
            if byte != b'\r' {
                self.text.push(byte);
            }
        }
        let count = chunk.len();
        self.source.consume(count);
        Ok(true)
    }
}

impl BufRead for LineFeeds<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.place == self.text.len() && self.advance()? {}
        Ok(&self.text[self.place..])
    }

    fn consume(&mut self, count: usize) {
        self.place = (self.place + count).min(self.text.len());
    }
}

impl Read for LineFeeds<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
