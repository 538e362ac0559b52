//! The value that a claim must have.

use serde_json::Value;

/// The value that a claim must have.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ClaimValue {
    /// A text, which is compared byte for byte.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
}

impl ClaimValue {
    /// Whether a claim has this value.
    pub(super) fn is(&self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Number(number) => value.as_i64() == Some(*number),
            Self::Flag(flag) => value.as_bool() == Some(*flag),
        }
    }
}

impl From<&str> for ClaimValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for ClaimValue {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for ClaimValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_the_same_in_kind_and_content() {
        for (wanted, value) in [
            (ClaimValue::from("3"), json!("3")),
            (ClaimValue::from(3), json!(3)),
            (ClaimValue::from(true), json!(true)),
        ] {
            for other in [
                json!("3"),
                json!(3),
                json!(true),
                json!(null),
                json!(["3"]),
                json!({}),
            ] {
                assert_eq!(wanted.is(&other), other == value, "{wanted:?} {other}");
            }
        }
    }
}
