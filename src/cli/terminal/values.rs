//! A JSON value as the text of a cell.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::ago::ago;
use super::json::write_json;

/// A record as JSON; a record that is no JSON object is a bug, told as an I/O error.
pub(super) fn object_of<T: Serialize>(record: &T) -> io::Result<Map<String, Value>> {
    match serde_json::to_value(record)? {
        Value::Object(object) => Ok(object),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a record is not an object",
        )),
    }
}

/// The value of a field; `user.email` is a field within the field `user`.
pub(super) fn value_of<'o>(object: &'o Map<String, Value>, field: &str) -> Option<&'o Value> {
    if let Some((outer, inner)) = field.split_once('.') {
        return object.get(outer)?.get(inner);
    }
    object.get(field)
}

/// Writes the chosen fields that are there as a JSON object. A field within another stays in its place.
pub(super) fn write_fields(
    out: &mut impl Write,
    object: &Map<String, Value>,
    fields: &[&str],
) -> io::Result<()> {
    let mut chosen = Map::new();
    for field in fields {
        let Some(value) = value_of(object, field) else {
            continue;
        };
        let Some((outer, inner)) = field.split_once('.') else {
            chosen.insert((*field).to_owned(), value.clone());
            continue;
        };
        let within = chosen.entry(outer).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(within) = within {
            within.insert(inner.to_owned(), value.clone());
        }
    }
    write_json(out, &chosen)
}

/// For people: lists with commas, null empty, of an object within only the values. Not
/// escaped yet.
pub(super) fn readable(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(items) => joined(items.iter(), ", "),
        Value::Object(object) => joined(object.values().filter(|v| !v.is_null()), " "),
        Value::Bool(_) | Value::Number(_) => Cow::Owned(value.to_string()),
    }
}

/// For people: as [`readable`], and times (`at`, `…_at`, `…_until`) to the second. With `now`, a time also
/// says how long ago it was; that alone is its short form.
pub(super) fn shown<'v>(
    field: &str,
    value: &'v Value,
    now: Option<Timestamp>,
) -> (Cow<'v, str>, Option<String>) {
    let text = readable(value);
    let is_time = field == "at" || field.ends_with("_at") || field.ends_with("_until");
    if !is_time {
        return (text, None);
    }
    let Ok(at) = text.parse::<Timestamp>() else {
        return (text, None);
    };
    match now.map(|now| ago(at, now)) {
        Some(ago) => (Cow::Owned(format!("{at:.0} ({ago})")), Some(ago)),
        None => (Cow::Owned(format!("{at:.0}")), None),
    }
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>, separator: &str) -> Cow<'static, str> {
    Cow::Owned(values.map(readable).collect::<Vec<_>>().join(separator))
}

/// For spreadsheets: lists of texts joined by `;`, what has a shape of its own as JSON, null
/// empty; guarded against being run unless `raw`. Not escaped yet.
pub(super) fn csv_cell(value: &Value, raw: bool) -> Cow<'_, str> {
    let text = match value {
        Value::Null => return Cow::Borrowed(""),
        Value::Bool(_) | Value::Number(_) => return Cow::Owned(value.to_string()),
        Value::String(text) => Cow::Borrowed(text.as_str()),
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            let items: Vec<_> = items.iter().map(readable).collect();
            Cow::Owned(items.join(";"))
        }
        Value::Array(_) | Value::Object(_) => Cow::Owned(value.to_string()),
    };
    if !raw && is_formula(&text) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

/// Whether a spreadsheet would run it (OWASP, CSV Injection; the wide forms are run in
/// Japanese and Chinese settings).
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_guarded() {
        for text in ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "＝1"] {
            assert_eq!(csv_cell(&json!(text), false), format!("'{text}"));
            assert_eq!(csv_cell(&json!(text), true), text);
        }
        assert_eq!(csv_cell(&json!(["=a", "b"]), false), "'=a;b");
        assert_eq!(csv_cell(&json!(-1), false), "-1");
    }

    #[test]
    fn a_cell_of_csv_holds_lists_and_shapes() {
        assert_eq!(csv_cell(&json!(["a", "b"]), false), "a;b");
        assert_eq!(csv_cell(&json!([{"a": 1}]), false), "[{\"a\":1}]");
        assert_eq!(csv_cell(&json!(null), false), "");
        assert_eq!(csv_cell(&json!(true), false), "true");
    }

    #[test]
    fn people_read_no_json() {
        let value = json!([{"provider": "okta", "subject": "00u1"}, {"provider": "google", "x": null}]);
        assert_eq!(readable(&value), "okta 00u1, google");
    }

    #[test]
    fn people_read_times_to_the_second_and_how_long_ago_they_were() {
        let time = json!("2026-11-24T09:00:00.923456Z");
        let told = |field, value, now| {
            let (text, short) = shown(field, value, now);
            (text.into_owned(), short)
        };
        let plain = |text: &str| (text.to_owned(), None);
        let now = Some("2026-11-24T09:05:00Z".parse().unwrap());
        assert_eq!(told("created_at", &time, None), plain("2026-11-24T09:00:00Z"));
        assert_eq!(
            told("created_at", &time, now),
            (
                "2026-11-24T09:00:00Z (5m ago)".to_owned(),
                Some("5m ago".to_owned())
            )
        );
        assert_eq!(
            told("first_name", &time, now),
            plain("2026-11-24T09:00:00.923456Z")
        );
        assert_eq!(told("locked_until", &json!(null), now), plain(""));
    }

    #[test]
    fn chosen_fields_come_in_the_order_chosen() {
        let object = object_of(&json!({"a": 1, "b": {"c": 2, "d": 3}})).unwrap();
        let written = |fields: &[&str]| {
            let mut out = Vec::new();
            write_fields(&mut out, &object, fields).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(&["b", "missing", "a"]), r#"{"b":{"c":2,"d":3},"a":1}"#);
        assert_eq!(
            written(&["b.d", "a", "b.missing", "b.c"]),
            r#"{"b":{"d":3,"c":2},"a":1}"#
        );
        assert_eq!(written(&["missing"]), "{}");
    }

    proptest! {
        #[test]
        fn no_text_begins_a_formula(text in any::<String>()) {
            prop_assert!(!is_formula(&csv_cell(&json!(text), false)));
        }
    }
}
