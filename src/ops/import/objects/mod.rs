//! JSON objects, one after the other or all in one array, with the line of each. The input is never
//! held as a whole.

mod brackets;
mod lines;

use super::error::ReadError;
use super::input::{Input, LONGEST_ROW};
use brackets::Brackets;
use lines::ObjectLines;

pub(super) struct Objects<'a> {
    source: ObjectSource<'a>,
    held: bool,
}

enum ObjectSource<'a> {
    Lines(ObjectLines<'a>),
    Array(ObjectArray<'a>),
}

/// The objects of an array.
struct ObjectArray<'a> {
    input: Input<'a>,
    place: NextElement,
    line: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

/// Where the next object of an array is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NextElement {
    Start,
    Middle,
    End,
}

/// The last object. It was found by its brackets or its line, and is not parsed yet.
#[derive(Clone, Copy)]
pub(super) struct Object<'o> {
    pub line: u64,
    /// `None` if the object is too long.
    pub bytes: Option<&'o [u8]>,
}

impl<'a> Objects<'a> {
    /// Objects one after the other, each in a line or in several.
    pub fn in_lines(input: Input<'a>) -> Self {
        Self {
            source: ObjectSource::Lines(ObjectLines::new(input)),
            held: false,
        }
    }

    /// Objects in an array that begins at the next byte.
    pub fn in_array(mut input: Input<'a>) -> Result<Self, ReadError> {
        input.consume(1)?;
        let array = ObjectArray {
            input,
            place: NextElement::Start,
            line: 0,
            bytes: Vec::new(),
            too_long: false,
        };
        Ok(Self {
            source: ObjectSource::Array(array),
            held: false,
        })
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
        let (line, bytes, too_long) = match &self.source {
            ObjectSource::Lines(lines) => (lines.line, lines.object(), lines.too_long),
            ObjectSource::Array(array) => (array.line, array.bytes.as_slice(), array.too_long),
        };
        Object {
            line,
            bytes: (!too_long).then_some(bytes),
        }
    }

    fn advance(&mut self) -> Result<bool, ReadError> {
        match &mut self.source {
            ObjectSource::Lines(lines) => Ok(lines.advance()?),
            ObjectSource::Array(array) => array.advance(),
        }
    }
}

impl ObjectArray<'_> {
    fn advance(&mut self) -> Result<bool, ReadError> {
        if self.place == NextElement::End {
            return Ok(false);
        }
        let mut next = self.next_token()?;
        if self.place == NextElement::Middle && next == Some(b',') {
            self.input.consume(1)?;
            next = self.next_token()?;
            if next != Some(b'{') {
                return Err(self.malformed("another object"));
            }
        } else if self.place == NextElement::Middle && next != Some(b']') {
            return Err(self.malformed("`,` or `]`"));
        }
        match next {
            Some(b'{') => {
                self.place = NextElement::Middle;
                self.read_object()?;
                Ok(true)
            }
            Some(b']') => {
                self.place = NextElement::End;
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
    fn objects_of_several_lines_stand_one_after_the_other() {
        let pretty = "{\n  \"a\": [\n    {\n      \"b\": \"}\"\n    }\n  ]\n}";
        assert_eq!(all(pretty).unwrap(), [found(1, pretty)]);
        let two = format!("{pretty}\n\n{{\"c\":1}}\n{pretty}\n");
        assert_eq!(
            all(&two).unwrap(),
            [found(1, pretty), found(9, "{\"c\":1}"), found(10, pretty)]
        );
        // Without any indentation.
        let flat = "{\n\"a\": [\n{\n\"b\": 1\n},\n{\n\"b\": 2\n}\n]\n}";
        assert_eq!(
            all(&format!("{flat}\n{flat}")).unwrap(),
            [found(1, flat), found(11, flat)]
        );
        assert_eq!(
            all("{\"a\":1}{\"b\":2} {\n\"c\":3\n}{}").unwrap(),
            [
                found(1, "{\"a\":1}"),
                found(1, "{\"b\":2}"),
                found(1, "{\n\"c\":3\n}"),
                found(3, "{}")
            ]
        );
    }

    #[test]
    fn an_object_that_is_not_closed_ends_where_the_next_one_begins() {
        assert_eq!(
            all("{\"a\":\n{\"b\":1}\n").unwrap(),
            [found(1, "{\"a\":"), found(2, "{\"b\":1}")]
        );
        assert_eq!(
            all("{\n  \"a\": 1\n\n{\n  \"b\": 2\n}\n").unwrap(),
            [found(1, "{\n  \"a\": 1\n"), found(4, "{\n  \"b\": 2\n}")]
        );
        assert_eq!(
            all("{\"a\":\"x\n{\"b\":1}\n").unwrap(),
            [found(1, "{\"a\":\"x"), found(2, "{\"b\":1}")]
        );
        assert_eq!(all("{\"a\":1").unwrap(), [found(1, "{\"a\":1")]);
        assert_eq!(
            all("{}}\nx\n{} ,\n").unwrap(),
            [found(1, "{}}"), found(2, "x"), found(3, "{} ,")]
        );
    }

    #[test]
    fn a_byte_order_mark_before_an_object_is_no_part_of_it() {
        assert_eq!(all("{}\n\u{FEFF}{}\n").unwrap(), [found(1, "{}"), found(2, "{}")]);
    }

    #[test]
    fn one_that_is_too_long_is_passed_over() {
        let long = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(LONGEST_ROW));
        assert_eq!(all(&long).unwrap(), [found(1, "too long"), found(1, "{}")]);
        let long = format!("{{\"a\":\"{}\"}}\n{{}}", "x".repeat(LONGEST_ROW));
        assert_eq!(all(&long).unwrap(), [found(1, "too long"), found(2, "{}")]);
        let long = format!("{{\n\"a\":[{}\n1]}}\n{{}}", "1,\n".repeat(LONGEST_ROW / 2));
        let next = 4 + LONGEST_ROW as u64 / 2;
        assert_eq!(all(&long).unwrap(), [found(1, "too long"), found(next, "{}")]);
    }
}
