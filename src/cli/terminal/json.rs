//! JSON on one line, in which no character is hidden. What is not seen is written as `\u200b`: a
//! program reads the same text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::escape::is_seen_as_it_is;
use crate::domain::text::hidden_in;

/// Writes a value as JSON.
pub(super) fn write_json(
    out: &mut (impl Write + ?Sized),
    value: &(impl Serialize + ?Sized),
) -> io::Result<()> {
    value
        .serialize(&mut Serializer::with_formatter(out, Spelt))
        .map_err(io::Error::from)
}

/// Writes texts as the compact form does, and spells hidden characters out.
struct Spelt;

impl Formatter for Spelt {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        if is_seen_as_it_is(text) {
            return out.write_all(text.as_bytes());
        }
        let spaces = text.char_indices().filter(|(_, c)| is_other_space(*c));
        let mut places: Vec<(usize, char)> = hidden_in(text).chain(spaces).collect();
        places.sort_unstable();
        let mut written = 0;
        for (at, c) in places {
            out.write_all(&text.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        out.write_all(&text.as_bytes()[written..])
    }
}

/// A space that looks like the usual one. The wide space of Japanese is seen.
fn is_other_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, ' ' | '\u{3000}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        write_json(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_hidden_character_is_spelt_out() {
        for (text, json) in [
            ("a\u{202E}b", "\"a\\u202eb\""),
            ("a\u{200B}\u{FEFF}b", "\"a\\u200b\\ufeffb\""),
            ("\u{E0041}", "\"\\udb40\\udc41\""),
            ("a\u{A0}b\u{FFFF}", "\"a\\u00a0b\\uffff\""),
            ("\u{7F}\u{9B}\u{2028}", "\"\\u007f\\u009b\\u2028\""),
            ("a\"\\\n\u{200B}", "\"a\\\"\\\\\\n\\u200b\""),
            ("Ünï 漢字 می\u{200C}خواهم", "\"Ünï 漢字 می\u{200C}خواهم\""),
        ] {
            assert_eq!(written(&json!(text)), json);
        }
    }

    proptest! {
        #[test]
        fn a_program_reads_the_same_text(text in any::<String>()) {
            let value = json!({ text.clone(): [text] });
            let line = written(&value);
            prop_assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
            prop_assert!(!line.contains(crate::domain::text::is_hostile));
        }
    }
}
