//! The section `[session]`: how long a session lives.

use super::form::DurationIn;
use super::setting::{Example, Section, Setting, shown_duration};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::session::SessionPolicy;

pub(super) static SECTION: Section = Section {
    settings: &[&IDLE, &ABSOLUTE],
    read,
};

static IDLE: Setting<DurationIn> = Setting {
    key: "session.idle",
    form: DurationIn(SessionPolicy::RANGE),
    meaning: "A session ends when it was not used for this long.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.session.idle()),
};

static ABSOLUTE: Setting<DurationIn> = Setting {
    key: "session.absolute",
    form: DurationIn(SessionPolicy::RANGE),
    meaning: "A session ends this long after it began, used or not.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.session.absolute()),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    let usual = config.policies.session;
    let policy = SessionPolicy::new(
        IDLE.read(file)?.unwrap_or(usual.idle()),
        ABSOLUTE.read(file)?.unwrap_or(usual.absolute()),
    );
    config.policies.session = policy.map_err(|error| file.refuse_values("session", &error))?;
    Ok(())
}
