//! The mail queue.

use std::time::Duration;

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::faults::expect_one;
use super::{SqliteTransaction, micros, timestamp};
use crate::domain::clock::{Timestamp, later};
use crate::domain::email::EmailAddress;
use crate::domain::ids::{MailId, ResetId, UserId};
use crate::domain::mail::{LONGEST_LEASE, LONGEST_PAUSE, Notice, QueuedMail};
use crate::store::{ReadMail, StoreError, WriteMail};

const COLUMNS: &str = "id, user_id, message, address, old_address, new_address, created_at, attempts, next_attempt_at, last_error, provider, reset_id";

impl ReadMail for SqliteTransaction<'_> {
    fn list_mail(&self) -> Result<Vec<QueuedMail>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mail_queue WHERE user_id IS NOT NULL ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read_mail)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn find_mail(&self, id: MailId) -> Result<Option<QueuedMail>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mail_queue WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0.as_bytes()], read_mail).optional()?)
    }
}

impl WriteMail for SqliteTransaction<'_> {
    fn add_mail(&self, mail: &QueuedMail) -> Result<(), StoreError> {
        if mail.user_id.is_none() {
            self.connection
                .execute("DELETE FROM mail_queue WHERE user_id IS NULL", [])?;
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO mail_queue (id, user_id, message, address, old_address, new_address, created_at,
                                     attempts, next_attempt_at, leased_until, provider)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10)",
        )?;
        statement.execute(params![
            mail.id.0.as_bytes(),
            mail.user_id.map(|id| id.0.into_bytes()),
            mail.notice.as_str(),
            mail.address.as_ref().map(EmailAddress::as_str),
            mail.old_address.as_ref().map(EmailAddress::as_str),
            mail.new_address.as_ref().map(EmailAddress::as_str),
            micros(mail.created_at),
            mail.attempts,
            micros(mail.next_attempt_at),
            mail.provider,
        ])?;
        Ok(())
    }

    fn lease_mail(&self, lease: Duration) -> Result<Option<QueuedMail>, StoreError> {
        // A time that is later than its rule allows was written while the clock was ahead.
        let sql = format!(
            "UPDATE mail_queue SET leased_until = ?2 WHERE id =
                (SELECT id FROM mail_queue
                 WHERE (next_attempt_at <= ?1 OR next_attempt_at > ?3)
                   AND (leased_until <= ?1 OR leased_until > ?4) ORDER BY id LIMIT 1)
             RETURNING {COLUMNS}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let now = self.now;
        let ahead = [Duration::ZERO, lease, LONGEST_PAUSE, LONGEST_LEASE];
        let moments = ahead.map(|by| micros(later(now, by)));
        Ok(statement.query_row(moments, read_mail).optional()?)
    }

    fn set_mail_reset(&self, id: MailId, link: ResetId) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE mail_queue SET reset_id = ?2 WHERE id = ?1")?;
        expect_one(
            statement.execute(params![id.0.as_bytes(), link.0.as_bytes()])?,
            "mail",
        )
    }

    fn put_mail_off(
        &self,
        id: MailId,
        link: Option<ResetId>,
        next_attempt_at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE mail_queue SET attempts = attempts + 1, next_attempt_at = ?3, leased_until = 0,
                                   last_error = ?4, reset_id = NULL
             WHERE id = ?1 AND reset_id IS ?2",
        )?;
        let link = link.map(|id| id.0.into_bytes());
        statement.execute(params![id.0.as_bytes(), link, micros(next_attempt_at), error])?;
        Ok(())
    }

    fn remove_tried_mail(&self, id: MailId, link: Option<ResetId>) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM mail_queue WHERE id = ?1 AND reset_id IS ?2")?;
        let link = link.map(|id| id.0.into_bytes());
        Ok(statement.execute(params![id.0.as_bytes(), link])? == 1)
    }

    fn remove_mail(&self, id: MailId) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM mail_queue WHERE id = ?1")?;
        Ok(statement.execute([id.0.as_bytes()])? == 1)
    }
}

fn read_mail(row: &Row<'_>) -> rusqlite::Result<QueuedMail> {
    let word = row.get_ref(2)?.as_str()?;
    let notice = Notice::named(word)
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(2, word.to_owned(), rusqlite::types::Type::Text))?;
    let address = |column| -> rusqlite::Result<Option<EmailAddress>> {
        Ok(row
            .get_ref(column)?
            .as_str_or_null()?
            .and_then(|text| EmailAddress::parse_existing(text).ok()))
    };
    Ok(QueuedMail {
        id: MailId(Uuid::from_bytes(row.get(0)?)),
        user_id: row
            .get::<_, Option<[u8; 16]>>(1)?
            .map(|id| UserId(Uuid::from_bytes(id))),
        notice,
        address: address(3)?,
        old_address: address(4)?,
        new_address: address(5)?,
        created_at: timestamp(row.get(6)?)?,
        attempts: row.get(7)?,
        next_attempt_at: timestamp(row.get(8)?)?,
        last_error: row.get(9)?,
        provider: row.get(10)?,
        link: row
            .get::<_, Option<[u8; 16]>>(11)?
            .map(|id| ResetId(Uuid::from_bytes(id))),
    })
}
