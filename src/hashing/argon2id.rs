//! Argon2 (RFC 9106). All three kinds can be verified; new hashes are Argon2id.

use argon2::{Algorithm, Argon2, Block, MIN_SALT_LEN, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal, HashingError};
use super::form::{Salted, costs};
use super::limits::{Argon2Limits, LEAST_ARGON2_WORK, LONGEST_PASSWORD};
use super::nfc;
use crate::domain::floor::HashCost;
use crate::domain::password::{Argon2Cost, PasswordHash};

/// The beginning of our own hashes.
pub(super) const PREFIX: &str = "$argon2id$v=19$";
/// The salt has 128 bits (RFC 9106 §4).
const SALT_BYTES: usize = 16;
/// The tag has 256 bits (RFC 9106 §4).
pub(super) const OUTPUT_BYTES: usize = 32;

/// The salt of a new hash.
pub(super) type Salt = [u8; SALT_BYTES];

/// An Argon2 hash.
pub(super) struct Argon2Hash {
    argon2: Argon2<'static>,
    kind: Algorithm,
    is_best: bool,
    salted: Salted,
}

impl Argon2Hash {
    /// Reads the part after `$argon2id$`: `[v=19$]m=…,t=…,p=…$salt$output`.
    pub(super) fn read(kind: Algorithm, body: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (version, body) = match body.strip_prefix("v=") {
            Some(body) => body.split_once('$').ok_or(HashRefusal::Malformed)?,
            // Argon2 1.0 wrote no version.
            None => ("16", body),
        };
        let version = match version {
            "16" => Version::V0x10,
            "19" => Version::V0x13,
            _ => return Err(HashRefusal::Malformed),
        };
        let (cost, salted) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let [memory, passes, lanes] = costs(["m", "t", "p"], cost)?;
        let memory = at_most(memory, dearest.memory_kib, CostLimit::Memory)?;
        let passes = at_most(passes, dearest.iterations, CostLimit::Passes)?;
        let lanes = at_most(lanes, dearest.parallelism, CostLimit::Lanes)?;
        let params = Params::new(memory, passes, lanes, None).map_err(|_| HashRefusal::Malformed)?;
        let salted = Salted::read(salted)?;
        if salted.salt.len() < MIN_SALT_LEN {
            return Err(HashRefusal::Malformed);
        }
        Ok(Self {
            argon2: Argon2::new(kind, version, params),
            kind,
            is_best: kind == Algorithm::Argon2id && version == Version::V0x13,
            salted,
        })
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut output = Zeroizing::new(vec![0; self.salted.output.len()]);
        let done = self
            .argon2
            .hash_password_into(password, &self.salted.salt, &mut output);
        done.is_ok() && self.salted.is(&output)
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        let params = self.argon2.params();
        argon2_cost(self.kind, (params.m_cost(), params.t_cost(), params.p_cost()))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        let params = self.argon2.params();
        u64::from(params.m_cost()) * u64::from(params.t_cost()) < LEAST_ARGON2_WORK
    }

    /// Whether a new hash with this cost would be stronger.
    pub(super) fn is_below(&self, cost: Argon2Cost) -> bool {
        let params = self.argon2.params();
        !self.is_best
            || params.m_cost() < cost.memory_kib()
            || params.t_cost() < cost.iterations()
            || params.p_cost() != cost.parallelism()
            || self.salted.salt.len() < SALT_BYTES
            || self.salted.output.len() < OUTPUT_BYTES
    }
}

fn at_most(value: u64, limit: u32, refusal: CostLimit) -> Result<u32, HashRefusal> {
    match u32::try_from(value) {
        Ok(value) if value <= limit => Ok(value),
        _ => Err(HashRefusal::TooDear(refusal)),
    }
}

/// The cost of an Argon2 hash: its memory in KiB, passes and lanes.
pub(super) fn argon2_cost(kind: Algorithm, (memory, passes, lanes): (u32, u32, u32)) -> HashCost {
    HashCost::new(format!("{} m={memory},t={passes},p={lanes}", kind.as_str()))
}

/// Hashes the NFC of `password`. It uses `memory` if there is some.
pub(super) fn hash(
    cost: Argon2Cost,
    password: &str,
    salt: &Salt,
    memory: Option<&mut [Block]>,
) -> Result<PasswordHash, HashingError> {
    if password.len() > LONGEST_PASSWORD {
        return Err(HashingError::Failed);
    }
    let nfc = nfc::normalised(password);
    let password = nfc.as_ref().map_or(password, |nfc| nfc.as_str());
    let mut output = Zeroizing::new([0; OUTPUT_BYTES]);
    derive(cost, password.as_bytes(), salt, memory, &mut output)?;
    Ok(PasswordHash::from_stored(format!(
        "{PREFIX}m={},t={},p={}${}${}",
        cost.memory_kib(),
        cost.iterations(),
        cost.parallelism(),
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(&output[..]),
    )))
}

/// Runs Argon2id, and writes the result into `output`.
pub(super) fn derive(
    cost: Argon2Cost,
    password: &[u8],
    salt: &Salt,
    memory: Option<&mut [Block]>,
    output: &mut [u8; OUTPUT_BYTES],
) -> Result<(), HashingError> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params(cost)?);
    match memory {
        Some(memory) => argon2.hash_password_into_with_memory(password, salt, output, memory),
        None => argon2.hash_password_into(password, salt, output),
    }
    .map_err(|_| HashingError::Failed)
}

/// Memory for hashes of this cost. It can be used for one hash after another.
pub(super) fn memory(cost: Argon2Cost) -> Result<Zeroizing<Vec<Block>>, HashingError> {
    let blocks = params(cost)?.block_count();
    let mut memory = Vec::new();
    memory
        .try_reserve_exact(blocks)
        .map_err(|_| HashingError::Failed)?;
    memory.resize(blocks, Block::new());
    Ok(Zeroizing::new(memory))
}

fn params(cost: Argon2Cost) -> Result<Params, HashingError> {
    Params::new(cost.memory_kib(), cost.iterations(), cost.parallelism(), None)
        .map_err(|_| HashingError::Failed)
}
