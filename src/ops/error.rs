//! Why a use case was refused.

#[cfg(feature = "federation")]
use crate::domain::admission::AdmissionFault;
use crate::domain::clock::{NoRandomness, NotBefore};
use crate::domain::email::{EmailAddress, EmailError};
use crate::domain::group::GroupName;
#[cfg(feature = "mail")]
use crate::domain::ids::ResetId;
use crate::domain::ids::{AttemptId, UserId};
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::provider::ProviderName;
use crate::domain::rights::NotAllowed;
use crate::domain::user::{Status, TransitionRefused};
#[cfg(feature = "federation")]
use crate::federation::{CheckFault, ProviderError, TransactionError};
use crate::hashing::{HashRefusal, HashingError};
#[cfg(feature = "mail")]
use crate::mail::SendError;
use crate::store::StoreError;

use super::import::{ImportReport, ReadError};
#[cfg(feature = "federation")]
use super::third_party_login::LoginRefused;

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
    /// The input of an import can't be read, or not further.
    #[error(transparent)]
    Import(#[from] ReadError),
    /// Rows were refused, and so nothing was imported.
    #[error("{} of the rows can't be imported, so none was", .0.failures.len())]
    Refused(Box<ImportReport>),
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

/// Why nobody came in by way of a provider.
#[cfg(feature = "federation")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThirdPartyError {
    /// The rules are against it.
    #[error("{} vouched for the person, but {}", .0.label, .0.refusal)]
    LoginRefused(LoginRefused),
    /// The provider, and what went wrong with it.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The login was completed before, is over, or belongs to something else.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A step of the check of a provider.
    #[error(transparent)]
    Check(CheckFault),
    /// The strategy of the provider isn't sound.
    #[error(transparent)]
    Admission(#[from] AdmissionFault),
    /// A created user couldn't be put into their group.
    #[error("there is no group {0}, which `default_groups` of the provider names")]
    DefaultGroupMissing(GroupName),
}

/// Why a user isn't linked, or stays so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No refused login of that id, or too long ago.
    #[error("there is no refused login {0} that could be linked: they are kept for 30 days")]
    AttemptNotFound(AttemptId),
    /// A user has one identity of an issuer.
    #[error("{email} is linked to another account at {label} already")]
    LinkedToAnother {
        /// Who is linked.
        email: EmailAddress,
        /// What people call the provider.
        label: String,
    },
    /// Nothing to unlink.
    #[error("{email} isn't linked to `{provider}`, and no provider of that name is configured")]
    NotLinked {
        /// Who isn't.
        email: EmailAddress,
        /// The name that was given.
        provider: ProviderName,
    },
    /// The user couldn't sign in any more.
    #[error("{email} could not sign in any more: there is no other identity, and no password they may use")]
    LastSignIn {
        /// Who couldn't.
        email: EmailAddress,
    },
}

#[cfg(feature = "federation")]
impl From<CheckFault> for ThirdPartyError {
    fn from(fault: CheckFault) -> Self {
        match fault {
            CheckFault::Provider(error) => Self::Provider(error),
            fault => Self::Check(fault),
        }
    }
}

#[cfg(feature = "federation")]
impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Self {
        Self::ThirdParty(error.into())
    }
}

/// The code of everything that no caller can mend.
const INTERNAL: &str = "internal";

impl Error {
    /// The word by which a program tells the refusals apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::NotAllowed(_) => "not_allowed",
            Self::NoRandomness(_) | Self::Hashing(_) => INTERNAL,
            Self::UserNotFound { .. } => "user_not_found",
            Self::NoUserRef(_) => "invalid_user",
            Self::GroupNotFound { .. } => "group_not_found",
            Self::SessionNotFound(_) => "session_not_found",
            Self::Email(_) => "invalid_email",
            Self::EmailTaken { .. } => "email_taken",
            Self::IdTaken(_) => "id_taken",
            Self::IdentityTaken => "identity_taken",
            Self::GroupTaken(_) => "group_taken",
            Self::GroupNotEmpty { .. } => "group_not_empty",
            Self::AdministratorsFixed => "administrators_fixed",
            Self::AdministratorsNotAllowed => "administrators_not_allowed",
            Self::Transition { .. } => "transition_refused",
            Self::LastAdministrator { .. } => "last_administrator",
            Self::WeakPassword(_) => "weak_password",
            Self::PasswordReused => "password_reused",
            Self::NoPassword { .. } => "no_password",
            Self::HashRefused(_) => "invalid_hash",
            Self::BreachedFile(_) => "breached_file",
            Self::Denied { .. } => "denied",
            Self::PasswordChangeRequired => "password_change_required",
            Self::ResetInvalid => "reset_invalid",
            Self::ResetNotFound(_) => "reset_not_found",
            Self::NoBaseUrl => "no_base_url",
            Self::PasswordSignInOff { .. } => "password_sign_in_off",
            #[cfg(feature = "federation")]
            Self::ThirdParty(error) => error.code(),
            Self::Identity(error) => error.code(),
            Self::NoMailer => "no_mailer",
            #[cfg(feature = "mail")]
            Self::MailFailed { .. } => "mail_failed",
            #[cfg(feature = "mail")]
            Self::MailUncertain { .. } => "mail_uncertain",
            Self::MailNotFound(_) => "mail_not_found",
            Self::SessionInvalid => "session_invalid",
            Self::NotInGroup => "not_in_group",
            Self::Import(error) => error.code(),
            Self::Refused(report) => report.code(),
        }
    }
}

#[cfg(feature = "federation")]
impl ThirdPartyError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LoginRefused(_) => "login_refused",
            Self::Provider(error) => error.code(),
            Self::Transaction(fault) => fault.code(),
            Self::Check(fault) => fault.code(),
            Self::Admission(_) => "unsound_strategy",
            Self::DefaultGroupMissing(_) => "default_group_missing",
        }
    }
}

impl IdentityError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AttemptNotFound(_) => "attempt_not_found",
            Self::LinkedToAnother { .. } => "linked_to_another",
            Self::NotLinked { .. } => "identity_not_found",
            Self::LastSignIn { .. } => "last_sign_in",
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "mail", feature = "federation"))]
mod tests;
