//! The errors of the use cases.

mod code;
mod identity;
#[cfg(feature = "federation")]
mod third_party;

use crate::domain::clock::{NoRandomness, NotBefore};
use crate::domain::email::{EmailAddress, EmailError};
use crate::domain::group::{GroupName, GroupNameError};
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

/// The error of a use case. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The caller does not have the right.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// No user has this id or address.
    #[error("there is no user {named}")]
    UserNotFound {
        /// The id or the address that was given.
        named: String,
        /// The most similar address of a user.
        nearest: Option<String>,
    },
    /// The text that should name a user is neither an id nor an address.
    #[error("`{0}` names no user: give an e-mail address or an id")]
    NoUserRef(String),
    /// No group has this name.
    #[error("there is no group {name}")]
    GroupNotFound {
        /// The name that was given.
        name: GroupName,
        /// The most similar name of a group.
        nearest: Option<GroupName>,
    },
    /// No live session has this id.
    #[error("there is no live session {0}")]
    SessionNotFound(String),
    /// The text is not an address that a user can get.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// A user already has the address, in this or another spelling.
    #[error("the e-mail address {email} is taken by a user who is {status}")]
    EmailTaken {
        /// The address as it is stored.
        email: EmailAddress,
        /// The status of the user who has it.
        status: Status,
    },
    /// Another user already has the id.
    #[error("the id {0} is taken by another user")]
    IdTaken(UserId),
    /// Another user already has the third-party identity, or the input has it twice.
    #[error("the third-party identity is linked to another user, or given twice")]
    IdentityTaken,
    /// A group with this name exists already.
    #[error("there is a group {0} already")]
    GroupTaken(GroupName),
    /// A group that is made or renamed can't have this name.
    #[error(transparent)]
    InvalidGroup(#[from] GroupNameError),
    /// The name of a group that is made or renamed looks like the name of another group.
    #[error("the name {name} looks like the name of the group {other}")]
    GroupLooksAlike {
        /// The name that was given.
        name: GroupName,
        /// The name of the group that exists.
        other: GroupName,
    },
    /// A group that has members is not deleted.
    #[error("the group {name} isn't empty (members: {members}, including deleted users)")]
    GroupNotEmpty {
        /// The group.
        name: GroupName,
        /// The number of its members.
        members: u64,
    },
    /// The group `administrators` can't be renamed or deleted.
    #[error("the group administrators can be neither renamed nor deleted")]
    AdministratorsFixed,
    /// An import would add administrators without permission.
    #[error("the row makes an administrator")]
    AdministratorsNotAllowed,
    /// The status of the user does not allow the change.
    #[error("{email}: {refused}")]
    Transition {
        /// The user.
        email: EmailAddress,
        /// The status, and the change that was asked for.
        refused: TransitionRefused,
    },
    /// The back office would be left without an administrator.
    #[error("{email} is the last active administrator")]
    LastAdministrator {
        /// The last active administrator.
        email: EmailAddress,
    },
    /// The password breaks a rule.
    #[error(transparent)]
    WeakPassword(#[from] PasswordRefusal),
    /// The new password is the current one.
    #[error("the new password is the current one")]
    PasswordReused,
    /// The user has no password, so no change of it can be required.
    #[error("{email} has no password to change")]
    NoPassword {
        /// The user.
        email: EmailAddress,
    },
    /// The hash can't be verified later.
    #[error(transparent)]
    HashRefused(#[from] HashRefusal),
    /// The file of breached passwords can't be read.
    #[error("the file of breached passwords can't be read: {0}")]
    BreachedFile(#[source] std::io::Error),
    /// A refused sign-in, for any reason. Only the audit record has the reason. A program waits until
    /// `not_before` before it answers a person, because the time of an earlier answer would show
    /// the reason.
    #[error("the e-mail address or the password isn't right, or the account can't sign in")]
    Denied {
        /// The earliest moment at which the refusal may be answered.
        not_before: NotBefore,
    },
    /// The password was right, but the user must change it first.
    #[error("the password must be changed before the sign-in")]
    PasswordChangeRequired,
    /// The reset link is not live.
    #[error("the reset link isn't valid: it was used, it expired or was revoked, or a part of it is missing")]
    ResetInvalid,
    /// No reset link has this id.
    #[error("there is no reset link {0}")]
    ResetNotFound(String),
    /// The rules have no template for links.
    #[error("links can't be made: no `base_url` is configured")]
    NoBaseUrl,
    /// A user who may not sign in with a password gets no reset link.
    #[error("{email} can't sign in with a password: `login.password` in the configuration does not allow it")]
    PasswordSignInOff {
        /// The user.
        email: EmailAddress,
    },
    /// A third-party login was refused, or failed.
    #[cfg(feature = "federation")]
    #[error(transparent)]
    ThirdParty(#[from] ThirdPartyError),
    /// An identity was not linked or unlinked.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// There is no mailer, so no mail can be sent.
    #[error("mail can't be sent: no `mail.transport` is configured")]
    NoMailer,
    #[cfg(feature = "mail")]
    /// The mail with a link was not sent. The link was ended.
    #[error("the mail to {email} wasn't sent: {error}; its link was ended")]
    MailFailed {
        /// The address of the user.
        email: EmailAddress,
        /// The step that failed, and the reason.
        error: SendError,
    },
    #[cfg(feature = "mail")]
    /// It is not known whether the mail arrived.
    #[error("the mail to {email} may have arrived or not: {}; its link {link} is still live", error.detail)]
    MailUncertain {
        /// The address of the user.
        email: EmailAddress,
        /// The link in it.
        link: ResetId,
        /// What happened.
        error: SendError,
    },
    /// The queue has no mail with this id.
    #[error("there is no mail {0} in the queue")]
    MailNotFound(String),
    /// The audit record has no event with this id.
    #[error("the audit record has no event {0}")]
    EventNotFound(String),
    /// The session is not live.
    #[error("the session isn't valid: it has ended, or it never existed")]
    SessionInvalid,
    /// The user is signed in, but is in none of the groups that were asked for.
    #[error("the user is in none of the groups asked for")]
    NotInGroup,
}

impl Error {
    /// The earliest moment at which a person may see the error; `None` if at once.
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
