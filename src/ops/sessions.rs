//! Sessions: list, verify and end them.

mod open;

use super::{BackOffice, Caller, Error, lookup};
use crate::domain::audit::{Action, Target};
use crate::domain::group::GroupName;
use crate::domain::ids::SessionId;
use crate::domain::rights::Right;
use crate::domain::session::Session;
use crate::domain::token::PlainToken;
use crate::domain::user::{Status, User, UserRef};
use crate::ops::acting::{Acting, Gate};

pub use open::SignedIn;
pub(super) use open::open_session;

/// A session and its user.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UserSession {
    /// The user.
    pub user: User,
    /// The session.
    pub session: Session,
}

/// The sessions of a user that ended.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SessionsEnded {
    /// The user.
    pub user: User,
    /// The number of sessions that ended.
    pub count: u64,
}

/// The sessions of a back office.
pub struct Sessions<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of sessions.
    #[must_use]
    pub fn sessions(self) -> Sessions<'o> {
        Sessions { office: self }
    }
}

impl BackOffice {
    /// The caller that a session token stands for: the user of the session.
    ///
    /// # Errors
    /// [`Error::SessionInvalid`]; [`Error::Store`] if the store can't be read.
    pub fn caller_of(&self, token: &PlainToken) -> Result<Caller, Error> {
        let visitor = Caller::visitor();
        let found = self.on_behalf_of(&visitor).sessions().verify(token, &[])?;
        Ok(Caller::user(found.user.id, found.session.id))
    }
}

impl Sessions<'_> {
    /// The live sessions of one user, or of all, in order of sign-in.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn list(&self, who: Option<&UserRef>) -> Result<Vec<Session>, Error> {
        self.office.read(Gate::Inside, |view| {
            let user = lookup::get_account_or_all(view, who)?;
            Ok(view.list_sessions(user.map(|user| user.id))?)
        })
    }

    /// The session of a token and its user. If `groups` are named, the user must be in one of them.
    /// The idle end moves at most once a minute. If the store is busy or can't be written, the idle
    /// end stays as it is, and the session goes on.
    ///
    /// # Errors
    /// [`Error::SessionInvalid`], [`Error::NotInGroup`]; [`Error::Store`] if the store can't
    /// be read.
    pub fn verify(&self, token: &PlainToken, groups: &[GroupName]) -> Result<UserSession, Error> {
        let UserSession { user, mut session } = self.office.read(Gate::Anybody, |view| {
            let session = view
                .find_session_by_token(&token.hash())?
                .ok_or(Error::SessionInvalid)?;
            let user = view
                .find_user_by_id(session.user_id)?
                .ok_or(Error::SessionInvalid)?;
            Ok(UserSession { user, session })
        })?;
        if user.status != Status::Active {
            return Err(Error::SessionInvalid);
        }
        if !groups.is_empty() && !groups.iter().any(|group| user.is_in(group)) {
            return Err(Error::NotInGroup);
        }
        let policy = self.office.desk.policies.session;
        if let Some(moved) = session.touch(self.office.desk.clock.now(), &policy) {
            let id = session.id;
            if self
                .office
                .write_at_once(Gate::Anybody, |tx| Ok(tx.store.set_idle_expires_at(id, moved)?))
                .is_ok()
            {
                session.idle_expires_at = moved;
            }
        }
        Ok(UserSession { user, session })
    }

    /// Ends the session of a token. Returns the session and its user.
    ///
    /// # Errors
    /// [`Error::SessionInvalid`]; [`Error::Store`] if the store can't be written.
    pub fn end(&self, token: &PlainToken) -> Result<UserSession, Error> {
        self.office.write(Gate::Anybody, |tx| {
            let session = tx
                .find_session_by_token(&token.hash())?
                .ok_or(Error::SessionInvalid)?;
            let user = lookup::get_user(tx, &session.user_id.into())?;
            tx.store.remove_session(session.id)?;
            tx.record(Action::SignOut, Target::User(user.id), &[], None)?;
            Ok(UserSession { user, session })
        })
    }

    /// Ends one session by its id.
    ///
    /// # Errors
    /// [`Error::SessionNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke(&self, id: SessionId) -> Result<Session, Error> {
        self.office.write(Gate::Inside, |tx| {
            let found = tx.find_session_by_id(id)?;
            let session = found.ok_or_else(|| Error::SessionNotFound(id.to_string()))?;
            tx.require(Right::Account(session.user_id))?;
            tx.store.remove_session(session.id)?;
            tx.record(Action::SessionRevoked, Target::User(session.user_id), &[], None)?;
            Ok(session)
        })
    }

    /// Ends every session of a user.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke_all_of(&self, who: &UserRef) -> Result<SessionsEnded, Error> {
        self.office.write(Gate::Inside, |tx| {
            let user = lookup::get_account(tx, who)?;
            let count = tx.store.remove_sessions_of(user.id)?;
            if count > 0 {
                tx.record(
                    Action::SessionRevoked,
                    Target::User(user.id),
                    &[],
                    Some(format!("all {count}")),
                )?;
            }
            Ok(SessionsEnded { user, count })
        })
    }
}

#[cfg(test)]
mod tests;
