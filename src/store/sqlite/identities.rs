//! Identities, and refused sign-ins at providers.

use std::time::Duration;

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::faults::expect_one;
use super::{SqliteTransaction, micros, timestamp};
use crate::domain::clock::earlier;
use crate::domain::identity::{Identity, IdentityBond, RefusedLogin};
use crate::domain::ids::{AttemptId, UserId};
use crate::store::{ReadIdentities, StoreError, WriteIdentities};

const COLUMNS: &str = "user_id, provider, issuer, subject, linked_at, last_login_at";

/// The time for which an operator can link the account of a refused sign-in.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// The largest number of refused sign-ins. The oldest ones are removed, so that strangers can't fill
/// the disk.
const MOST_REFUSED: i64 = 1000;

impl ReadIdentities for SqliteTransaction<'_> {
    fn find_user_id_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<UserId>, StoreError> {
        let sql = "SELECT user_id FROM identities WHERE issuer = ?1 AND subject = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let id = |row: &Row<'_>| Ok(UserId(Uuid::from_bytes(row.get(0)?)));
        Ok(statement.query_row([issuer, subject], id).optional()?)
    }

    fn list_identities(&self, user: Option<UserId>) -> Result<Vec<Identity>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM identities WHERE (?1 IS NULL OR user_id = ?1) ORDER BY user_id, issuer"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let user = user.map(|id| id.0.into_bytes());
        let rows = statement.query_map([user], read_identity)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn find_refused_login(&self, id: AttemptId) -> Result<Option<RefusedLogin>, StoreError> {
        let sql =
            "SELECT id, issuer, subject, provider, user_id, refused_at FROM refused_logins WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement
            .query_row([id.0.as_bytes()], read_refused_login)
            .optional()?;
        let kept_since = earlier(self.now, KEPT);
        Ok(found.filter(|login| login.refused_at >= kept_since))
    }
}

impl WriteIdentities for SqliteTransaction<'_> {
    fn add_identity(&self, identity: &Identity) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO identities (issuer, subject, user_id, provider, linked_at, last_login_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?;
        let added = statement.execute(params![
            identity.bond.issuer,
            identity.bond.subject,
            identity.user_id.0.as_bytes(),
            identity.bond.provider,
            micros(identity.linked_at),
            identity.last_login_at.map(micros),
        ])?;
        Ok(added == 1)
    }

    fn set_identity_last_login_at(&self, issuer: &str, subject: &str) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE identities SET last_login_at = ?3 WHERE issuer = ?1 AND subject = ?2")?;
        let now = micros(self.now);
        expect_one(statement.execute(params![issuer, subject, now])?, "identity")
    }

    fn remove_identity(&self, user: UserId, issuer: &str) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM identities WHERE user_id = ?1 AND issuer = ?2")?;
        Ok(statement.execute(params![user.0.as_bytes(), issuer])? == 1)
    }

    fn add_refused_login(&self, login: &RefusedLogin) -> Result<(), StoreError> {
        let kept_since = micros(earlier(self.now, KEPT));
        self.connection.execute(
            "DELETE FROM refused_logins WHERE refused_at < ?1 OR id IN
                (SELECT id FROM refused_logins ORDER BY id DESC LIMIT -1 OFFSET ?2)",
            [kept_since, MOST_REFUSED - 1],
        )?;
        self.connection.execute(
            "INSERT OR REPLACE INTO refused_logins (id, issuer, subject, provider, user_id, refused_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                login.id.0.as_bytes(),
                login.bond.issuer,
                login.bond.subject,
                login.bond.provider,
                login.user_id.map(|id| id.0.into_bytes()),
                micros(login.refused_at),
            ],
        )?;
        Ok(())
    }

    fn remove_refused_login(&self, issuer: &str, subject: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM refused_logins WHERE issuer = ?1 AND subject = ?2",
            [issuer, subject],
        )?;
        Ok(())
    }
}

fn read_identity(row: &Row<'_>) -> rusqlite::Result<Identity> {
    Ok(Identity {
        user_id: UserId(Uuid::from_bytes(row.get(0)?)),
        bond: IdentityBond {
            provider: row.get(1)?,
            issuer: row.get(2)?,
            subject: row.get(3)?,
        },
        linked_at: timestamp(row.get(4)?)?,
        last_login_at: row.get::<_, Option<i64>>(5)?.map(timestamp).transpose()?,
    })
}

fn read_refused_login(row: &Row<'_>) -> rusqlite::Result<RefusedLogin> {
    Ok(RefusedLogin {
        id: AttemptId(Uuid::from_bytes(row.get(0)?)),
        bond: IdentityBond {
            issuer: row.get(1)?,
            subject: row.get(2)?,
            provider: row.get(3)?,
        },
        user_id: row
            .get::<_, Option<[u8; 16]>>(4)?
            .map(|id| UserId(Uuid::from_bytes(id))),
        refused_at: timestamp(row.get(5)?)?,
    })
}

/// Splits the aggregated column of a user. No stored text can hold its separators.
pub(super) fn split(joined: Option<&str>) -> Vec<IdentityBond> {
    let mut bonds: Vec<IdentityBond> = joined
        .into_iter()
        .flat_map(|all| all.split('\u{1E}'))
        .filter_map(|one| {
            let mut parts = one.split('\u{1F}').map(str::to_owned);
            Some(IdentityBond {
                provider: parts.next()?,
                issuer: parts.next()?,
                subject: parts.next()?,
            })
        })
        .collect();
    bonds.sort_unstable_by(|a, b| {
        (&a.provider, &a.issuer, &a.subject).cmp(&(&b.provider, &b.issuer, &b.subject))
    });
    bonds
}
