//! Which settings of the section `[mail]` go together.

use super::{AUTH, DIRECTORY, FROM, HOST, PASSWORD_FILE, TOKEN_COMMAND, TOKEN_FILE, TRANSPORT, USERNAME};
use crate::cli::config::ConfigError;
use crate::cli::config::document::Document;
use crate::cli::config::in_force::Config;
use crate::cli::config::mail::{AuthChoice, MailSettings, TransportChoice};
use crate::cli::config::settings::setting::{Declared, Example};

/// A setting of the section.
type OfMail = &'static dyn Declared<Config>;

impl MailSettings {
    pub(super) fn check(&self, file: &Document<'_>) -> Result<(), ConfigError> {
        self.check_token(file)?;
        match self.missing() {
            None => Ok(()),
            Some(missing) => Err(needs(file, &TRANSPORT, missing)),
        }
    }

    /// An access token comes from one setting, and is for `auth = "xoauth2"`.
    fn check_token(&self, file: &Document<'_>) -> Result<(), ConfigError> {
        if self.token_command.as_ref().is_some_and(Vec::is_empty) {
            return Err(TOKEN_COMMAND.refuse(file, "must be a list of a program and its arguments"));
        }
        let named: Option<OfMail> = match (&self.token_command, &self.token_file) {
            (Some(_), Some(_)) => {
                let rule = "and `token_command` are two sources of one token: only one can be set";
                return Err(file.refuse_with(&[TOKEN_FILE.key], rule, "remove one of the two"));
            }
            (Some(_), None) => Some(&TOKEN_COMMAND),
            (None, Some(_)) => Some(&TOKEN_FILE),
            (None, None) => None,
        };
        match (self.auth, named) {
            (AuthChoice::Password, Some(setting)) => {
                let hint = "write `auth = \"xoauth2\"` into the section [mail], or remove this key";
                Err(file.refuse_with(&[setting.key()], "needs `auth = \"xoauth2\"` beside it", hint))
            }
            (AuthChoice::Xoauth2, None) => {
                let rule = "needs `token_command` or `token_file` beside it";
                Err(file.refuse_with(&[AUTH.key], rule, &line_of(&TOKEN_COMMAND)))
            }
            (AuthChoice::Xoauth2, Some(_)) if self.username.is_none() => Err(needs(file, &AUTH, &USERNAME)),
            _ => Ok(()),
        }
    }

    /// A setting that the transport needs and that is missing.
    fn missing(&self) -> Option<OfMail> {
        let absent = |is_there: bool, setting: OfMail| (!is_there).then_some(setting);
        let has_password =
            self.username.is_none() || self.auth == AuthChoice::Xoauth2 || self.password_file.is_some();
        match self.transport? {
            TransportChoice::Smtp => absent(self.host.is_some(), &HOST)
                .or(absent(self.from.is_some(), &FROM))
                .or(absent(has_password, &PASSWORD_FILE)),
            TransportChoice::Directory => {
                absent(self.directory.is_some(), &DIRECTORY).or(absent(self.from.is_some(), &FROM))
            }
        }
    }
}

/// A complaint about `setting`, which needs `other`.
fn needs(file: &Document<'_>, setting: OfMail, other: OfMail) -> ConfigError {
    let rule = format!("needs `{}` beside it", name_of(other));
    file.refuse_with(&[setting.key()], &rule, &line_of(other))
}

/// The line that is missing, with the example of the setting.
fn line_of(setting: OfMail) -> String {
    let value = match setting.example() {
        Example::Of(value) | Example::Alone(value) => value,
        Example::Default => "…",
    };
    format!(
        "write it into the section [mail], for example: {} = {value}",
        name_of(setting)
    )
}

fn name_of(setting: OfMail) -> &'static str {
    let key = setting.key();
    key.strip_prefix("mail.").unwrap_or(key)
}
