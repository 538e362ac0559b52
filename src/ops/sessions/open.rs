//! Opens a session, whatever the way of the sign-in.

use crate::domain::audit::{Action, Target};
use crate::domain::ids::{SessionId, UserId};
use crate::domain::session::Session;
use crate::domain::token::{PlainToken, TokenKind};
use crate::domain::user::User;
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Ended, Error, keys, lookup};

/// A sign-in that succeeded.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// The user.
    pub user: User,
    /// The new session.
    pub session: Session,
    /// The token of the session. It can't be shown again later.
    pub token: PlainToken,
    /// What ended with the old password, if the user changed it with the sign-in.
    pub ended: Option<Ended>,
}

/// Opens a session. The session of `replaces` ends. `means` is the way of the sign-in, for the record.
pub(in crate::ops) fn open_session(
    tx: &WriteTransaction<'_>,
    user: UserId,
    replaces: Option<&PlainToken>,
    means: String,
) -> Result<SignedIn, Error> {
    if let Some(token) = replaces
        && let Some(old) = tx.find_session_by_token(&token.hash())?
    {
        tx.store.remove_session(old.id)?;
        tx.record(
            Action::SignOut,
            Target::User(old.user_id),
            &[],
            Some("replaced".to_owned()),
        )?;
    }
    keys::ensure_store_id(tx)?;
    tx.store.set_last_login_at(user, tx.now)?;
    let token = PlainToken::draw(TokenKind::Session, &*tx.desk.random)?;
    let id = SessionId(tx.id()?);
    let session = Session::begin(id, user, tx.now, tx.caller.client(), &tx.desk.policies.session);
    tx.store.add_session(&session, &token.hash())?;
    tx.record(Action::SignIn, Target::User(user), &[], Some(means))?;
    let user = lookup::get_user(tx, &user.into())?;
    Ok(SignedIn {
        user,
        session,
        token,
        ended: None,
    })
}
