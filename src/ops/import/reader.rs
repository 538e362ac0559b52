//! From the bytes of an import file to its rows: which kind it is, and who reads it.

use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

use jiff::tz::TimeZone;

use super::error::ReadError;
use super::input::Input;
use super::objects::Objects;
use super::records::CsvRecords;
use super::row::{ImportRow, RowFailure};
use super::{csv, django, jsonl, spryker};

/// The kinds of file an import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputFormat {
    /// CSV whose header names the fields of a user.
    Csv,
    /// User objects as JSON, one a line or in one array.
    Jsonl,
    /// A CSV export of Spryker's `spy_user`.
    Spryker,
    /// What Django's `dumpdata auth.user` prints.
    Django,
}

impl InputFormat {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Spryker, Self::Django];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Spryker => "spryker",
            Self::Django => "django",
        }
    }
}

impl fmt::Display for InputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an input format is one of csv, jsonl, spryker, django")]
pub struct UnknownFormat;

impl FromStr for InputFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let named = |format: &Self| format.as_str() == text;
        Self::ALL.into_iter().find(named).ok_or(UnknownFormat)
    }
}

/// What the input doesn't say of itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The kind; recognised by the beginning of the input where it isn't named.
    pub format: Option<InputFormat>,
    /// The time zone of times without an offset: all of Spryker's, some of Django's.
    pub timezone: TimeZone,
}

impl Default for ReadOptions {
    /// Recognise the kind; times are in UTC.
    fn default() -> Self {
        Self {
            format: None,
            timezone: TimeZone::UTC,
        }
    }
}

/// The rows of an input, in its order; read as they are asked for.
///
/// An item is `Ok(Ok(row))`, or `Ok(Err(failure))` for a row that was refused while the
/// next ones can still be read. `Err` is the end: nothing comes after it.
pub struct Rows<'a> {
    /// The kind that was named or recognised.
    pub format: InputFormat,
    source: Option<RowSource<'a>>,
}

enum RowSource<'a> {
    Csv(CsvRecords<'a>, csv::UserColumns),
    Spryker(CsvRecords<'a>, spryker::SprykerColumns),
    Jsonl(Objects<'a>),
    Django {
        objects: Objects<'a>,
        timezone: TimeZone,
        passed_over: bool,
        found: bool,
    },
}

type ReadRow = Result<ImportRow, RowFailure>;

/// Recognises the kind by the beginning of the input, unless it is named, and reads the
/// header if it has one.
///
/// The rows are validated by the rules of the domain, each for itself: whether two have
/// one address is not looked at. Memory does not grow with the input.
///
/// # Errors
/// [`ReadError`] if the input can't be read, is empty, of no kind that is known, or has a
/// header that names the wrong columns.
pub fn read<'a>(input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Result<Rows<'a>, ReadError> {
    let mut input = Input::new(input);
    if !input.skip_byte_order_mark()? {
        return Err(ReadError::NotRecognised);
    }
    let first = input
        .skip(|byte| byte.is_ascii_whitespace())?
        .ok_or(ReadError::Empty)?;
    let source = match (options.format, first) {
        (None | Some(InputFormat::Jsonl | InputFormat::Django), b'[') => {
            open_objects(Objects::in_array(input)?, options)?
        }
        (None | Some(InputFormat::Django), b'{') | (Some(InputFormat::Jsonl), _) => {
            open_objects(Objects::in_lines(input), options)?
        }
        (Some(InputFormat::Django), _) => return Err(ReadError::NotRecognised),
        (None | Some(InputFormat::Csv | InputFormat::Spryker), _) => open_table(input, options)?,
    };
    Ok(Rows {
        format: source.format(),
        source: Some(source),
    })
}

fn open_table<'a>(input: Input<'a>, options: &ReadOptions) -> Result<RowSource<'a>, ReadError> {
    let mut records = CsvRecords::new(input);
    let record = records.read()?.ok_or(ReadError::Empty)?;
    let line = record.line;
    let names: Option<Vec<&str>> = record.cells().map(|cell| cell.map(str::trim)).collect();
    let header = names.ok_or(ReadError::NotUtf8 { line })?;
    if header.iter().any(|name| name.contains('\0')) {
        return Err(ReadError::NotRecognised);
    }
    check_separator(&header)?;
    let is_spryker = match options.format {
        Some(format) => format == InputFormat::Spryker,
        None => spryker::is_header(&header),
    };
    if is_spryker {
        let columns = spryker::SprykerColumns::named(&header, options.timezone.clone())?;
        Ok(RowSource::Spryker(records, columns))
    } else {
        let columns = csv::UserColumns::named(&header)?;
        Ok(RowSource::Csv(records, columns))
    }
}

/// A header that is a single cell, and names an address once it is cut elsewhere.
fn check_separator(header: &[&str]) -> Result<(), ReadError> {
    let [cell] = header else { return Ok(()) };
    let separates = |separator: &char| {
        let is_address = |name: &str| matches!(name.trim_matches([' ', '"']), "email" | "username");
        cell.contains(*separator) && cell.split(*separator).any(is_address)
    };
    match [';', '\t', '|'].into_iter().find(separates) {
        Some(separator) => Err(ReadError::Separator { separator }),
        None => Ok(()),
    }
}

fn open_objects<'a>(mut objects: Objects<'a>, options: &ReadOptions) -> Result<RowSource<'a>, ReadError> {
    let is_django = match options.format {
        Some(format) => format == InputFormat::Django,
        None => objects.peek()?.is_some_and(django::is_entry),
    };
    if is_django {
        Ok(RowSource::Django {
            objects,
            timezone: options.timezone.clone(),
            passed_over: false,
            found: false,
        })
    } else {
        Ok(RowSource::Jsonl(objects))
    }
}

impl RowSource<'_> {
    fn format(&self) -> InputFormat {
        match self {
            Self::Csv(..) => InputFormat::Csv,
            Self::Spryker(..) => InputFormat::Spryker,
            Self::Jsonl(_) => InputFormat::Jsonl,
            Self::Django { .. } => InputFormat::Django,
        }
    }

    fn read(&mut self) -> Result<Option<ReadRow>, ReadError> {
        match self {
            Self::Csv(records, columns) => Ok(records.read()?.map(|record| columns.row(record))),
            Self::Spryker(records, columns) => Ok(records.read()?.map(|record| columns.row(record))),
            Self::Jsonl(objects) => Ok(objects.read()?.map(jsonl::row)),
            Self::Django {
                objects,
                timezone,
                passed_over,
                found,
            } => {
                while let Some(object) = objects.read()? {
                    if let Some(row) = django::row(object, timezone) {
                        *found = true;
                        return Ok(Some(row));
                    }
                    *passed_over = true;
                }
                if *passed_over && !*found {
                    return Err(ReadError::NoUsers);
                }
                Ok(None)
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<ReadRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.source.as_mut()?.read().transpose();
        if !matches!(next, Some(Ok(_))) {
            self.source = None;
        }
        next
    }
}

impl std::iter::FusedIterator for Rows<'_> {}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// All rows of an input, or why it can't be read to its end.
    pub fn outcome(bytes: &[u8]) -> Result<Vec<ReadRow>, ReadError> {
        read(Box::new(bytes), &ReadOptions::default())?.collect()
    }

    pub fn results(bytes: &[u8]) -> Vec<ReadRow> {
        outcome(bytes).unwrap()
    }

    pub fn rows(text: &str) -> Vec<ImportRow> {
        rows_in(text, &ReadOptions::default())
    }

    pub fn rows_in(text: &str, options: &ReadOptions) -> Vec<ImportRow> {
        let rows = read(Box::new(text.as_bytes()), options).unwrap();
        rows.map(|row| row.unwrap().unwrap()).collect()
    }

    pub fn failure(text: &str) -> RowFailure {
        results(text.as_bytes()).remove(0).unwrap_err()
    }

    pub fn refusal(text: &str) -> ReadError {
        outcome(text.as_bytes()).unwrap_err()
    }

    fn format(text: &str) -> InputFormat {
        read(Box::new(text.as_bytes()), &ReadOptions::default())
            .unwrap()
            .format
    }

    #[test]
    fn the_beginning_tells_the_kind() {
        assert_eq!(format("email\n"), InputFormat::Csv);
        assert_eq!(format("\u{FEFF}\"email\",first_name\n"), InputFormat::Csv);
        assert_eq!(format("username,id_user\n"), InputFormat::Spryker);
        assert_eq!(format("\n {\"email\":\"a@example.com\"}"), InputFormat::Jsonl);
        assert_eq!(format("[{\"email\":\"a@example.com\"}]"), InputFormat::Jsonl);
        assert_eq!(format("[]"), InputFormat::Jsonl);
        assert_eq!(
            format("[{\"model\":\"auth.user\",\"pk\":1,\"fields\":{}}]"),
            InputFormat::Django
        );
        assert_eq!(
            format("{\"model\":\"auth.user\",\"pk\":1,\"fields\":{}}"),
            InputFormat::Django
        );
    }

    #[test]
    fn what_is_no_import_is_refused() {
        for text in ["", "\n \r\n", "\u{FEFF}"] {
            assert!(matches!(refusal(text), ReadError::Empty), "{text:?}");
        }
        assert!(matches!(
            outcome(b"SQLite format 3\0\x10"),
            Err(ReadError::NotRecognised)
        ));
        assert!(matches!(
            outcome(b"\xFF\xFEe\0m\0"),
            Err(ReadError::NotUtf8 { line: 1 })
        ));
        assert!(matches!(outcome(b"\xEFx"), Err(ReadError::NotRecognised)));
        assert!(matches!(refusal("[1]"), ReadError::Malformed { line: 1, .. }));
        let options = ReadOptions {
            format: Some(InputFormat::Django),
            ..ReadOptions::default()
        };
        let named = read(Box::new(&b"email\n"[..]), &options);
        assert!(matches!(named, Err(ReadError::NotRecognised)));
    }

    #[test]
    fn nothing_comes_after_the_end_or_an_error() {
        let mut rows = read(Box::new(&b"email\n\"a"[..]), &ReadOptions::default()).unwrap();
        assert!(matches!(
            rows.next(),
            Some(Err(ReadError::UnclosedQuote { line: 2 }))
        ));
        assert!(rows.next().is_none());
    }

    #[test]
    fn formats_read_back() {
        for format in InputFormat::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert_eq!("xml".parse::<InputFormat>(), Err(UnknownFormat));
    }
}
