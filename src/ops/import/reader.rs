//! Reads the rows of an import file: recognises its kind, and calls the reader of this kind.

use std::fmt;
use std::io::BufRead;

use super::dialect::Dialect;
use super::error::ReadError;
use super::field_names;
use super::foreign::ForeignKind;
use super::format::{InputFormat, ReadOptions};
use super::input::Input;
use super::objects::Objects;
use super::records::{CsvRecords, trimmed};
use super::row::RowFailure;
use super::source::{self, SourceText};
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
    options: ReadOptions,
}

enum RowSource<'a> {
    Csv(CsvRecords<'a>, csv::UserColumns),
    Spryker(CsvRecords<'a>, spryker::SprykerColumns),
    Jsonl(Objects<'a>),
    Django(django::Dump<'a>),
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
    let SourceText { head, reader } = source::open(input)?;
    let mut input = Input::new(reader);
    let first = head.trim_ascii_start().first().copied().ok_or(ReadError::Empty)?;
    if matches!(first, b'[' | b'{') {
        input.skip(|byte| byte.is_ascii_whitespace())?;
    }
    let format = match options.django_model {
        Some(_) => options.format.or(Some(InputFormat::Django)),
        None => options.format,
    };
    let source = match (format, first) {
        (None | Some(InputFormat::Jsonl | InputFormat::Django), b'[') => {
            open_objects(Objects::in_array(input)?, format)?
        }
        (None | Some(InputFormat::Jsonl | InputFormat::Django), b'{') => {
            open_objects(Objects::in_lines(input), format)?
        }
        (Some(InputFormat::Jsonl | InputFormat::Django), _) => return Err(ReadError::NotRecognised),
        (Some(InputFormat::Csv | InputFormat::Spryker), b'[' | b'{') => {
            let kind = ForeignKind::Json;
            return Err(ReadError::Foreign { kind });
        }
        (None | Some(InputFormat::Csv | InputFormat::Spryker), _) => open_table(input, &head, options)?,
    };
    Ok(Rows {
        format: source.format(),
        source: Some(source),
        options: options.clone(),
    })
}

fn open_table<'a>(
    mut input: Input<'a>,
    head: &[u8],
    options: &ReadOptions,
) -> Result<RowSource<'a>, ReadError> {
    let is_known = |name: &str| {
        let name = trimmed(name);
        field_names::find(name).is_some() || spryker::is_column(name)
    };
    // Only line ends are passed over: a tab may stand for a first column without a name.
    let is_line_end = |byte| matches!(byte, b'\r' | b'\n');
    let blank = head.iter().take_while(|byte| is_line_end(**byte)).count();
    input.skip(is_line_end)?;
    let dialect = Dialect::of(&head[blank..], options.separator, &is_known)?;
    if dialect.has_separator_line {
        input.read_line(&mut Vec::new())?;
    }
    let mut records = CsvRecords::new(input, dialect.separator);
    let record = records.read()?.ok_or(ReadError::Empty)?;
    let line = record.line;
    let names: Option<Vec<&str>> = record.cells().map(|cell| cell.map(trimmed)).collect();
    let header = names.ok_or(ReadError::NotUtf8 { line })?;
    let is_spryker = match options.format {
        Some(format) => format == InputFormat::Spryker,
        None => spryker::is_header(&header),
    };
    if is_spryker {
        let columns = spryker::SprykerColumns::named(&header)?;
        Ok(RowSource::Spryker(records, columns))
    } else {
        let columns = csv::UserColumns::named(&header, options)?;
        Ok(RowSource::Csv(records, columns))
    }
}

fn open_objects(mut objects: Objects<'_>, format: Option<InputFormat>) -> Result<RowSource<'_>, ReadError> {
    let is_django = match format {
        Some(format) => format == InputFormat::Django,
        None => objects.peek()?.is_some_and(django::is_entry),
    };
    Ok(if is_django {
        RowSource::Django(django::Dump::new(objects))
    } else {
        RowSource::Jsonl(objects)
    })
}

impl RowSource<'_> {
    fn format(&self) -> InputFormat {
        match self {
            Self::Csv(..) => InputFormat::Csv,
            Self::Spryker(..) => InputFormat::Spryker,
            Self::Jsonl(_) => InputFormat::Jsonl,
            Self::Django(_) => InputFormat::Django,
        }
    }

    fn read(&mut self, options: &ReadOptions) -> Result<Option<ReadRow>, ReadError> {
        match self {
            Self::Csv(records, columns) => Ok(records.read()?.map(|record| columns.row(record, options))),
            Self::Spryker(records, columns) => {
                let row = |record| columns.row(record, &options.timezone);
                Ok(records.read()?.map(row))
            }
            Self::Jsonl(objects) => Ok(objects.read()?.map(|object| jsonl::row(object, options))),
            Self::Django(dump) => dump.read(options),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<ReadRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.source.as_mut()?.read(&self.options).transpose();
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
