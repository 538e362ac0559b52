//! The users of a store.

use std::ops::ControlFlow;

use rusqlite::types::{FromSql, Value};
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use super::credentials::read_state;
use super::faults::expect_one;
use super::user_filter::{condition, expression};
use super::{SqliteTransaction, identities, micros, timestamp};
use crate::domain::clock::Timestamp;
use crate::domain::email::{CanonicalEmail, EmailAddress};
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::throttle::{Failures, LockedAt};
use crate::domain::user::{Locale, Name, Status, StoredUser, User, UserRef};
use crate::store::{ReadUsers, SortField, StoreError, UserFilter, WriteUsers};

/// Defines from one table of the fields of a user what is selected, how a row is read, and what is
/// written into the table `users`.
macro_rules! user_fields {
    (
        $first:ident: $first_sql:literal => $first_read:ident $(, $($first_how:ident $first_name:literal = $first_value:expr),+)?;
        $($field:ident: $sql:literal => $read:ident $(, $($how:ident $name:literal = $value:expr),+)?;)*
    ) => {
        /// What is selected of a user.
        const SELECTED: &str = concat!($first_sql, $(", ", $sql),*);

        /// The columns of the table `users`.
        const COLUMNS: &[Column] = &[
            $($(Column { name: $first_name, value: $first_value, written: Written::$first_how },)+)?
            $($($(Column { name: $name, value: $value, written: Written::$how },)+)?)*
        ];

        /// Reads a user from a row of [`SELECTED`].
        fn read_user(row: &Row<'_>) -> rusqlite::Result<StoredUser> {
            let mut cells = Cells { row, next: 0 };
            Ok(StoredUser {
                $first: cells.$first_read()?,
                $($field: cells.$read()?,)*
            })
        }
    };
}

// A line is: field: what is selected => how it is read, the columns in `users` and their values.
user_fields! {
    id: "u.id" => id, Once "id" = |user| Value::Blob(user.id.0.as_bytes().to_vec());
    email: "u.email, u.email_canonical" => email,
        Always "email" = |user| text(user.email.as_str()),
        Always "email_canonical" = |user| text(user.email.canonical().as_str());
    first_name: "u.first_name" => name, Always "first_name" = |user| text(user.first_name.as_str());
    last_name: "u.last_name" => name, Always "last_name" = |user| text(user.last_name.as_str());
    status: "u.status" => status, Always "status" = |user| text(user.status.as_str());
    locale: "u.locale" => locale, Always "locale" = |user| text(user.locale.as_str());
    groups: "(SELECT group_concat(g.name, char(31)) FROM memberships m JOIN groups g ON g.id = m.group_id
              WHERE m.user_id = u.id)" => groups;
    password_state: "c.state" => password_state;
    must_change_password: "c.must_change" => flag;
    identities: "(SELECT group_concat(i.provider || char(31) || i.issuer || char(31) || i.subject, char(30))
                  FROM identities i WHERE i.user_id = u.id)" => identities;
    failures: "f.count, f.last_at" => failures;
    last_login_at: "u.last_login_at" => moment_if_any,
        Once "last_login_at" = |user| user.last_login_at.map(micros).into();
    created_at: "u.created_at" => moment, Once "created_at" = |user| micros(user.created_at).into();
    updated_at: "u.updated_at" => moment, Always "updated_at" = |user| micros(user.updated_at).into();
}

/// A column of the table `users`.
struct Column {
    name: &'static str,
    value: fn(&User) -> Value,
    written: Written,
}

/// When a column is written.
#[derive(PartialEq)]
enum Written {
    /// When the user is added. A change of the user leaves it as it is.
    Once,
    /// When the user is added, and at each change.
    Always,
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The cells of a row, read one after the other.
struct Cells<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl Cells<'_> {
    fn place(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn cell<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let place = self.place();
        self.row.get(place)
    }

    /// The text of a cell as `read` understands it.
    fn text_if_any<T>(&mut self, read: impl FnOnce(Option<&str>) -> T) -> rusqlite::Result<T> {
        let place = self.place();
        Ok(read(self.row.get_ref(place)?.as_str_or_null()?))
    }

    fn id(&mut self) -> rusqlite::Result<UserId> {
        Ok(UserId(Uuid::from_bytes(self.cell()?)))
    }

    fn email(&mut self) -> rusqlite::Result<EmailAddress> {
        Ok(EmailAddress::from_stored(self.cell()?, self.cell()?))
    }

    fn name(&mut self) -> rusqlite::Result<Name> {
        Ok(Name::from_stored(self.cell()?))
    }

    fn status(&mut self) -> rusqlite::Result<Status> {
        let place = self.place();
        let word = self.row.get_ref(place)?.as_str()?;
        word.parse().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(place, rusqlite::types::Type::Text, Box::new(error))
        })
    }

    fn locale(&mut self) -> rusqlite::Result<Locale> {
        Ok(Locale::from_stored(self.cell()?))
    }

    fn groups(&mut self) -> rusqlite::Result<Vec<GroupName>> {
        self.text_if_any(read_groups)
    }

    fn password_state(&mut self) -> rusqlite::Result<PasswordState> {
        self.text_if_any(read_state)
    }

    fn flag(&mut self) -> rusqlite::Result<bool> {
        Ok(self.cell::<Option<bool>>()?.unwrap_or(false))
    }

    fn identities(&mut self) -> rusqlite::Result<Vec<IdentityBond>> {
        self.text_if_any(identities::split)
    }

    fn failures(&mut self) -> rusqlite::Result<Option<Failures>> {
        let (count, last_at) = (self.cell::<Option<u32>>()?, self.moment_if_any()?);
        Ok(count
            .zip(last_at)
            .map(|(count, last_at)| Failures { count, last_at }))
    }

    fn moment(&mut self) -> rusqlite::Result<Timestamp> {
        timestamp(self.cell()?)
    }

    fn moment_if_any(&mut self) -> rusqlite::Result<Option<Timestamp>> {
        self.cell::<Option<i64>>()?.map(timestamp).transpose()
    }
}

const TABLES: &str =
    "users u LEFT JOIN credentials c ON c.user_id = u.id LEFT JOIN failures f ON f.user_id = u.id";

/// The character between the parts of an aggregated column. No stored text can hold it.
const UNIT_SEPARATOR: char = '\u{1F}';

impl ReadUsers for SqliteTransaction<'_> {
    fn find_user(&self, reference: &UserRef) -> Result<Option<StoredUser>, StoreError> {
        match reference {
            UserRef::Id(id) => self.find_user_by_id(*id),
            UserRef::Email(email) => self.find_user_by_email(email.canonical()),
        }
    }

    fn find_user_by_id(&self, id: UserId) -> Result<Option<StoredUser>, StoreError> {
        let sql = format!("SELECT {SELECTED} FROM {TABLES} WHERE u.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0.as_bytes()], read_user).optional()?)
    }

    fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<StoredUser>, StoreError> {
        let sql = format!("SELECT {SELECTED} FROM {TABLES} WHERE u.email_canonical = ?1");
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
        let sql = format!("SELECT {SELECTED} FROM {TABLES} WHERE {condition} ORDER BY {order}");
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

impl WriteUsers for SqliteTransaction<'_> {
    fn add_user(&self, user: &User) -> Result<bool, StoreError> {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        let places: Vec<String> = (1..=names.len()).map(|number| format!("?{number}")).collect();
        let (names, places) = (names.join(", "), places.join(", "));
        let sql = format!("INSERT INTO users ({names}) VALUES ({places}) ON CONFLICT DO NOTHING");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = COLUMNS.iter().map(|column| (column.value)(user));
        Ok(statement.execute(params_from_iter(values))? == 1)
    }

    fn set_user(&self, user: &User) -> Result<(), StoreError> {
        let changed = || COLUMNS.iter().filter(|column| column.written == Written::Always);
        let settings: Vec<String> = (2..)
            .zip(changed())
            .map(|(number, column)| format!("{} = ?{number}", column.name))
            .collect();
        let sql = format!("UPDATE users SET {} WHERE id = ?1", settings.join(", "));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let id = Value::Blob(user.id.0.as_bytes().to_vec());
        let values = std::iter::once(id).chain(changed().map(|column| (column.value)(user)));
        expect_one(statement.execute(params_from_iter(values))?, "user")
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

/// Reads the aggregated groups of a user. They are sorted by name: in the column they stand in the
/// order in which the groups were made.
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
    fn a_statement_is_prepared_once_for_all_values() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("s.db");
        std::fs::File::create(&path).unwrap();
        let mut connection = connect(&path, std::time::Duration::ZERO).unwrap();
        migrate::make_schema(&mut connection).unwrap();
        for condition in ["u.id = ?1", "u.email_canonical = ?1"] {
            let sql = format!("SELECT {SELECTED} FROM {TABLES} WHERE {condition}");
            for asked in ["ada", "alan", "grace"] {
                let mut statement = connection.prepare_cached(&sql).unwrap();
                assert!(!statement.exists([asked]).unwrap());
            }
            let statement = connection.prepare_cached(&sql).unwrap();
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{condition}");
        }
    }
}
