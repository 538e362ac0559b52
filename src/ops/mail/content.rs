//! What a waiting mail says once it is sent.

use super::end_link_of;
use super::flush::Dropped;
use super::sending::Mailing;
use crate::domain::audit::{Action, Target};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::ids::ResetId;
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::reset::{LIVE_REQUESTS, ResetKind, ResetLink};
use crate::domain::user::{Status, User};
use crate::ops::Error;
use crate::ops::change::Change;
use crate::ops::resets::{make_link, may_ask};
use crate::texts::mails::Message;

use secrecy::SecretString;

/// What a mail that is still wanted says. It has all that its message needs.
pub(super) enum Content {
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

/// What becomes of a mail before it is sent.
pub(super) enum Prepared {
    /// It is to be sent to this user.
    Ready(Box<(User, Content)>),
    /// It is not to be sent.
    Unwanted(Dropped),
}

impl Content {
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

/// What to send, or why it is not to be sent. The link of an earlier try that did not come to its
/// end is ended first: of one mail there is never more than one live link, except for one that may
/// have arrived.
pub(super) fn prepare(change: &Change<'_>, mail: &QueuedMail) -> Result<Prepared, Error> {
    end_link_of(change, mail)?;
    if mail.outdated_at(change.desk.policies.reset.ttl) <= change.now {
        return Ok(Prepared::Unwanted(Dropped::Outdated));
    }
    let user = mail.user_id.map(|id| change.find_user_by_id(id)).transpose()?;
    let Some(user) = user.flatten().filter(|user| user.status != Status::Deleted) else {
        return Ok(Prepared::Unwanted(Dropped::Unwanted));
    };
    Ok(match content(change, mail, &user)? {
        Ok(content) => Prepared::Ready(Box::new((user, content))),
        Err(why) => Prepared::Unwanted(why),
    })
}

/// A link is made at this moment and no sooner; none for a user who may not have one any more.
fn content(change: &Change<'_>, mail: &QueuedMail, user: &User) -> Result<Result<Content, Dropped>, Error> {
    let at = mail.created_at;
    let or_theirs = |address: &Option<EmailAddress>| address.as_ref().unwrap_or(&user.email).clone();
    Ok(Ok(match mail.notice {
        Notice::AccountOpened => Content::AccountOpened,
        Notice::PasswordChanged => Content::PasswordChanged { at },
        Notice::IdentityLinked => Content::IdentityLinked {
            provider: mail.provider.clone().unwrap_or_default(),
            at,
        },
        Notice::EmailChanged => Content::EmailChanged {
            old: or_theirs(&mail.old_address),
            new: or_theirs(&mail.new_address),
            at,
        },
        Notice::ResetPassword => {
            if !may_ask(change, user) {
                return Ok(Err(Dropped::Unwanted));
            }
            if change.count_live_resets(user.id, ResetKind::Request)? >= LIVE_REQUESTS {
                return Ok(Err(Dropped::EnoughLinks));
            }
            let ttl = change.desk.policies.reset.ttl;
            let (link, url) = make_link(change, user, ResetKind::Request, ttl)?;
            change.tx.set_mail_reset(mail.id, link.id)?;
            let reason = Some(ResetKind::Request.as_str().to_owned());
            change.record(Action::ResetIssued, Target::User(user.id), &[], reason)?;
            Content::Link(link, url)
        }
    }))
}
