//! What a write did, to one target or to several.

use std::io::{self, Write};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::array;
use super::escape::escaped;
use super::json::write_json;
use super::messages::ErrorReport;
use super::record::Record;
use super::values::{object_of, write_fields};
use super::{Format, OutputError, Terminal, UsageError};

/// What a write did, ready to be shown.
pub struct Answer {
    /// The whole answer, with what was made.
    pub object: Map<String, Value>,
    /// What was done and to whom, for people.
    pub sentence: String,
    /// What was made (a password, a link, a token). In the format `table`, each stands alone on a line
    /// of standard output, byte for byte.
    pub secrets: Vec<SecretString>,
    /// The id of what was touched.
    pub id: Option<String>,
    /// What to do next, for people.
    pub hint: Option<String>,
}

impl Terminal {
    /// Answers a write. [`check_answer`](super::check_answer) was called before the work: by
    /// now the work is done, so a reader that went away is no error.
    ///
    /// # Errors
    /// [`OutputError::DoneUnwritten`] if standard output does not take it.
    pub fn answer(&self, answer: &Answer) -> Result<(), OutputError> {
        self.write_answer(answer, b"", b"\n")
            .and_then(|()| self.print(Write::flush))
            .map_err(OutputError::DoneUnwritten)
    }

    /// Begins the answers of a command with several targets. Nothing is written yet.
    pub fn answers(&self) -> AnswersWriter<'_> {
        AnswersWriter {
            terminal: self,
            empty: true,
        }
    }

    fn write_answer(&self, answer: &Answer, before: &[u8], after: &[u8]) -> io::Result<()> {
        match self.settings.format {
            Format::Json | Format::Jsonl if self.settings.places.is_empty() => {
                self.write_json(&answer.object, before, after)
            }
            Format::Json | Format::Jsonl => {
                let mut object = answer.object.clone();
                for value in object.values_mut() {
                    self.put_hints_in_same_place(value);
                }
                self.write_json(&object, before, after)
            }
            Format::Ids => match &answer.id {
                Some(id) => self.print(|out| writeln!(out, "{}", escaped(id))),
                None => Ok(()),
            },
            Format::Table | Format::Csv => {
                self.status(&answer.sentence);
                let printed = self.print(|out| {
                    answer
                        .secrets
                        .iter()
                        .try_for_each(|secret| writeln!(out, "{}", secret.expose_secret()))?;
                    // At a terminal the hint comes after it.
                    out.flush()
                });
                if let Some(hint) = &answer.hint {
                    self.hint(hint);
                }
                printed
            }
        }
    }

    /// The object; with `--fields`, the keys that are named there and that the object has.
    fn write_json(&self, object: &Map<String, Value>, before: &[u8], after: &[u8]) -> io::Result<()> {
        self.print(|out| {
            out.write_all(before)?;
            match &self.settings.fields {
                Some(fields) => {
                    let fields: Vec<&str> = fields.iter().map(|field| field.trim()).collect();
                    write_fields(out, object, &fields)?;
                }
                None => write_json(out, object)?,
            }
            out.write_all(after)
        })
    }
}

/// Answers on their way to standard output, in the order of their targets. To be
/// [finished](Self::finish).
#[must_use = "the answers are complete when they are finished"]
pub struct AnswersWriter<'t> {
    terminal: &'t Terminal,
    empty: bool,
}

impl AnswersWriter<'_> {
    /// What was done to the next target; on its way at once, for the work on it is done.
    ///
    /// # Errors
    /// [`OutputError::DoneUnwritten`] if standard output does not take it.
    pub fn one(&mut self, answer: &Answer) -> Result<(), OutputError> {
        let (before, after) = self.around();
        let written = self.terminal.write_answer(answer, before, after);
        self.sent(written).map_err(OutputError::DoneUnwritten)
    }

    /// A record that was asked for, where several were.
    ///
    /// # Errors
    /// [`OutputError::Usage`] if the form asked for does not fit; [`OutputError::Unwritten`]
    /// if standard output does not take it.
    pub fn record<R: Record>(&mut self, record: &R) -> Result<(), OutputError> {
        let terminal = self.terminal;
        let selected = terminal.fields_of::<R>()?;
        if terminal.settings.format == Format::Csv {
            return Err(UsageError::CsvOfWrite.into());
        }
        let written = (|| {
            if terminal.settings.format.is_json() {
                let (before, after) = self.around();
                return terminal.write_json(&object_of(record)?, before, after);
            }
            if terminal.settings.format == Format::Table && !self.empty {
                terminal.print(|out| out.write_all(b"\n"))?;
            }
            terminal.write_object(record, selected.as_deref())
        })();
        self.sent(written).map_err(OutputError::Unwritten)
    }

    /// Why the next target failed: in its place on standard output where the format is JSON,
    /// else on standard error.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] if standard output does not take it.
    pub fn failed(&mut self, target: &str, report: &ErrorReport<'_>) -> Result<(), OutputError> {
        if !self.terminal.settings.format.is_json() {
            self.terminal.plain_error(Some(target), report);
            return Ok(());
        }
        let (before, after) = self.around();
        let failure = json!({ "target": target, "error": self.terminal.json_of(report) });
        let written = self.terminal.print(|out| {
            out.write_all(before)?;
            write_json(out, &failure)?;
            out.write_all(after)
        });
        self.sent(written).map_err(OutputError::Unwritten)
    }

    /// Ends the answers.
    ///
    /// # Errors
    /// [`OutputError::DoneUnwritten`] if standard output does not take it.
    pub fn finish(self) -> Result<(), OutputError> {
        if self.terminal.settings.format != Format::Json {
            return Ok(());
        }
        let end = array::end(self.empty);
        self.terminal
            .print(|out| {
                out.write_all(end)?;
                out.flush()
            })
            .map_err(OutputError::DoneUnwritten)
    }

    /// What stands before and after the next JSON object.
    fn around(&self) -> (&'static [u8], &'static [u8]) {
        match self.terminal.settings.format {
            Format::Json => (array::before_element(self.empty), b""),
            _ => (b"", b"\n"),
        }
    }

    fn sent(&mut self, written: io::Result<()>) -> io::Result<()> {
        self.empty = false;
        written.and_then(|()| self.terminal.print(Write::flush))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;

    const REPORT: ErrorReport<'_> = ErrorReport {
        code: "user_not_found",
        message: "there is no such user",
        hint: Some("see `backoffice user list`"),
        details: None,
    };

    fn in_format(format: Format) -> Desk {
        Desk::new(|w| w.settings.format = format)
    }

    /// One that worked and one that did not.
    fn two(desk: &Desk) {
        let json = json!({"action": "password_set", "password": "p w"});
        let mut answers = desk.terminal.answers();
        answers.one(&made(&json)).unwrap();
        answers.failed("x\u{202e}@example.com", &REPORT).unwrap();
        answers.finish().unwrap();
    }

    fn made(object: &Value) -> Answer {
        Answer {
            object: object.as_object().cloned().unwrap_or_default(),
            sentence: "set the password of ada@example.com".to_owned(),
            secrets: vec!["p w".into()],
            id: Some("0193".to_owned()),
            hint: Some("hand it over in person".to_owned()),
        }
    }

    #[test]
    fn standard_output_holds_only_what_was_made() {
        let desk = in_format(Format::Table);
        two(&desk);
        assert_eq!(desk.out(), "p w\n");
        assert_eq!(
            desk.err(),
            "set the password of ada@example.com\nhint: hand it over in person\n\
             error: x\\u{202e}@example.com: there is no such user\n\
             hint: see `backoffice user list`\n"
        );
    }

    #[test]
    fn json_answers_in_the_order_of_the_targets() {
        let desk = in_format(Format::Json);
        two(&desk);
        assert_eq!(
            desk.out(),
            "[\n{\"action\":\"password_set\",\"password\":\"p w\"},\n\
             {\"target\":\"x\\u202e@example.com\",\"error\":{\"code\":\"user_not_found\",\
             \"message\":\"there is no such user\",\"hint\":\"see `backoffice user list`\"}}\n]\n"
        );
        assert_eq!(desk.err(), "");
        let lines = in_format(Format::Jsonl);
        two(&lines);
        assert_eq!(lines.out().lines().count(), 2);
    }

    #[test]
    fn ids_are_of_what_was_touched() {
        let desk = in_format(Format::Ids);
        two(&desk);
        assert_eq!(desk.out(), "0193\n");
    }

    #[test]
    fn fields_choose_among_the_keys_that_are_there() {
        let desk = Desk::new(|w| {
            w.settings.format = Format::Json;
            w.settings.fields = Some(vec!["password".to_owned(), "reset".to_owned()]);
        });
        let json = json!({"action": "password_set", "password": "p w"});
        desk.terminal.answer(&made(&json)).unwrap();
        assert_eq!(desk.out(), "{\"password\":\"p w\"}\n");
    }

    #[test]
    fn no_targets_give_an_empty_array() {
        let desk = in_format(Format::Json);
        desk.terminal.answers().finish().unwrap();
        assert_eq!(desk.out(), "[]\n");
    }

    #[test]
    fn done_is_said_even_if_the_answer_finds_no_room() {
        for format in [Format::Table, Format::Json, Format::Ids] {
            let desk = Desk::new(|w| {
                w.settings.format = format;
                w.broken = Some(io::ErrorKind::StorageFull);
            });
            let told = desk.terminal.answer(&made(&json!({}))).unwrap_err();
            assert!(told.to_string().starts_with("done, but the answer could"));
        }
    }

    #[test]
    fn a_reader_that_went_away_does_not_spoil_a_write() {
        let desk = Desk::new(|w| {
            w.settings.format = Format::Json;
            w.broken = Some(io::ErrorKind::BrokenPipe);
        });
        two(&desk);
    }
}
