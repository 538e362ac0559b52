//! `--input`: the answers of a program as one JSON object. Values are kept as secrets, for
//! some of them are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Terminal;
use super::secret_error::SecretError;
use super::secrets::{secret, without_mark};

/// A JSON object of texts, booleans and lists of texts. Neither it nor an error about it
/// shows a value.
#[derive(Debug, Default)]
pub struct InputObject(BTreeMap<String, InputValue>);

#[derive(Debug)]
enum InputValue {
    Text(SecretString),
    Flag(bool),
    Texts(Vec<SecretString>),
}

impl Terminal {
    /// Reads the object in a file, or on standard input for `-`. Warns of a file that others
    /// can read.
    ///
    /// # Errors
    /// [`SecretError`] if it cannot be read, is over 1 MiB, or is no such object.
    pub fn read_input_object(&self, source: &Path) -> Result<InputObject, SecretError> {
        InputObject::parse(&self.read_source(source)?)
    }
}

impl InputObject {
    /// Reads the object from JSON text. A byte-order mark before it, which `PowerShell` writes, is passed
    /// over.
    ///
    /// # Errors
    /// [`SecretError::NotJson`] or [`SecretError::NotAnswers`], naming the place and quoting
    /// nothing.
    pub fn parse(text: &[u8]) -> Result<Self, SecretError> {
        serde_json::from_slice(without_mark(text)).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            if error.is_data() {
                SecretError::NotAnswers { line, column }
            } else {
                SecretError::NotJson { line, column }
            }
        })
    }

    /// The keys that are there and were not taken yet.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Takes out a text that is no secret.
    ///
    /// # Errors
    /// [`SecretError::WrongKind`] if it is no text.
    pub fn take_text(&mut self, key: &'static str) -> Result<Option<String>, SecretError> {
        let text = self.take(key, "a text", |value| match value {
            InputValue::Text(text) => Some(text),
            _ => None,
        })?;
        Ok(text.map(|text| text.expose_secret().to_owned()))
    }

    /// Takes out a secret.
    ///
    /// # Errors
    /// [`SecretError::WrongKind`] if it is no text; [`SecretError::Empty`] and
    /// [`SecretError::LineBreak`] as everywhere.
    pub fn take_secret(&mut self, key: &'static str) -> Result<Option<SecretString>, SecretError> {
        let text = self.take(key, "a text", |value| match value {
            InputValue::Text(text) => Some(text),
            _ => None,
        })?;
        text.map(|text| secret(text.expose_secret(), &format!("`{key}` in the input")))
            .transpose()
    }

    /// Takes out a flag.
    ///
    /// # Errors
    /// [`SecretError::WrongKind`] if it is neither true nor false.
    pub fn take_flag(&mut self, key: &'static str) -> Result<Option<bool>, SecretError> {
        self.take(key, "true or false", |value| match value {
            InputValue::Flag(flag) => Some(flag),
            _ => None,
        })
    }

    /// Takes out a list of texts that are no secrets.
    ///
    /// # Errors
    /// [`SecretError::WrongKind`] if it is no list.
    pub fn take_texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, SecretError> {
        let texts = self.take(key, "a list of texts", |value| match value {
            InputValue::Texts(texts) => Some(texts),
            _ => None,
        })?;
        let plain = |text: &SecretString| text.expose_secret().to_owned();
        Ok(texts.map(|texts| texts.iter().map(plain).collect()))
    }

    fn take<T>(
        &mut self,
        key: &'static str,
        wanted: &'static str,
        kind: impl FnOnce(InputValue) -> Option<T>,
    ) -> Result<Option<T>, SecretError> {
        match self.0.remove(key) {
            None => Ok(None),
            Some(value) => match kind(value) {
                None => Err(SecretError::WrongKind { key, wanted }),
                some => Ok(some),
            },
        }
    }
}

impl<'de> Deserialize<'de> for InputObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = InputObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InputObject, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            // Of two values for one key, somebody meant the other one.
            match values.entry(key) {
                Entry::Occupied(_) => return Err(de::Error::custom("a key stands twice")),
                Entry::Vacant(place) => {
                    place.insert(map.next_value()?);
                }
            }
        }
        Ok(InputObject(values))
    }
}

impl<'de> Deserialize<'de> for InputValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = InputValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a boolean or a list of texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<InputValue, E> {
        Ok(InputValue::Text(SecretString::from(text)))
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<InputValue, E> {
        Ok(InputValue::Flag(flag))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<InputValue, A::Error> {
        let mut texts = Vec::new();
        while let Some(value) = list.next_element()? {
            match value {
                InputValue::Text(text) => texts.push(text),
                _ => return Err(de::Error::custom("a list holds more than texts")),
            }
        }
        Ok(InputValue::Texts(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        InputObject::parse(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn values_are_taken_out_by_kind() {
        let desk = Desk::new(|w| {
            w.input = br#"{"email":"--config=x","password":"p\u0077","must_change":true,
                "groups":["a","b"],"extra":""}"#
                .to_vec();
        });
        let mut input = desk.terminal.read_input_object(Path::new("-")).unwrap();
        assert_eq!(input.take_text("email").unwrap().unwrap(), "--config=x");
        let password = input.take_secret("password").unwrap().unwrap();
        assert_eq!(password.expose_secret(), "pw");
        assert_eq!(input.take_flag("must_change").unwrap(), Some(true));
        assert_eq!(input.take_texts("groups").unwrap().unwrap(), ["a", "b"]);
        assert_eq!(input.take_text("missing").unwrap(), None);
        assert_eq!(input.keys().collect::<Vec<_>>(), ["extra"]);
    }

    #[test]
    fn a_byte_order_mark_before_the_object_is_passed_over() {
        let marked = "\u{feff}{\"email\":\"ada@example.com\"}\r\n";
        let mut input = InputObject::parse(marked.as_bytes()).unwrap();
        assert_eq!(input.take_text("email").unwrap().unwrap(), "ada@example.com");
        assert!(InputObject::parse("\u{feff}\u{feff}{}".as_bytes()).is_err());
    }

    #[test]
    fn a_value_of_another_kind_is_refused_by_its_key() {
        let mut input = InputObject::parse(br#"{"password":true,"token":"a\nb","x":""}"#).unwrap();
        let kind = input.take_secret("password").unwrap_err();
        assert_eq!(kind.to_string(), "`password` in the input must be a text");
        let broken = input.take_secret("token").unwrap_err();
        assert_eq!(broken.to_string(), "`token` in the input has a line break inside");
        let empty = input.take_secret("x").unwrap_err();
        assert_eq!(empty.to_string(), "`x` in the input is empty");
    }

    #[test]
    fn nothing_but_one_flat_object_is_taken_and_nothing_is_quoted() {
        for text in [
            r#""hunter2""#,
            r#"{"password":{"hunter2":"x"}}"#,
            r#"{"password":null}"#,
            r#"{"password":1}"#,
            r#"{"a":["hunter2",1]}"#,
            r#"{"a":["x",["hunter2"]]}"#,
            r#"{"hunter2":"a","hunter2":"b"}"#,
        ] {
            let message = refused(text);
            assert!(message.starts_with("the input is not a JSON object"), "{message}");
            assert!(!message.contains("hunter2"), "{message}");
        }
        assert!(refused("{\"password\":\"hunter2").starts_with("the input is not valid JSON (line 1"));
        assert!(refused("{} x").starts_with("the input is not valid JSON"));
        assert!(refused("").starts_with("the input is not valid JSON"));
    }

    #[test]
    fn nothing_is_shown_for_debugging() {
        let input = InputObject::parse(br#"{"password":"hunter2"}"#).unwrap();
        assert!(!format!("{input:?}").contains("hunter2"));
    }

    proptest! {
        #[test]
        fn no_input_panics(text in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = InputObject::parse(&text);
        }
    }
}
