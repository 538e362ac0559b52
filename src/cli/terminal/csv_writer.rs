//! RFC 4180 with line feeds: a header, then a line a record.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Terminal;
use super::escape::escaped_field;
use super::values::{csv_cell, value_of};

/// UTF-8's, by which Excel knows that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// CSV on its way to standard output.
pub(super) struct CsvWriter<'t> {
    lines: csv::Writer<Out<'t>>,
    fields: Vec<&'static str>,
    raw: bool,
    bom: bool,
    terminal: &'t Terminal,
    header_written: bool,
}

impl<'t> CsvWriter<'t> {
    pub(super) fn new(terminal: &'t Terminal, fields: Vec<&'static str>) -> Self {
        Self {
            lines: csv::Writer::from_writer(Out(terminal)),
            fields,
            raw: terminal.settings.csv_raw,
            bom: terminal.settings.csv_bom,
            terminal,
            header_written: false,
        }
    }

    /// Writes the header, once.
    pub(super) fn header(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.header_written, true) {
            return Ok(());
        }
        if self.bom {
            Out(self.terminal).write_all(BYTE_ORDER_MARK)?;
        }
        self.lines.write_record(&self.fields).map_err(io_error)
    }

    /// Writes a line, after the header if it is the first.
    pub(super) fn row(&mut self, object: &Map<String, Value>) -> io::Result<()> {
        self.header()?;
        for field in &self.fields {
            let text = value_of(object, field).map(|value| csv_cell(value, self.raw));
            let text = text.unwrap_or_default();
            self.lines
                .write_field(escaped_field(field, &text).as_bytes())
                .map_err(io_error)?;
        }
        self.lines.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Hands what was gathered on to the terminal.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.lines.flush()
    }
}

/// Standard output as a writer of its own.
struct Out<'t>(&'t Terminal);

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.print(|out| out.write_all(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
