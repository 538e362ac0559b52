//! Groups and who is in them.

use rusqlite::{OptionalExtension, Row, params};

use super::users::expect_one;
use super::{StoreError, Tx, View, micros, timestamp};
use crate::domain::clock::Timestamp;
use crate::domain::group::{ADMINISTRATORS, Group, GroupName};
use crate::domain::user::UserId;

const COLUMNS: &str = "g.name, g.created_at,
    (SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.group_id = g.id AND u.status <> 'deleted')";

impl View<'_> {
    /// The group of this name, in whatever spelling.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn find_group(&self, name: &GroupName) -> Result<Option<Group>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM groups g WHERE g.name_canonical = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([name.canonical()], read_group).optional()?)
    }

    /// The name of a group as it was made, or `None`. Cheaper than [`find_group`](Self::find_group).
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn find_group_name(&self, name: &GroupName) -> Result<Option<GroupName>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name FROM groups WHERE name_canonical = ?1")?;
        let found = statement.query_row([name.canonical()], |row| Ok(GroupName::from_stored(row.get(0)?)));
        Ok(found.optional()?)
    }

    /// All groups, by name.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn list_groups(&self) -> Result<Vec<Group>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM groups g ORDER BY g.name_canonical");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read_group)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many active users are in the group `administrators`, `besides` left out.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn count_active_administrators(&self, besides: UserId) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM memberships m JOIN groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id
             WHERE g.name_canonical = ?1 AND u.status = 'active' AND u.id <> ?2",
        )?;
        let count: i64 =
            statement.query_row(params![ADMINISTRATORS, besides.0.as_bytes()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// How many users are in a group, the deleted ones with them.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn count_members(&self, name: &GroupName) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM memberships m JOIN groups g ON g.id = m.group_id WHERE g.name_canonical = ?1",
        )?;
        let count: i64 = statement.query_row([name.canonical()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

impl Tx<'_> {
    /// Adds a group. `false`: the name is taken.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn add_group(&self, name: &GroupName, at: Timestamp) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO groups (name, name_canonical, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![name.as_str(), name.canonical(), micros(at)])? == 1)
    }

    /// Gives a group another name.
    ///
    /// # Errors
    /// [`StoreError::Broken`] if there is no such group; why the store can't be written.
    pub fn set_group_name(&self, old: &GroupName, new: &GroupName) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE groups SET name = ?2, name_canonical = ?3 WHERE name_canonical = ?1")?;
        expect_one(
            statement.execute(params![old.canonical(), new.as_str(), new.canonical()])?,
            "group",
        )
    }

    /// Removes a group; memberships go with it.
    ///
    /// # Errors
    /// As [`set_group_name`](Self::set_group_name).
    pub fn remove_group(&self, name: &GroupName) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM groups WHERE name_canonical = ?1")?;
        expect_one(statement.execute([name.canonical()])?, "group")
    }

    /// Puts a user into a group. `false`: they were in it, or there is no such group.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn add_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO memberships (user_id, group_id)
             SELECT ?1, id FROM groups WHERE name_canonical = ?2 ON CONFLICT DO NOTHING",
        )?;
        Ok(statement.execute(params![user.0.as_bytes(), group.canonical()])? == 1)
    }

    /// Takes a user out of a group. `false`: they weren't in it.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn remove_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError> {
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
