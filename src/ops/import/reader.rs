//! Reads the rows of an import file: recognises its kind, and calls the reader of this kind.

use std::fmt;
use std::io::BufRead;

use jiff::tz::TimeZone;

use super::error::ReadError;
use super::format::{InputFormat, ReadOptions};
use super::input::Input;
use super::objects::Objects;
use super::records::CsvRecords;
use super::row::RowFailure;
use super::user_fields::ImportRow;
use super::{csv, django, jsonl, spryker};

/// The rows of an input, in its order. Each is read when it is asked for.
///
/// An item is `Ok(Ok(row))`, or `Ok(Err(failure))` for a refused row after which the next ones can
/// be read. `Err` is the last item.
pub struct Rows<'a> {
    /// The kind of the input.
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

/// Reads an input. Its kind is recognised by its beginning, unless it is named.
///
/// Each row is checked by the rules of the domain. Two rows with one address are not noticed here.
/// The memory does not grow with the input.
///
/// # Errors
/// [`ReadError`] if the input can't be read, is empty or of no known kind, or if its
/// header has wrong columns.
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

/// Refuses a header with a single cell that has a column for the address after another separator.
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
pub(super) mod tests;
