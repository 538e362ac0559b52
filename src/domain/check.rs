//! The steps of a check.

/// One step of a check, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckStep {
    /// The name of the step.
    pub name: &'static str,
    /// Whether the step succeeded.
    pub ok: bool,
    /// Whether the step succeeded and there is something to think about. `detail` says what.
    pub warning: bool,
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
            warning: false,
            detail: detail.into(),
            hint: None,
        }
    }

    /// A step that succeeded, and what to think about. Without a remark it is no warning.
    #[must_use]
    pub fn with_remarks<'r>(
        name: &'static str,
        detail: impl Into<String>,
        remarks: impl IntoIterator<Item = &'r str>,
    ) -> Self {
        let mut step = Self::passed(name, detail);
        for remark in remarks {
            step.warning = true;
            step.detail = format!("{}. Mind: {remark}", step.detail);
        }
        step
    }

    /// A step that failed.
    #[must_use]
    pub fn failed(name: &'static str, detail: impl Into<String>, hint: Option<String>) -> Self {
        Self {
            name,
            ok: false,
            warning: false,
            detail: detail.into(),
            hint,
        }
    }
}
