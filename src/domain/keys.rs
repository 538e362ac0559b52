//! The id and the secret keys of a store: random values that each program with this store reads.

use std::fmt;

use zeroize::Zeroizing;

use super::clock::{NoRandomness, RandomSource};

/// The id of a store. It stays the same when the file is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreId(pub [u8; 16]);

impl StoreId {
    /// Draws the id of a new store.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    pub fn draw(random: &dyn RandomSource) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 16];
        random.fill(&mut bytes)?;
        Ok(Self(bytes))
    }
}

/// The purpose of a key. Each key has one purpose only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyName {
    /// The key seals third-party logins that have begun.
    ThirdPartyLogin,
}

impl KeyName {
    /// The name under which a store keeps the key.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThirdPartyLogin => "third_party_login",
        }
    }
}

/// A secret key of a store.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreKey {
    id: u8,
    bytes: Zeroizing<[u8; 32]>,
}

impl StoreKey {
    /// The key with this id, as a store keeps it.
    #[must_use]
    pub fn new(id: u8, bytes: [u8; 32]) -> Self {
        Self {
            id,
            bytes: Zeroizing::new(bytes),
        }
    }

    /// Draws a new key.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    pub fn draw(id: u8, random: &dyn RandomSource) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        random.fill(&mut *bytes)?;
        Ok(Self { id, bytes })
    }

    /// The number of this key among the keys of one name. It is not secret.
    #[must_use]
    pub fn id(&self) -> u8 {
        self.id
    }

    /// The key itself.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }
}

/// Shows the id, and never the bytes.
impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;

    impl RandomSource for Counting {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            buffer.fill(0xAB);
            Ok(())
        }
    }

    #[test]
    fn a_key_is_drawn_and_debug_does_not_show_it() {
        let key = StoreKey::draw(7, &Counting).unwrap();
        assert_eq!((key.id(), key.expose()), (7, &[0xAB; 32]));
        assert_eq!(format!("{key:?}"), "StoreKey { id: 7, .. }");
    }
}
