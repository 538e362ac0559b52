//! Mails to users that a use case leaves in the queue: in its own transaction, and sent later.

use super::Error;
use super::change::Change;
use crate::domain::email::EmailAddress;
use crate::domain::ids::MailId;
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::user::{Status, User};

/// Queues a notice to somebody, or a mail for nobody that costs the same.
pub(super) fn queue(change: &Change<'_>, user: Option<&User>, notice: Notice) -> Result<(), Error> {
    Ok(change.tx.add_mail(&queued(change, user, notice)?)?)
}

/// Tells a user by mail what happened to their account, where mail is set up at all.
pub(super) fn notify(change: &Change<'_>, user: &User, notice: Notice) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    queue(change, Some(user), notice)
}

/// Tells the old and the new address of a user that it changed.
pub(super) fn notify_both(change: &Change<'_>, user: &User, old: &EmailAddress) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status == Status::Deleted {
        return Ok(());
    }
    for address in [old, &user.email] {
        let mail = queued(change, Some(user), Notice::EmailChanged)?;
        change.tx.add_mail(&QueuedMail {
            address: Some(address.clone()),
            old_address: Some(old.clone()),
            new_address: Some(user.email.clone()),
            ..mail
        })?;
    }
    Ok(())
}

/// Tells a user that a sign-in at a provider leads to their account now.
pub(super) fn notify_linked(change: &Change<'_>, user: &User, label: &str) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    let mail = queued(change, Some(user), Notice::IdentityLinked)?;
    Ok(change.tx.add_mail(&QueuedMail {
        provider: Some(label.to_owned()),
        ..mail
    })?)
}

fn queued(change: &Change<'_>, user: Option<&User>, notice: Notice) -> Result<QueuedMail, Error> {
    Ok(QueuedMail {
        id: MailId(change.id()?),
        user_id: user.map(|user| user.id),
        notice,
        address: None,
        old_address: None,
        new_address: None,
        provider: None,
        created_at: change.now,
        attempts: 0,
        next_attempt_at: change.now,
        last_error: None,
        link: None,
    })
}
