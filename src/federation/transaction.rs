//! A third-party login on its way: what has begun, and whom the provider vouched for in the end.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::callback::ExpectedCallback;
use super::endpoints::Endpoints;
use super::error::ProviderError;
use crate::domain::admission::Profile;
use crate::domain::clock::{Clock, NoRandomness};
use crate::domain::identity::IdentityBond;
use crate::domain::provider::{Protocol, ProviderName};
use crate::domain::third_party::{Lifetime, Purpose, StateHash};

/// What is asked of the provider when a third-party login begins.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<'a> {
    /// What the login is for.
    pub purpose: Purpose,
    /// The address that the provider sends the browser back to, with its port.
    pub redirect_uri: &'a str,
    /// The e-mail address of the person who is expected: the provider may fill it in.
    pub login_hint: Option<&'a str>,
    /// How long the login may take.
    pub limit: Duration,
}

/// A third-party login that has begun. It belongs to one browser and one redirect URI, and is
/// completed once.
pub struct Transaction {
    pub(super) provider: ProviderName,
    /// [`Provider::issuer`](crate::domain::provider::Provider::issuer), when the login began.
    pub(super) vouches: String,
    pub(super) purpose: Purpose,
    pub(super) redirect_uri: String,
    pub(super) state: SecretString,
    pub(super) nonce: SecretString,
    pub(super) verifier: SecretString,
    /// The address of the client that began it, where the caller gave one.
    pub(super) client: Option<IpAddr>,
    pub(super) lifetime: Lifetime,
    /// The issuer that the callback names. Plain OAuth 2.0 providers have none.
    pub(super) issuer: Option<String>,
    pub(super) iss_required: bool,
    /// What was discovered when it began. A sealed transaction does not hold it: it is discovered
    /// again.
    pub(super) endpoints: Option<Endpoints>,
}

/// Shows no secret.
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("provider", &self.provider)
            .field("purpose", &self.purpose)
            .field("redirect_uri", &self.redirect_uri)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

impl Transaction {
    /// What the browser must come back with.
    #[must_use]
    pub fn expected(&self) -> ExpectedCallback {
        ExpectedCallback {
            state: self.state.clone(),
            issuer: self.issuer.clone(),
            iss_required: self.iss_required,
        }
    }

    /// The provider that was asked.
    #[must_use]
    pub fn provider(&self) -> &ProviderName {
        &self.provider
    }

    /// What the login is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Where the browser comes back to.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The address of the client that began the login, where the caller gave one.
    #[must_use]
    pub fn client(&self) -> Option<IpAddr> {
        self.client
    }

    /// Tells this login from every other one. The callback brings the `state` that it is made of.
    #[must_use]
    pub fn state_hash(&self) -> StateHash {
        StateHash::of(self.state.expose_secret())
    }

    /// From when until when the login lives.
    #[must_use]
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }

    /// How long the login may still take; `None` once its time is over.
    #[must_use]
    pub fn remaining(&self, clock: &dyn Clock) -> Option<Duration> {
        self.lifetime.remaining(clock.now())
    }
}

/// The issuer that a callback names. Plain OAuth 2.0 providers have none.
pub(super) fn callback_issuer(protocol: &Protocol) -> Option<String> {
    match protocol {
        Protocol::Oidc(oidc) => Some(oidc.issuer.clone()),
        Protocol::OAuth2(_) => None,
    }
}

/// Why a third-party login can't be taken up again or completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransactionError {
    /// What was handed back isn't what was sealed.
    #[error("this sign-in can't be taken up: it is damaged, or it was begun somewhere else")]
    Unreadable,
    /// Its time is over.
    #[error("the time for this sign-in is over")]
    Ended,
    /// It was begun at another provider.
    #[error("this sign-in was begun at another provider")]
    OtherProvider,
    /// It was begun for something else: to link an account and not to sign in, or the reverse.
    #[error("this sign-in was begun for another purpose")]
    OtherPurpose,
    /// It was completed before.
    #[error("this sign-in was completed already")]
    Completed,
    /// It doesn't fit into a cookie.
    #[error("this sign-in can't be sealed: its redirect URI is too long")]
    TooLong,
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl TransactionError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "login_unreadable",
            Self::OtherProvider => "login_other_provider",
            Self::OtherPurpose => "login_other_purpose",
            Self::Ended => "login_ended",
            Self::Completed => "login_completed",
            Self::TooLong => "login_too_long",
            Self::NoRandomness(_) => "internal",
        }
    }

    /// The word for it in the audit record.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Ended => "ended",
            Self::OtherProvider => "other_provider",
            Self::OtherPurpose => "other_purpose",
            Self::Completed => "completed",
            Self::TooLong => "too_long",
            Self::NoRandomness(_) => "no_randomness",
        }
    }
}

/// A person whom a provider vouched for, everything verified. It can be made by
/// [`Client::vouch`](super::Client::vouch) and
/// [`Client::vouch_device`](super::Client::vouch_device) alone, and is used once.
#[derive(Debug)]
pub struct Vouched {
    profile: Profile,
    bond: IdentityBond,
    purpose: Purpose,
    state_hash: StateHash,
    lifetime: Lifetime,
}

impl Vouched {
    /// The person of `profile`, at the end of the login that is named by the rest.
    pub(super) fn new(
        profile: Profile,
        provider: &ProviderName,
        purpose: Purpose,
        state_hash: StateHash,
        lifetime: Lifetime,
    ) -> Result<Self, ProviderError> {
        let (issuer, subject) = (profile.issuer.clone(), profile.subject.clone());
        let bond = IdentityBond::new(provider.to_string(), issuer, subject)
            .map_err(|_| ProviderError::BadSubject)?;
        Ok(Self {
            profile,
            bond,
            purpose,
            state_hash,
            lifetime,
        })
    }

    /// A person without a provider, for tests of what follows.
    #[cfg(test)]
    pub(crate) fn for_tests(
        profile: Profile,
        provider: &ProviderName,
        purpose: Purpose,
        state_hash: StateHash,
        lifetime: Lifetime,
    ) -> Self {
        Self::new(profile, provider, purpose, state_hash, lifetime).unwrap()
    }

    /// What the provider tells about the person.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Who the person is at the provider.
    #[must_use]
    pub fn bond(&self) -> &IdentityBond {
        &self.bond
    }

    /// What the login was begun for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Tells the login from every other one.
    #[must_use]
    pub fn state_hash(&self) -> StateHash {
        self.state_hash
    }

    /// From when until when the login lived.
    #[must_use]
    pub fn lifetime(&self) -> Lifetime {
        self.lifetime
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{assert_codes, coded};

    #[test]
    fn each_code_of_a_transaction_is_a_word_of_its_own() {
        use TransactionError as E;
        let codes = coded!(E,
            E::Unreadable => (E::Unreadable, "login_unreadable"),
            E::Ended => (E::Ended, "login_ended"),
            E::OtherProvider => (E::OtherProvider, "login_other_provider"),
            E::OtherPurpose => (E::OtherPurpose, "login_other_purpose"),
            E::Completed => (E::Completed, "login_completed"),
            E::TooLong => (E::TooLong, "login_too_long"),
            E::NoRandomness(_) => (E::NoRandomness(NoRandomness), "internal"),
        );
        assert_codes(&codes, &[]);
    }
}
