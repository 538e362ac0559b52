//! The configuration: the file, the environment and the settings that come from them. Flags win
//! over the environment, the environment over the file, the file over the defaults. What there is
//! to know about a setting stands in `settings`.

mod document;
mod environment;
mod error;
mod explained;
mod file;
mod in_force;
mod keys;
mod lookup;
mod mail;
mod places;
mod sample;
mod settings;
mod shown;
mod store;

use std::path::{Path, PathBuf};

pub use environment::Environment;
pub use error::{ConfigError, NewFileError};
pub use explained::{Explanation, SettingNotFound, explain, explain_section, explanations};
pub use in_force::Config;
pub use lookup::ProviderNotFound;
pub use mail::{AuthChoice, MailSettings, TlsChoice, TransportChoice};
pub use places::Flags;
pub use sample::sample;
pub use settings::provider::{provider_setting_names, provider_settings};
pub use shown::SettingInForce;
pub use store::{StoreChoice, StoreOrigin};

use document::Document;

/// Reads the settings. `home` is given when the program acts for another operating-system user: it
/// stands in for `HOME` and the XDG variables, which are those of the caller.
///
/// # Errors
/// [`ConfigError`] for a file that is named and missing, that isn't safe, or that has a fault.
pub fn load(flags: &Flags<'_>, env: &Environment, home: Option<&Path>) -> Result<Config, ConfigError> {
    let mut config = Config::with_defaults(store::choose(flags, env, home));
    let Some(found) = file::find(flags, env, home)? else {
        return Ok(config);
    };
    let text = document::decode(&found.path, &found.bytes)?;
    let document = Document::parse(&found.path, text, settings::keys())?;
    settings::read_all(&document, &mut config)?;
    config.lines = document.lines();
    config.file = Some(found.path);
    Ok(config)
}

/// The file that [`create`] makes; none without a home.
#[must_use]
pub fn new_file(flags: &Flags<'_>, env: &Environment) -> Option<PathBuf> {
    file::new_file(flags, env).map(|(path, _)| path)
}

/// Makes a configuration file in which every setting stands in a comment. A file that exists stays
/// as it is. Tells which file it is, and whether it was made.
///
/// # Errors
/// [`NewFileError`] if it can't be made.
pub fn create(flags: &Flags<'_>, env: &Environment) -> Result<(PathBuf, bool), NewFileError> {
    file::create(flags, env, &sample::in_comments())
}

#[cfg(test)]
mod tests;
