//! Mails: what they say (templates, one folder a message) and how they go out (over SMTP,
//! into a directory, into memory). Who gets one is decided elsewhere.

mod directory;
mod html;
mod letter;
mod memory;
mod message;
mod moments;
mod overrides;
mod sender;
mod smtp;
mod template_error;
mod templates;
mod token;
mod transport;

pub use crate::files::Danger;
pub use directory::Directory;
pub use memory::{Memory, Sent};
pub use message::{Message, Recipient};
pub use sender::Sender;
pub use smtp::{ANSWER_TIMEOUT, Smtp, SmtpSettings, Tls};
pub use template_error::TemplateError;
pub use templates::Templates;
pub use token::{TokenCommand, TokenSource};
pub use transport::{Fate, SendError, SettingsError, Step, Transport};

#[cfg(test)]
mod testing;
