//! What can go wrong with a provider. None of it is about who may come in.

mod proxy;
mod token;
mod unreachable;

use std::time::Duration;

use url::form_urlencoded;
use zeroize::Zeroizing;

use super::callback::UnusableAnswer;
use crate::domain::clock::NoRandomness;
use crate::files::CertificatesError;

pub use self::proxy::ProxyFault;
pub use self::token::TokenFault;
pub use self::unreachable::{Endpoint, Unreachable};

/// What can go wrong with a provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProviderError {
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The extra certificates can't be used.
    #[error(transparent)]
    Certificates(#[from] CertificatesError),
    /// The provider couldn't be reached or understood.
    #[error("{endpoint}: {why}")]
    Unreachable {
        /// What was asked.
        endpoint: Endpoint,
        /// What came of it.
        why: Unreachable,
    },
    /// The discovery document is that of another issuer.
    #[error("the discovery document names another issuer: {found}")]
    OtherIssuer {
        /// Whose it is.
        found: String,
    },
    /// An endpoint that isn't protected.
    #[error("the {endpoint} isn't an https address")]
    Insecure {
        /// Which.
        endpoint: &'static str,
    },
    /// What can't be done without isn't offered.
    #[error("the provider offers no {endpoint}")]
    Lacks {
        /// Which.
        endpoint: &'static str,
    },
    /// A setting that only the provider could tell was wrong.
    #[error("the {what} in the configuration isn't a usable address")]
    Address {
        /// Which.
        what: &'static str,
    },
    /// The provider sent the browser back with an error that is no refusal (RFC 6749 §4.1.2.1).
    #[error("the provider sent the browser back with an error: {}", shown(error, description.as_deref()))]
    NotAuthorized {
        /// Its word for it.
        error: String,
        /// Its own sentence.
        description: Option<String>,
    },
    /// The provider sent the browser back with the right `state`, and without anything to go on with.
    #[error("the provider sent the browser back with an answer that can't be used: {0}")]
    UnusableAnswer(UnusableAnswer),
    /// The provider refused to give a device code (RFC 8628 §3.2).
    #[error("the provider refused to give a code: {}", shown(error, description.as_deref()))]
    NoCode {
        /// Its word for it.
        error: String,
        /// Its own sentence.
        description: Option<String>,
    },
    /// The provider refused to give tokens (RFC 6749 §5.2).
    #[error("the provider refused to exchange the code: {}", shown(error, description.as_deref()))]
    Refused {
        /// Its word for it.
        error: String,
        /// Its own sentence.
        description: Option<String>,
    },
    /// The ID token can't be believed.
    #[error("the provider's ID token isn't valid: {fault}{}", shown_difference(*clock))]
    IdToken {
        /// Why.
        fault: TokenFault,
        /// How many seconds the provider's clock is ahead of ours, where it is about time and
        /// the provider told.
        clock: Option<i64>,
    },
    /// `UserInfo` can't be believed: it is signed or encrypted, or it doesn't say whom it is about.
    #[error("the provider's UserInfo isn't valid: {0}")]
    UserInfo(TokenFault),
    /// Two answers about two people.
    #[error(
        "the provider's UserInfo is about another person: its `sub` differs from the `sub` of the ID token"
    )]
    OtherSubject,
    /// The id of the person is missing.
    #[error("the provider's UserInfo has no usable id of the person in the field `{field}`")]
    NoSubject {
        /// The field that was looked for.
        field: String,
    },
    /// The access token can't be sent.
    #[error("the provider's access token has characters that can't be sent (RFC 6750 §2.1)")]
    BadAccessToken,
    /// The login belongs to another provider.
    #[error("this sign-in was begun at another provider")]
    OtherTransaction,
    /// A person can't be told by what the provider gives.
    #[error("the person's id at the provider is too long, or has control characters")]
    BadSubject,
    /// The sign-in took too long.
    #[error("nobody signed in at the provider in time")]
    TimedOut,
    /// The provider has no device codes.
    #[error("the provider offers no device codes")]
    NoDevice,
    /// The configuration doesn't allow device codes.
    #[error("the configuration doesn't allow device codes for this provider")]
    DeviceOff,
    /// The person, or the provider in their name, said no.
    #[error("the provider refused the sign-in: {}", shown(error, description.as_deref()))]
    Denied {
        /// The provider's word for it.
        error: String,
        /// Its own sentence.
        description: Option<String>,
    },
}

fn shown(error: &str, description: Option<&str>) -> String {
    match description {
        Some(description) if !description.is_empty() => format!("{error} ({description})"),
        _ => error.to_owned(),
    }
}

fn shown_difference(clock: Option<i64>) -> String {
    const WORTH_TELLING: u64 = 30;
    let Some(seconds) = clock.filter(|seconds| seconds.unsigned_abs() >= WORTH_TELLING) else {
        return String::new();
    };
    let off = crate::domain::duration::show_duration(Duration::from_secs(seconds.unsigned_abs()));
    let side = if seconds > 0 { "behind" } else { "ahead of" };
    format!("; the clock of this machine is {off} {side} the provider's")
}

/// What is kept of a stranger's words.
const LONGEST_WORDS: usize = 500;

impl ProviderError {
    /// What became of a sign-in that the browser came back from with this error: a person's no, or
    /// the provider's (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
    #[must_use]
    pub fn of_callback(error: String, description: Option<String>) -> Self {
        let is_a_no = matches!(
            error.as_str(),
            "access_denied"
                | "account_selection_required"
                | "consent_required"
                | "interaction_required"
                | "login_required"
        );
        if is_a_no {
            Self::Denied { error, description }
        } else {
            Self::NotAuthorized { error, description }
        }
    }

    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRandomness(_) => "internal",
            Self::Certificates(error) => error.code(),
            Self::Unreachable {
                why: Unreachable::Proxy(fault),
                ..
            } if fault.is_setting() => "proxy_unusable",
            Self::Unreachable { .. }
            | Self::UserInfo(_)
            | Self::OtherIssuer { .. }
            | Self::Insecure { .. }
            | Self::Lacks { .. }
            | Self::UnusableAnswer(_)
            | Self::OtherSubject
            | Self::NoSubject { .. }
            | Self::BadAccessToken
            | Self::BadSubject => "provider_failed",
            Self::Address { .. } => "invalid_configuration",
            Self::NotAuthorized { .. } => "not_authorized",
            Self::NoCode { .. } | Self::NoDevice => "no_device_codes",
            Self::Refused { .. } => "exchange_refused",
            Self::IdToken { .. } => "id_token_invalid",
            Self::TimedOut => "login_timed_out",
            Self::DeviceOff => "device_codes_off",
            Self::Denied { .. } => "login_denied",
            Self::OtherTransaction => "login_other_provider",
        }
    }

    /// The word for it in the audit record.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::NoRandomness(_) => "no_randomness",
            Self::Certificates(_) => "certificates",
            Self::Unreachable { .. } => "unreachable",
            Self::OtherIssuer { .. } => "other_issuer",
            Self::Insecure { .. } => "insecure",
            Self::Lacks { .. } => "endpoint_missing",
            Self::Address { .. } => "address",
            Self::NotAuthorized { .. } => "not_authorized",
            Self::UnusableAnswer(_) => "unusable_answer",
            Self::NoCode { .. } => "no_code",
            Self::Refused { .. } => "exchange_refused",
            Self::IdToken { .. } => "id_token_invalid",
            Self::UserInfo(_) => "userinfo_invalid",
            Self::OtherSubject => "other_subject",
            Self::NoSubject { .. } => "no_subject",
            Self::BadAccessToken => "bad_access_token",
            Self::OtherTransaction => "other_transaction",
            Self::BadSubject => "bad_subject",
            Self::TimedOut => "timed_out",
            Self::NoDevice => "no_device_codes",
            Self::DeviceOff => "device_codes_off",
            Self::Denied { .. } => "denied",
        }
    }

    /// The same without what the provider echoes of our secrets, as they are or as they were
    /// sent, and no longer than one reads.
    pub(super) fn without(mut self, secrets: &[Zeroizing<String>]) -> Self {
        let clean = |text: &mut String| {
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                let sent: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
                *text = text.replace(secret.as_str(), "…").replace(&sent, "…");
            }
            if let Some((end, _)) = text.char_indices().nth(LONGEST_WORDS) {
                text.truncate(end);
                text.push('…');
            }
        };
        match &mut self {
            Self::OtherIssuer { found } => clean(found),
            Self::Refused { error, description }
            | Self::NoCode { error, description }
            | Self::NotAuthorized { error, description }
            | Self::Denied { error, description } => {
                clean(error);
                description.as_mut().map(clean);
            }
            _ => {}
        }
        self
    }

    /// For `map_err`: this step failed.
    pub(super) fn at(endpoint: Endpoint) -> impl FnOnce(Unreachable) -> Self {
        move |why| Self::Unreachable { endpoint, why }
    }

    pub(super) fn id_token(fault: TokenFault) -> Self {
        Self::IdToken { fault, clock: None }
    }
}

#[cfg(test)]
mod tests;
