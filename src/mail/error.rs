//! What can go wrong with a mail: the step that failed, what that means for the mail, and settings
//! with which no mail can be sent.

use std::fmt;

use crate::domain::check::CheckStep;
use crate::files::CertificatesError;
use crate::texts::mails::TemplateError;

/// The steps of sending a mail, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MailStep {
    /// The message is written.
    Template,
    /// The access token for the sign-in is there.
    Token,
    /// The server's name becomes addresses.
    Resolve,
    /// The server answers.
    Connect,
    /// The connection is encrypted, the certificate verified.
    Tls,
    /// The sign-in is accepted.
    SignIn,
    /// Sender, recipient and message are taken.
    Accept,
}

/// A mail that was not sent, or that may not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendError {
    /// Which step failed.
    pub step: MailStep,
    /// What went wrong: part of a sentence, on one line, without a secret.
    pub detail: String,
    /// What the failure means for the mail.
    pub fate: Fate,
    hint: &'static str,
}

/// What a failure means for the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// It was not sent. A later try can succeed, perhaps after an operator changed something.
    NotSent,
    /// It was not sent, and never will be: the server refused this recipient or this message.
    Refused,
    /// It may have been sent: the server has the whole mail, and no answer came.
    Uncertain,
}

/// Settings with which no mail can be sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The sender isn't one mailbox.
    #[error("the sender of mails must have the form `Name <name@domain>`")]
    From,
    /// The server isn't a host name or an IP address.
    #[error("the name of the mail server isn't a host name or an IP address")]
    Host,
    /// The name for the greeting isn't a host name.
    #[error("the name for the greeting to the mail server isn't a host name")]
    HelloName,
    /// The password and the mails would be sent unencrypted over the network.
    #[error("{host} isn't this machine, and unencrypted mail is only sent to this machine")]
    PlainElsewhere {
        /// The server.
        host: String,
    },
    /// The address for replies isn't one mailbox.
    #[error("the address for replies doesn't have the form `Name <name@domain>`")]
    ReplyTo,
    /// The sender of the envelope isn't an address.
    #[error("the sender of the envelope isn't an e-mail address")]
    EnvelopeFrom,
    /// A username without a password or a token, or the reverse.
    #[error("a sign-in to the mail server needs a username, and either a password or an access token")]
    HalfSignIn,
    /// The command has no program.
    #[error("the command for the access token names no program")]
    TokenCommand,
    /// The token has characters that can't be sent.
    #[error("the access token is empty, or has spaces or other characters that no token has")]
    Token,
    /// The certificates can't be used.
    #[error(transparent)]
    Certificates(#[from] CertificatesError),
    /// A time-out is zero, so no mail could be sent.
    #[error("the time-out for mails is zero")]
    NoTime,
}

impl MailStep {
    /// The name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Token => "token",
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::SignIn => "sign_in",
            Self::Accept => "accept",
        }
    }

    fn failed(self) -> &'static str {
        match self {
            Self::Template => "the mail can't be written",
            Self::Token => "there is no access token for the mail server",
            Self::Resolve => "the mail server's name has no address",
            Self::Connect => "the connection to the mail server failed",
            Self::Tls => "the connection to the mail server can't be encrypted",
            Self::SignIn => "signing in to the mail server failed",
            Self::Accept => "the mail wasn't accepted",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Template => "see the templates in the folder of `mail.templates`",
            Self::Token => {
                "run the program of `mail.token_command` by hand: it must print the token alone, on one line of standard output"
            }
            Self::Resolve => "see `mail.host` in the configuration",
            Self::Connect => "see `mail.host` and `mail.port`, and whether a firewall blocks the connection",
            Self::Tls => "see `mail.tls`: most servers take `starttls` on port 587, `implicit` on 465",
            Self::SignIn => "see `mail.username` and the file named by `mail.password_file`",
            Self::Accept => {
                "see the address of the recipient, and whether the mail server accepts mail from `mail.from`"
            }
        }
    }
}

impl SendError {
    /// A failure of one step. The mail was not sent.
    pub fn new(step: MailStep, detail: impl Into<String>) -> Self {
        Self {
            step,
            detail: detail.into(),
            fate: Fate::NotSent,
            hint: step.hint(),
        }
    }

    /// A refusal of this recipient or this message, whenever it is tried.
    pub fn refused(detail: impl Into<String>) -> Self {
        Self {
            fate: Fate::Refused,
            ..Self::new(MailStep::Accept, detail)
        }
    }

    /// The whole mail was sent, and no answer says whether the server accepted it.
    pub fn uncertain(detail: impl Into<String>) -> Self {
        Self {
            fate: Fate::Uncertain,
            ..Self::new(MailStep::Accept, detail)
        }
    }

    pub(super) fn with_hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.hint
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fate {
            Fate::Uncertain => "the mail may have been sent, or not",
            Fate::NotSent | Fate::Refused => self.step.failed(),
        };
        write!(f, "{what}: {}", self.detail)
    }
}

impl std::error::Error for SendError {}

impl From<TemplateError> for SendError {
    fn from(error: TemplateError) -> Self {
        Self::new(MailStep::Template, error.to_string())
    }
}

impl From<&SendError> for CheckStep {
    fn from(error: &SendError) -> Self {
        Self::failed(
            error.step.name(),
            error.to_string(),
            Some(error.hint().to_owned()),
        )
    }
}

impl SettingsError {
    /// The word by which a program knows the error. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid_mail_settings"
    }
}
