//! The id and the keys of the store. A new store gets them when it is made. A store of an earlier
//! version gets them with the first write that needs them. They are never exported, listed or
//! recorded.

use super::Error;
use super::write_transaction::WriteTransaction;
use crate::domain::keys::{KeyName, StoreId, StoreKey};

/// The id of the first key of each name.
const FIRST_KEY: u8 = 0;

/// Makes the id and the keys of a new store.
pub(super) fn make_all(tx: &WriteTransaction<'_>) -> Result<(), Error> {
    ensure_store_id(tx)?;
    ensure_key(tx, KeyName::ThirdPartyLogin)?;
    Ok(())
}

/// Makes the id of the store, if it has none.
pub(super) fn ensure_store_id(tx: &WriteTransaction<'_>) -> Result<(), Error> {
    if tx.store_id()?.is_none() {
        tx.store.add_store_id(StoreId::draw(&*tx.desk.random)?)?;
    }
    Ok(())
}

/// The newest key with this name. If there is none, makes it.
pub(super) fn ensure_key(tx: &WriteTransaction<'_>, name: KeyName) -> Result<StoreKey, Error> {
    if let Some(key) = tx.newest_key(name)? {
        return Ok(key);
    }
    let key = StoreKey::draw(FIRST_KEY, &*tx.desk.random)?;
    tx.store.add_key(name, &key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::super::acting::Gate;
    use super::super::testing::{PASSWORD, TestDesk};
    use super::*;

    fn key(desk: &TestDesk) -> StoreKey {
        let make = |tx: &WriteTransaction<'_>| ensure_key(tx, KeyName::ThirdPartyLogin);
        desk.office.acting().write(Gate::Own, make).unwrap()
    }

    #[test]
    fn a_new_store_has_an_id_and_a_key_that_stay() {
        let (mut one, other) = (TestDesk::new(), TestDesk::new());
        let id = one.office.store_id().unwrap().unwrap();
        let first = key(&one);
        one.sign_in(PASSWORD).unwrap();
        assert_eq!(one.office.store_id().unwrap(), Some(id));
        assert_eq!(key(&one), first);
        assert_ne!(other.office.store_id().unwrap(), Some(id));
        assert_ne!(key(&other), first);
    }
}
