//! How a run wants to be answered: format, fields, colour; and what does not go together.

use clap::ValueEnum;
use jiff::Timestamp;

use crate::domain::likeness;

/// Settings of one run, from flags, environment and configuration.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each one is a flag of the command line"
)]
pub struct Settings {
    /// The form of the answer.
    pub format: Format,
    /// `--fields`: which fields, in which order; all, or a table's usual columns, if none.
    pub fields: Option<Vec<String>>,
    /// `--color`.
    pub color: ColorChoice,
    /// Whether `NO_COLOR` is set and not empty (no-color.org); `--color always` outdoes it.
    pub no_color_env: bool,
    /// Whether the terminal knows no escape sequences: `TERM` is `dumb` or `unknown`, or not set.
    pub dumb_terminal: bool,
    /// Whether the locale says that the terminal shows UTF-8.
    pub utf8: bool,
    /// `--quiet`: standard error holds errors and questions only.
    pub quiet: bool,
    /// `--verbose`: say what is being done.
    pub verbose: bool,
    /// `--yes`: confirmations are answered before they are asked.
    pub yes: bool,
    /// `--no-input`: no question is ever asked.
    pub no_input: bool,
    /// `--csv-raw`: leave cells that a spreadsheet would run as they are.
    pub csv_raw: bool,
    /// `--csv-bom`: begin CSV with a byte-order mark.
    pub csv_bom: bool,
    /// `--store` and `--config` as they were given, each after a space, for the commands in hints.
    pub places: String,
    /// The time of the run.
    pub now: Option<Timestamp>,
}

/// The form of the answer on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people: columns, or the bare thing that was made.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Lists only: RFC 4180 with a header.
    Csv,
    /// One id a line.
    Ids,
}

impl Format {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Ids => "ids",
        }
    }

    /// Whether errors and answers are JSON.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// Where the stream is a terminal that knows colours, and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl Settings {
    /// Whether a stream is coloured.
    pub(super) fn colours(&self, stream_is_terminal: bool) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => stream_is_terminal && !self.no_color_env && !self.dumb_terminal,
        }
    }

    /// The fields asked for, as they are spelt in `known`, each once; none if not asked.
    pub(super) fn selected<'k>(&self, known: &[&'k str]) -> Result<Option<Vec<&'k str>>, UsageError> {
        let Some(wanted) = &self.fields else {
            return Ok(None);
        };
        if self.format == Format::Ids {
            return Err(UsageError::FieldsOfIds);
        }
        let mut selected = Vec::with_capacity(wanted.len());
        for name in wanted {
            let name = name.trim();
            let Some(found) = known.iter().find(|field| **field == name) else {
                return Err(unknown_field(name, known));
            };
            if !selected.contains(found) {
                selected.push(*found);
            }
        }
        Ok(Some(selected))
    }
}

/// A wish about the form of the answer that cannot be met. Found before anything is done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// `--fields` names a field that the answer does not have.
    #[error("there is no field `{}`", super::escape::escaped(field))]
    UnknownField {
        /// As it was asked for.
        field: String,
        /// The most similar field there is.
        nearest: Option<String>,
        /// Every field there is, without those within others.
        known: Vec<String>,
    },
    /// `--fields` with `--format ids`.
    #[error("`--fields` does not go with the format `ids`")]
    FieldsOfIds,
    /// `--format ids` where nothing has an id.
    #[error("this answer has no ids")]
    NoIds,
    /// `--format ids` where a secret is made, which would be lost.
    #[error("the format `ids` would hide the secret that is made")]
    IdsHideSecret,
    /// `--format csv` where the answer is no list.
    #[error("the format `csv` is for lists")]
    CsvOfWrite,
}

impl UsageError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownField {
                nearest: Some(nearest),
                ..
            } => format!("did you mean `{nearest}`?"),
            Self::UnknownField { known, .. } => format!("the fields are {}", known.join(", ")),
            Self::FieldsOfIds => {
                "leave `--fields` out, or choose `table`, `json`, `jsonl` or `csv`".to_owned()
            }
            Self::NoIds => "choose `table`, `json`, `jsonl` or `csv`".to_owned(),
            Self::IdsHideSecret | Self::CsvOfWrite => "choose `table`, `json` or `jsonl`".to_owned(),
        }
    }
}

fn unknown_field(name: &str, known: &[&str]) -> UsageError {
    UsageError::UnknownField {
        field: name.to_owned(),
        nearest: likeness::nearest(name, known).map(str::to_owned),
        known: known
            .iter()
            .filter(|field| !field.contains('.'))
            .map(|&field| field.to_owned())
            .collect(),
    }
}

/// Checks `--fields` against the fields there are. To be called before anything is done.
///
/// # Errors
/// [`UsageError::UnknownField`]; [`UsageError::FieldsOfIds`] with the format `ids`.
fn check_fields(settings: &Settings, fields: &[&str]) -> Result<(), UsageError> {
    settings.selected(fields).map(|_| ())
}

/// Checks that a write can answer in the form asked for: `fields` are the top-level keys its
/// answer may have. To be called before anything is done.
///
/// # Errors
/// As [`check_fields`]; [`UsageError::CsvOfWrite`]; [`UsageError::IdsHideSecret`] if the write
/// makes a secret and only ids would be shown.
pub fn check_answer(settings: &Settings, fields: &[&str], makes_secret: bool) -> Result<(), UsageError> {
    match settings.format {
        Format::Csv => return Err(UsageError::CsvOfWrite),
        Format::Ids if makes_secret => return Err(UsageError::IdsHideSecret),
        _ => {}
    }
    check_fields(settings, fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asking(fields: &[&str], format: Format) -> Settings {
        Settings {
            fields: Some(fields.iter().map(|&f| f.to_owned()).collect()),
            format,
            ..Settings::default()
        }
    }

    #[test]
    fn fields_come_in_the_order_asked_for_and_once() {
        let selected = asking(&["email", " id", "email"], Format::Json).selected(&["id", "email"]);
        assert_eq!(selected, Ok(Some(vec!["email", "id"])));
    }

    #[test]
    fn an_unknown_field_is_refused_with_the_nearest_one() {
        let refused = check_fields(&asking(&["emial"], Format::Csv), &["id", "email"]).unwrap_err();
        assert_eq!(refused.to_string(), "there is no field `emial`");
        assert_eq!(refused.hint(), "did you mean `email`?");
        let refused = check_fields(&asking(&["zzz"], Format::Csv), &["id", "email"]).unwrap_err();
        assert_eq!(refused.hint(), "the fields are id, email");
    }

    #[test]
    fn ids_take_no_fields_and_hide_no_secret() {
        let known = &["id"];
        assert_eq!(
            check_fields(&asking(&["id"], Format::Ids), known),
            Err(UsageError::FieldsOfIds)
        );
        let ids = Settings {
            format: Format::Ids,
            ..Settings::default()
        };
        assert_eq!(check_answer(&ids, known, true), Err(UsageError::IdsHideSecret));
        assert_eq!(check_answer(&ids, known, false), Ok(()));
    }

    #[test]
    fn csv_is_refused_for_a_write() {
        let csv = Settings {
            format: Format::Csv,
            ..Settings::default()
        };
        assert_eq!(check_answer(&csv, &[], false), Err(UsageError::CsvOfWrite));
    }

    #[test]
    fn colour_follows_the_flag_then_the_environment_then_the_stream() {
        let mut settings = Settings::default();
        assert!(settings.colours(true) && !settings.colours(false));
        settings.no_color_env = true;
        assert!(!settings.colours(true));
        settings.color = ColorChoice::Always;
        assert!(settings.colours(false));
        settings.color = ColorChoice::Never;
        assert!(!settings.colours(true));
    }

    proptest! {
        #[test]
        fn no_list_of_fields_panics(fields in proptest::collection::vec(any::<String>(), 0..5)) {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let _ = check_fields(&asking(&fields, Format::Table), &["id", "email"]);
        }
    }
}
