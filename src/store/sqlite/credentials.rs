//! Passwords as they are stored, and how many were wrong in a row.

use std::time::Duration;

use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, hash_costs, micros, timestamp};
use crate::domain::clock::Timestamp;
use crate::domain::floor::{HashCost, HashUse, Slow};
use crate::domain::ids::UserId;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::throttle::Failures;
use crate::store::{ReadCredentials, StoreError, WriteCredentials};

impl ReadCredentials for SqliteTransaction<'_> {
    fn credential(&self, user: UserId) -> Result<Credential, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT state, hash, must_change FROM credentials WHERE user_id = ?1")?;
        let found = statement.query_row([user.0.as_bytes()], |row| {
            Ok(Credential {
                state: read_state(row.get_ref(0)?.as_str_or_null()?),
                hash: row.get::<_, Option<String>>(1)?.map(PasswordHash::from_stored),
                must_change: row.get(2)?,
            })
        });
        Ok(found.optional()?.unwrap_or(Credential::NONE))
    }

    fn list_hash_uses(&self) -> Result<Option<Vec<HashUse>>, StoreError> {
        hash_costs::list(self.connection)
    }

    fn each_hash(&self, each: &mut dyn FnMut(PasswordHash)) -> Result<(), StoreError> {
        hash_costs::each(self.connection, each)
    }

    fn failures(&self, user: UserId) -> Result<Option<Failures>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count, last_at FROM failures WHERE user_id = ?1")?;
        let found = statement.query_row([user.0.as_bytes()], |row| {
            Ok(Failures {
                count: row.get(0)?,
                last_at: timestamp(row.get(1)?)?,
            })
        });
        Ok(found.optional()?)
    }
}

impl WriteCredentials for SqliteTransaction<'_> {
    fn set_credential(&self, user: UserId, credential: &Credential) -> Result<(), StoreError> {
        if *credential == Credential::NONE {
            let mut statement = self
                .connection
                .prepare_cached("DELETE FROM credentials WHERE user_id = ?1")?;
            statement.execute([user.0.as_bytes()])?;
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO credentials (user_id, state, hash, must_change) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (user_id) DO UPDATE SET state = ?2, hash = ?3, must_change = ?4",
        )?;
        statement.execute(params![
            user.0.as_bytes(),
            credential.state.as_str(),
            credential.hash.as_ref().map(PasswordHash::as_str),
            credential.must_change,
        ])?;
        Ok(())
    }

    fn add_hash_users(&self, cost: &HashCost, by: i64) -> Result<(), StoreError> {
        hash_costs::add_users(self.connection, cost, by)
    }

    fn set_hash_time(&self, cost: &HashCost, time: Duration) -> Result<(), StoreError> {
        hash_costs::set_time(self.connection, cost, time)
    }

    fn set_hash_slow(&self, cost: &HashCost, slow: Slow) -> Result<(), StoreError> {
        hash_costs::set_slow(self.connection, cost, slow)
    }

    fn set_hash_users(&self, counts: &[(HashCost, u64)]) -> Result<(), StoreError> {
        hash_costs::set_users(self.connection, counts)
    }

    fn add_failure(&self, user: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO failures (user_id, count, last_at) VALUES (?1, 1, ?2)
             ON CONFLICT (user_id) DO UPDATE SET count = count + 1, last_at = ?2",
        )?;
        statement.execute(params![user.0.as_bytes(), micros(at)])?;
        Ok(())
    }

    fn remove_failures(&self, user: UserId) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM failures WHERE user_id = ?1")?;
        Ok(statement.execute([user.0.as_bytes()])? == 1)
    }
}

/// Reads the state of a password. A user without a row has no password.
pub(super) fn read_state(word: Option<&str>) -> PasswordState {
    match word {
        Some("set") => PasswordState::Set,
        Some("random") => PasswordState::Random,
        _ => PasswordState::None,
    }
}
