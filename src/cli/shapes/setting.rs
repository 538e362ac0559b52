//! Settings of the configuration.

use serde::Serialize;
use serde_json::Value;

use crate::cli::config::{Explanation, SettingInForce};
use crate::cli::terminal::Record;

impl Record for SettingInForce {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "value", "origin"]
    }

    fn handles() -> &'static [&'static str] {
        &["key"]
    }
}

impl Record for Explanation {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "meaning", "rule", "default", "section", "example"]
    }

    fn handles() -> &'static [&'static str] {
        &["key"]
    }
}

/// A setting without its origin.
#[derive(Debug, Serialize)]
pub struct InForce {
    key: String,
    value: Value,
}

impl From<SettingInForce> for InForce {
    fn from(SettingInForce { key, value, .. }: SettingInForce) -> Self {
        Self { key, value }
    }
}

impl Record for InForce {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "value"]
    }

    fn handles() -> &'static [&'static str] {
        &["key"]
    }
}
