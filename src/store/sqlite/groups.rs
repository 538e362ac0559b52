//! Groups and their members.

use rusqlite::{OptionalExtension, Row, params};

use super::faults::expect_one;
use super::{SqliteTransaction, micros, timestamp};
use crate::domain::clock::Timestamp;
use crate::domain::group::{ADMINISTRATORS, Group, GroupName};
use crate::domain::ids::UserId;
use crate::store::{ReadGroups, StoreError, WriteGroups};

const COLUMNS: &str = "g.name, g.created_at,
    (SELECT count(*) FROM memberships m WHERE m.group_id = g.id)";

impl ReadGroups for SqliteTransaction<'_> {
    fn find_group(&self, name: &GroupName) -> Result<Option<Group>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM groups g WHERE g.name_canonical = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([name.canonical()], read_group).optional()?)
    }

    fn find_group_name(&self, name: &GroupName) -> Result<Option<GroupName>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name FROM groups WHERE name_canonical = ?1")?;
        let found = statement.query_row([name.canonical()], |row| Ok(GroupName::from_stored(row.get(0)?)));
        Ok(found.optional()?)
    }

    fn list_groups(&self) -> Result<Vec<Group>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM groups g ORDER BY g.name_canonical");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read_group)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn count_active_administrators(&self, besides: UserId) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM memberships m JOIN groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id
             WHERE g.name_canonical = ?1 AND u.status = 'active' AND u.id <> ?2",
        )?;
        let count: i64 =
            statement.query_row(params![ADMINISTRATORS, besides.0.as_bytes()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn count_members(&self, name: &GroupName) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM memberships m JOIN groups g ON g.id = m.group_id WHERE g.name_canonical = ?1",
        )?;
        let count: i64 = statement.query_row([name.canonical()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

impl WriteGroups for SqliteTransaction<'_> {
    fn add_group(&self, name: &GroupName, at: Timestamp) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO groups (name, name_canonical, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![name.as_str(), name.canonical(), micros(at)])? == 1)
    }

    fn set_group_name(&self, old: &GroupName, new: &GroupName) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE groups SET name = ?2, name_canonical = ?3 WHERE name_canonical = ?1")?;
        expect_one(
            statement.execute(params![old.canonical(), new.as_str(), new.canonical()])?,
            "group",
        )
    }

    fn remove_group(&self, name: &GroupName) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM groups WHERE name_canonical = ?1")?;
        expect_one(statement.execute([name.canonical()])?, "group")
    }

    fn add_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO memberships (user_id, group_id)
             SELECT ?1, id FROM groups WHERE name_canonical = ?2 ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![user.0.as_bytes(), group.canonical()])? == 1)
    }

    fn remove_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "DELETE FROM memberships WHERE user_id = ?1
             AND group_id = (SELECT id FROM groups WHERE name_canonical = ?2)",
        )?;
        Ok(statement.execute(params![user.0.as_bytes(), group.canonical()])? == 1)
    }
}

fn read_group(row: &Row<'_>) -> rusqlite::Result<Group> {
    Ok(Group {
        name: GroupName::from_stored(row.get(0)?),
        created_at: timestamp(row.get(1)?)?,
        members: row.get::<_, i64>(2)?.unsigned_abs(),
    })
}
