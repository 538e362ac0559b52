//! Links that a person asks for: the public "forgot password".

use std::time::Duration;

use super::{Requested, Resets};
use crate::domain::audit::{Action, STRANGERS_INTERVAL, Target};
use crate::domain::clock::later;
use crate::domain::email::EmailAddress;
use crate::domain::mail::Notice;
use crate::domain::reset::{REQUEST_PAUSE, REQUEST_WINDOW, REQUESTS_IN_WINDOW};
use crate::domain::user::User;
use crate::ops::acting::Gate;
use crate::ops::floor::not_before;
use crate::ops::links::{link_template, may_ask};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Error, notices};

impl Resets<'_> {
    /// Checks that the mail for a request can be sent at all: there is a mailer, or the policies say
    /// that another process sends the queue.
    ///
    /// # Errors
    /// [`Error::NoMailer`], [`Error::NoBaseUrl`].
    pub fn can_request(&self) -> Result<(), Error> {
        let desk = &self.office.desk;
        if !desk.sends_queue {
            return Err(Error::NoMailer);
        }
        link_template(desk).map(drop)
    }

    /// Asks for a link for the user with this address: the public "forgot password". The mail is sent
    /// later. Nothing shows whether a user has the address. The caller answers not before
    /// [`Requested::not_before`], so that the time shows nothing either.
    ///
    /// # Errors
    /// As [`can_request`](Self::can_request), for every address; [`Error::Store`] if the store
    /// can't be written.
    pub fn request(&self, email: &str) -> Result<Requested, Error> {
        self.can_request()?;
        let began = self.office.desk.clock.instant();
        self.office.write(Gate::Anybody, |tx| request(tx, email))?;
        Ok(Requested {
            not_before: not_before(&self.office.desk, began, Duration::ZERO),
        })
    }
}

/// Queues a request. The writes are the same for every address.
fn request(tx: &WriteTransaction<'_>, email: &str) -> Result<(), Error> {
    let address = EmailAddress::parse_existing(email).ok();
    let found = address
        .map(|address| tx.find_user_by_email(address.canonical()))
        .transpose()?
        .flatten();
    let heard = match found {
        Some(user) if is_heard(tx, &user)? => Some(user),
        _ => None,
    };
    notices::queue(tx, heard.as_ref(), Notice::ResetPassword)?;
    let Some(user) = heard else {
        if let Some(count) = tx.store.count_unknown_request(tx.now, STRANGERS_INTERVAL)? {
            tx.record_failure(
                Action::ResetRequested,
                Target::Unknown,
                format!("not_heard x{count}"),
            )?;
        }
        return Ok(());
    };
    tx.store.add_reset_request(user.id, REQUEST_WINDOW)?;
    tx.record(Action::ResetRequested, Target::User(user.id), &[], None)
}

fn is_heard(tx: &WriteTransaction<'_>, user: &User) -> Result<bool, Error> {
    let (count, newest) = tx.recent_reset_requests(user.id, REQUEST_WINDOW)?;
    let rested = newest.is_none_or(|at| later(at, REQUEST_PAUSE) <= tx.now);
    Ok(rested && count < REQUESTS_IN_WINDOW && may_ask(tx, user))
}
