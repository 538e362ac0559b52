//! scrypt (RFC 7914), in the forms of the PHC string format, Django and Werkzeug.

use scrypt::Params;
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::{Salted, base64, costs, decimal, hexadecimal};
use super::limits::{DEAREST_ARGON2, LEAST_SCRYPT_BYTES};
use crate::domain::floor::HashCost;

/// The most memory that is accepted, in bytes. It is the same as for Argon2.
const DEAREST: u64 = DEAREST_ARGON2.memory_kib as u64 * 1024;
/// The largest number of lanes that is accepted. It is the same as for Argon2.
const MOST_LANES: u64 = DEAREST_ARGON2.parallelism as u64;
/// The output of Django and Werkzeug has 64 bytes.
const OUTPUT_BYTES: usize = 64;

/// A scrypt hash.
pub(super) struct ScryptHash {
    params: Params,
    salted: Salted,
}

impl ScryptHash {
    /// Reads the part after `$scrypt$`: `ln=…,r=…,p=…$salt$output`.
    pub(super) fn read(body: &str) -> Result<Self, HashRefusal> {
        let (cost, salted) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let [log_n, r, p] = costs(["ln", "r", "p"], cost)?;
        Ok(Self {
            params: checked(log_n, r, p)?,
            salted: Salted::read(salted)?,
        })
    }

    /// Reads the part after Django's `scrypt$`: `N$salt$r$p$output`. The salt is text, and the
    /// output is base64.
    pub(super) fn read_django(body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = body.splitn(6, '$').collect();
        let [n, salt, r, p, output] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        Ok(Self {
            params: checked(log_2(n)?, decimal(r)?, decimal(p)?)?,
            salted: Salted::with_text_salt(salt, base64(output)?, OUTPUT_BYTES)?,
        })
    }

    /// Reads Werkzeug's `scrypt:N:r:p$salt$output`: `method` is the part between the first colon and
    /// the first `$`. The salt is text, and the output is hexadecimal.
    pub(super) fn read_werkzeug(method: &str, body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = method.splitn(4, ':').collect();
        let [n, r, p] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        let (salt, output) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        Ok(Self {
            params: checked(log_2(n)?, decimal(r)?, decimal(p)?)?,
            salted: Salted::with_text_salt(salt, hexadecimal(output)?, OUTPUT_BYTES)?,
        })
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        let (log_n, r, p) = (self.params.log_n(), self.params.r(), self.params.p());
        HashCost::new(format!("scrypt ln={log_n},r={r},p={p}"))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        let memory = (128 * u64::from(self.params.r())) << self.params.log_n();
        memory < LEAST_SCRYPT_BYTES
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut output = Zeroizing::new(vec![0; self.salted.output.len()]);
        let done = scrypt::scrypt(password, &self.salted.salt, &self.params, &mut output);
        done.is_ok() && self.salted.is(&output)
    }
}

/// log₂ of N, which must be a power of two.
fn log_2(n: &str) -> Result<u64, HashRefusal> {
    let n = decimal(n)?;
    if n.is_power_of_two() {
        Ok(n.ilog2().into())
    } else {
        Err(HashRefusal::Malformed)
    }
}

/// Checks N = 2^`log_n`, r and p against the limits.
fn checked(log_n: u64, r: u64, p: u64) -> Result<Params, HashRefusal> {
    if log_n == 0 || r == 0 || p == 0 {
        return Err(HashRefusal::Malformed);
    }
    if p > MOST_LANES {
        return Err(HashRefusal::TooDear(CostLimit::Lanes));
    }
    let n = u32::try_from(log_n)
        .ok()
        .and_then(|log_n| 1_u64.checked_shl(log_n));
    // scrypt needs 128·r·N bytes, and 128·r·p bytes beside them (RFC 7914 §6). A very large r makes
    // both too large. The second part can be a sixteenth of the limit.
    let blocks = n.map(|n| n.max(p * 16));
    let memory = blocks.and_then(|blocks| blocks.checked_mul(128)?.checked_mul(r));
    if memory.is_none_or(|memory| memory > DEAREST) {
        return Err(HashRefusal::TooDear(CostLimit::Memory));
    }
    let number = |value| u32::try_from(value).map_err(|_| HashRefusal::Malformed);
    let log_n = u8::try_from(log_n).map_err(|_| HashRefusal::Malformed)?;
    Params::new(log_n, number(r)?, number(p)?).map_err(|_| HashRefusal::Malformed)
}
