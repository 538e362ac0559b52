//! How mails go out: over SMTP, into a directory, into memory. `texts` says what is in them, and
//! `ops` decides who gets one.

mod address;
mod directory;
mod error;
mod letter;
mod memory;
mod sender;
mod smtp;
mod token;
mod transport;

pub use crate::files::Danger;
pub use crate::texts::mails::{TemplateError, Templates};
pub use directory::Directory;
pub use error::{Fate, MailStep, SendError, SettingsError};
pub use memory::{Memory, Sent};
pub use sender::Sender;
pub use smtp::{ANSWER_TIMEOUT, Smtp, SmtpSettings, Tls};
pub use token::{AccessTokenSource, TokenCommand};
pub use transport::Transport;

#[cfg(test)]
mod testing;
