//! The errors of the use cases.

mod code;
mod identity;
#[cfg(feature = "federation")]
mod third_party;

use crate::domain::clock::{NoRandomness, NotBefore};
use crate::domain::email::{EmailAddress, EmailError};
use crate::domain::group::GroupName;
#[cfg(feature = "mail")]
use crate::domain::ids::ResetId;
use crate::domain::ids::UserId;
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::rights::NotAllowed;
use crate::domain::user::{Status, TransitionRefused};
#[cfg(feature = "federation")]
use crate::federation::ProviderError;
use crate::hashing::{HashRefusal, HashingError};
#[cfg(feature = "mail")]
use crate::mail::SendError;
use crate::store::StoreError;

pub use identity::IdentityError;
#[cfg(feature = "federation")]
pub use third_party::{LoginRefused, ThirdPartyError};

/// Why a use case was refused. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The caller has not the right.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// Nobody of that id or address.
    #[error("there is no user {named}")]
    UserNotFound {
        /// As they were named.
        named: String,
        /// Somebody of nearly that address.
        nearest: Option<String>,
    },
    /// What should name a user is neither an id nor an address.
    #[error("`{0}` names no user: an e-mail address or an id is needed")]
    NoUserRef(String),
    /// No group of that name.
    #[error("there is no group {name}")]
    GroupNotFound {
        /// As it was named.
        name: GroupName,
        /// One of nearly that name.
        nearest: Option<GroupName>,
    },
    /// No live session of that id.
    #[error("there is no live session {0}")]
    SessionNotFound(String),
    /// The address isn't one.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// Somebody has the address already, in this or another spelling.
    #[error("the e-mail address {email} is taken by a user who is {status}")]
    EmailTaken {
        /// The address, as its owner wrote it.
        email: EmailAddress,
        /// Where they stand.
        status: Status,
    },
    /// Somebody has the id already.
    #[error("the id {0} is taken by another user")]
    IdTaken(UserId),
    /// Somebody has the third-party identity already, or the user has another there.
    #[error("the third-party identity is linked to another user, or given twice")]
    IdentityTaken,
    /// A group of that name exists.
    #[error("there is a group {0} already")]
    GroupTaken(GroupName),
    /// A group with people in it isn't deleted.
    #[error("the group {name} isn't empty (members: {members}, the deleted ones counted)")]
    GroupNotEmpty {
        /// The group.
        name: GroupName,
        /// How many users are in it.
        members: u64,
    },
    /// The group the rules speak of can't be renamed or deleted.
    #[error("the group administrators can be neither renamed nor deleted")]
    AdministratorsFixed,
    /// An import would make administrators without being told to.
    #[error("the row makes an administrator")]
    AdministratorsNotAllowed,
    /// A move the states don't have.
    #[error("{email}: {refused}")]
    Transition {
        /// Whom it was asked of.
        email: EmailAddress,
        /// Both ends of it.
        refused: TransitionRefused,
    },
    /// The back office would be left without an administrator.
    #[error("{email} is the last active administrator")]
    LastAdministrator {
        /// Who can't go.
        email: EmailAddress,
    },
    /// The password breaks a rule.
    #[error(transparent)]
    WeakPassword(#[from] PasswordRefusal),
    /// The new password is the old one.
    #[error("the new password is the current one")]
    PasswordReused,
    /// There is no password that could be asked to be changed.
    #[error("{email} has no password to change")]
    NoPassword {
        /// Who has none.
        email: EmailAddress,
    },
    /// The hash can't be verified later.
    #[error(transparent)]
    HashRefused(#[from] HashRefusal),
    /// The file of breached passwords can't be read.
    #[error("the file of breached passwords can't be read: {0}")]
    BreachedFile(#[source] std::io::Error),
    /// Every refused sign-in, whatever the reason: the audit record has it. The program that called
    /// waits until `not_before` before it answers a person: a refusal that comes earlier tells why
    /// the sign-in was refused.
    #[error("the e-mail address or the password isn't right, or the account can't sign in")]
    Denied {
        /// The earliest moment at which the refusal may be answered.
        not_before: NotBefore,
    },
    /// The password was right, and has to be changed first.
    #[error("the password has to be changed before anybody is signed in")]
    PasswordChangeRequired,
    /// Not a live reset link.
    #[error("the reset link isn't valid: it was used, ran out or was taken back, or part of it is missing")]
    ResetInvalid,
    /// No reset link of that id.
    #[error("there is no reset link {0}")]
    ResetNotFound(String),
    /// Nobody said where links lead.
    #[error("links can't be made: no `base_url` is configured")]
    NoBaseUrl,
    /// Whoever can't sign in with a password needs no link to set one.
    #[error("{email} can't sign in with a password: `login.password` in the configuration is against it")]
    PasswordSignInOff {
        /// Who can't.
        email: EmailAddress,
    },
    /// A third-party login.
    #[cfg(feature = "federation")]
    #[error(transparent)]
    ThirdParty(#[from] ThirdPartyError),
    /// The bond between a user and an account at a provider.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// No way to send mail.
    #[error("mail can't be sent: no `mail.transport` is configured")]
    NoMailer,
    #[cfg(feature = "mail")]
    /// The mail with a link was not sent, and so the link was ended.
    #[error("the mail to {email} wasn't sent: {error}; its link is dead")]
    MailFailed {
        /// To whom.
        email: EmailAddress,
        /// At which step, and why.
        error: SendError,
    },
    #[cfg(feature = "mail")]
    /// Nobody can say whether the mail arrived.
    #[error("the mail to {email} may have arrived, or not: {}; its link {link} is alive", error.detail)]
    MailUncertain {
        /// To whom.
        email: EmailAddress,
        /// The link in it.
        link: ResetId,
        /// What happened.
        error: SendError,
    },
    /// No such mail in the queue.
    #[error("there is no mail {0} in the queue")]
    MailNotFound(String),
    /// Not a live session.
    #[error("the session isn't valid: it ended, or never was")]
    SessionInvalid,
    /// Signed in, but in none of the groups asked for.
    #[error("the user is in none of the groups asked for")]
    NotInGroup,
}

impl Error {
    /// The earliest moment at which a person may be told of the error; `None`: at once.
    #[must_use]
    pub fn not_before(&self) -> Option<NotBefore> {
        match self {
            Self::Denied { not_before } => Some(*not_before),
            _ => None,
        }
    }

    pub(super) fn transition(email: &EmailAddress, refused: TransitionRefused) -> Self {
        Self::Transition {
            email: email.clone(),
            refused,
        }
    }
}

#[cfg(feature = "federation")]
impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Self {
        Self::ThirdParty(error.into())
    }
}

#[cfg(test)]
#[cfg(all(feature = "mail", feature = "federation"))]
mod tests;
