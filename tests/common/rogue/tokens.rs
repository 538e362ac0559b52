//! Keys, and tokens signed with them as they should be and as they should not.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::CLIENT_SECRET;
use super::manners::{Manners, Published, Signed};

/// A key of the provider; each is made once a process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Rsa,
    OtherRsa,
    Ec,
}

fn rsa(key: Key) -> &'static RsaPrivateKey {
    static ONE: OnceLock<RsaPrivateKey> = OnceLock::new();
    static OTHER: OnceLock<RsaPrivateKey> = OnceLock::new();
    let key = if key == Key::Rsa { &ONE } else { &OTHER };
    key.get_or_init(|| RsaPrivateKey::new(&mut OsRng, 2048).unwrap())
}

fn ec() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::random(&mut OsRng))
}

pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Half of the hash of an access token (OpenID Connect Core §3.1.3.6).
pub fn at_hash(access_token: &str) -> String {
    base64url(&Sha256::digest(access_token)[..16])
}

/// A key set (RFC 7517 §5).
pub fn key_set(keys: &[Published]) -> Value {
    let jwk = |(key, kid): &Published| {
        let mut jwk = match key {
            Key::Ec => {
                let point = ec().verifying_key().to_encoded_point(false);
                let [x, y] = [point.x(), point.y()].map(|part| base64url(part.unwrap()));
                json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "x": x, "y": y})
            }
            key => {
                let [n, e] = [rsa(*key).n(), rsa(*key).e()].map(|part| base64url(part.to_bytes_be()));
                json!({"kty": "RSA", "alg": "RS256", "use": "sig", "n": n, "e": e})
            }
        };
        if let Some(kid) = kid {
            jwk["kid"] = json!(kid);
        }
        jwk
    };
    json!({"keys": keys.iter().map(jwk).collect::<Vec<_>>()})
}

/// A token of these claims, as the manners have it.
pub fn signed(claims: &Value, manners: &Manners, now: i64) -> String {
    let (alg, kid) = match manners.signed {
        Signed::Rs256 => ("RS256", "rsa"),
        Signed::Es256 => ("ES256", "ec"),
        Signed::Nobody => ("none", "rsa"),
        Signed::ClientSecret | Signed::PublicKey => ("HS256", "rsa"),
        Signed::UnknownKey => ("RS256", "unknown"),
    };
    let header = json!({"alg": alg, "typ": "JWT", "kid": kid});
    let header = manners.header.apply(header, now);
    let message = format!(
        "{}.{}",
        base64url(header.to_string()),
        base64url(claims.to_string())
    );
    let mut signature = match manners.signed {
        Signed::Rs256 => rs256(Key::Rsa, &message),
        Signed::UnknownKey => rs256(Key::OtherRsa, &message),
        Signed::Es256 => {
            let signature: Signature = ec().sign(message.as_bytes());
            signature.to_bytes().to_vec()
        }
        Signed::Nobody => Vec::new(),
        Signed::ClientSecret => hs256(CLIENT_SECRET.as_bytes(), &message),
        Signed::PublicKey => {
            let pem = rsa(Key::Rsa).to_public_key().to_public_key_pem(LineEnding::LF);
            hs256(pem.unwrap().as_bytes(), &message)
        }
    };
    if manners.broken {
        *signature.last_mut().unwrap() ^= 1;
    }
    format!("{message}.{}", base64url(signature))
}

/// The five parts of a token that is encrypted (RFC 7516 §3.1).
pub fn encrypted() -> String {
    let header = base64url(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
    let parts = ["key", "vector", "content", "tag"].map(base64url).join(".");
    format!("{header}.{parts}")
}

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
fn rs256(key: Key, message: &str) -> Vec<u8> {
    // What says that it is SHA-256 (RFC 8017 §9.2, note 1).
    const SHA_256: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
        0x04, 0x20,
    ];
    let scheme = Pkcs1v15Sign {
        hash_len: Some(32),
        prefix: Box::new(SHA_256),
    };
    rsa(key).sign(scheme, &Sha256::digest(message)).unwrap()
}

/// HMAC with SHA-256 (RFC 2104).
fn hs256(secret: &[u8], message: &str) -> Vec<u8> {
    let mut key = [0; 64];
    if secret.len() > key.len() {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let inner = Sha256::digest([&key.map(|byte| byte ^ 0x36), message.as_bytes()].concat());
    Sha256::digest([&key.map(|byte| byte ^ 0x5c)[..], &inner].concat()).to_vec()
}
