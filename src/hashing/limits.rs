//! How long a password and a hash can be, and what a hash can cost.

/// The length of the longest password that is hashed, in bytes of UTF-8.
pub const LONGEST_PASSWORD: usize = 4096;

/// The length of the longest hash that is read, in bytes. Real hashes have 250 at most.
pub(super) const LONGEST_HASH: usize = 512;

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
