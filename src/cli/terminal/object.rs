//! One record on standard output.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use super::csv_writer::CsvWriter;
use super::escape::{escaped, escaped_field};
use super::record::{Record, selectable, write_record};
use super::style::Style;
use super::values::{object_of, shown, value_of};
use super::{Format, OutputError, Terminal, UsageError};

impl Terminal {
    /// Writes one record: a JSON line, `key  value` lines, a header and a row, or its id.
    ///
    /// # Errors
    /// [`OutputError::Usage`] if the form asked for does not fit; [`OutputError::Unwritten`]
    /// if standard output does not take it.
    pub fn object<R: Record>(&self, record: &R) -> Result<(), OutputError> {
        let fields = self.fields_of::<R>()?;
        self.write_object(record, fields.as_deref())
            .and_then(|()| self.print(Write::flush))
            .map_err(OutputError::Unwritten)
    }

    /// Checks that a record can be written in the form asked for. To be called before anything is
    /// done.
    ///
    /// # Errors
    /// [`UsageError`] if `--fields` names an unknown field, or ids are asked for and there are none.
    pub fn check_fields<R: Record>(&self) -> Result<(), UsageError> {
        self.fields_of::<R>().map(drop)
    }

    /// The fields asked for of a record; none if all are wanted.
    pub(super) fn fields_of<R: Record>(&self) -> Result<Option<Vec<&'static str>>, UsageError> {
        if self.settings.format == Format::Ids && !R::HAS_IDS {
            return Err(UsageError::NoIds);
        }
        self.settings.selected(&selectable::<R>(self.settings.format))
    }

    pub(super) fn write_object<R: Record>(
        &self,
        record: &R,
        selected: Option<&[&'static str]>,
    ) -> io::Result<()> {
        let fields = selected.unwrap_or(R::fields());
        match self.settings.format {
            Format::Json | Format::Jsonl => self.print(|out| {
                write_record(out, record, selected)?;
                out.write_all(b"\n")
            }),
            Format::Ids => match record.id() {
                Some(id) => self.print(|out| writeln!(out, "{}", escaped(&id))),
                None => Ok(()),
            },
            Format::Csv => {
                let mut csv = CsvWriter::new(self, fields.to_vec());
                csv.row(&object_of(record)?)?;
                csv.flush()
            }
            Format::Table => {
                let lines = key_lines(&object_of(record)?, fields, self.now, self.colours.out);
                self.print(|out| out.write_all(lines.as_bytes()))
            }
        }
    }
}

/// `key  value` lines with the values under each other; what is within an object stands
/// under its own key, `user.email`.
fn key_lines(object: &Map<String, Value>, fields: &[&str], now: Option<Timestamp>, colours: bool) -> String {
    let mut pairs = Vec::new();
    for field in fields {
        if let Some(value) = value_of(object, field) {
            gather(&mut pairs, field, field, value, now);
        }
    }
    let widest = pairs.iter().map(|pair| pair.key.width()).max().unwrap_or(0);
    let mut lines = String::new();
    for Pair { key, style, text } in pairs {
        lines.push_str(&Style::Heading.paint(&key, colours));
        if !text.is_empty() {
            let gap = widest + 2 - key.width();
            lines.extend(std::iter::repeat_n(' ', gap));
            match style.filter(|_| colours) {
                Some(style) => style.paint_onto(&mut lines, &text),
                None => lines.push_str(&text),
            }
        }
        lines.push('\n');
    }
    lines
}

/// A line to be.
struct Pair {
    key: String,
    style: Option<Style>,
    text: String,
}

fn gather(pairs: &mut Vec<Pair>, path: &str, name: &str, value: &Value, now: Option<Timestamp>) {
    match value {
        Value::Object(within) if !within.is_empty() => {
            for (name, value) in within {
                gather(pairs, &format!("{path}.{name}"), name, value, now);
            }
        }
        _ => {
            let text = escaped_field(name, &shown(name, value, now).0).into_owned();
            pairs.push(Pair {
                key: escaped(path).into_owned(),
                style: Style::of(name, &text),
                text,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use serde::Serialize;
    use serde_json::json;

    #[derive(Serialize)]
    struct Session {
        user: Value,
        client: Option<&'static str>,
    }

    impl Record for Session {
        const HAS_IDS: bool = false;
        fn fields() -> &'static [&'static str] {
            &["user", "client"]
        }
        fn inner_fields() -> &'static [&'static str] {
            &["user.email"]
        }
    }

    fn written(format: Format, fields: Option<&str>) -> Result<String, OutputError> {
        let desk = Desk::new(|w| {
            w.settings.format = format;
            w.settings.fields = fields.map(|f| vec![f.to_owned()]);
        });
        let user = json!({"email": "ada\u{202e}@example.com", "groups": ["a", "b"]});
        desk.terminal.object(&Session { user, client: None })?;
        Ok(desk.out())
    }

    #[test]
    fn people_read_a_line_a_key() {
        assert_eq!(
            written(Format::Table, None).unwrap(),
            "user.email   ada\\u{202e}@example.com\nuser.groups  a, b\nclient\n"
        );
    }

    #[test]
    fn programs_read_one_line() {
        let all =
            "{\"user\":{\"email\":\"ada\\u202e@example.com\",\"groups\":[\"a\",\"b\"]},\"client\":null}\n";
        assert_eq!(written(Format::Json, None).unwrap(), all);
        assert_eq!(written(Format::Jsonl, None).unwrap(), all);
        assert_eq!(
            written(Format::Json, Some("client")).unwrap(),
            "{\"client\":null}\n"
        );
        assert_eq!(written(Format::Csv, Some("client")).unwrap(), "client\n\"\"\n");
    }

    #[test]
    fn a_field_within_another_can_be_chosen() {
        let chosen = |format| written(format, Some("user.email")).unwrap();
        assert_eq!(chosen(Format::Table), "user.email  ada\\u{202e}@example.com\n");
        assert_eq!(
            chosen(Format::Json),
            "{\"user\":{\"email\":\"ada\\u202e@example.com\"}}\n"
        );
        assert_eq!(chosen(Format::Csv), "user.email\nada\\u{202e}@example.com\n");
        let refused = written(Format::Json, Some("user.emial")).unwrap_err();
        let OutputError::Usage(refused) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(refused.hint(), "did you mean `user.email`?");
    }

    #[test]
    fn at_a_terminal_a_time_says_how_long_ago_it_was() {
        let mut user = Map::new();
        user.insert("created_at".to_owned(), json!("2026-11-24T09:00:00Z"));
        let now = Some("2026-11-24T12:30:00Z".parse().unwrap());
        assert_eq!(
            key_lines(&user, &["created_at"], now, false),
            "created_at  2026-11-24T09:00:00Z (3h ago)\n"
        );
    }

    #[test]
    fn what_has_no_id_has_no_ids() {
        let refused = written(Format::Ids, None).unwrap_err();
        assert!(matches!(refused, OutputError::Usage(UsageError::NoIds)));
    }
}
