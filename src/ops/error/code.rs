//! The codes by which a program tells the errors apart.

use super::Error;

/// The code of an error that no caller can correct.
const INTERNAL: &str = "internal";

impl Error {
    /// The word by which a program tells the errors apart. It never changes.
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
            Self::InvalidGroup(_) => "invalid_group",
            Self::GroupLooksAlike { .. } => "group_looks_alike",
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
            Self::EventNotFound(_) => "event_not_found",
            Self::SessionInvalid => "session_invalid",
            Self::NotInGroup => "not_in_group",
        }
    }
}
