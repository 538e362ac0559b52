//! PBKDF2 (RFC 8018 §5.2) with HMAC, in the PHC string format and in Django's form.

use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::{Salted, costs, decimal};
use crate::domain::floor::HashCost;

/// The largest number of rounds that is accepted.
const DEAREST: u32 = 5_000_000;
/// Django's output is as long as the digest.
const DJANGO_OUTPUT_BYTES: usize = 32;

/// The hash function of the HMAC.
#[derive(Clone, Copy)]
pub(super) enum Digest {
    Sha1,
    Sha256,
    Sha512,
}

/// A PBKDF2 hash.
pub(super) struct Pbkdf2Hash {
    digest: Digest,
    rounds: u32,
    salted: Salted,
}

impl Pbkdf2Hash {
    /// Reads the part after `$pbkdf2-sha256$`: `i=…[,l=…]$salt$output`.
    pub(super) fn read(digest: Digest, body: &str) -> Result<Self, HashRefusal> {
        let (cost, salted) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let salted = Salted::read(salted)?;
        let ([rounds], length) = match cost.split_once(',') {
            Some((cost, length)) => (costs(["i"], cost)?, Some(costs(["l"], length)?)),
            None => (costs(["i"], cost)?, None),
        };
        if length.is_some_and(|[length]| usize::try_from(length) != Ok(salted.output.len())) {
            return Err(HashRefusal::Malformed);
        }
        Ok(Self {
            digest,
            rounds: checked(rounds)?,
            salted,
        })
    }

    /// Reads the part after Django's `pbkdf2_sha256$`: `rounds$salt$output`. The salt is text, and
    /// the output is padded base64.
    pub(super) fn read_django(body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = body.splitn(4, '$').collect();
        let [rounds, salt, output] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        Ok(Self {
            digest: Digest::Sha256,
            rounds: checked(decimal(rounds)?)?,
            salted: Salted::read_django(salt, output, DJANGO_OUTPUT_BYTES)?,
        })
    }

    /// The cost of one verification. A longer output takes more rounds.
    pub(super) fn cost(&self) -> HashCost {
        let digest = match self.digest {
            Digest::Sha1 => "sha1",
            Digest::Sha256 => "sha256",
            Digest::Sha512 => "sha512",
        };
        let (rounds, length) = (self.rounds, self.salted.output.len());
        HashCost::new(format!("pbkdf2-{digest} i={rounds},l={length}"))
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let derive = match self.digest {
            Digest::Sha1 => pbkdf2_hmac::<Sha1>,
            Digest::Sha256 => pbkdf2_hmac::<Sha256>,
            Digest::Sha512 => pbkdf2_hmac::<Sha512>,
        };
        let mut output = Zeroizing::new(vec![0; self.salted.output.len()]);
        derive(password, &self.salted.salt, self.rounds, &mut output);
        self.salted.is(&output)
    }
}

fn checked(rounds: u64) -> Result<u32, HashRefusal> {
    match u32::try_from(rounds) {
        Ok(0) => Err(HashRefusal::Malformed),
        Ok(rounds) if rounds <= DEAREST => Ok(rounds),
        _ => Err(HashRefusal::TooDear(CostLimit::Rounds)),
    }
}
