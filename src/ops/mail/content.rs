//! The content of a mail in the queue, made when it is sent.

use super::delivery::Dropped;
use super::end_link_of;
use super::sending::Mailing;
use crate::domain::audit::{Action, Target};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::ids::ResetId;
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::reset::{LIVE_REQUESTS, ResetKind, ResetLink};
use crate::domain::user::{Status, User};
use crate::ops::Error;
use crate::ops::links::{make_link, may_ask};
use crate::ops::write_transaction::WriteTransaction;
use crate::texts::mails::Message;

use secrecy::SecretString;

/// The content of a mail, with all that its message needs.
pub(super) enum MailContent {
    Link(ResetLink, SecretString),
    AccountOpened,
    PasswordChanged {
        at: Timestamp,
    },
    EmailChanged {
        old: EmailAddress,
        new: EmailAddress,
        at: Timestamp,
    },
    IdentityLinked {
        provider: String,
        at: Timestamp,
    },
}

/// A mail of the queue, before it is sent.
pub(super) enum PreparedMail {
    /// The mail is sent to this user.
    Ready(Box<(User, MailContent)>),
    /// The mail is not sent.
    Unwanted(Dropped),
}

impl MailContent {
    pub(super) fn link(&self) -> Option<ResetId> {
        match self {
            Self::Link(link, _) => Some(link.id),
            _ => None,
        }
    }

    pub(super) fn mailing<'a>(&'a self, mail: &'a QueuedMail, user: &'a User) -> Mailing<'a> {
        let message = match self {
            Self::Link(link, url) => return Mailing::of_link(user, link, url),
            Self::AccountOpened => Message::AccountOpened,
            Self::PasswordChanged { at } => Message::PasswordChanged { at: *at },
            Self::IdentityLinked { provider, at } => Message::IdentityLinked { provider, at: *at },
            Self::EmailChanged { old, new, at } => Message::EmailChanged {
                old: old.as_str(),
                new: new.as_str(),
                at: *at,
            },
        };
        Mailing {
            user,
            address: mail.address.as_ref().unwrap_or(&user.email),
            message,
        }
    }
}

/// What to send, or why nothing is sent. The link of an earlier try that was not completed is ended
/// first, so that a mail has at most one live link besides a link that may have arrived.
pub(super) fn prepare(tx: &WriteTransaction<'_>, mail: &QueuedMail) -> Result<PreparedMail, Error> {
    end_link_of(tx, mail)?;
    if mail.outdated_at(tx.desk.policies.reset.ttl) <= tx.now {
        return Ok(PreparedMail::Unwanted(Dropped::Outdated));
    }
    let user = mail.user_id.map(|id| tx.find_user_by_id(id)).transpose()?;
    let Some(user) = user.flatten().filter(|user| user.status != Status::Deleted) else {
        return Ok(PreparedMail::Unwanted(Dropped::Unwanted));
    };
    Ok(match content(tx, mail, &user)? {
        Ok(content) => PreparedMail::Ready(Box::new((user, content))),
        Err(why) => PreparedMail::Unwanted(why),
    })
}

/// Makes the content. A link is made only now, and only for a user who may still have one.
fn content(
    tx: &WriteTransaction<'_>,
    mail: &QueuedMail,
    user: &User,
) -> Result<Result<MailContent, Dropped>, Error> {
    let at = mail.created_at;
    let or_theirs = |address: &Option<EmailAddress>| address.as_ref().unwrap_or(&user.email).clone();
    Ok(Ok(match mail.notice {
        Notice::AccountOpened => MailContent::AccountOpened,
        Notice::PasswordChanged => MailContent::PasswordChanged { at },
        Notice::IdentityLinked => MailContent::IdentityLinked {
            provider: mail.provider.clone().unwrap_or_default(),
            at,
        },
        Notice::EmailChanged => MailContent::EmailChanged {
            old: or_theirs(&mail.old_address),
            new: or_theirs(&mail.new_address),
            at,
        },
        Notice::ResetPassword => {
            if !may_ask(tx, user) {
                return Ok(Err(Dropped::Unwanted));
            }
            if tx.count_live_resets(user.id, ResetKind::Request)? >= LIVE_REQUESTS {
                return Ok(Err(Dropped::EnoughLinks));
            }
            let ttl = tx.desk.policies.reset.ttl;
            let (link, url) = make_link(tx, user, ResetKind::Request, ttl)?;
            tx.store.set_mail_reset(mail.id, link.id)?;
            let reason = Some(ResetKind::Request.as_str().to_owned());
            tx.record(Action::ResetIssued, Target::User(user.id), &[], reason)?;
            MailContent::Link(link, url)
        }
    }))
}
