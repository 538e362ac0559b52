//! The settings. Each stands in one place, the file of its section: its key, what its value can
//! be, what it means, an example, and how it is shown.
//!
//! A new setting is a `static` in that file, its line in the list of the section, and the line
//! that reads it. The value itself is a field of a policy in `domain` or, for mail, of `MailSettings`.
//! The ranges belong to `domain`: a declaration names them. From the declarations
//! follow the known keys, the complaints about a value, `config show`, `config explain`, `config
//! init`, and the manual page of the settings. Tests (`tests/declared.rs` beside this
//! folder) find a setting that is declared and not read.

pub(super) mod form;
mod links;
mod login;
mod mail;
mod password;
pub(super) mod provider;
mod session;
pub(super) mod setting;
pub(super) mod store;
mod throttle;

use super::document::Document;
use super::error::ConfigError;
use super::in_force::Config;
use super::keys::Keys;
use setting::{Declared, Section};

/// Every section but those of the providers, in the order in which they are read and shown.
pub(super) static SECTIONS: [&Section; 7] = [
    &store::SECTION,
    &links::SECTION,
    &mail::SECTION,
    &password::SECTION,
    &login::SECTION,
    &session::SECTION,
    &throttle::SECTION,
];

/// Every setting but those of the providers.
pub(super) fn fixed() -> impl Iterator<Item = &'static dyn Declared<Config>> + Clone {
    SECTIONS.iter().flat_map(|section| section.settings).copied()
}

/// Every key, in the order in which the settings are shown.
pub(super) fn keys() -> Keys {
    let of_providers = provider::settings().map(|setting| setting.declared.key());
    Keys::new(fixed().map(Declared::key).chain(of_providers))
}

/// Reads every setting that the file has.
pub(super) fn read_all(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    for section in SECTIONS {
        (section.read)(file, config)?;
    }
    config.providers = provider::read_all(file)?;
    Ok(())
}
