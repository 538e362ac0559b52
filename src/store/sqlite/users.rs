//! Users: rows and what is asked of them.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use super::{Transaction, identities, micros, timestamp};
use crate::domain::clock::Timestamp;
use crate::domain::email::{CanonicalEmail, EmailAddress};
use crate::domain::group::GroupName;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::throttle::{Failures, LockedAt};
use crate::domain::user::{Locale, Name, Status, StoredUser, User, UserRef};
use crate::store::{ReadUsers, SortField, StoreError, UserFilter, WriteUsers};

/// A SQL expression that is never null, so that a cursor can be held against it.
fn expression(field: SortField) -> &'static str {
    match field {
        SortField::Id => "u.id",
        SortField::Email => "u.email_canonical",
        SortField::FirstName => "u.first_name",
        SortField::LastName => "u.last_name",
        SortField::Status => "u.status",
        SortField::LastLoginAt => "coalesce(u.last_login_at, -9223372036854775808)",
        SortField::CreatedAt => "u.created_at",
        SortField::UpdatedAt => "u.updated_at",
    }
}

/// The columns of a user, in the order [`read_user`] wants them.
const COLUMNS: &str = "u.id, u.email, u.email_canonical, u.first_name, u.last_name, u.status, u.locale,
    (SELECT group_concat(g.name, char(31)) FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = u.id),
    c.state, c.must_change,
    (SELECT group_concat(i.provider || char(31) || i.issuer || char(31) || i.subject, char(30))
       FROM identities i WHERE i.user_id = u.id),
    f.count, f.last_at, u.last_login_at, u.created_at, u.updated_at";

const TABLES: &str =
    "users u LEFT JOIN credentials c ON c.user_id = u.id LEFT JOIN failures f ON f.user_id = u.id";

/// Stands between the parts of an aggregated column; no stored text can hold it.
const UNIT_SEPARATOR: char = '\u{1F}';

impl ReadUsers for Transaction<'_> {
    fn find_user(&self, reference: &UserRef) -> Result<Option<StoredUser>, StoreError> {
        match reference {
            UserRef::Id(id) => self.find_user_by_id(*id),
            UserRef::Email(email) => self.find_user_by_email(email.canonical()),
        }
    }

    fn find_user_by_id(&self, id: UserId) -> Result<Option<StoredUser>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE u.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0.as_bytes()], read_user).optional()?)
    }

    fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<StoredUser>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE u.email_canonical = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([email.as_str()], read_user).optional()?)
    }

    fn each_user(
        &self,
        filter: &UserFilter,
        locked: Option<&LockedAt>,
        each: &mut dyn FnMut(StoredUser) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (condition, values) = condition(filter, locked);
        let direction = if filter.order.descending { "DESC" } else { "ASC" };
        let order = match filter.order.by {
            SortField::Id => format!("u.id {direction}"),
            by => format!("{} {direction}, u.id {direction}", expression(by)),
        };
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY {order}");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if each(read_user(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn count_users(&self, filter: &UserFilter, locked: Option<&LockedAt>) -> Result<u64, StoreError> {
        let (condition, values) = condition(filter, locked);
        let sql = format!("SELECT count(*) FROM {TABLES} WHERE {condition}");
        let count: i64 = self
            .connection
            .query_row(&sql, params_from_iter(values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn emails_starting_with(&self, start: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let end = format!("{start}\u{10FFFF}");
        let mut statement = self.connection.prepare_cached(
            "SELECT email FROM users WHERE email_canonical >= ?1 AND email_canonical < ?2
             AND status <> 'deleted' LIMIT ?3",
        )?;
        let rows = statement.query_map(params![start, end, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn condition(filter: &UserFilter, locked: Option<&LockedAt>) -> (String, Vec<Value>) {
    let mut all: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut with = |condition: &str, value: Value| {
        values.push(value);
        all.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if filter.statuses.is_empty() {
        with("u.status <> ?", Value::from("deleted".to_owned()));
    } else {
        let words: Vec<String> = filter.statuses.iter().map(|s| format!("'{s}'")).collect();
        with(
            &format!("? AND u.status IN ({})", words.join(", ")),
            Value::from(1),
        );
    }
    if let Some(group) = &filter.group {
        let condition = "u.id IN (SELECT m.user_id FROM memberships m JOIN groups g ON g.id = m.group_id
                         WHERE g.name_canonical = ?)";
        with(condition, group.canonical().into());
    }
    if let Some(provider) = &filter.provider {
        with(
            "u.id IN (SELECT user_id FROM identities WHERE provider = ?)",
            provider.clone().into(),
        );
    }
    if let Some(state) = filter.password {
        with("coalesce(c.state, 'none') = ?", state.as_str().to_owned().into());
    }
    if let Some(at) = filter.inactive_since {
        with("coalesce(u.last_login_at, u.created_at) < ?", micros(at).into());
    }
    if let Some(at) = filter.created_since {
        with("u.created_at >= ?", micros(at).into());
    }
    if filter.never_logged_in {
        with("u.last_login_at IS NULL AND ?", Value::from(1));
    }
    if let Some(locked) = locked {
        with(&format!("? AND {}", locked_condition(locked)), Value::from(1));
    }
    if let Some(id) = filter.after {
        let (by, than) = (
            expression(filter.order.by),
            if filter.order.descending { "<" } else { ">" },
        );
        let condition = match filter.order.by {
            SortField::Id => format!("u.id {than} ?"),
            _ => format!("({by}, u.id) {than} (SELECT {by}, u.id FROM users u WHERE u.id = ?)"),
        };
        with(&condition, Value::Blob(id.0.as_bytes().to_vec()));
    }
    (all.join(" AND "), values)
}

/// [`LockedAt::holds`] as SQL.
fn locked_condition(locked: &LockedAt) -> String {
    let mut slowed = String::from("FALSE");
    for step in &locked.slowed {
        let (from, to, after) = (step.counts.start, step.counts.end, micros(step.after));
        let _ = write!(
            slowed,
            " OR (f.count >= {from} AND f.count < {to} AND f.last_at > {after})"
        );
    }
    let (stopped, latest) = (locked.stopped_from, micros(locked.latest));
    format!("(f.count >= {stopped} OR (f.last_at <= {latest} AND ({slowed})))")
}

fn read_user(row: &Row<'_>) -> rusqlite::Result<StoredUser> {
    let failures = match (row.get(11)?, row.get::<_, Option<i64>>(12)?) {
        (Some(count), Some(last_at)) => Some(Failures {
            count,
            last_at: timestamp(last_at)?,
        }),
        _ => None,
    };
    Ok(StoredUser {
        id: UserId(Uuid::from_bytes(row.get(0)?)),
        email: EmailAddress::from_stored(row.get(1)?, row.get(2)?),
        first_name: Name::from_stored(row.get(3)?),
        last_name: Name::from_stored(row.get(4)?),
        status: read_status(row.get_ref(5)?.as_str()?)?,
        locale: Locale::from_stored(row.get(6)?),
        groups: read_groups(row.get_ref(7)?.as_str_or_null()?),
        password_state: read_state(row.get_ref(8)?.as_str_or_null()?),
        must_change_password: row.get::<_, Option<bool>>(9)?.unwrap_or(false),
        identities: identities::split(row.get_ref(10)?.as_str_or_null()?),
        failures,
        last_login_at: row.get::<_, Option<i64>>(13)?.map(timestamp).transpose()?,
        created_at: timestamp(row.get(14)?)?,
        updated_at: timestamp(row.get(15)?)?,
    })
}

impl WriteUsers for Transaction<'_> {
    fn add_user(&self, user: &User) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO users (id, email, email_canonical, first_name, last_name, status, locale,
                                last_login_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
        )?;
        let added = statement.execute(params![
            user.id.0.as_bytes(),
            user.email.as_str(),
            user.email.canonical().as_str(),
            user.first_name.as_str(),
            user.last_name.as_str(),
            user.status.as_str(),
            user.locale.as_str(),
            user.last_login_at.map(micros),
            micros(user.created_at),
            micros(user.updated_at),
        ])?;
        Ok(added == 1)
    }

    fn set_user(&self, user: &User) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE users SET email = ?2, email_canonical = ?3, first_name = ?4, last_name = ?5,
                              status = ?6, locale = ?7, updated_at = ?8 WHERE id = ?1",
        )?;
        let changed = statement.execute(params![
            user.id.0.as_bytes(),
            user.email.as_str(),
            user.email.canonical().as_str(),
            user.first_name.as_str(),
            user.last_name.as_str(),
            user.status.as_str(),
            user.locale.as_str(),
            micros(user.updated_at),
        ])?;
        expect_one(changed, "user")
    }

    fn set_updated_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE users SET updated_at = ?2 WHERE id = ?1")?;
        expect_one(statement.execute(params![id.0.as_bytes(), micros(at)])?, "user")
    }

    fn set_last_login_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE users SET last_login_at = ?2 WHERE id = ?1")?;
        expect_one(statement.execute(params![id.0.as_bytes(), micros(at)])?, "user")
    }

    fn remove_user(&self, id: UserId) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM users WHERE id = ?1")?;
        expect_one(statement.execute([id.0.as_bytes()])?, "user")
    }
}

/// A write that touched another number of rows than one met a broken invariant.
pub(super) fn expect_one(touched: usize, what: &str) -> Result<(), StoreError> {
    if touched == 1 {
        Ok(())
    } else {
        Err(StoreError::Broken(format!("{touched} rows of one {what}")))
    }
}

fn read_status(word: &str) -> rusqlite::Result<Status> {
    word.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(5, rusqlite::types::Type::Text, Box::new(error))
    })
}

pub(super) fn read_state(word: Option<&str>) -> PasswordState {
    match word {
        Some("set") => PasswordState::Set,
        Some("random") => PasswordState::Random,
        _ => PasswordState::None,
    }
}

/// By name, for the order of the rows depends on which group was made first.
fn read_groups(joined: Option<&str>) -> Vec<GroupName> {
    let mut groups: Vec<GroupName> = joined
        .into_iter()
        .flat_map(|names| names.split(UNIT_SEPARATOR))
        .map(|name| GroupName::from_stored(name.to_owned()))
        .collect();
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::sqlite::connection::connect;
    use crate::store::sqlite::migrate;

    #[test]
    fn a_statement_is_prepared_once_whatever_it_is_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("s.db");
        std::fs::File::create(&path).unwrap();
        let mut connection = connect(&path, std::time::Duration::ZERO).unwrap();
        migrate::make_schema(&mut connection).unwrap();
        for condition in ["u.id = ?1", "u.email_canonical = ?1"] {
            let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition}");
            for asked in ["ada", "alan", "grace"] {
                let mut statement = connection.prepare_cached(&sql).unwrap();
                assert!(!statement.exists([asked]).unwrap());
            }
            let statement = connection.prepare_cached(&sql).unwrap();
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{condition}");
        }
    }
}
