//! A thing that can be listed, and its forms.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Format;
use super::escape::escaped_field;
use super::json::write_json;
use super::table::Cell;
use super::values::{object_of, shown, value_of, write_fields};

/// A thing that can be listed.
pub trait Record: Serialize {
    /// Whether the format `ids` has something to print; refused before the first row if not.
    const HAS_IDS: bool = true;

    /// Every field, in order: the columns of CSV, and what `--fields` may name.
    fn fields() -> &'static [&'static str];

    /// The fields a table shows unless asked for others. A table can have more than
    /// [`fields`](Self::fields).
    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    /// The fields by which the next command names it: a narrow table cuts them last.
    fn handles() -> &'static [&'static str] {
        &["id", "email"]
    }

    /// The fields within others that `--fields` may name too, such as `user.email`.
    fn inner_fields() -> &'static [&'static str] {
        &[]
    }

    /// What the format `ids` prints of it, where it has an id.
    fn id(&self) -> Option<String> {
        None
    }
}

/// Writes a record as JSON, straight from the record where every field is wanted.
pub(super) fn write_record<R: Serialize>(
    out: &mut impl Write,
    record: &R,
    selected: Option<&[&str]>,
) -> io::Result<()> {
    match selected {
        None => write_json(out, record),
        Some(fields) => write_fields(out, &object_of(record)?, fields),
    }
}

/// The fields that `--fields` may name in this format.
pub(super) fn selectable<R: Record>(format: Format) -> Vec<&'static str> {
    let mut known = R::fields().to_vec();
    if format == Format::Table {
        let only_there = R::columns().iter().filter(|column| !R::fields().contains(column));
        known.extend(only_there);
    }
    known.extend(R::inner_fields());
    known
}

/// The row of a table.
pub(super) fn cells(
    object: &Map<String, Value>,
    columns: &[&'static str],
    now: Option<Timestamp>,
) -> Vec<Cell> {
    let cell = |column: &&'static str| {
        let value = value_of(object, column);
        let (text, short) = value.map(|value| shown(column, value, now)).unwrap_or_default();
        Cell::new(column, escaped_field(column, &text).into_owned(), short)
    };
    columns.iter().map(cell).collect()
}
