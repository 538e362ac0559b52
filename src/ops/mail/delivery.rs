//! What became of a mail that was due.

use crate::domain::mail::QueuedMail;
use crate::mail::SendError;

/// A mail that was due, and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Flushed {
    /// The mail.
    pub mail: QueuedMail,
    /// What became of it.
    pub delivery: Delivery,
}

/// What became of a mail that was due.
#[derive(Debug)]
#[non_exhaustive]
pub enum Delivery {
    /// It was sent.
    Sent,
    /// It was not sent, for this reason, and waits for the next try.
    Waits(SendError),
    /// It may have been sent: the server's answer did not come. Its link is alive.
    Uncertain {
        /// What happened.
        error: SendError,
        /// Whether it is sent once more later.
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
    /// It waited for too long: its link would have ended, or its news are old.
    Outdated,
    /// The user is gone, or may not have a link any more.
    Unwanted,
    /// The user has as many live links as one user can have.
    EnoughLinks,
}

impl Dropped {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Outdated => "outdated",
            Self::Unwanted => "unwanted",
            Self::EnoughLinks => "enough_links",
        }
    }

    /// Whether something went wrong: a user waits for a mail that never comes.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Outdated)
    }
}

impl Delivery {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Waits(_) => "waits",
            Self::Uncertain { .. } => "uncertain",
            Self::Dropped(_) => "dropped",
        }
    }

    /// Why it was not sent, or may not have been: part of a sentence.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Self::Sent => return None,
            Self::Waits(error) | Self::Uncertain { error, .. } | Self::Dropped(Dropped::Refused(error)) => {
                error.to_string()
            }
            Self::Dropped(Dropped::Outdated) => "it waited for too long".to_owned(),
            Self::Dropped(Dropped::Unwanted) => {
                "the user is gone, or may not have a link any more".to_owned()
            }
            Self::Dropped(Dropped::EnoughLinks) => {
                "the user has as many live links as one user can have".to_owned()
            }
        })
    }

    /// Whether something went wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Sent => false,
            Self::Waits(_) | Self::Uncertain { .. } => true,
            Self::Dropped(why) => why.is_failure(),
        }
    }

    /// What to do next, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Waits(error) | Self::Dropped(Dropped::Refused(error)) => Some(error.hint()),
            Self::Sent | Self::Uncertain { .. } | Self::Dropped(_) => None,
        }
    }
}
