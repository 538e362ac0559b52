//! UTF-16, as spreadsheets write it under the name "Unicode text".

use std::io::{self, BufRead, Read};

/// The order of the two bytes of a code unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByteOrder {
    LittleEndian,
    BigEndian,
}

impl ByteOrder {
    /// The order of a text that is UTF-16, and the length of its byte-order mark. Without a mark, the first
    /// two characters tell: both are ASCII, as in every header and in JSON.
    pub fn of(head: &[u8]) -> Option<(Self, usize)> {
        match *head {
            [0xFF, 0xFE, ..] => Some((Self::LittleEndian, 2)),
            [0xFE, 0xFF, ..] => Some((Self::BigEndian, 2)),
            [1..=255, 0, 1..=255, 0, ..] => Some((Self::LittleEndian, 0)),
            [0, 1..=255, 0, 1..=255, ..] => Some((Self::BigEndian, 0)),
            _ => None,
        }
    }
}

/// Gives UTF-16 as UTF-8. What is no character becomes a byte that is not UTF-8, so that the reader refuses
/// the row it stands in.
pub(super) struct Utf16Reader<'a> {
    source: Box<dyn BufRead + 'a>,
    decoder: Decoder,
    text: Vec<u8>,
    place: usize,
}

struct Decoder {
    order: ByteOrder,
    /// The first byte of a code unit.
    first: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

/// A byte that UTF-8 never has.
const NO_CHARACTER: u8 = 0xFF;

impl<'a> Utf16Reader<'a> {
    pub fn new(source: Box<dyn BufRead + 'a>, order: ByteOrder) -> Self {
        let decoder = Decoder {
            order,
            first: None,
            high: None,
        };
        Self {
            source,
            decoder,
            text: Vec::new(),
            place: 0,
        }
    }

    /// Decodes the next chunk. Returns `false` at the end.
    fn advance(&mut self) -> io::Result<bool> {
        let chunk = self.source.fill_buf()?;
        self.place = 0;
        self.text.clear();
        if chunk.is_empty() {
            self.decoder.end(&mut self.text);
            return Ok(!self.text.is_empty());
        }
        for &byte in chunk {
            self.decoder.take(byte, &mut self.text);
        }
        let count = chunk.len();
        self.source.consume(count);
        Ok(true)
    }
}

impl Decoder {
    fn take(&mut self, byte: u8, text: &mut Vec<u8>) {
        let Some(first) = self.first.take() else {
            self.first = Some(byte);
            return;
        };
        let unit = match self.order {
            ByteOrder::LittleEndian => u16::from_le_bytes([first, byte]),
            ByteOrder::BigEndian => u16::from_be_bytes([first, byte]),
        };
        match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => push([high, unit], text),
            (Some(_), 0xD800..=0xDBFF) => {
                text.push(NO_CHARACTER);
                self.high = Some(unit);
            }
            (None, 0xD800..=0xDBFF) => self.high = Some(unit),
            (Some(_), _) => {
                text.push(NO_CHARACTER);
                push([unit], text);
            }
            (None, _) => push([unit], text),
        }
    }

    fn end(&mut self, text: &mut Vec<u8>) {
        if self.first.take().is_some() | self.high.take().is_some() {
            text.push(NO_CHARACTER);
        }
    }
}

fn push(units: impl IntoIterator<Item = u16>, text: &mut Vec<u8>) {
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(_) => text.push(NO_CHARACTER),
        }
    }
}

impl BufRead for Utf16Reader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.place == self.text.len() && self.advance()? {}
        Ok(&self.text[self.place..])
    }

    fn consume(&mut self, count: usize) {
        self.place = (self.place + count).min(self.text.len());
    }
}

impl Read for Utf16Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(units: &[u16], more: &[u8]) -> Vec<u8> {
        let mut bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        bytes.extend_from_slice(more);
        let mut text = Vec::new();
        let mut reader = Utf16Reader::new(Box::new(&*bytes), ByteOrder::BigEndian);
        reader.read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn half_a_character_is_never_text() {
        assert_eq!(decoded(&[0x61, 0xD83D, 0xDE00], b""), "a😀".as_bytes());
        assert_eq!(decoded(&[0xD83D, 0x61], b""), b"\xFFa");
        assert_eq!(decoded(&[0xD83D, 0xD83D, 0xDE00], b""), b"\xFF\xF0\x9F\x98\x80");
        assert_eq!(decoded(&[0xDE00, 0x61], b""), b"\xFFa");
        assert_eq!(decoded(&[0x61, 0xD83D], b""), b"a\xFF");
        assert_eq!(decoded(&[0x61], b"\0"), b"a\xFF");
    }
}
