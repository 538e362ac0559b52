//! Passwords: their state and the stored form. What is a *good* one is in
//! [`password_policy`](super::password_policy).

use std::fmt;

/// Whether there is a password, and whether anybody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PasswordState {
    /// There is none.
    None,
    /// Somebody knows it.
    Set,
    /// Made for a third-party user; nobody knows it, and it can't be used.
    Random,
}

impl PasswordState {
    /// The word for it.
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

/// A password as it is stored: ours in the PHC string format, an imported one as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash that is known to be readable.
    #[must_use]
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The stored text. Whoever holds it can try passwords against it: no output but an
    /// export that asks for hashes shows it.
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

/// What one Argon2id hash costs (RFC 9106 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes.
    pub parallelism: u32,
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

/// A user's credential with everything that decides about its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The state; [`PasswordState::Random`] never verifies.
    pub state: PasswordState,
    /// The hash, unless there is no password.
    pub hash: Option<PasswordHash>,
    /// No session before the password was changed.
    pub must_change: bool,
}

impl Credential {
    /// No password at all.
    pub const NONE: Self = Self {
        state: PasswordState::None,
        hash: None,
        must_change: false,
    };

    /// A password somebody knows.
    #[must_use]
    pub fn set(hash: PasswordHash, must_change: bool) -> Self {
        Self {
            state: PasswordState::Set,
            hash: Some(hash),
            must_change,
        }
    }

    /// The hash a typed password is held against, if one may be used.
    #[must_use]
    pub fn usable_hash(&self) -> Option<&PasswordHash> {
        match self.state {
            PasswordState::Set => self.hash.as_ref(),
            PasswordState::None | PasswordState::Random => None,
        }
    }
}

/// Who may sign in with a password at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PasswordSignIn {
    /// Every active user who has one.
    #[default]
    Everyone,
    /// No one: a company that moved to single sign-on.
    Nobody,
    /// Only members of one of these groups.
    Groups(Vec<super::group::GroupName>),
}

impl PasswordSignIn {
    /// Whether `user` may use a password.
    #[must_use]
    pub fn allows(&self, user: &super::user::User) -> bool {
        match self {
            Self::Everyone => true,
            Self::Nobody => false,
            Self::Groups(groups) => groups.iter().any(|group| user.is_in(group)),
        }
    }
}
