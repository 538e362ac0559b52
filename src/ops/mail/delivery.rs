//! The outcome of a mail that was due.

use crate::domain::mail::QueuedMail;
use crate::mail::SendError;

/// A mail that was due, and its outcome.
#[derive(Debug)]
#[non_exhaustive]
pub struct Flushed {
    /// The mail.
    pub mail: QueuedMail,
    /// The outcome.
    pub delivery: Delivery,
}

/// The outcome of a mail that was due.
#[derive(Debug)]
#[non_exhaustive]
pub enum Delivery {
    /// It was sent.
    Sent,
    /// It was not sent, for this reason, and waits for the next try.
    Waits(SendError),
    /// It may have been sent: the answer of the server is missing. Its link is still live.
    Uncertain {
        /// What happened.
        error: SendError,
        /// Whether it is sent again later.
        again: bool,
    },
    /// It was not sent, and left the queue.
    Dropped(Dropped),
}

/// Why a mail left the queue unsent.
#[derive(Debug)]
#[non_exhaustive]
pub enum Dropped {
    /// The server refused the recipient or the message for good.
    Refused(SendError),
    /// It waited too long: its link would have ended, or its content is old.
    Outdated,
    /// The user was deleted, or may no longer have a link.
    Unwanted,
    /// The user has the greatest number of live links.
    EnoughLinks,
}

impl Dropped {
    /// The word for it in an answer.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Outdated => "outdated",
            Self::Unwanted => "unwanted",
            Self::EnoughLinks => "enough_links",
        }
    }

    /// Whether this is a failure: a user waits for a mail that never comes.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Outdated)
    }
}

impl Delivery {
    /// The word for it in an answer.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Waits(_) => "waits",
            Self::Uncertain { .. } => "uncertain",
            Self::Dropped(_) => "dropped",
        }
    }

    /// Why it was not sent, or may not have been sent: a part of a sentence.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Self::Sent => return None,
            Self::Waits(error) | Self::Uncertain { error, .. } | Self::Dropped(Dropped::Refused(error)) => {
                error.to_string()
            }
            Self::Dropped(Dropped::Outdated) => "it waited too long".to_owned(),
            Self::Dropped(Dropped::Unwanted) => {
                "the user was deleted, or may no longer have a link".to_owned()
            }
            Self::Dropped(Dropped::EnoughLinks) => {
                "the user has as many live links as one user can have".to_owned()
            }
        })
    }

    /// Whether this is a failure.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Sent => false,
            Self::Waits(_) | Self::Uncertain { .. } => true,
            Self::Dropped(why) => why.is_failure(),
        }
    }

    /// What to do next, if it is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Waits(error) | Self::Dropped(Dropped::Refused(error)) => Some(error.hint()),
            Self::Sent | Self::Uncertain { .. } | Self::Dropped(_) => None,
        }
    }
}
