//! JSON objects, one in each line or all in one array, with the line of each. The input is never
//! held as a whole.

use super::error::ReadError;
use super::input::{Input, LONGEST_ROW, LineRead};

pub(super) struct Objects<'a> {
    input: Input<'a>,
    place: NextObject,
    line: u64,
    bytes: Vec<u8>,
    too_long: bool,
    held: bool,
}

/// Where the next object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NextObject {
    Lines,
    ArrayStart,
    ArrayMiddle,
    ArrayEnd,
}

/// The last object. It was found by its brackets or its line, and is not parsed yet.
#[derive(Clone, Copy)]
pub(super) struct Object<'o> {
    pub line: u64,
    /// `None` if the object is too long.
    pub bytes: Option<&'o [u8]>,
}

impl<'a> Objects<'a> {
    /// One object a line.
    pub fn in_lines(input: Input<'a>) -> Self {
        Self::new(input, NextObject::Lines)
    }

    /// Objects in an array that begins at the next byte.
    pub fn in_array(mut input: Input<'a>) -> Result<Self, ReadError> {
        input.consume(1)?;
        Ok(Self::new(input, NextObject::ArrayStart))
    }

    fn new(input: Input<'a>, place: NextObject) -> Self {
        Self {
            input,
            place,
            line: 0,
            bytes: Vec::new(),
            too_long: false,
            held: false,
        }
    }

    /// The first object. [`read`](Self::read) returns it again.
    pub fn peek(&mut self) -> Result<Option<Object<'_>>, ReadError> {
        self.held = self.advance()?;
        Ok(self.held.then(|| self.last()))
    }

    /// Reads the next object; none at the end.
    pub fn read(&mut self) -> Result<Option<Object<'_>>, ReadError> {
        let found = std::mem::take(&mut self.held) || self.advance()?;
        Ok(found.then(|| self.last()))
    }

    fn last(&self) -> Object<'_> {
        Object {
            line: self.line,
            bytes: (!self.too_long).then_some(self.bytes.as_slice()),
        }
    }

    fn advance(&mut self) -> Result<bool, ReadError> {
        match self.place {
            NextObject::Lines => self.advance_line(),
            NextObject::ArrayStart | NextObject::ArrayMiddle => self.advance_element(),
            NextObject::ArrayEnd => Ok(false),
        }
    }

    fn advance_line(&mut self) -> Result<bool, ReadError> {
        loop {
            self.line = self.input.line();
            let line = self.input.read_line(&mut self.bytes)?;
            self.too_long = line == LineRead::TooLong;
            match line {
                LineRead::End => return Ok(false),
                LineRead::Whole if self.bytes.trim_ascii().is_empty() => {}
                LineRead::Whole | LineRead::TooLong => return Ok(true),
            }
        }
    }

    fn advance_element(&mut self) -> Result<bool, ReadError> {
        let mut next = self.next_token()?;
        if self.place == NextObject::ArrayMiddle && next == Some(b',') {
            self.input.consume(1)?;
            next = self.next_token()?;
            if next != Some(b'{') {
                return Err(self.malformed("another object"));
            }
        } else if self.place == NextObject::ArrayMiddle && next != Some(b']') {
            return Err(self.malformed("`,` or `]`"));
        }
        match next {
            Some(b'{') => {
                self.place = NextObject::ArrayMiddle;
                self.read_object()?;
                Ok(true)
            }
            Some(b']') => {
                self.place = NextObject::ArrayEnd;
                self.input.consume(1)?;
                match self.next_token()? {
                    None => Ok(false),
                    Some(_) => Err(self.malformed("the end of the input")),
                }
            }
            _ => Err(self.malformed("an object or `]`")),
        }
    }

    fn next_token(&mut self) -> Result<Option<u8>, ReadError> {
        Ok(self.input.skip(|byte| byte.is_ascii_whitespace())?)
    }

    /// Reads to the bracket that closes the one at the next byte.
    fn read_object(&mut self) -> Result<(), ReadError> {
        self.line = self.input.line();
        self.bytes.clear();
        self.too_long = false;
        let mut brackets = Brackets::default();
        loop {
            let chunk = self.input.chunk()?;
            if chunk.is_empty() {
                return Err(ReadError::Malformed {
                    line: self.line,
                    expected: "an object that is closed",
                });
            }
            let end = brackets.closed_at(chunk);
            let taken = end.unwrap_or(chunk.len());
            self.too_long |= self.bytes.len() + taken > LONGEST_ROW;
            if !self.too_long {
                self.bytes.extend_from_slice(&chunk[..taken]);
            }
            self.input.consume(taken)?;
            if end.is_some() {
                return Ok(());
            }
        }
    }

    fn malformed(&self, expected: &'static str) -> ReadError {
        ReadError::Malformed {
            line: self.input.line(),
            expected,
        }
    }
}

/// Follows the curly brackets outside of strings.
#[derive(Default)]
struct Brackets {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Brackets {
    /// How many bytes of `chunk` there are up to the closing bracket, that one included.
    fn closed_at(&mut self, chunk: &[u8]) -> Option<usize> {
        for (place, &byte) in chunk.iter().enumerate() {
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                self.escaped = byte == b'\\';
                self.in_string = byte != b'"';
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' => self.depth += 1,
                    b'}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth == 0 {
                    return Some(place + 1);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn all(text: &str) -> Result<Vec<(u64, String)>, ReadError> {
        // A tiny buffer, so that every state is carried from chunk to chunk.
        let input = Input::new(Box::new(BufReader::with_capacity(1, text.as_bytes())));
        let mut objects = if text.starts_with('[') {
            Objects::in_array(input)?
        } else {
            Objects::in_lines(input)
        };
        let mut all = Vec::new();
        while let Some(object) = objects.read()? {
            let bytes = object.bytes.unwrap_or(b"too long");
            all.push((object.line, String::from_utf8_lossy(bytes).into_owned()));
        }
        Ok(all)
    }

    fn found(line: u64, text: &str) -> (u64, String) {
        (line, text.to_owned())
    }

    #[test]
    fn objects_of_an_array_and_of_lines() {
        let array = "[\n{\"a\":{}},\n\n  {\"}\\\"\":\n\"]{\\\\\"}\n]\n";
        let expected = [found(2, "{\"a\":{}}"), found(4, "{\"}\\\"\":\n\"]{\\\\\"}")];
        assert_eq!(all(array).unwrap(), expected);
        assert_eq!(all("[]").unwrap(), []);
        assert_eq!(
            all("{}\r\n\n  \n{\"a\":1}").unwrap(),
            [found(1, "{}"), found(4, "{\"a\":1}")]
        );
    }

    #[test]
    fn an_array_that_goes_astray_is_refused_with_its_line() {
        for (text, at) in [
            ("[", 1),
            ("[\n1]", 2),
            ("[{}\n{}]", 2),
            ("[{},\n]", 2),
            ("[{},", 1),
            ("[{}]\nx", 2),
            ("[\n{\"a\":\"\n}]", 2),
            ("[[{}]]", 1),
        ] {
            match all(text) {
                Err(ReadError::Malformed { line, .. }) => assert_eq!(line, at, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn one_that_is_too_long_is_passed_over() {
        let long = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(LONGEST_ROW));
        assert_eq!(all(&long).unwrap(), [found(1, "too long"), found(1, "{}")]);
        let long = format!("{{\"a\":\"{}\"}}\n{{}}", "x".repeat(LONGEST_ROW));
        assert_eq!(all(&long).unwrap(), [found(1, "too long"), found(2, "{}")]);
    }
}
