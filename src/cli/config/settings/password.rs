//! The section `[password]`: what a password must be, and what a hash costs.

use serde_json::json;

use super::form::{FilePath, NumberIn};
use super::setting::{Example, Section, Setting, shown_path};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::password::Argon2Cost;
use crate::domain::password_policy::PasswordPolicy;

pub(super) static SECTION: Section = Section {
    settings: &[
        &MIN_LENGTH,
        &MAX_LENGTH,
        &BREACHED_FILE,
        &MEMORY_KIB,
        &ITERATIONS,
        &PARALLELISM,
    ],
    read,
};

static MIN_LENGTH: Setting<NumberIn> = Setting {
    key: "password.min_length",
    form: NumberIn(PasswordPolicy::LENGTHS),
    meaning: "How many characters a password has at least.",
    example: Example::Default,
    shown: |config| json!(config.policies.password.min_length()),
};

static MAX_LENGTH: Setting<NumberIn> = Setting {
    key: "password.max_length",
    form: NumberIn(PasswordPolicy::LENGTHS),
    meaning: "How many characters a password has at most.",
    example: Example::Default,
    shown: |config| json!(config.policies.password.max_length()),
};

static BREACHED_FILE: Setting<FilePath> = Setting {
    key: "password.breached_file",
    form: FilePath,
    meaning: "A file of breached passwords, which are refused: sorted lines of SHA-1, in the form of Have I Been Pwned.",
    example: Example::Of("\"/var/lib/backoffice/pwned.txt\""),
    shown: |config| shown_path(config.policies.breached_file.as_deref()),
};

static MEMORY_KIB: Setting<NumberIn> = Setting {
    key: "password.argon2.memory_kib",
    form: NumberIn(Argon2Cost::MEMORY_KIB),
    meaning: "How much memory the hash of a password needs, in KiB.",
    example: Example::Default,
    shown: |config| json!(config.policies.argon2.memory_kib()),
};

static ITERATIONS: Setting<NumberIn> = Setting {
    key: "password.argon2.iterations",
    form: NumberIn(Argon2Cost::ITERATIONS),
    meaning: "How many passes over this memory the hash makes.",
    example: Example::Default,
    shown: |config| json!(config.policies.argon2.iterations()),
};

static PARALLELISM: Setting<NumberIn> = Setting {
    key: "password.argon2.parallelism",
    form: NumberIn(Argon2Cost::PARALLELISM),
    meaning: "Into how many lanes this memory is divided.",
    example: Example::Default,
    shown: |config| json!(config.policies.argon2.parallelism()),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    let policies = &mut config.policies;
    let usual = policies.password;
    let policy = PasswordPolicy::new(
        MIN_LENGTH.read(file)?.unwrap_or(usual.min_length()),
        MAX_LENGTH.read(file)?.unwrap_or(usual.max_length()),
    );
    policies.password = policy.map_err(|error| file.refuse_values("password", &error))?;
    policies.breached_file = BREACHED_FILE.read(file)?;
    let usual = policies.argon2;
    let cost = Argon2Cost::new(
        MEMORY_KIB.read(file)?.unwrap_or(usual.memory_kib()),
        ITERATIONS.read(file)?.unwrap_or(usual.iterations()),
        PARALLELISM.read(file)?.unwrap_or(usual.parallelism()),
    );
    policies.argon2 = cost.map_err(|error| file.refuse_values("password.argon2", &error))?;
    Ok(())
}
