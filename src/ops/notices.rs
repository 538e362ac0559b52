//! Mails to users that a use case adds to the queue, in its own transaction. They are sent later.

use super::Error;
use super::write_transaction::WriteTransaction;
use crate::domain::email::EmailAddress;
use crate::domain::ids::MailId;
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::user::{Status, User};

/// Adds a notice to the queue. Without a user, adds a mail that is never sent and costs the same.
pub(super) fn queue(tx: &WriteTransaction<'_>, user: Option<&User>, notice: Notice) -> Result<(), Error> {
    Ok(tx.store.add_mail(&queued(tx, user, notice)?)?)
}

/// Tells a user by mail what happened to the account, if notices are on.
pub(super) fn notify(tx: &WriteTransaction<'_>, user: &User, notice: Notice) -> Result<(), Error> {
    if !tx.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    queue(tx, Some(user), notice)
}

/// Tells a user at the old and at the new address that the address changed.
pub(super) fn notify_both(tx: &WriteTransaction<'_>, user: &User, old: &EmailAddress) -> Result<(), Error> {
    if !tx.desk.policies.notices || user.status == Status::Deleted {
        return Ok(());
    }
    for address in [old, &user.email] {
        let mail = queued(tx, Some(user), Notice::EmailChanged)?;
        tx.store.add_mail(&QueuedMail {
            address: Some(address.clone()),
            old_address: Some(old.clone()),
            new_address: Some(user.email.clone()),
            ..mail
        })?;
    }
    Ok(())
}

/// Tells a user that an account at a provider was linked.
pub(super) fn notify_linked(tx: &WriteTransaction<'_>, user: &User, label: &str) -> Result<(), Error> {
    if !tx.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    let mail = queued(tx, Some(user), Notice::IdentityLinked)?;
    Ok(tx.store.add_mail(&QueuedMail {
        provider: Some(label.to_owned()),
        ..mail
    })?)
}

fn queued(tx: &WriteTransaction<'_>, user: Option<&User>, notice: Notice) -> Result<QueuedMail, Error> {
    Ok(QueuedMail {
        id: MailId(tx.id()?),
        user_id: user.map(|user| user.id),
        notice,
        address: None,
        old_address: None,
        new_address: None,
        provider: None,
        created_at: tx.now,
        attempts: 0,
        next_attempt_at: tx.now,
        last_error: None,
        link: None,
    })
}
