//! Lists, which stream: a row is written and forgotten.

use std::io::{self, Write};
use std::marker::PhantomData;
use std::ops::ControlFlow;

use super::array;
use super::csv_writer::CsvWriter;
use super::escape::escaped;
use super::record::{Record, cells, selectable, write_record};
use super::table::Table;
use super::values::object_of;
use super::{Format, OutputError, Terminal, UsageError};

/// A list on its way to standard output. To be [finished](Self::finish).
#[must_use = "a list is complete when it is finished"]
pub struct ListWriter<'t, R> {
    terminal: &'t Terminal,
    /// The fields `--fields` names.
    selected: Option<Vec<&'static str>>,
    sink: Sink<'t>,
    empty: bool,
    empty_note: Option<&'t str>,
    record: PhantomData<fn(&R)>,
}

enum Sink<'t> {
    Json,
    Jsonl,
    Ids,
    Csv(Box<CsvWriter<'t>>),
    Table(Table, Vec<&'static str>),
}

impl Terminal {
    /// Begins a list. Nothing is written before the first row.
    ///
    /// # Errors
    /// [`OutputError::Usage`] if `--fields` names an unknown field, or ids are asked for and
    /// there are none.
    pub fn list<R: Record>(&self) -> Result<ListWriter<'_, R>, OutputError> {
        if self.settings.format == Format::Ids && !R::HAS_IDS {
            return Err(UsageError::NoIds.into());
        }
        let selected = self.settings.selected(&selectable::<R>(self.settings.format))?;
        let sink = match self.settings.format {
            Format::Json => Sink::Json,
            Format::Jsonl => Sink::Jsonl,
            Format::Ids => Sink::Ids,
            Format::Csv => {
                let fields = selected.clone().unwrap_or_else(|| R::fields().to_vec());
                Sink::Csv(Box::new(CsvWriter::new(self, fields)))
            }
            Format::Table => {
                let columns = selected.clone().unwrap_or_else(|| R::columns().to_vec());
                let table = Table::new(&columns, R::handles(), self.width, self.colours.out);
                Sink::Table(table, columns)
            }
        };
        Ok(ListWriter {
            terminal: self,
            selected,
            sink,
            empty: true,
            empty_note: Some("there is nothing to list"),
            record: PhantomData,
        })
    }
}

impl Terminal {
    /// Says which columns a narrow terminal has no room for.
    fn tell_left_out(&self, columns: &[&str]) {
        if !columns.is_empty() {
            let columns = columns.join(", ");
            self.note(&format!(
                "the terminal is too narrow for {columns}: make it wider, or choose columns with `--fields`"
            ));
        }
    }
}

impl<'t, R: Record> ListWriter<'t, R> {
    /// What is said on standard error if a table stays empty.
    pub fn when_empty(mut self, note: &'t str) -> Self {
        self.empty_note = Some(note);
        self
    }

    /// Nothing is said if a table stays empty: for what a timer runs.
    pub fn silent_when_empty(mut self) -> Self {
        self.empty_note = None;
        self
    }

    /// Writes a row. `Break` when the reader went away: there is no point in more.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] if standard output does not take it.
    pub fn row(&mut self, record: &R) -> Result<ControlFlow<()>, OutputError> {
        self.write_row(record).map_err(OutputError::Unwritten)?;
        self.empty = false;
        Ok(self.flow())
    }

    /// Sends what was gathered on its way, for a list that somebody follows.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] if standard output does not take it.
    pub fn flush(&mut self) -> Result<ControlFlow<()>, OutputError> {
        self.write_gathered()
            .and_then(|()| self.terminal.print(Write::flush))
            .map_err(OutputError::Unwritten)?;
        Ok(self.flow())
    }

    /// Ends the list.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] if standard output does not take it.
    pub fn finish(mut self) -> Result<(), OutputError> {
        match &mut self.sink {
            Sink::Json => {
                let end = array::end(self.empty);
                self.terminal
                    .print(|out| out.write_all(end))
                    .map_err(OutputError::Unwritten)?;
            }
            Sink::Table(..) if self.empty => {
                if let Some(note) = self.empty_note {
                    self.terminal.note(note);
                }
            }
            // An empty list still has its header.
            Sink::Csv(csv) => csv.header().map_err(OutputError::Unwritten)?,
            _ => {}
        }
        let _ = self.flush()?;
        if let Sink::Table(table, _) = &self.sink {
            self.terminal.tell_left_out(&table.left_out());
        }
        Ok(())
    }

    fn flow(&self) -> ControlFlow<()> {
        if self.terminal.reader_gone.get() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn write_row(&mut self, record: &R) -> io::Result<()> {
        let terminal = self.terminal;
        match &mut self.sink {
            Sink::Json => {
                let before = array::before_element(self.empty);
                terminal.print(|out| {
                    out.write_all(before)?;
                    write_record(out, record, self.selected.as_deref())
                })
            }
            Sink::Jsonl => terminal.print(|out| {
                write_record(out, record, self.selected.as_deref())?;
                out.write_all(b"\n")
            }),
            Sink::Ids => match record.id() {
                Some(id) => terminal.print(|out| writeln!(out, "{}", escaped(&id))),
                None => Ok(()),
            },
            Sink::Csv(csv) => csv.row(&object_of(record)?),
            Sink::Table(table, columns) => {
                let row = cells(&object_of(record)?, columns, terminal.now);
                if table.add(row) {
                    terminal.print(|out| table.flush(out))?;
                }
                Ok(())
            }
        }
    }

    fn write_gathered(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Table(table, _) => self.terminal.print(|out| table.flush(out)),
            Sink::Csv(csv) => csv.flush(),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
