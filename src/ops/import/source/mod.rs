//! From the bytes of an input to text: UTF-8, without a byte-order mark, with line ends that have a
//! `\n`.

mod line_ends;
mod utf16;

use std::io::{BufRead, Cursor, Read};

use super::error::ReadError;
use super::foreign::ForeignKind;
use line_ends::LineFeeds;
use utf16::{ByteOrder, Utf16Reader};

/// How much of an input decides about its form, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// The text of an input.
pub(super) struct SourceText<'a> {
    /// The beginning of the text. The reader gives it again.
    pub head: Vec<u8>,
    pub reader: Box<dyn BufRead + 'a>,
}

/// Opens an input, and decodes it where it is UTF-16.
pub(super) fn open<'a>(source: Box<dyn BufRead + 'a>) -> Result<SourceText<'a>, ReadError> {
    let raw = read_head(source, 0)?;
    if let Some(kind) = ForeignKind::of_bytes(&raw.head) {
        return Err(ReadError::Foreign { kind });
    }
    let mut text = match ByteOrder::of(&raw.head) {
        Some((order, mark)) => {
            let reader = read_head(raw.reader, mark)?.reader;
            read_head(Box::new(Utf16Reader::new(reader, order)), 0)?
        }
        None if raw.head.starts_with(UTF8_MARK) => read_head(raw.reader, UTF8_MARK.len())?,
        None => raw,
    };
    if line_ends::are_carriage_returns(&text.head) {
        text = read_head(Box::new(LineFeeds::new(text.reader)), 0)?;
    }
    if let Some(kind) = ForeignKind::of_text(&text.head) {
        return Err(ReadError::Foreign { kind });
    }
    Ok(text)
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads the beginning of `source` without its first `skipped` bytes. The whole beginning is read, also
/// from a pipe that gives one byte at a time.
fn read_head<'a>(mut source: Box<dyn BufRead + 'a>, skipped: usize) -> Result<SourceText<'a>, ReadError> {
    let mut head = Vec::new();
    let most = (HEAD_BYTES + skipped) as u64;
    source.by_ref().take(most).read_to_end(&mut head)?;
    head.drain(..skipped.min(head.len()));
    let reader = Box::new(Cursor::new(head.clone()).chain(source));
    Ok(SourceText { head, reader })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn text(bytes: &[u8]) -> String {
        // A tiny buffer, so that every state is carried from chunk to chunk.
        let opened = open(Box::new(BufReader::with_capacity(1, bytes))).unwrap();
        let mut text = Vec::new();
        let mut reader = opened.reader;
        reader.read_to_end(&mut text).unwrap();
        assert!(text.starts_with(&opened.head));
        String::from_utf8(text).unwrap()
    }

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    const TEXT: &str = "email,first_name\r\nzoe@example.com,Zoë 😀\r\n";

    #[test]
    fn utf8_and_utf16_with_and_without_a_mark_are_the_same_text() {
        assert_eq!(text(TEXT.as_bytes()), TEXT);
        assert_eq!(text(format!("\u{FEFF}{TEXT}").as_bytes()), TEXT);
        for big_endian in [false, true] {
            assert_eq!(text(&utf16(TEXT, big_endian)), TEXT);
            assert_eq!(text(&utf16(&format!("\u{FEFF}{TEXT}"), big_endian)), TEXT);
        }
    }

    #[test]
    fn a_carriage_return_that_ends_a_line_alone_becomes_a_line_feed() {
        assert_eq!(text(b"email\ra@example.com\r"), "email\na@example.com\n");
        assert_eq!(text(b"a,b\r1,\"x\ny\"\r2,3\r\n"), "a,b\n1,\"x\ny\"\n2,3\r\n");
        assert_eq!(text(b"a\r\nb\rc\r\n"), "a\r\nb\rc\r\n");
        assert_eq!(
            text(&utf16("email\ra@example.com\r", false)),
            "email\na@example.com\n"
        );
    }

    #[test]
    fn a_long_text_is_given_whole() {
        let long = format!("email\r\n{}", "é@example.com\r\n".repeat(10_000));
        assert_eq!(text(long.as_bytes()), long);
        assert_eq!(text(&utf16(&long, true)), long);
    }
}
