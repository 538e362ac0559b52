//! The steps of a check.

use serde::Serialize;

use crate::cli::terminal::Record;
use crate::domain::check::CheckStep;

/// One step of a check.
#[derive(Debug, Serialize)]
pub struct ShownStep {
    /// Which step.
    pub name: &'static str,
    /// Whether it went well.
    pub ok: bool,
    /// Whether it went well and there is something to think about.
    pub warning: bool,
    /// What was found.
    pub detail: String,
    /// What to do, where it didn't.
    pub hint: Option<String>,
}

impl From<CheckStep> for ShownStep {
    fn from(step: CheckStep) -> Self {
        Self {
            name: step.name,
            ok: step.ok,
            warning: step.warning,
            detail: step.detail,
            hint: step.hint,
        }
    }
}

impl Record for ShownStep {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["name", "ok", "warning", "detail", "hint"]
    }

    fn columns() -> &'static [&'static str] {
        &["name", "ok", "detail"]
    }
}
