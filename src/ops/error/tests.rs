use std::io;

use uuid::Uuid;

use super::*;
use crate::domain::admission::{AdmissionFault, Refusal};
use crate::domain::ids::AttemptId;
use crate::domain::provider::ProviderName;
use crate::domain::testing::{assert_codes, coded};
use crate::federation::{CheckFault, TransactionError};
use crate::mail::MailStep;

fn email() -> EmailAddress {
    "ada@example.com".parse().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "no moment is made from nothing")]
fn denied() -> Error {
    let not_before = NotBefore::new(std::time::Instant::now());
    Error::Denied { not_before }
}

fn group() -> GroupName {
    "support".parse().unwrap()
}

fn id() -> Uuid {
    Uuid::from_u128(1)
}

fn refused() -> TransitionRefused {
    TransitionRefused {
        from: Status::Deleted,
        to: "activated",
    }
}

fn send_error() -> SendError {
    SendError::new(MailStep::Connect, "refused")
}

fn group_not_empty() -> Error {
    Error::GroupNotEmpty {
        name: group(),
        members: 1,
    }
}

fn email_taken() -> Error {
    Error::EmailTaken {
        email: email(),
        status: Status::Active,
    }
}

fn group_not_found() -> Error {
    Error::GroupNotFound {
        name: group(),
        nearest: None,
    }
}

fn group_looks_alike() -> Error {
    Error::GroupLooksAlike {
        name: group(),
        other: group(),
    }
}

fn transition() -> Error {
    Error::transition(&email(), refused())
}

fn uncertain() -> Error {
    Error::MailUncertain {
        email: email(),
        link: ResetId(id()),
        error: send_error(),
    }
}

fn user_not_found() -> Error {
    Error::UserNotFound {
        named: String::new(),
        nearest: None,
    }
}

fn mail_failed() -> Error {
    Error::MailFailed {
        email: email(),
        error: send_error(),
    }
}

/// The codes never change.
#[test]
fn each_code_is_the_one_it_always_was() {
    let codes = coded!(Error,
        Error::Store(_) => (Error::Store(StoreError::Busy), "store_busy"),
        Error::NotAllowed(_) => (Error::NotAllowed(NotAllowed::Visitor), "not_allowed"),
        Error::NoRandomness(_) => (Error::NoRandomness(NoRandomness), "internal"),
        Error::Hashing(_) => (Error::Hashing(HashingError::Failed), "internal"),
        Error::UserNotFound { .. } => (user_not_found(), "user_not_found"),
        Error::NoUserRef(_) => (Error::NoUserRef(String::new()), "invalid_user"),
        Error::GroupNotFound { .. } => (group_not_found(), "group_not_found"),
        Error::SessionNotFound(_) => (Error::SessionNotFound(String::new()), "session_not_found"),
        Error::Email(_) => (Error::Email(EmailError::Empty), "invalid_email"),
        Error::EmailTaken { .. } => (email_taken(), "email_taken"),
        Error::IdTaken(_) => (Error::IdTaken(UserId(id())), "id_taken"),
        Error::IdentityTaken => (Error::IdentityTaken, "identity_taken"),
        Error::GroupTaken(_) => (Error::GroupTaken(group()), "group_taken"),
        Error::InvalidGroup(_) => (Error::InvalidGroup(GroupNameError::Empty), "invalid_group"),
        Error::GroupLooksAlike { .. } => (group_looks_alike(), "group_looks_alike"),
        Error::GroupNotEmpty { .. } => (group_not_empty(), "group_not_empty"),
        Error::AdministratorsFixed => (Error::AdministratorsFixed, "administrators_fixed"),
        Error::AdministratorsNotAllowed => (
            Error::AdministratorsNotAllowed,
            "administrators_not_allowed"
        ),
        Error::Transition { .. } => (transition(), "transition_refused"),
        Error::LastAdministrator { .. } => (
            Error::LastAdministrator { email: email() },
            "last_administrator"
        ),
        Error::WeakPassword(_) => (Error::WeakPassword(PasswordRefusal::Run), "weak_password"),
        Error::PasswordReused => (Error::PasswordReused, "password_reused"),
        Error::NoPassword { .. } => (Error::NoPassword { email: email() }, "no_password"),
        Error::HashRefused(_) => (Error::HashRefused(HashRefusal::Malformed), "invalid_hash"),
        Error::BreachedFile(_) => (
            Error::BreachedFile(io::ErrorKind::NotFound.into()),
            "breached_file"
        ),
        Error::Denied { .. } => (denied(), "denied"),
        Error::PasswordChangeRequired => (
            Error::PasswordChangeRequired,
            "password_change_required"
        ),
        Error::ResetInvalid => (Error::ResetInvalid, "reset_invalid"),
        Error::ResetNotFound(_) => (Error::ResetNotFound(String::new()), "reset_not_found"),
        Error::NoBaseUrl => (Error::NoBaseUrl, "no_base_url"),
        Error::PasswordSignInOff { .. } => (
            Error::PasswordSignInOff { email: email() },
            "password_sign_in_off"
        ),
        Error::ThirdParty(_) => (
            Error::ThirdParty(ProviderError::TimedOut.into()),
            "login_timed_out"
        ),
        Error::Identity(_) => (
            Error::Identity(IdentityError::LastSignIn { email: email() }),
            "last_sign_in"
        ),
        Error::NoMailer => (Error::NoMailer, "no_mailer"),
        Error::MailFailed { .. } => (mail_failed(), "mail_failed"),
        Error::MailUncertain { .. } => (uncertain(), "mail_uncertain"),
        Error::MailNotFound(_) => (Error::MailNotFound(String::new()), "mail_not_found"),
        Error::EventNotFound(_) => (Error::EventNotFound("0193".to_owned()), "event_not_found"),
        Error::SessionInvalid => (Error::SessionInvalid, "session_invalid"),
        Error::NotInGroup => (Error::NotInGroup, "not_in_group"),
    );
    assert_codes(&codes, &["internal"]);
}

#[test]
fn each_code_of_a_third_party_login_is_the_one_it_always_was() {
    use ThirdPartyError as E;
    let refused = LoginRefused {
        label: String::new(),
        refusal: Refusal::Unknown,
        email: None,
        verified_by: None,
        attempt: None,
    };
    let clock = CheckFault::Clock {
        off: String::new(),
        side: "behind",
    };
    let codes = coded!(E,
        E::LoginRefused(_) => (E::LoginRefused(refused), "login_refused"),
        E::Provider(_) => (E::Provider(ProviderError::DeviceOff), "device_codes_off"),
        E::Transaction(_) => (E::Transaction(TransactionError::Completed), "login_completed"),
        E::Check(_) => (E::Check(clock), "clock_off"),
        E::Admission(_) => (E::Admission(AdmissionFault::Everybody), "unsound_strategy"),
        E::DefaultGroupMissing(_) => (E::DefaultGroupMissing(group()), "default_group_missing"),
    );
    assert_codes(&codes, &[]);
}

#[test]
fn each_code_of_an_identity_is_the_one_it_always_was() {
    use IdentityError as E;
    let another = E::LinkedToAnother {
        email: email(),
        label: String::new(),
    };
    let not_linked = E::NotLinked {
        email: email(),
        provider: ProviderName::parse("okta").unwrap(),
    };
    let codes = coded!(E,
        E::AttemptNotFound(_) => (E::AttemptNotFound(AttemptId(id())), "attempt_not_found"),
        E::LinkedToAnother { .. } => (another, "linked_to_another"),
        E::SubjectIsAddress { .. } => (E::SubjectIsAddress { subject: String::new() }, "subject_is_address"),
        E::NotLinked { .. } => (not_linked, "identity_not_found"),
        E::LastSignIn { .. } => (E::LastSignIn { email: email() }, "last_sign_in"),
    );
    assert_codes(&codes, &[]);
}
