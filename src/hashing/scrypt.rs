//! scrypt (RFC 7914), in the PHC string format and in Django's form.

use scrypt::Params;
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::{Salted, costs, decimal};
use super::limits::DEAREST_ARGON2;
use crate::domain::floor::HashCost;

/// The most memory that is accepted, in bytes. It is the same as for Argon2.
const DEAREST: u64 = DEAREST_ARGON2.memory_kib as u64 * 1024;
/// The largest number of lanes that is accepted. It is the same as for Argon2.
const MOST_LANES: u64 = DEAREST_ARGON2.parallelism as u64;
/// Django's output has 64 bytes.
const DJANGO_OUTPUT_BYTES: usize = 64;

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
    /// output is padded base64.
    pub(super) fn read_django(body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = body.splitn(6, '$').collect();
        let [n, salt, r, p, output] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        let n = decimal(n)?;
        if !n.is_power_of_two() {
            return Err(HashRefusal::Malformed);
        }
        Ok(Self {
            params: checked(n.ilog2().into(), decimal(r)?, decimal(p)?)?,
            salted: Salted::read_django(salt, output, DJANGO_OUTPUT_BYTES)?,
        })
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        let (log_n, r, p) = (self.params.log_n(), self.params.r(), self.params.p());
        HashCost::new(format!("scrypt ln={log_n},r={r},p={p}"))
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let mut output = Zeroizing::new(vec![0; self.salted.output.len()]);
        let done = scrypt::scrypt(password, &self.salted.salt, &self.params, &mut output);
        done.is_ok() && self.salted.is(&output)
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
