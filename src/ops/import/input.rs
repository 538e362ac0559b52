//! The bytes of an input, and the number of their line.

use std::io::{self, BufRead, ErrorKind, Read};

/// The longest row in bytes. The reader holds at most a few rows.
pub(super) const LONGEST_ROW: usize = 1 << 20;

pub(super) struct Input<'a> {
    source: Box<dyn BufRead + 'a>,
    line: u64,
}

/// What [`Input::read_line`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LineRead {
    Whole,
    TooLong,
    End,
}

impl<'a> Input<'a> {
    pub fn new(source: Box<dyn BufRead + 'a>) -> Self {
        Self { source, line: 1 }
    }

    /// The physical line of the next byte, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The bytes that can be read now; empty at the end.
    pub fn chunk(&mut self) -> io::Result<&[u8]> {
        while let Err(error) = self.source.fill_buf() {
            if error.kind() != ErrorKind::Interrupted {
                return Err(error);
            }
        }
        self.source.fill_buf()
    }

    /// Steps over `count` bytes of the chunk.
    pub fn consume(&mut self, count: usize) -> io::Result<()> {
        let chunk = self.source.fill_buf()?;
        let count = count.min(chunk.len());
        self.line += line_breaks(&chunk[..count]);
        self.source.consume(count);
        Ok(())
    }

    /// Steps over the bytes that `skipped` selects. Returns the next byte, which is not consumed.
    pub fn skip(&mut self, skipped: fn(u8) -> bool) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.chunk()?;
            let stop = chunk.iter().position(|&byte| !skipped(byte));
            let found = stop.and_then(|place| chunk.get(place)).copied();
            let passed = stop.unwrap_or(chunk.len());
            let ended = chunk.is_empty();
            self.consume(passed)?;
            if found.is_some() || ended {
                return Ok(found);
            }
        }
    }

    /// Reads a line into `buffer`, without its end. Of a line that is too long, nothing is kept.
    pub fn read_line(&mut self, buffer: &mut Vec<u8>) -> io::Result<LineRead> {
        buffer.clear();
        let most = LONGEST_ROW as u64 + 2;
        let count = self.source.by_ref().take(most).read_until(b'\n', buffer)?;
        if count == 0 {
            return Ok(LineRead::End);
        }
        self.line += 1;
        if buffer.pop_if(|last| *last == b'\n').is_some() {
            buffer.pop_if(|last| *last == b'\r');
        } else if buffer.len() > LONGEST_ROW {
            self.source.skip_until(b'\n')?;
        }
        if buffer.len() > LONGEST_ROW {
            buffer.clear();
            return Ok(LineRead::TooLong);
        }
        Ok(LineRead::Whole)
    }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &[u8]) -> Input<'_> {
        Input::new(Box::new(bytes))
    }

    #[test]
    fn a_line_as_long_as_allowed_is_read_and_a_longer_one_passed_over() {
        let mut text = vec![b'a'; LONGEST_ROW];
        text.extend_from_slice(b"\r\n");
        text.extend_from_slice(&vec![b'b'; LONGEST_ROW + 1]);
        text.push(b'\n');
        text.extend_from_slice(&vec![b'c'; LONGEST_ROW * 3]);
        text.extend_from_slice(b"\nd");
        let mut input = input(&text);
        let mut buffer = Vec::new();
        let mut step = || (input.read_line(&mut buffer).unwrap(), buffer.len());
        assert_eq!(step(), (LineRead::Whole, LONGEST_ROW));
        assert_eq!(step(), (LineRead::TooLong, 0));
        assert_eq!(step(), (LineRead::TooLong, 0));
        assert_eq!(step(), (LineRead::Whole, 1));
        assert_eq!(step(), (LineRead::End, 0));
    }

    #[test]
    fn lines_are_counted_while_skipping() {
        let mut input = input(b"\n\r\n  x");
        assert_eq!(input.skip(|byte| byte.is_ascii_whitespace()).unwrap(), Some(b'x'));
        assert_eq!(input.line(), 3);
    }
}
