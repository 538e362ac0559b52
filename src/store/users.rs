//! Users: rows and what is asked of them.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use super::{StoreError, Tx, View, identities, micros, timestamp};
use crate::domain::clock::{CLOCK_STEP, Timestamp, later};
use crate::domain::email::{CanonicalEmail, EmailAddress};
use crate::domain::group::GroupName;
use crate::domain::password::PasswordState;
use crate::domain::throttle::Failures;
use crate::domain::user::{Locale, Name, Status, User, UserId, UserRef};

/// Which users are asked for. Empty: all but the deleted.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Of one of these states; empty: all but the deleted.
    pub statuses: Vec<Status>,
    /// In this group.
    pub group: Option<GroupName>,
    /// With an identity at this provider.
    pub provider: Option<String>,
    /// With a password of this state.
    pub password: Option<PasswordState>,
    /// Slowed or stopped by wrong passwords.
    pub locked: bool,
    /// Never signed in.
    pub never_logged_in: bool,
    /// Last signed in, or created where they never did, before this.
    pub inactive_since: Option<Timestamp>,
    /// Created at or after this.
    pub created_since: Option<Timestamp>,
    /// After the user with this id, in the order asked for.
    pub after: Option<UserId>,
    /// In this order.
    pub order: UserOrder,
}

/// The order of a list. Equal ones follow in order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UserOrder {
    /// By what.
    pub by: SortField,
    /// Greatest first.
    pub descending: bool,
}

/// What a list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each variant is the field of its name")]
pub enum SortField {
    #[default]
    Id,
    Email,
    FirstName,
    LastName,
    Status,
    LastLoginAt,
    CreatedAt,
    UpdatedAt,
}

impl SortField {
    /// A SQL expression that is never null, so that a cursor can be held against it.
    fn expression(self) -> &'static str {
        match self {
            Self::Id => "u.id",
            Self::Email => "u.email_canonical",
            Self::FirstName => "u.first_name",
            Self::LastName => "u.last_name",
            Self::Status => "u.status",
            Self::LastLoginAt => "coalesce(u.last_login_at, -9223372036854775808)",
            Self::CreatedAt => "u.created_at",
            Self::UpdatedAt => "u.updated_at",
        }
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

impl View<'_> {
    /// The user that `reference` names.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn find_user(&self, reference: &UserRef) -> Result<Option<User>, StoreError> {
        match reference {
            UserRef::Id(id) => self.find_user_by_id(*id),
            UserRef::Email(email) => self.find_user_by_email(email.canonical()),
        }
    }

    /// The user with this id.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn find_user_by_id(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE u.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement
            .query_row([id.0.as_bytes()], |row| self.read_user(row))
            .optional()?)
    }

    /// The user with this address, in whatever spelling.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE u.email_canonical = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement
            .query_row([email.as_str()], |row| self.read_user(row))
            .optional()?)
    }

    /// Hands each user that `filter` lets through to `each`, one at a time, until it breaks.
    ///
    /// # Errors
    /// Why the store can't be read, or what `each` returns.
    pub fn each_user<E: From<StoreError>>(
        &self,
        filter: &UserFilter,
        mut each: impl FnMut(User) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (condition, values) = self.condition(filter);
        let direction = if filter.order.descending { "DESC" } else { "ASC" };
        let order = match filter.order.by {
            SortField::Id => format!("u.id {direction}"),
            by => format!("{} {direction}, u.id {direction}", by.expression()),
        };
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY {order}");
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement
            .query(params_from_iter(values))
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let user = self.read_user(row).map_err(StoreError::from)?;
            if each(user)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many users `filter` lets through.
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn count_users(&self, filter: &UserFilter) -> Result<u64, StoreError> {
        let (condition, values) = self.condition(filter);
        let sql = format!("SELECT count(*) FROM {TABLES} WHERE {condition}");
        let count: i64 = self
            .connection
            .query_row(&sql, params_from_iter(values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Addresses that begin like `start`, a few of them: for "did you mean".
    ///
    /// # Errors
    /// Why the store can't be read.
    pub fn emails_starting_with(&self, start: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let end = format!("{start}\u{10FFFF}");
        let mut statement = self.connection.prepare_cached(
            "SELECT email FROM users WHERE email_canonical >= ?1 AND email_canonical < ?2
             AND status <> 'deleted' LIMIT ?3",
        )?;
        let rows = statement.query_map(params![start, end, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn condition(&self, filter: &UserFilter) -> (String, Vec<Value>) {
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
        if filter.locked {
            let (locked, parameters) = self.locked_condition();
            for (condition, value) in locked.iter().zip(parameters) {
                with(condition, value);
            }
        }
        if let Some(id) = filter.after {
            let (by, than) = (
                filter.order.by.expression(),
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

    /// The rule of [`ThrottlePolicy::lock`](crate::domain::throttle::ThrottlePolicy::lock) as SQL:
    /// each count of failures has its wait.
    fn locked_condition(&self) -> (Vec<String>, Vec<Value>) {
        let policy = self.reading.throttle;
        let mut waits = String::from("CASE");
        for count in 0..policy.lock_after().min(64) {
            let wait = i64::try_from(policy.delay_after(count).as_micros()).unwrap_or(i64::MAX / 2);
            let _ = write!(waits, " WHEN f.count = {count} THEN {wait}");
        }
        let longest =
            i64::try_from(policy.delay_after(policy.lock_after()).as_micros()).unwrap_or(i64::MAX / 2);
        let _ = write!(waits, " ELSE {longest} END");
        let stopped = policy.lock_after();
        let slowed = format!("(f.count >= {stopped} OR (({waits}) > 0 AND f.last_at + ({waits}) > ?))");
        let not_ahead = format!("(f.count >= {stopped} OR f.last_at <= ?)");
        let now = self.reading.now;
        (
            vec![slowed, not_ahead],
            vec![micros(now).into(), micros(later(now, CLOCK_STEP)).into()],
        )
    }

    fn read_user(&self, row: &Row<'_>) -> rusqlite::Result<User> {
        let failures = match (row.get(11)?, row.get::<_, Option<i64>>(12)?) {
            (Some(count), Some(last_at)) => Some(Failures {
                count,
                last_at: timestamp(last_at)?,
            }),
            _ => None,
        };
        let (lock, locked_until) = self.reading.throttle.lock(failures, self.reading.now).shown();
        Ok(User {
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
            lock,
            locked_until,
            last_login_at: row.get::<_, Option<i64>>(13)?.map(timestamp).transpose()?,
            created_at: timestamp(row.get(14)?)?,
            updated_at: timestamp(row.get(15)?)?,
        })
    }
}

impl Tx<'_> {
    /// Adds a user without groups, password or identities. `false`: the e-mail (or the id)
    /// is taken, and nothing was added.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn add_user(&self, user: &User) -> Result<bool, StoreError> {
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

    /// Writes a user's address, names, locale and status as they stand in `user`.
    ///
    /// # Errors
    /// [`StoreError::Broken`] if there is no such user; why the store can't be written.
    pub fn set_user(&self, user: &User) -> Result<(), StoreError> {
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

    /// Marks a user as changed now.
    ///
    /// # Errors
    /// As [`set_user`](Self::set_user).
    pub fn set_updated_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE users SET updated_at = ?2 WHERE id = ?1")?;
        expect_one(statement.execute(params![id.0.as_bytes(), micros(at)])?, "user")
    }

    /// Keeps the time of a sign-in.
    ///
    /// # Errors
    /// As [`set_user`](Self::set_user).
    pub fn set_last_login_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE users SET last_login_at = ?2 WHERE id = ?1")?;
        expect_one(statement.execute(params![id.0.as_bytes(), micros(at)])?, "user")
    }

    /// Erases a user with all that hangs on them, the audit record apart.
    ///
    /// # Errors
    /// As [`set_user`](Self::set_user).
    pub fn remove_user(&self, id: UserId) -> Result<(), StoreError> {
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
    use crate::store::connection::connect;
    use crate::store::migrate;

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
