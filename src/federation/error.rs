//! What can go wrong with a provider. None of it is about who may come in.

use std::fmt;
use std::time::Duration;

use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::domain::clock::NoRandomness;
use crate::files::{CertificateFault, CertificatesError};

/// What was asked of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its discovery document (`OpenID` Connect Discovery §4).
    Discovery,
    /// Its keys (RFC 7517).
    Keys,
    /// To exchange a code for tokens.
    Token,
    /// Who it is.
    UserInfo,
    /// The list of addresses.
    Emails,
    /// A device code (RFC 8628).
    DeviceCode,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discovery => "its discovery document",
            Self::Keys => "its keys",
            Self::Token => "its token endpoint",
            Self::UserInfo => "its UserInfo endpoint",
            Self::Emails => "its list of e-mail addresses",
            Self::DeviceCode => "its device authorization endpoint",
        })
    }
}

/// Why a provider couldn't be reached or understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// No such host.
    #[error("its host name isn't known")]
    UnknownHost,
    /// No answer in time.
    #[error("it didn't answer in time")]
    Silent,
    /// The certificate isn't trusted.
    #[error("its certificate isn't trusted: {fault}")]
    Certificate {
        /// Why not.
        fault: CertificateFault,
        /// Whether certificates of the configuration were trusted too.
        has_ca_file: bool,
    },
    /// TLS failed in another way.
    #[error("TLS failed ({0})")]
    Tls(String),
    /// The answer has no end.
    #[error("its answer is longer than 1 MiB")]
    TooLong,
    /// It sent us elsewhere, which is never followed.
    #[error("it redirected, and redirects are not followed")]
    Redirected,
    /// It answered with an error.
    #[error("it answered with HTTP status {0}")]
    Status(u16),
    /// The answer isn't JSON.
    #[error("its answer isn't JSON of the expected form")]
    Malformed,
    /// The connection couldn't be made, or broke.
    #[error("{0}")]
    Connection(String),
}

/// Why an ID token can't be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenFault {
    /// There is none.
    #[error("there is none")]
    Missing,
    /// It isn't a token at all.
    #[error("it isn't a signed token with the claims it must have")]
    Malformed,
    /// Another issuer.
    #[error("it is from another issuer")]
    Issuer,
    /// For somebody else.
    #[error("it is made for somebody else, or for somebody else as well")]
    Audience,
    /// Authorized for somebody else.
    #[error("it was asked for by somebody else (`azp`)")]
    AuthorizedParty,
    /// Nobody is named.
    #[error("it names nobody (`sub`)")]
    Subject,
    /// An answer to another question.
    #[error("it answers another request (`nonce`)")]
    Nonce,
    /// Its time has run out.
    #[error("its time has run out")]
    Expired,
    /// From the future.
    #[error("it isn't valid yet")]
    NotYet,
    /// From long ago.
    #[error("it was made too long ago")]
    Stale,
    /// An algorithm that isn't allowed.
    #[error("it is signed with an algorithm that isn't allowed")]
    Algorithm,
    /// No key of the provider fits.
    #[error("it is signed with a key that the provider doesn't have")]
    UnknownKey,
    /// It doesn't say which of several keys.
    #[error("it doesn't say which of the provider's keys it is signed with")]
    AmbiguousKey,
    /// The signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    /// It belongs to another access token.
    #[error("it belongs to another access token (`at_hash`)")]
    AccessToken,
}

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
    #[error("{step}: {why}")]
    Unreachable {
        /// What was asked.
        step: Step,
        /// What came of it.
        why: Unreachable,
    },
    /// The discovery document is that of another issuer.
    #[error("the discovery document is that of another issuer: {found}")]
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
    /// The provider sent the browser back with an error that is nobody's no (RFC 6749 §4.1.2.1).
    #[error("the provider sent the browser back with an error: {}", shown(error, description.as_deref()))]
    NotAuthorized {
        /// Its word for it.
        error: String,
        /// Its own sentence.
        description: Option<String>,
    },
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
        fault: IdTokenFault,
        /// How many seconds the provider's clock is ahead of ours, where it is about time and
        /// the provider told.
        clock: Option<i64>,
    },
    /// Two answers about two people.
    #[error("the provider's UserInfo is about somebody else")]
    OtherSubject,
    /// Nobody is named.
    #[error("the provider's UserInfo has no `{field}` to know the person by")]
    NoSubject {
        /// The field that was looked for.
        field: String,
    },
    /// The access token can't be sent.
    #[error("the provider's access token isn't one that could be sent (RFC 6750 §2.1)")]
    BadAccessToken,
    /// The login belongs to another provider.
    #[error("this sign-in was begun at another provider")]
    OtherTransaction,
    /// A person can't be told by what the provider gives.
    #[error("what the provider gives as the person's id is too long, or holds control characters")]
    BadSubject,
    /// Nobody came back.
    #[error("nobody signed in there within the time")]
    TimedOut,
    /// The provider has no device codes.
    #[error("the provider offers no device codes")]
    NoDevice,
    /// The configuration doesn't allow device codes.
    #[error("device codes aren't allowed for this provider")]
    DeviceOff,
    /// The person, or the provider in their name, said no.
    #[error("the sign-in was refused there: {}", shown(error, description.as_deref()))]
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
            Self::Unreachable { .. }
            | Self::OtherIssuer { .. }
            | Self::Insecure { .. }
            | Self::Lacks { .. }
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
            Self::NoCode { .. } => "no_code",
            Self::Refused { .. } => "exchange_refused",
            Self::IdToken { .. } => "id_token_invalid",
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
    pub(super) fn at(step: Step) -> impl FnOnce(Unreachable) -> Self {
        move |why| Self::Unreachable { step, why }
    }

    pub(super) fn id_token(fault: IdTokenFault) -> Self {
        Self::IdToken { fault, clock: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{assert_codes, coded};

    #[test]
    fn each_code_is_the_one_it_always_was() {
        use ProviderError as E;
        let word = || ("error".to_owned(), None);
        let (not_authorized, no_code, refused, denied) = {
            let (error, description) = word();
            let not_authorized = E::NotAuthorized { error, description };
            let (error, description) = word();
            let no_code = E::NoCode { error, description };
            let (error, description) = word();
            let refused = E::Refused { error, description };
            let (error, description) = word();
            (not_authorized, no_code, refused, E::Denied { error, description })
        };
        let unreachable = E::Unreachable {
            step: Step::Keys,
            why: Unreachable::Silent,
        };
        let certificates = CertificatesError::Unusable {
            path: "ca.pem".into(),
            why: String::new(),
        };
        let codes = coded!(E,
            E::NoRandomness(_) => (E::NoRandomness(NoRandomness), "internal"),
            E::Certificates(_) => (E::Certificates(certificates), "ca_file"),
            E::Unreachable { .. } => (unreachable, "provider_failed"),
            E::OtherIssuer { .. } => (E::OtherIssuer { found: String::new() }, "provider_failed"),
            E::Insecure { .. } => (E::Insecure { endpoint: "" }, "provider_failed"),
            E::Lacks { .. } => (E::Lacks { endpoint: "" }, "provider_failed"),
            E::Address { .. } => (E::Address { what: "" }, "invalid_configuration"),
            E::NotAuthorized { .. } => (not_authorized, "not_authorized"),
            E::NoCode { .. } => (no_code, "no_device_codes"),
            E::Refused { .. } => (refused, "exchange_refused"),
            E::IdToken { .. } => (E::id_token(IdTokenFault::Nonce), "id_token_invalid"),
            E::OtherSubject => (E::OtherSubject, "provider_failed"),
            E::NoSubject { .. } => (E::NoSubject { field: String::new() }, "provider_failed"),
            E::BadAccessToken => (E::BadAccessToken, "provider_failed"),
            E::BadSubject => (E::BadSubject, "provider_failed"),
            E::TimedOut => (E::TimedOut, "login_timed_out"),
            E::NoDevice => (E::NoDevice, "no_device_codes"),
            E::DeviceOff => (E::DeviceOff, "device_codes_off"),
            E::Denied { .. } => (denied, "login_denied"),
            E::OtherTransaction => (E::OtherTransaction, "login_other_provider"),
        );
        assert_codes(&codes, &["provider_failed", "no_device_codes"]);
    }
}
