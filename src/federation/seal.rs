//! A third-party login that has begun, as a text that its browser carries: encrypted and
//! authenticated with a key of the store, so that any program with the same store can go on with
//! it, and no other program can read or change it. Nothing of it is stored meanwhile.
//!
//! The text is base64url (RFC 4648 §5) without padding: the id of the key (1 byte), the nonce of
//! XChaCha20-Poly1305 (24 bytes), the encrypted login with its authentication tag.

use std::borrow::Cow;
use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::client::Client;
use super::transaction::{self, Transaction, TransactionError};
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::ids::UserId;
use crate::domain::keys::StoreKey;
use crate::domain::third_party::{Lifetime, Purpose};

/// What is authenticated before everything else: what the text is, and of which version.
const LABEL: &[u8] = b"backoffice third-party login 1\0";
const NONCE_BYTES: usize = 24;
/// A cookie holds 4096 bytes with its name and attributes, and a browser may carry ten of these.
const LONGEST: usize = 2048;

/// What is sealed of a [`Transaction`].
#[derive(Serialize, Deserialize)]
struct SealedContent<'a> {
    provider: Cow<'a, str>,
    /// The issuer of the provider: a provider that was repointed meanwhile is another one.
    issuer: Cow<'a, str>,
    /// The user to be linked; none: to be signed in.
    link: Option<Uuid>,
    redirect_uri: Cow<'a, str>,
    state: Cow<'a, str>,
    nonce: Cow<'a, str>,
    verifier: Cow<'a, str>,
    client: Option<IpAddr>,
    /// In microseconds since 1970.
    begun_at: i64,
    /// In microseconds since 1970.
    ends_at: i64,
    iss_required: bool,
}

impl Transaction {
    /// The login as a text of at most 2048 characters. It is opened with the same key and the
    /// same `place` alone: the name of a cookie and the site it belongs to, for example.
    pub(crate) fn seal(
        &self,
        key: &StoreKey,
        place: &str,
        random: &dyn RandomSource,
    ) -> Result<String, TransactionError> {
        let mut nonce = [0; NONCE_BYTES];
        random.fill(&mut nonce)?;
        let content = Zeroizing::new(serde_json::to_vec(&self.content()).unwrap_or_default());
        let payload = Payload {
            msg: &content,
            aad: &authenticated(key.id(), place),
        };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| TransactionError::TooLong)?;
        let text = BASE64_URL_SAFE_NO_PAD.encode([&[key.id()], &nonce[..], &sealed].concat());
        if text.len() > LONGEST {
            return Err(TransactionError::TooLong);
        }
        Ok(text)
    }

    fn content(&self) -> SealedContent<'_> {
        SealedContent {
            provider: self.provider.as_str().into(),
            issuer: self.vouches.as_str().into(),
            link: match self.purpose {
                Purpose::SignIn => None,
                Purpose::Link(user) => Some(user.0),
            },
            redirect_uri: self.redirect_uri.as_str().into(),
            state: self.state.expose_secret().into(),
            nonce: self.nonce.expose_secret().into(),
            verifier: self.verifier.expose_secret().into(),
            client: self.client,
            begun_at: self.lifetime.begun_at.as_microsecond(),
            ends_at: self.lifetime.ends_at.as_microsecond(),
            iss_required: self.iss_required,
        }
    }
}

/// A text that may be a sealed login. Nothing in it is believed yet.
pub(crate) struct Sealed {
    key_id: u8,
    nonce: [u8; NONCE_BYTES],
    content: Vec<u8>,
}

impl Sealed {
    /// Takes the text apart.
    pub(crate) fn parse(text: &str) -> Result<Self, TransactionError> {
        let unreadable = TransactionError::Unreadable;
        if text.len() > LONGEST {
            return Err(unreadable);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| unreadable)?;
        let (key_id, rest) = bytes.split_first().ok_or(unreadable)?;
        let (nonce, content) = rest.split_first_chunk().ok_or(unreadable)?;
        Ok(Self {
            key_id: *key_id,
            nonce: *nonce,
            content: content.to_owned(),
        })
    }

    /// The id of the key that it says it was sealed with.
    pub(crate) fn key_id(&self) -> u8 {
        self.key_id
    }

    fn content(&self, key: &StoreKey, place: &str) -> Option<Zeroizing<Vec<u8>>> {
        let payload = Payload {
            msg: &self.content,
            aad: &authenticated(self.key_id, place),
        };
        let opened = cipher(key).decrypt(&XNonce::from(self.nonce), payload);
        opened.ok().map(Zeroizing::new)
    }
}

impl Client {
    /// The login that was sealed with `key` for `place`, if it was begun at this provider and
    /// still lives.
    pub(crate) fn open(
        &self,
        sealed: &Sealed,
        key: &StoreKey,
        place: &str,
        now: Timestamp,
    ) -> Result<Transaction, TransactionError> {
        let unreadable = TransactionError::Unreadable;
        let content = sealed.content(key, place).ok_or(unreadable)?;
        let content: SealedContent<'_> = serde_json::from_slice(&content).map_err(|_| unreadable)?;
        let is_ours =
            content.provider == self.provider.name().as_str() && content.issuer == self.provider.issuer();
        if !is_ours {
            return Err(TransactionError::OtherProvider);
        }
        let moment = |micros| Timestamp::from_microsecond(micros).map_err(|_| unreadable);
        let lifetime = Lifetime {
            begun_at: moment(content.begun_at)?,
            ends_at: moment(content.ends_at)?,
        };
        if lifetime.remaining(now).is_none() {
            return Err(TransactionError::Ended);
        }
        Ok(Transaction {
            provider: self.provider.name().clone(),
            vouches: content.issuer.into_owned(),
            purpose: content
                .link
                .map_or(Purpose::SignIn, |user| Purpose::Link(UserId(user))),
            redirect_uri: content.redirect_uri.into_owned(),
            state: secret(content.state),
            nonce: secret(content.nonce),
            verifier: secret(content.verifier),
            client: content.client,
            lifetime,
            issuer: transaction::callback_issuer(self.provider.protocol()),
            iss_required: content.iss_required,
            endpoints: None,
        })
    }
}

fn secret(text: Cow<'_, str>) -> SecretString {
    text.into_owned().into()
}

fn cipher(key: &StoreKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose().into())
}

fn authenticated(key_id: u8, place: &str) -> Vec<u8> {
    [LABEL, &[key_id], place.as_bytes()].concat()
}

#[cfg(test)]
mod tests;
