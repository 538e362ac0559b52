//! A thing that can be listed, and its forms.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::escape::escaped_field;
use super::json::write_json;
use super::table::Cell;
use super::values::{object_of, shown, write_fields};

/// A thing that can be listed.
pub trait Record: Serialize {
    /// Whether the format `ids` has something to print; refused before the first row if not.
    const HAS_IDS: bool = true;

    /// Every field, in order: the columns of CSV, and what `--fields` may name.
    fn fields() -> &'static [&'static str];

    /// The fields a table shows unless asked for others.
    fn columns() -> &'static [&'static str];

    /// What the format `ids` prints of it.
    fn id(&self) -> Option<String>;
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

/// The row of a table.
pub(super) fn cells(object: &Map<String, Value>, columns: &[&'static str]) -> Vec<Cell> {
    let cell = |column: &&'static str| {
        let text = object
            .get(*column)
            .map(|value| shown(column, value))
            .unwrap_or_default();
        Cell::new(column, escaped_field(column, &text).into_owned())
    };
    columns.iter().map(cell).collect()
}
