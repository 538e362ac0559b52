//! CSV records (RFC 4180), one at a time, each with the line it begins on.
//!
//! This uses `csv_core` and not `csv`, because then a record has a greatest length, a quote that is not
//! closed is an error, and the line number is right also with CRLF or blank lines.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::error::{ReadError, RowError};
use super::format::Separator;
use super::input::{Input, LONGEST_ROW};

pub(super) struct CsvRecords<'a> {
    input: Input<'a>,
    parser: Reader,
    line: u64,
    /// The cells without quotes and commas, one after the other.
    bytes: Vec<u8>,
    /// The end of each cell.
    ends: Vec<usize>,
    length: usize,
    cells: usize,
}

/// The last record.
#[derive(Clone, Copy)]
pub(super) struct CsvRecord<'r> {
    pub line: u64,
    bytes: &'r [u8],
    ends: &'r [usize],
}

impl<'a> CsvRecords<'a> {
    pub fn new(input: Input<'a>, separator: Separator) -> Self {
        Self {
            input,
            parser: ReaderBuilder::new().delimiter(separator.byte()).build(),
            line: 0,
            bytes: vec![0; 4096],
            ends: vec![0; 64],
            length: 0,
            cells: 0,
        }
    }

    /// Reads the next record; none at the end. Blank lines, and records of nothing but blank cells, are
    /// passed over.
    pub fn read(&mut self) -> Result<Option<CsvRecord<'_>>, ReadError> {
        while self.advance()? {
            if !self.last().is_blank() {
                return Ok(Some(self.last()));
            }
        }
        Ok(None)
    }

    fn advance(&mut self) -> Result<bool, ReadError> {
        if self.input.skip(|byte| matches!(byte, b'\r' | b'\n'))?.is_none() {
            return Ok(false);
        }
        self.line = self.input.line();
        (self.length, self.cells) = (0, 0);
        let mut taken = 0;
        loop {
            let chunk = self.input.chunk()?;
            let ended = chunk.is_empty();
            // At the end of the input a line break ends any record but one with an open quote.
            let chunk = if ended { b"\n" } else { chunk };
            let (result, read, written, cells) = self.parser.read_record(
                chunk,
                &mut self.bytes[self.length..],
                &mut self.ends[self.cells..],
            );
            if !ended {
                self.input.consume(read)?;
            }
            (self.length, self.cells) = (self.length + written, self.cells + cells);
            taken += read;
            if taken > LONGEST_ROW {
                return Err(ReadError::TooLong { line: self.line });
            }
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::InputEmpty if ended => {
                    return Err(ReadError::UnclosedQuote { line: self.line });
                }
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
        }
    }

    fn last(&self) -> CsvRecord<'_> {
        CsvRecord {
            line: self.line,
            bytes: &self.bytes[..self.length],
            ends: &self.ends[..self.cells],
        }
    }
}

impl<'r> CsvRecord<'r> {
    /// The number of cells.
    pub fn len(self) -> usize {
        self.ends.len()
    }

    /// The cells in order; `None` for a cell that is not UTF-8.
    pub fn cells(self) -> impl Iterator<Item = Option<&'r str>> {
        // Decoded at once, which is quicker. A cell with half a character is not UTF-8, although both
        // halves together are; `get` returns `None` for it.
        let text = std::str::from_utf8(self.bytes).ok();
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = std::mem::replace(&mut start, end)..end;
            match text {
                Some(text) => text.get(cell),
                None => std::str::from_utf8(self.bytes.get(cell)?).ok(),
            }
        })
    }

    /// The cell at `place`, if there is one and it is UTF-8.
    pub fn cell(self, place: usize) -> Option<&'r str> {
        self.cells().nth(place).flatten()
    }

    /// Whether all cells are blank.
    fn is_blank(self) -> bool {
        let begins_dark = self.bytes.first().is_some_and(u8::is_ascii_graphic);
        !begins_dark
            && self
                .cells()
                .all(|cell| cell.is_some_and(|cell| trimmed(cell).is_empty()))
    }

    /// Checks that the record has a cell for each of the first `needed` columns, and no value after the
    /// `expected` ones of the header: a spreadsheet writes blank cells there.
    pub fn check_len(self, needed: usize, expected: usize) -> Result<(), RowError> {
        let found = self.len();
        if found == expected {
            return Ok(());
        }
        let is_blank = |cell: Option<&str>| cell.is_some_and(|cell| trimmed(cell).is_empty());
        if found >= needed && self.cells().skip(expected).all(is_blank) {
            Ok(())
        } else {
            let expected = needed;
            Err(RowError::FieldCount { expected, found })
        }
    }

    /// `error`, unless a hash without quotes is the cause.
    pub fn explain(self, error: RowError) -> RowError {
        if self.has_split_hash() {
            RowError::UnquotedHash
        } else {
            error
        }
    }

    /// Whether a cell ends like `$argon2id$v=19$m=19456` and the next begins like `t=2`.
    fn has_split_hash(self) -> bool {
        let mut before = "";
        self.cells().any(|cell| {
            let cell = cell.unwrap_or_default();
            let first_half = std::mem::replace(&mut before, cell);
            let begun = first_half
                .rsplit_once('$')
                .is_some_and(|(_, last)| is_parameter(last));
            begun && is_parameter(cell.split('$').next().unwrap_or_default())
        })
    }
}

/// A cell without the blanks around its value: spaces of every width, and characters without any, which
/// come with texts that were copied from a page.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|c: char| {
        let is_space = c == '\t' || c.is_whitespace() && !c.is_control();
        is_space || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
    })
}

/// `m=19456`, as in a PHC string, or passlib's `t=2b`.
fn is_parameter(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, value)| {
        let named = (1..=8).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
        named && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, ReadError> {
        let mut records = CsvRecords::new(Input::new(Box::new(bytes)), Separator::COMMA);
        let mut all = Vec::new();
        while let Some(record) = records.read()? {
            let cells = record.cells().map(|cell| cell.unwrap_or("?").to_owned());
            all.push((record.line, cells.collect()));
        }
        Ok(all)
    }

    #[test]
    fn a_record_knows_the_line_it_begins_on() {
        let unix = "a,b\n\n\"x\ny\n\",\"1\"\"2\"\n\nc,d";
        let lines = vec![
            (1, vec!["a".to_owned(), "b".to_owned()]),
            (3, vec!["x\ny\n".to_owned(), "1\"2".to_owned()]),
            (7, vec!["c".to_owned(), "d".to_owned()]),
        ];
        assert_eq!(all(unix.as_bytes()).unwrap(), lines);
        let dos = unix.replace('\n', "\r\n");
        let numbers: Vec<u64> = all(dos.as_bytes())
            .unwrap()
            .iter()
            .map(|(line, _)| *line)
            .collect();
        assert_eq!(numbers, [1, 3, 7]);
    }

    #[test]
    fn a_quote_that_stays_open_is_an_error_and_not_a_cell() {
        assert!(matches!(
            all(b"a\n\"b\nc\n"),
            Err(ReadError::UnclosedQuote { line: 2 })
        ));
        assert!(all(b"a\n\"b\"").is_ok());
        let long = format!("a\n\"{}", "b\n".repeat(LONGEST_ROW));
        assert!(matches!(
            all(long.as_bytes()),
            Err(ReadError::TooLong { line: 2 })
        ));
        let wide = "a,".repeat(LONGEST_ROW);
        assert!(matches!(
            all(wide.as_bytes()),
            Err(ReadError::TooLong { line: 1 })
        ));
    }

    #[test]
    fn records_of_blank_cells_are_passed_over() {
        let text = "a,b\r\n,,\r\n \u{A0},\t\r\n\"\",\"\"\r\n\u{FEFF}\u{200B}\r\nc,\r\n,d\r\n,";
        let lines: Vec<u64> = all(text.as_bytes())
            .unwrap()
            .iter()
            .map(|(line, _)| *line)
            .collect();
        assert_eq!(lines, [1, 6, 7]);
        assert_eq!(all(b",,\n,\n").unwrap(), []);
    }

    #[test]
    fn blanks_around_a_value_are_no_part_of_it() {
        assert_eq!(trimmed("\u{FEFF}\u{A0} a b\u{202F}\t\u{200B}"), "a b");
        assert_eq!(trimmed("\u{3000}"), "");
        // A rule of names refuses these.
        assert_eq!(trimmed("a\n"), "a\n");
    }

    #[test]
    fn half_a_character_in_each_of_two_cells_is_no_text() {
        assert_eq!(
            all(b"\xC3,\xA9\n").unwrap(),
            [(1, vec!["?".to_owned(), "?".to_owned()])]
        );
        assert_eq!(
            all(b"a,\xFF\n").unwrap(),
            [(1, vec!["a".to_owned(), "?".to_owned()])]
        );
    }

    #[test]
    fn a_hash_cut_at_its_commas_is_recognised() {
        let split = |text: &str| {
            let mut records = CsvRecords::new(Input::new(Box::new(text.as_bytes())), Separator::COMMA);
            records.read().unwrap().unwrap().has_split_hash()
        };
        assert!(split("a,$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"));
        assert!(split("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA,b"));
        assert!(split("$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA"));
        assert!(split("$bcrypt-sha256$v=2,t=2b,r=12$c2FsdA$aGFzaA"));
        assert!(!split("\"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA\",b"));
        assert!(!split("$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6,t=2"));
    }
}
