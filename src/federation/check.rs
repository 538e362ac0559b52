//! Checks a provider step by step, as far as that is possible without a sign-in.

mod announced;
mod fault;

use std::time::Duration;

use jiff::SignedDuration;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet};

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::ProviderError;
use super::id_token::LEEWAY;
use super::jws::can_sign;
use super::keys;
use super::listener::Listener;
use super::metadata::Metadata;
use crate::domain::check::CheckStep;
use crate::domain::clock::{Clock, Timestamp};
use crate::domain::duration::show_duration;
use crate::domain::provider::{Oidc, Protocol, SigningAlgorithm};

pub use self::announced::Unsupported;
pub use self::fault::{CheckFault, FailedStep};

/// How long all of it may take.
const LIMIT: Duration = Duration::from_mins(1);

impl Client {
    /// Looks at the provider: `discovery`, `issuer`, `endpoints`, `metadata`, `keys`, `redirect`,
    /// `clock`, as far as there is something to look at. `each` gets every step that went well.
    ///
    /// # Errors
    /// The first step that didn't, and why.
    pub fn check(
        &self,
        clock: &dyn Clock,
        each: &mut dyn FnMut(CheckStep),
    ) -> Result<(), FailedStep<CheckFault>> {
        let call = self.call(clock, clock.elapsed() + LIMIT);
        let found = Endpoints::with_metadata(&self.provider, &call).map_err(|error| {
            let step = match error {
                ProviderError::OtherIssuer { .. } => "issuer",
                ProviderError::Insecure { .. } | ProviderError::Address { .. } => "endpoints",
                _ => "discovery",
            };
            FailedStep::at(step)(error)
        })?;
        let (endpoints, metadata) = found;
        self.oauth(&endpoints).map_err(FailedStep::at("endpoints"))?;
        if let (Protocol::Oidc(oidc), Some(metadata)) = (self.provider.protocol(), metadata) {
            each(CheckStep::passed("discovery", "the document is there"));
            each(CheckStep::passed(
                "issuer",
                format!("{}, to the letter", oidc.issuer),
            ));
            each(CheckStep::passed("endpoints", endpoints.named()));
            each(
                self.announced(oidc, &metadata, &endpoints)
                    .map_err(FailedStep::at("metadata"))?,
            );
            let url = endpoints.keys.as_deref().unwrap_or_default();
            let keys = keys::fetch(url, &call).map_err(FailedStep::at("keys"))?;
            each(usable(oidc, &keys).map_err(FailedStep::at("keys"))?);
        } else {
            each(CheckStep::passed("endpoints", endpoints.named()));
        }
        let listener = Listener::bind(self.provider.redirect()).map_err(FailedStep::at("redirect"))?;
        each(CheckStep::passed(
            "redirect",
            way_back(&self.provider.redirect().ports, &listener),
        ));
        if let Some(theirs) = endpoints.date {
            let found = compare(clock.now(), theirs).map_err(FailedStep::at("clock"))?;
            each(CheckStep::passed("clock", found));
        }
        Ok(())
    }
}

impl Client {
    /// What the metadata announces, and what follows from it.
    fn announced(
        &self,
        oidc: &Oidc,
        metadata: &Metadata,
        endpoints: &Endpoints,
    ) -> Result<CheckStep, CheckFault> {
        let has_secret = self.secret.is_some();
        let unsupported = announced::unsupported(&self.provider, oidc, has_secret, metadata);
        if !unsupported.is_empty() {
            return Err(CheckFault::Unsupported(unsupported));
        }
        let way = endpoints.client_auth.as_str();
        let found = match (has_secret, self.provider.client_auth()) {
            (false, _) => "nothing that this program can't do".to_owned(),
            (true, Some(_)) => format!("client_auth is \"{way}\", as configured"),
            (true, None) => format!("client_auth is \"{way}\", from the metadata"),
        };
        let doubts = announced::doubts(&self.provider, metadata);
        Ok(CheckStep::with_remarks("metadata", found, doubts))
    }
}

impl Endpoints {
    fn named(&self) -> String {
        let device = if self.device.is_some() {
            ", device codes offered"
        } else {
            ""
        };
        format!(
            "sign-in at {}, tokens at {}{device}",
            self.authorization, self.token
        )
    }
}

fn usable(oidc: &Oidc, keys: &CoreJsonWebKeySet) -> Result<CheckStep, CheckFault> {
    let signs = |key: &CoreJsonWebKey| oidc.algorithms.iter().any(|one| can_sign(key, *one));
    let count = keys.keys().iter().filter(|key| signs(key)).count();
    let is_usable = |algorithm: &SigningAlgorithm| keys.keys().iter().any(|key| can_sign(key, *algorithm));
    let algorithms = oidc.algorithms.iter().copied();
    let usable: Vec<&str> = algorithms
        .filter(is_usable)
        .map(SigningAlgorithm::as_str)
        .collect();
    if usable.is_empty() {
        let algorithms = oidc.algorithms.iter().map(|one| one.as_str()).collect();
        return Err(CheckFault::NoKey { algorithms });
    }
    let twins = twins(oidc, keys);
    if twins == count {
        return Err(CheckFault::SameKeyId);
    }
    let remark = "a key is there twice, or two keys have the same id (`kid`): an ID token that is signed with one of them is refused";
    let remarks = (twins > 0).then_some(remark);
    let found = format!("{count} of them, for {}", usable.join(", "));
    Ok(CheckStep::with_remarks("keys", found, remarks))
}

/// How many keys can't be told from another key for the same algorithm. A token names a key by its id,
/// or not at all.
fn twins(oidc: &Oidc, keys: &CoreJsonWebKeySet) -> usize {
    let keys = keys.keys();
    let are_alike = |one: &CoreJsonWebKey, other: &CoreJsonWebKey| {
        let can_both = |algorithm| can_sign(one, algorithm) && can_sign(other, algorithm);
        one.key_id() == other.key_id() && oidc.algorithms.iter().copied().any(can_both)
    };
    let has_twin = |(place, key): &(usize, &CoreJsonWebKey)| {
        let mut others = keys.iter().enumerate();
        others.any(|(other, twin)| other != *place && are_alike(key, twin))
    };
    keys.iter().enumerate().filter(has_twin).count()
}

fn way_back(ports: &[u16], listener: &Listener) -> String {
    if ports.contains(&0) {
        "any free port can be listened on".to_owned()
    } else {
        format!("{} is free", listener.redirect_uri())
    }
}

fn compare(ours: Timestamp, theirs: Timestamp) -> Result<String, CheckFault> {
    let ahead: SignedDuration = ours.duration_since(theirs);
    let off = Duration::from_secs(ahead.unsigned_abs().as_secs());
    let side = if ahead.is_negative() { "behind" } else { "ahead of" };
    // The header has whole seconds, and was on its way.
    if off <= Duration::from_secs(2) {
        return Ok("the same as the provider's".to_owned());
    }
    let off_shown = show_duration(off);
    if off > LEEWAY {
        return Err(CheckFault::Clock { off: off_shown, side });
    }
    Ok(format!("{off_shown} {side} the provider's, which is near enough"))
}

#[cfg(test)]
mod tests;
