//! The section `[throttle]`: how wrong passwords slow an account down, then stop it.

use serde_json::json;

use super::form::{DurationIn, NumberIn};
use super::setting::{Example, Section, Setting, shown_duration};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::throttle::ThrottlePolicy;

pub(super) static SECTION: Section = Section {
    settings: &[&FREE_ATTEMPTS, &BASE_DELAY, &MAX_DELAY, &LOCK_AFTER],
    read,
};

static FREE_ATTEMPTS: Setting<NumberIn> = Setting {
    key: "throttle.free_attempts",
    form: NumberIn(ThrottlePolicy::ATTEMPTS),
    meaning: "How many wrong passwords in a row cause no wait.",
    example: Example::Default,
    shown: |config| json!(config.policies.throttle.free_attempts()),
};

static BASE_DELAY: Setting<DurationIn> = Setting {
    key: "throttle.base_delay",
    form: DurationIn(ThrottlePolicy::DELAYS),
    meaning: "The wait after the next wrong password. It doubles with each further one.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.throttle.base_delay()),
};

static MAX_DELAY: Setting<DurationIn> = Setting {
    key: "throttle.max_delay",
    form: DurationIn(ThrottlePolicy::DELAYS),
    meaning: "The longest wait after a wrong password.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.throttle.max_delay()),
};

static LOCK_AFTER: Setting<NumberIn> = Setting {
    key: "throttle.lock_after",
    form: NumberIn(ThrottlePolicy::ATTEMPTS),
    meaning: "How many wrong passwords in a row stop an account, until a reset or `backoffice user unlock`.",
    example: Example::Default,
    shown: |config| json!(config.policies.throttle.lock_after()),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    let usual = config.policies.throttle;
    let policy = ThrottlePolicy::new(
        FREE_ATTEMPTS.read(file)?.unwrap_or(usual.free_attempts()),
        BASE_DELAY.read(file)?.unwrap_or(usual.base_delay()),
        MAX_DELAY.read(file)?.unwrap_or(usual.max_delay()),
        LOCK_AFTER.read(file)?.unwrap_or(usual.lock_after()),
    );
    config.policies.throttle = policy.map_err(|error| file.refuse_values("throttle", &error))?;
    Ok(())
}
