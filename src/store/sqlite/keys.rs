//! The id and the keys of the store, and completed third-party logins.

use rusqlite::{OptionalExtension, Row, params};

use super::{SqliteTransaction, micros};
use crate::domain::clock::Timestamp;
use crate::domain::keys::{KeyName, StoreId, StoreKey};
use crate::domain::third_party::StateHash;
use crate::store::{ReadKeys, StoreError, WriteCompletedLogins, WriteKeys};

impl ReadKeys for SqliteTransaction<'_> {
    fn store_id(&self) -> Result<Option<StoreId>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM store_id")?;
        let id = |row: &Row<'_>| Ok(StoreId(row.get(0)?));
        Ok(statement.query_row([], id).optional()?)
    }

    fn find_key(&self, name: KeyName, id: u8) -> Result<Option<StoreKey>, StoreError> {
        let sql = "SELECT id, secret FROM keys WHERE name = ?1 AND id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![name.as_str(), id], read_key)
            .optional()?)
    }

    fn newest_key(&self, name: KeyName) -> Result<Option<StoreKey>, StoreError> {
        let sql = "SELECT id, secret FROM keys WHERE name = ?1 ORDER BY id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([name.as_str()], read_key).optional()?)
    }
}

impl WriteKeys for SqliteTransaction<'_> {
    fn add_store_id(&self, id: StoreId) -> Result<bool, StoreError> {
        let sql = "INSERT INTO store_id (only, id) VALUES (1, ?1) ON CONFLICT DO NOTHING";
        Ok(self.connection.execute(sql, [id.0])? == 1)
    }

    fn add_key(&self, name: KeyName, key: &StoreKey) -> Result<bool, StoreError> {
        let sql = "INSERT INTO keys (name, id, secret) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let values = params![name.as_str(), key.id(), key.expose()];
        Ok(self.connection.execute(sql, values)? == 1)
    }
}

impl WriteCompletedLogins for SqliteTransaction<'_> {
    fn add_completed_login(&self, state: StateHash, kept_until: Timestamp) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO completed_logins (state_hash, kept_until) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![state.0, micros(kept_until)])? == 1)
    }
}

fn read_key(row: &Row<'_>) -> rusqlite::Result<StoreKey> {
    Ok(StoreKey::new(row.get(0)?, row.get(1)?))
}
