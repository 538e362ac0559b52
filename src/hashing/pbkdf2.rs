//! PBKDF2 (RFC 8018 §5.2) with HMAC, in the forms of the PHC string format, passlib, Django,
//! Werkzeug and LDAP.

use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::{Salted, base64, costs, decimal, hexadecimal};
use super::limits::{FEWEST_PBKDF2_ROUNDS, MOST_ROUNDS};
use super::sha::ShaFunction;
use crate::domain::floor::HashCost;

/// Keycloak's output has this length with each function.
const KEYCLOAK_OUTPUT_BYTES: usize = 64;

/// A PBKDF2 hash.
pub(super) struct Pbkdf2Hash {
    sha: ShaFunction,
    rounds: u32,
    salted: Salted,
}

impl Pbkdf2Hash {
    /// A hash of these parts.
    pub(super) fn new(sha: ShaFunction, rounds: u64, salted: Salted) -> Result<Self, HashRefusal> {
        let rounds = match u32::try_from(rounds) {
            Ok(0) => return Err(HashRefusal::Malformed),
            Ok(rounds) if rounds <= MOST_ROUNDS => rounds,
            _ => return Err(HashRefusal::TooDear(CostLimit::Rounds)),
        };
        Ok(Self { sha, rounds, salted })
    }

    /// Reads the part after `$pbkdf2-sha256$`: `i=…[,l=…]$salt$output` (PHC string format), or
    /// `rounds$salt$output` (passlib and LDAP).
    pub(super) fn read(sha: ShaFunction, body: &str) -> Result<Self, HashRefusal> {
        let (cost, salted) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let salted = Salted::read(salted)?;
        let output_bytes = salted.output.len();
        let (rounds, is_whole) = if cost.starts_with(|first: char| first.is_ascii_digit()) {
            let whole = [sha.output_bytes(), KEYCLOAK_OUTPUT_BYTES];
            (decimal(cost)?, whole.contains(&output_bytes))
        } else if let Some((rounds, length)) = cost.split_once(',') {
            let ([rounds], [length]) = (costs(["i"], rounds)?, costs(["l"], length)?);
            (rounds, usize::try_from(length) == Ok(output_bytes))
        } else {
            let [rounds] = costs(["i"], cost)?;
            (rounds, true)
        };
        if !is_whole {
            return Err(HashRefusal::Malformed);
        }
        Self::new(sha, rounds, salted)
    }

    /// Reads the part after Django's `pbkdf2_sha256$`: `rounds$salt$output`. The salt is text, and
    /// the output is base64.
    pub(super) fn read_django(sha: ShaFunction, body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = body.splitn(4, '$').collect();
        let [rounds, salt, output] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        let salted = Salted::with_text_salt(salt, base64(output)?, sha.output_bytes())?;
        Self::new(sha, decimal(rounds)?, salted)
    }

    /// Reads Werkzeug's `pbkdf2:sha256:rounds$salt$output`: `method` is the part between the first
    /// colon and the first `$`. The salt is text, and the output is hexadecimal.
    pub(super) fn read_werkzeug(method: &str, body: &str) -> Result<Self, HashRefusal> {
        let (name, rounds) = method.split_once(':').ok_or(HashRefusal::Malformed)?;
        let sha = ShaFunction::named(name).ok_or(HashRefusal::UnknownKind)?;
        let (salt, output) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let salted = Salted::with_text_salt(salt, hexadecimal(output)?, sha.output_bytes())?;
        Self::new(sha, decimal(rounds)?, salted)
    }

    /// The cost of one verification. A longer output takes more rounds.
    pub(super) fn cost(&self) -> HashCost {
        let (sha, rounds, length) = (self.sha.name(), self.rounds, self.salted.output.len());
        HashCost::new(format!("pbkdf2-{sha} i={rounds},l={length}"))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        self.sha == ShaFunction::Sha1 || self.rounds < FEWEST_PBKDF2_ROUNDS
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut output = Zeroizing::new(vec![0; self.salted.output.len()]);
        self.sha
            .pbkdf2(password, &self.salted.salt, self.rounds, &mut output);
        self.salted.is(&output)
    }
}
