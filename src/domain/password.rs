//! Passwords: their state and the stored form. The rules for passwords are in
//! [`password_policy`](super::password_policy).

use std::fmt;

use super::range::{Numbers, OutOfRange};

/// Whether a user has a password, and can know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PasswordState {
    /// The user has no password.
    None,
    /// The user has a password.
    Set,
    /// The password is random. It was made for a user of a third-party login, was never shown, and
    /// can't be used.
    Random,
}

impl PasswordState {
    /// The word for the state.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Set => "set",
            Self::Random => "random",
        }
    }
}

impl fmt::Display for PasswordState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The stored hash of a password: our own hashes in the PHC string format, imported hashes as they were
/// given, but the credential of Keycloak, which is stored in the PHC string format.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash that was checked before.
    #[must_use]
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The stored text. A person who has it can try passwords against it. So only an export with hashes
    /// shows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// The cost of one Argon2id hash (RFC 9106 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Cost {
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
}

impl Argon2Cost {
    /// What `memory_kib` may be.
    pub const MEMORY_KIB: Numbers = Numbers::new(8192, 1_048_576);
    /// What `iterations` may be.
    pub const ITERATIONS: Numbers = Numbers::new(1, 16);
    /// What `parallelism` may be.
    pub const PARALLELISM: Numbers = Numbers::new(1, 16);
    /// The smallest product of memory (KiB) and passes. The OWASP Password Storage Cheat Sheet lists
    /// settings that are equally strong; of those with 8 MiB or more, m=9216, t=4 has the smallest
    /// product.
    const LEAST_WORK: u32 = 36_864;

    /// A cost of `memory_kib` KiB of memory, `iterations` passes over it and `parallelism` lanes.
    ///
    /// # Errors
    /// [`OutOfRange`] if one of them is outside of its range, or `memory_kib` times `iterations`
    /// is below what OWASP recommends.
    pub fn new(memory_kib: u32, iterations: u32, parallelism: u32) -> Result<Self, OutOfRange> {
        Self::MEMORY_KIB.check("memory_kib", memory_kib)?;
        Self::ITERATIONS.check("iterations", iterations)?;
        Self::PARALLELISM.check("parallelism", parallelism)?;
        if memory_kib.saturating_mul(iterations) < Self::LEAST_WORK {
            return Err(OutOfRange::TooCheap {
                least: Self::LEAST_WORK,
            });
        }
        Ok(Self {
            memory_kib,
            iterations,
            parallelism,
        })
    }

    /// A cost that [`new`](Self::new) can refuse. Tests make many hashes, and these protect nothing.
    #[cfg(test)]
    pub(crate) const fn for_tests(memory_kib: u32, iterations: u32, parallelism: u32) -> Self {
        Self {
            memory_kib,
            iterations,
            parallelism,
        }
    }

    /// The memory, in KiB.
    #[must_use]
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// The passes over the memory.
    #[must_use]
    pub fn iterations(self) -> u32 {
        self.iterations
    }

    /// The lanes.
    #[must_use]
    pub fn parallelism(self) -> u32 {
        self.parallelism
    }
}

impl Default for Argon2Cost {
    /// OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            iterations: 2,
            parallelism: 1,
        }
    }
}

/// The password of a user, with all that decides whether it can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The state. A password with the state [`PasswordState::Random`] is never accepted.
    pub state: PasswordState,
    /// The hash, unless there is no password.
    pub hash: Option<PasswordHash>,
    /// Whether the user must change the password before the next session.
    pub must_change: bool,
}

impl Credential {
    /// No password.
    pub const NONE: Self = Self {
        state: PasswordState::None,
        hash: None,
        must_change: false,
    };

    /// A password that was set.
    #[must_use]
    pub fn set(hash: PasswordHash, must_change: bool) -> Self {
        Self {
            state: PasswordState::Set,
            hash: Some(hash),
            must_change,
        }
    }

    /// The hash to compare a typed password with, if the user can sign in with a password.
    #[must_use]
    pub fn usable_hash(&self) -> Option<&PasswordHash> {
        match self.state {
            PasswordState::Set => self.hash.as_ref(),
            PasswordState::None | PasswordState::Random => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_within_its_ranges_and_not_below_what_owasp_recommends() {
        let made = |memory_kib, iterations, parallelism| {
            let cost = Argon2Cost::new(memory_kib, iterations, parallelism);
            cost.map_err(|error| error.to_string())
        };
        // The settings of OWASP with 8 MiB or more, and the ends of each range.
        for (memory_kib, iterations, parallelism) in [
            (47_104, 1, 1),
            (19_456, 2, 1),
            (12_288, 3, 1),
            (9216, 4, 1),
            (8192, 16, 16),
            (1_048_576, 1, 1),
            (1_048_576, 16, 16),
        ] {
            let cost = made(memory_kib, iterations, parallelism).unwrap();
            assert_eq!(
                (cost.memory_kib(), cost.iterations(), cost.parallelism()),
                (memory_kib, iterations, parallelism)
            );
        }
        let number = |field, range: Numbers| Err(format!("`{field}` {range}"));
        assert_eq!(made(8191, 16, 1), number("memory_kib", Argon2Cost::MEMORY_KIB));
        assert_eq!(
            made(1_048_577, 2, 1),
            number("memory_kib", Argon2Cost::MEMORY_KIB)
        );
        assert_eq!(made(19_456, 0, 1), number("iterations", Argon2Cost::ITERATIONS));
        assert_eq!(made(19_456, 17, 1), number("iterations", Argon2Cost::ITERATIONS));
        assert_eq!(made(19_456, 2, 0), number("parallelism", Argon2Cost::PARALLELISM));
        assert_eq!(
            made(19_456, 2, 17),
            number("parallelism", Argon2Cost::PARALLELISM)
        );
        let too_cheap =
            "the cost of a hash is too low: `memory_kib` times `iterations` must be 36864 or more";
        assert_eq!(made(9215, 4, 1), Err(too_cheap.to_owned()));
        assert_eq!(made(36_863, 1, 16), Err(too_cheap.to_owned()));
        assert_eq!(Argon2Cost::new(19_456, 2, 1), Ok(Argon2Cost::default()));
    }
}
