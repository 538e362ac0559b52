//! What a setting declares.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::form::Form;
use crate::cli::config::document::{Document, FIX_OR_LEAVE_OUT};
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::duration::show_duration;

/// What to do about a value of a setting that has no default.
pub(in crate::cli::config) const CORRECT_IT: &str = "correct it there";

/// A setting of the configuration, or of one provider in it.
pub(in crate::cli::config) struct Setting<F, O = Config> {
    /// The sections and the name, with dots between them. `NAME` stands for the name of a provider.
    pub(in crate::cli::config) key: &'static str,
    /// What its value can be.
    pub(in crate::cli::config) form: F,
    /// What it means, in a sentence or two, and each word that it can be. Code stands between
    /// backticks.
    pub(in crate::cli::config) meaning: &'static str,
    /// A value to begin with.
    pub(in crate::cli::config) example: Example,
    /// The value in force, in the form that the file has.
    pub(in crate::cli::config) shown: fn(&O) -> Value,
}

/// A value to begin with, as a file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli::config) enum Example {
    /// The default.
    Default,
    /// There is no default: this one.
    Of(&'static str),
    /// Likewise, and it can't stand in one file with the other examples.
    Alone(&'static str),
}

/// What a setting declares, whatever its form is.
pub(in crate::cli::config) trait Declared<O>: Sync {
    fn key(&self) -> &'static str;
    fn meaning(&self) -> &'static str;
    fn example(&self) -> Example;
    /// What a value must be, in words that follow the name of the setting.
    fn rule(&self) -> String;
    /// The range of its value, likewise.
    fn limits(&self) -> Option<String>;
    fn shown(&self, owner: &O) -> Value;
}

impl<F: Form, O> Declared<O> for Setting<F, O> {
    fn key(&self) -> &'static str {
        self.key
    }

    fn meaning(&self) -> &'static str {
        self.meaning
    }

    fn example(&self) -> Example {
        self.example
    }

    fn rule(&self) -> String {
        self.form.rule()
    }

    fn limits(&self) -> Option<String> {
        self.form.limits()
    }

    fn shown(&self, owner: &O) -> Value {
        (self.shown)(owner)
    }
}

impl<F, O> Setting<F, O> {
    /// What to do about a wrong value.
    pub(in crate::cli::config) fn fix(&self) -> &'static str {
        match self.example {
            Example::Default => FIX_OR_LEAVE_OUT,
            Example::Of(_) | Example::Alone(_) => CORRECT_IT,
        }
    }
}

impl<F: Form> Setting<F> {
    /// The value that the file has for it.
    pub(in crate::cli::config) fn read(&self, file: &Document<'_>) -> Result<Option<F::Value>, ConfigError> {
        file.read(self.key, &self.form, self.fix())
    }

    /// A complaint about the value that the file has for it.
    pub(in crate::cli::config) fn refuse(&self, file: &Document<'_>, rule: &str) -> ConfigError {
        file.refuse_with(&[self.key], rule, self.fix())
    }
}

/// Settings that are read together.
pub(in crate::cli::config) struct Section {
    /// In the order in which they are shown.
    pub(in crate::cli::config) settings: &'static [&'static dyn Declared<Config>],
    /// Reads all of them.
    pub(in crate::cli::config) read: fn(&Document<'_>, &mut Config) -> Result<(), ConfigError>,
}

pub(super) fn shown_duration(duration: Duration) -> Value {
    json!(show_duration(duration))
}

pub(super) fn shown_path(path: Option<&Path>) -> Value {
    json!(path.map(Path::to_string_lossy))
}
