//! The section `[login]`: who signs in with a password, and when a failed sign-in is answered.

use serde_json::json;

use super::form::{DurationIn, PasswordUsers};
use super::setting::{Example, Section, Setting, shown_duration};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::policies::FailureFloor;

pub(super) static SECTION: Section = Section {
    settings: &[&PASSWORD, &FAILURE_FLOOR],
    read,
};

static PASSWORD: Setting<PasswordUsers> = Setting {
    key: "login.password",
    form: PasswordUsers,
    meaning: "The users who can sign in with a password: `\"everyone\"`, `\"nobody\"` or the members of a list of groups.",
    example: Example::Default,
    shown: |config| match &config.policies.sign_in {
        PasswordSignIn::Everyone => json!("everyone"),
        PasswordSignIn::Nobody => json!("nobody"),
        PasswordSignIn::Groups(groups) => json!(groups),
    },
};

static FAILURE_FLOOR: Setting<DurationIn> = Setting {
    key: "login.failure_floor",
    form: DurationIn(FailureFloor::RANGE),
    meaning: "No failed sign-in is answered sooner. Where an imported hash needs longer, every failed sign-in \
        is answered at the next multiple that the slowest hash needs.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.failure_floor.get()),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    config.policies.sign_in = PASSWORD.read(file)?.unwrap_or_default();
    if let Some(floor) = FAILURE_FLOOR.read(file)? {
        let floor = FailureFloor::new(floor);
        config.policies.failure_floor = floor.map_err(|error| FAILURE_FLOOR.refuse(file, &error.rule()))?;
    }
    Ok(())
}
