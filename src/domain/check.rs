//! Checks that go step by step.

/// One step of a check, and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckStep {
    /// Which step.
    pub name: &'static str,
    /// Whether it went well.
    pub ok: bool,
    /// What was found.
    pub detail: String,
    /// What to do, where it didn't go well.
    pub hint: Option<String>,
}

impl CheckStep {
    /// A step that went well.
    #[must_use]
    pub fn passed(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            ok: true,
            detail: detail.into(),
            hint: None,
        }
    }

    /// A step that didn't.
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
