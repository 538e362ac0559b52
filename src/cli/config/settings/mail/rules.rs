//! Which settings of the section `[mail]` go together.

use super::{AUTH, TOKEN_COMMAND, TOKEN_FILE, TRANSPORT};
use crate::cli::config::ConfigError;
use crate::cli::config::document::Document;
use crate::cli::config::mail::{AuthChoice, MailSettings, TransportChoice};

impl MailSettings {
    pub(super) fn check(&self, file: &Document<'_>) -> Result<(), ConfigError> {
        self.check_token(file)?;
        match self.missing() {
            None => Ok(()),
            Some(missing) => Err(TRANSPORT.refuse(file, &format!("needs `{missing}` beside it"))),
        }
    }

    /// An access token comes from one setting, and is for `auth = "xoauth2"`.
    fn check_token(&self, file: &Document<'_>) -> Result<(), ConfigError> {
        if self.token_command.as_ref().is_some_and(Vec::is_empty) {
            return Err(TOKEN_COMMAND.refuse(file, "must be a list of a program and its arguments"));
        }
        let named = match (&self.token_command, &self.token_file) {
            (Some(_), Some(_)) => {
                let rule = "and `token_command` are two sources of one token: only one can be set";
                return Err(TOKEN_FILE.refuse(file, rule));
            }
            (Some(_), None) => Some(TOKEN_COMMAND.key),
            (None, Some(_)) => Some(TOKEN_FILE.key),
            (None, None) => None,
        };
        match (self.auth, named) {
            (AuthChoice::Password, Some(key)) => {
                Err(file.refuse(&[key], "needs `auth = \"xoauth2\"` beside it"))
            }
            (AuthChoice::Xoauth2, None) => {
                Err(AUTH.refuse(file, "needs `token_command` or `token_file` beside it"))
            }
            (AuthChoice::Xoauth2, Some(_)) if self.username.is_none() => {
                Err(AUTH.refuse(file, "needs `username` beside it"))
            }
            _ => Ok(()),
        }
    }

    /// A setting that the transport needs and that is missing.
    fn missing(&self) -> Option<&'static str> {
        let absent = |is_there: bool, key| (!is_there).then_some(key);
        match self.transport? {
            TransportChoice::Smtp => absent(self.host.is_some(), "host")
                .or(absent(self.from.is_some(), "from"))
                .or(absent(
                    self.username.is_none()
                        || self.auth == AuthChoice::Xoauth2
                        || self.password_file.is_some(),
                    "password_file",
                )),
            TransportChoice::Directory => {
                absent(self.directory.is_some(), "directory").or(absent(self.from.is_some(), "from"))
            }
        }
    }
}
