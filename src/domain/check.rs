//! The steps of a check.

/// One step of a check, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckStep {
    /// The name of the step.
    pub name: &'static str,
    /// Whether the step succeeded.
    pub ok: bool,
    /// What the step found.
    pub detail: String,
    /// What to do next, if the step failed.
    pub hint: Option<String>,
}

impl CheckStep {
    /// A step that succeeded.
    #[must_use]
    pub fn passed(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            ok: true,
            detail: detail.into(),
            hint: None,
        }
    }

    /// A step that failed.
    #[must_use]
    pub fn failed(name: &'static str, detail: impl Into<String>, hint: Option<String>) -> Self {
        Self {
            name,
            ok: false,
            detail: detail.into(),
            hint,
        }
    }
}
