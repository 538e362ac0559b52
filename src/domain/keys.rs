//! The id of a store and its secret keys: random values that every program of the same store
//! reads, and no other program.

use std::fmt;

use zeroize::Zeroizing;

use super::clock::{NoRandomness, RandomSource};

/// Tells one store from every other store, wherever its file stands.
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

/// What a key is for. A key is used for one thing only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyName {
    /// To seal third-party logins that have begun.
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

    /// Tells this key from the others of the same name. It is no secret.
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

/// Shows the id alone.
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
