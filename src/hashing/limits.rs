//! How long a password and a hash can be, what a hash can cost, and below which cost it is weak.

/// The length of the longest password that is hashed, in bytes of UTF-8.
pub const LONGEST_PASSWORD: usize = 4096;

/// The length of the longest password that fits a hash whose kind hashes the password in every round
/// (SHA-crypt and phpass), in bytes. Without this limit, a password of 4096 bytes would make one
/// verification thirty times as long as the time that was measured.
pub(super) const LONGEST_IN_ROUNDS: usize = 256;

/// The length of the longest hash that is read, in bytes. Real hashes have 250 at most.
pub(super) const LONGEST_HASH: usize = 512;

/// The length of the longest credential of Keycloak that is read, in bytes.
pub(super) const LONGEST_CREDENTIAL: usize = 8192;

/// The largest number of rounds of PBKDF2, SHA-crypt and phpass that is accepted.
pub(super) const MOST_ROUNDS: u32 = 5_000_000;

/// The most that an Argon2 hash may cost to be verified.
#[derive(Debug, Clone, Copy)]
pub(super) struct Argon2Limits {
    /// The memory, in KiB.
    pub memory_kib: u32,
    /// The passes over the memory.
    pub iterations: u32,
    /// The lanes.
    pub parallelism: u32,
}

/// The most that an imported Argon2 hash may cost: 256 MiB, 16 passes, 16 lanes. Our own hashes
/// should cost no more: if they do, an export of them can't be imported again.
pub(super) const DEAREST_ARGON2: Argon2Limits = Argon2Limits {
    memory_kib: 262_144,
    iterations: 16,
    parallelism: 16,
};

/// A PBKDF2 or phpass hash with fewer rounds is weak (NIST SP 800-63B (2017) §5.1.1.2).
pub(super) const FEWEST_PBKDF2_ROUNDS: u32 = 10_000;
/// A SHA-crypt hash with fewer rounds than the default of the kind is weak.
pub(super) const FEWEST_SHA_CRYPT_ROUNDS: u32 = 5000;
/// A bcrypt hash with a lower cost is weak (OWASP Password Storage Cheat Sheet).
pub(super) const LOWEST_BCRYPT: u32 = 10;
/// A scrypt hash with less memory is weak: 8 MiB, the least that the same sheet lists.
pub(super) const LEAST_SCRYPT_BYTES: u64 = 8 * 1024 * 1024;
/// An Argon2 hash with less memory (KiB) times passes is weak: m=7168, t=5 is the least that the same
/// sheet lists.
pub(super) const LEAST_ARGON2_WORK: u64 = 7168 * 5;
