//! What is said on standard error: one line each, escaped.

use serde_json::{Map, Value, json};

use super::Terminal;
use super::escape::escaped;
use super::json::write_json;
use super::style::Style;

/// A failure, ready to be told.
#[derive(Debug, Clone, Copy)]
pub struct ErrorReport<'a> {
    /// The word programs branch on.
    pub code: &'a str,
    /// One plain sentence, never quoting a secret.
    pub message: &'a str,
    /// What to do next.
    pub hint: Option<&'a str>,
    /// Further keys of the JSON form, an object; `code`, `message` and `hint` stay as they are.
    pub details: Option<&'a Value>,
}

impl ErrorReport<'_> {
    /// The JSON form: `{"code","message","hint", …}`.
    fn to_json(self) -> Value {
        let mut object = Map::new();
        object.insert("code".to_owned(), json!(self.code));
        object.insert("message".to_owned(), json!(self.message));
        object.insert("hint".to_owned(), json!(self.hint));
        for (key, value) in self.details.and_then(Value::as_object).into_iter().flatten() {
            object.entry(key.as_str()).or_insert_with(|| value.clone());
        }
        Value::Object(object)
    }
}

/// Whether a command stands behind this in a line of a shell: it is empty, or ends with a pipe.
fn is_pipe(before: &str) -> bool {
    before.is_empty() || before.ends_with("| ")
}

impl Terminal {
    /// What was done. Silent under `--quiet`, as everything here but
    /// [`error`](Self::error).
    pub fn status(&self, text: &str) {
        if self.settings.quiet {
            return;
        }
        let mark = if self.colours.err {
            Style::Good.paint("✓", true) + " "
        } else {
            String::new()
        };
        self.line(&mark, text);
    }

    /// Something worth knowing.
    pub fn note(&self, text: &str) {
        if !self.settings.quiet {
            self.line("", text);
        }
    }

    /// What somebody has to read to go on: told under `--quiet` too.
    pub fn instruct(&self, text: &str) {
        self.line("", text);
    }

    /// `warning: …`
    pub fn warn(&self, text: &str) {
        if !self.settings.quiet {
            self.line(&self.heading("warning:", Style::Waiting), text);
        }
    }

    /// `hint: …`: what to do next.
    pub fn hint(&self, text: &str) {
        if !self.settings.quiet {
            self.line(&self.heading("hint:", Style::Advice), &self.in_same_place(text));
        }
    }

    /// A hint whose commands, between backticks, name the same store and configuration as the
    /// command line did: without them they would act on another store. Two commands can be joined by a
    /// pipe.
    fn in_same_place(&self, hint: &str) -> String {
        let places = &self.settings.places;
        let command = |(n, part): (usize, &str)| {
            let has_place = part.contains("--store") || part.contains("--config");
            match part.split_once("backoffice ") {
                // Another program may come before it, in a pipe.
                Some((before, rest)) if n % 2 == 1 && !has_place && is_pipe(before) => {
                    let joined = rest.replace("| backoffice ", &format!("| backoffice{places} "));
                    format!("{before}backoffice{places} {joined}")
                }
                _ => part.to_owned(),
            }
        };
        let parts: Vec<String> = hint.split('`').enumerate().map(command).collect();
        parts.join("`")
    }

    /// The JSON form of a failure, each hint in it [in the same place](Self::in_same_place).
    pub(super) fn json_of(&self, report: &ErrorReport<'_>) -> Value {
        let mut value = report.to_json();
        self.put_hints_in_same_place(&mut value);
        value
    }

    /// Does [the same](Self::in_same_place) to every `hint` in an answer: those of refused rows too.
    pub(super) fn put_hints_in_same_place(&self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(hint) if key == "hint" => *hint = self.in_same_place(hint),
                        other => self.put_hints_in_same_place(other),
                    }
                }
            }
            Value::Array(values) => values
                .iter_mut()
                .for_each(|value| self.put_hints_in_same_place(value)),
            _ => {}
        }
    }

    /// What is being done; only with `--verbose`. Never a secret.
    pub fn verbose(&self, text: &str) {
        if self.settings.verbose {
            self.note(text);
        }
    }

    /// A failure: one line of JSON where the format is JSON, else `error: …` and `hint: …`.
    /// Told even under `--quiet`.
    pub fn error(&self, report: &ErrorReport<'_>) {
        if self.settings.format.is_json() {
            let error = json!({ "error": self.json_of(report) });
            let mut line = Vec::new();
            // Writing into a `Vec` cannot fail.
            let _ = write_json(&mut line, &error);
            let _ = self.tell(&format!("{}\n", String::from_utf8_lossy(&line)));
        } else {
            self.plain_error(None, report);
        }
    }

    /// `error: …`, of one target among several if named, and `hint: …`. A message that names
    /// the target itself needs no second naming.
    pub(super) fn plain_error(&self, target: Option<&str>, report: &ErrorReport<'_>) {
        let mut heading = self.heading("error:", Style::Bad);
        if let Some(target) = target.filter(|target| !report.message.contains(target)) {
            heading.push_str(&escaped(target));
            heading.push_str(": ");
        }
        self.line(&heading, report.message);
        if let Some(hint) = report.hint {
            self.line(&self.heading("hint:", Style::Advice), &self.in_same_place(hint));
        }
    }

    /// One of many complaints before the [`error`](Self::error) that sums them up, or beside
    /// an answer. Told even under `--quiet`.
    pub fn complaint(&self, text: &str) {
        self.line("", &self.in_same_place(text));
    }

    fn heading(&self, word: &str, style: Style) -> String {
        style.paint(word, self.colours.err) + " "
    }

    fn line(&self, heading: &str, text: &str) {
        let _ = self.tell(&format!("{heading}{}\n", escaped(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::super::{ColorChoice, Format};
    use super::*;

    const REPORT: ErrorReport<'_> = ErrorReport {
        code: "user_not_found",
        message: "there is no user \u{202e}x",
        hint: Some("see `backoffice user list`"),
        details: None,
    };

    #[test]
    fn quiet_leaves_errors_only() {
        let desk = Desk::new(|w| {
            w.settings.quiet = true;
            w.settings.verbose = true;
        });
        desk.terminal.status("a");
        desk.terminal.note("b");
        desk.terminal.warn("c");
        desk.terminal.hint("d");
        desk.terminal.verbose("e");
        assert_eq!(desk.err(), "");
        desk.terminal.error(&REPORT);
        assert_eq!(
            desk.err(),
            "error: there is no user \\u{202e}x\nhint: see `backoffice user list`\n"
        );
        assert_eq!(desk.out(), "");
    }

    #[test]
    fn each_command_of_a_pipe_in_a_hint_names_the_same_store() {
        let desk = Desk::new(|w| w.settings.places = " --store a.db".to_owned());
        desk.terminal
            .hint("`backoffice user list | backoffice reset issue -` mails links");
        assert_eq!(
            desk.err(),
            "hint: `backoffice --store a.db user list | backoffice --store a.db reset issue -` mails links\n"
        );
    }

    #[test]
    fn an_error_in_a_json_format_is_one_line() {
        let desk = Desk::new(|w| w.settings.format = Format::Jsonl);
        let details = json!({ "rule": "length", "code": "other" });
        desk.terminal.error(&ErrorReport {
            message: "two\nlines",
            hint: None,
            details: Some(&details),
            ..REPORT
        });
        assert_eq!(
            desk.err(),
            "{\"error\":{\"code\":\"user_not_found\",\"message\":\"two\\nlines\",\"hint\":null,\
             \"rule\":\"length\"}}\n"
        );
    }

    #[test]
    fn colour_marks_what_was_done() {
        let desk = Desk::new(|w| w.settings.color = ColorChoice::Always);
        desk.terminal.status("activated ada@example.com");
        assert_eq!(desk.err(), "\x1b[32m✓\x1b[0m activated ada@example.com\n");
    }

    #[test]
    fn a_message_is_one_line_whatever_is_in_it() {
        let desk = Desk::new(|_| ());
        desk.terminal.warn("a\nerror: b");
        assert_eq!(desk.err(), "warning: a\\u{a}error: b\n");
    }
}
