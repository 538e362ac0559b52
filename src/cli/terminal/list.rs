//! Lists, which stream: a row is written and forgotten.

use std::io::{self, Write};
use std::marker::PhantomData;
use std::ops::ControlFlow;

use super::array;
use super::csv_writer::CsvWriter;
use super::escape::escaped;
use super::record::{Record, cells, write_record};
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
        let selected = self.settings.selected(R::fields())?;
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
                let table = Table::new(&columns, self.width, self.colours.out);
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
        self.flush().map(|_| ())
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
                let row = cells(&object_of(record)?, columns);
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
mod tests {
    use super::super::testing::{Desk, Wishes};
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Person {
        id: u32,
        email: &'static str,
        groups: Vec<&'static str>,
    }

    impl Record for Person {
        fn fields() -> &'static [&'static str] {
            &["id", "email", "groups"]
        }
        fn columns() -> &'static [&'static str] {
            &["email", "groups"]
        }
        fn id(&self) -> Option<String> {
            Some(self.id.to_string())
        }
    }

    fn people() -> [Person; 2] {
        let person = |id, email, groups| Person { id, email, groups };
        [
            person(1, "ada@example.com", vec!["support", "sales"]),
            person(2, "=x\u{202e}", vec![]),
        ]
    }

    fn listed(change: impl FnOnce(&mut Wishes), people: &[Person]) -> Desk {
        let desk = Desk::new(change);
        let mut list = desk.terminal.list::<Person>().unwrap();
        for person in people {
            assert!(list.row(person).unwrap().is_continue());
        }
        list.finish().unwrap();
        desk
    }

    fn in_format(format: Format, fields: Option<&[&str]>) -> impl FnOnce(&mut Wishes) {
        let fields = fields.map(|f| f.iter().map(|&f| f.to_owned()).collect());
        move |w| {
            w.settings.format = format;
            w.settings.fields = fields;
        }
    }

    #[test]
    fn json_is_one_document_with_a_line_a_row() {
        assert_eq!(
            listed(in_format(Format::Json, None), &people()).out(),
            "[\n{\"id\":1,\"email\":\"ada@example.com\",\"groups\":[\"support\",\"sales\"]},\n\
             {\"id\":2,\"email\":\"=x\\u202e\",\"groups\":[]}\n]\n"
        );
        assert_eq!(listed(in_format(Format::Json, None), &[]).out(), "[]\n");
    }

    #[test]
    fn jsonl_holds_the_fields_asked_for() {
        let desk = listed(in_format(Format::Jsonl, Some(&["email", "id"])), &people()[..1]);
        assert_eq!(desk.out(), "{\"email\":\"ada@example.com\",\"id\":1}\n");
        assert_eq!(listed(in_format(Format::Jsonl, None), &[]).out(), "");
    }

    #[test]
    fn csv_is_guarded_and_has_its_header_even_when_empty() {
        assert_eq!(
            listed(in_format(Format::Csv, None), &people()).out(),
            "id,email,groups\n1,ada@example.com,support;sales\n2,'=x\\u{202e},\n"
        );
        let empty = listed(in_format(Format::Csv, Some(&["email"])), &[]);
        assert_eq!(empty.out(), "email\n");
    }

    #[test]
    fn ids_are_a_line_each() {
        assert_eq!(listed(in_format(Format::Ids, None), &people()).out(), "1\n2\n");
    }

    #[test]
    fn a_table_shows_its_usual_columns_escaped() {
        assert_eq!(
            listed(|_| (), &people()).out(),
            "email            groups\nada@example.com  support, sales\n=x\\u{202e}\n"
        );
    }

    #[test]
    fn an_empty_table_says_so_beside_the_answer() {
        let desk = Desk::new(|_| ());
        let list = desk.terminal.list::<Person>().unwrap();
        list.when_empty("no user matches").finish().unwrap();
        assert_eq!(
            (desk.out(), desk.err()),
            (String::new(), "no user matches\n".to_owned())
        );
    }

    #[test]
    fn an_unknown_field_is_found_before_anything_is_written() {
        let desk = Desk::new(in_format(Format::Json, Some(&["emial"])));
        let refused = desk.terminal.list::<Person>().err().unwrap();
        assert!(matches!(
            refused,
            OutputError::Usage(UsageError::UnknownField { .. })
        ));
        assert_eq!(desk.out(), "");
    }

    #[test]
    fn a_list_ends_quietly_when_its_reader_went_away() {
        for format in [Format::Table, Format::Json, Format::Jsonl, Format::Csv] {
            let desk = Desk::new(|w| {
                w.settings.format = format;
                w.broken = Some(io::ErrorKind::BrokenPipe);
            });
            let mut list = desk.terminal.list::<Person>().unwrap();
            let mut rows = 0;
            while list.row(&people()[0]).unwrap().is_continue() {
                rows += 1;
                assert!(rows < 10_000);
            }
            list.finish().unwrap();
        }
    }

    #[test]
    fn a_full_disk_is_told() {
        for format in [Format::Table, Format::Json, Format::Csv, Format::Ids] {
            let desk = Desk::new(|w| {
                w.settings.format = format;
                w.broken = Some(io::ErrorKind::StorageFull);
            });
            let mut list = desk.terminal.list::<Person>().unwrap();
            assert!(list.row(&people()[0]).unwrap().is_continue());
            let refused = list.finish().unwrap_err();
            assert!(matches!(refused, OutputError::Unwritten(_)));
        }
    }
}
