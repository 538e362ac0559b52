//! Which hashes the store has, how many users have each cost, and the floor that follows from it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Error;
use super::write_transaction::WriteTransaction;
use crate::domain::floor::{self, HashCost, HashUse};
use crate::domain::ids::UserId;
use crate::domain::password::Credential;

impl WriteTransaction<'_> {
    /// Replaces the credential of a user.
    pub fn set_credential(&self, user: UserId, credential: &Credential) -> Result<(), Error> {
        let before = self.credential(user)?;
        if before.hash != credential.hash {
            self.count_hash(&before, -1);
            self.count_hash(credential, 1);
        }
        Ok(self.store.set_credential(user, credential)?)
    }

    /// Stores the credential of a user who has none.
    pub fn add_credential(&self, user: UserId, credential: &Credential) -> Result<(), Error> {
        self.count_hash(credential, 1);
        Ok(self.store.set_credential(user, credential)?)
    }

    /// Erases a user.
    pub fn remove_user(&self, user: UserId) -> Result<(), Error> {
        self.count_hash(&self.credential(user)?, -1);
        Ok(self.store.remove_user(user)?)
    }

    fn count_hash(&self, credential: &Credential, by: i64) {
        let cost_of = |hash| self.desk.hasher.cost_of(hash);
        self.hashes.add(credential.hash.as_ref().and_then(cost_of), by);
    }

    /// Writes the changes of the numbers of users so far.
    pub fn settle_hashes(&self) -> Result<(), Error> {
        let counts = self.hashes.take();
        if counts.is_empty() {
            return Ok(());
        }
        if self.list_hash_uses()?.is_none() {
            self.count_all_hashes()?;
            return Ok(());
        }
        for (cost, by) in counts.iter().filter(|(_, by)| **by != 0) {
            self.store.add_hash_users(cost, *by)?;
        }
        Ok(())
    }

    /// The costs of the stored hashes. In an older store they are counted now.
    pub fn hash_uses(&self) -> Result<Vec<HashUse>, Error> {
        match self.list_hash_uses()? {
            Some(uses) => Ok(uses),
            None => self.count_all_hashes(),
        }
    }

    pub fn count_all_hashes(&self) -> Result<Vec<HashUse>, Error> {
        let mut counts = BTreeMap::<HashCost, u64>::new();
        self.each_hash(&mut |hash| {
            if let Some(cost) = self.desk.hasher.cost_of(&hash) {
                *counts.entry(cost).or_default() += 1;
            }
        })?;
        let counts: Vec<_> = counts.into_iter().collect();
        self.store.set_hash_users(&counts)?;
        Ok(self.list_hash_uses()?.unwrap_or_default())
    }

    /// The floor: the time after which a failed sign-in is answered in this store.
    pub fn failure_floor(&self) -> Result<Duration, Error> {
        let needed = floor::needed(&self.desk.hasher.own_cost(), &self.hash_uses()?, 1, self.now);
        Ok(self.desk.policies.failure_floor.answer_after(needed))
    }
}
