//! A JSON value that borrows from its text. Every type is read, so that the parser never fails on a
//! type: its message would quote the value.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::error::RowError;

#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Flag(bool),
    /// A number; `None` if it is no integer, or a very large one.
    Number(Option<i64>),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Object(JsonMembers<'a>),
}

/// The members of an object in their order, repeated ones included.
pub(super) type JsonMembers<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// Reads one object that begins on `line`.
pub(super) fn object(bytes: &[u8], line: u64) -> Result<JsonMembers<'_>, RowError> {
    let text = std::str::from_utf8(bytes).map_err(|_| RowError::BadEncoding)?;
    match serde_json::from_str(text) {
        Ok(Json::Object(members)) => Ok(members),
        Ok(_) => Err(RowError::NotJson { line, column: 1 }),
        Err(error) => Err(RowError::NotJson {
            line: line + (error.line() as u64).saturating_sub(1),
            column: error.column().max(1),
        }),
    }
}

/// The last member with this name, as in most readers of JSON.
pub(super) fn member<'m, 'a>(members: &'m JsonMembers<'a>, name: &str) -> Option<&'m Json<'a>> {
    members
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

impl Json<'_> {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the value says nothing: `null`, `false`, or an empty text, list or object.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Flag(false) => true,
            Self::Flag(true) | Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// The same value, as a value of its own. A number that is no integer becomes `null`.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null | Self::Number(None) => Value::Null,
            Self::Flag(flag) => Value::from(*flag),
            Self::Number(Some(number)) => Value::from(*number),
            Self::Text(text) => Value::from(text.as_ref()),
            Self::List(list) => list.iter().map(Self::to_value).collect(),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| (name.as_ref(), value.to_value()))
                .collect(),
        }
    }
}

#[derive(Deserialize)]
struct MemberName<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(AnyValue)
            .map(|value: Json<'de>| value)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json<'de>, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(Some(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.try_into().ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(None))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(MemberName(key)) = access.next_key()? {
            if members.is_empty() {
                // What a user has: one allocation for nearly every row.
                members.reserve(16);
            }
            members.push((key, access.next_value()?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_borrowed() {
        let members = object(br#"{"a":"x","b":"\u00e9","c":[1,-1,1.5,true,null,{}]}"#, 1).unwrap();
        assert!(matches!(
            &members[0],
            (Cow::Borrowed("a"), Json::Text(Cow::Borrowed("x")))
        ));
        assert!(matches!(&members[1].1, Json::Text(Cow::Owned(text)) if text == "é"));
        assert!(matches!(&members[2].1, Json::List(list) if list.len() == 6));
    }

    #[test]
    fn what_is_no_object_is_refused_with_its_place() {
        let place = |bytes: &[u8]| match object(bytes, 5) {
            Err(RowError::NotJson { line, column }) => (line, column),
            other => panic!("{other:?}"),
        };
        assert_eq!(place(b"[]"), (5, 1));
        assert_eq!(place(b"{\"a\":1"), (5, 6));
        assert_eq!(place(b"{\n\"a\" 1}"), (6, 5));
        assert_eq!(place(b"{} {}"), (5, 4));
        assert_eq!(place(b"{\"a\":\"\x00\"}"), (5, 7));
        assert!(matches!(
            object(b"{\"a\":\"\xFF\"}", 1),
            Err(RowError::BadEncoding)
        ));
        let deep = format!("{{\"a\":{}", "[".repeat(100_000));
        assert!(matches!(
            object(deep.as_bytes(), 1),
            Err(RowError::NotJson { .. })
        ));
    }
}
