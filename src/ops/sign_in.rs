//! Signing in with a password. Every refusal costs the same and says the same; only the
//! audit record knows why.

use crate::ops::acting::{Acting, Gate};
use std::time::Instant;

use secrecy::{ExposeSecret, SecretString};

use super::change::Change;
use super::credentials::{Cause, Ended, owner_of, replace};
use super::office::Desk;
use super::{Error, credentials, floor, keys, people};
use crate::domain::audit::{Action, STRANGERS_INTERVAL, Target};
use crate::domain::email::EmailAddress;
use crate::domain::ids::{SessionId, UserId};
use crate::domain::password::{Credential, PasswordHash};
use crate::domain::session::Session;
use crate::domain::throttle::{Failures, Lock};
use crate::domain::token::{PlainToken, TokenKind};
use crate::domain::user::{Status, User};

/// Somebody who wants to sign in.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Request<'a> {
    /// What they gave as their address: any text.
    pub email: &'a str,
    /// What they gave as their password.
    pub password: &'a SecretString,
    /// The password to change to, where the old one must be changed.
    pub new_password: Option<&'a SecretString>,
    /// The session that ends with this sign-in.
    pub replaces: Option<&'a PlainToken>,
}

impl<'a> Request<'a> {
    /// An address and a password, and nothing else.
    #[must_use]
    pub fn new(email: &'a str, password: &'a SecretString) -> Self {
        Self {
            email,
            password,
            new_password: None,
            replaces: None,
        }
    }
}

/// Somebody who is signed in.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// Who it is.
    pub user: User,
    /// Their new session.
    pub session: Session,
    /// Its token. Nobody can see it a second time.
    pub token: PlainToken,
    /// What ended with the old password, where the user changed it by signing in.
    pub ended: Option<Ended>,
}

/// Somebody whose password is to be, or was, found right.
pub(super) struct Verified {
    pub user: User,
    hash: PasswordHash,
    must_change: bool,
}

/// The account is slowed down: the try is not made.
const THROTTLED: &str = "throttled";
/// The account is stopped: the try is not made.
const STOPPED: &str = "stopped";

/// What the first look found.
enum Admitted {
    Candidate(Box<Verified>),
    Refused(Option<UserId>, &'static str),
}

/// What becomes of the stored password at a sign-in.
enum Next {
    Keep,
    /// A better hash of the same password.
    Rehash(PasswordHash),
    /// Another password.
    Change(PasswordHash),
}

pub(super) fn sign_in(office: Acting<'_>, request: &Request<'_>) -> Result<SignedIn, Error> {
    let began = office.desk.clock.instant();
    // Twice: another sign-in may put a better hash in the place of the one that was verified.
    for _ in 0..2 {
        let verified = verify(office, began, request.email, request.password)?;
        let next = next(office, &verified, request)?;
        let signed_in = office.write(Gate::Anybody, |change| match verified.still_holds(change)? {
            Some(user) => begin_session(change, &user, &next, request).map(Some),
            None => Ok(None),
        })?;
        if let Some(signed_in) = signed_in {
            return Ok(signed_in);
        }
    }
    Err(floor::deny(office, began, None, request.password))
}

/// Holds a password against an account. The try is counted first, and stays counted until
/// the caller has done what the right password was for.
///
/// # Errors
/// [`Error::Denied`]; why the store can't be used.
pub(super) fn verify(
    office: Acting<'_>,
    began: Instant,
    email: &str,
    password: &SecretString,
) -> Result<Verified, Error> {
    let admitted = office.write_for_good(Gate::Anybody, |change| admit(change, email))?;
    let (hash, refused) = match &admitted {
        Admitted::Candidate(candidate) => {
            (Some(&candidate.hash), (Some(candidate.user.id), "wrong_password"))
        }
        Admitted::Refused(user, reason) => (None, (*user, *reason)),
    };
    let is_right = floor::verify(&office.desk, hash, password.expose_secret());
    if is_right && let Admitted::Candidate(candidate) = admitted {
        return Ok(*candidate);
    }
    office.write_for_good(Gate::Anybody, |change| record_refusal(change, refused))?;
    Err(floor::deny(office, began, hash, password))
}

/// Who it may be, with the try counted: committed before anything is hashed, so that many
/// tries at once are counted as many.
fn admit(change: &Change<'_>, email: &str) -> Result<Admitted, Error> {
    let address = EmailAddress::parse(email).ok();
    let found = address
        .map(|address| change.find_user_by_email(address.canonical()))
        .transpose()?;
    let Some(user) = found.flatten() else {
        if let Some(count) = change.tx.count_unknown_sign_in(change.now, STRANGERS_INTERVAL)? {
            change.record_failure(
                Action::SignInFailed,
                Target::Unknown,
                format!("unknown_user x{count}"),
            )?;
        }
        return Ok(Admitted::Refused(None, "unknown_user"));
    };
    let throttle = change.desk.policies.throttle;
    match throttle.lock(change.failures(user.id)?, change.now) {
        Lock::Slowed { .. } => return Ok(Admitted::Refused(Some(user.id), THROTTLED)),
        Lock::Stopped => return Ok(Admitted::Refused(Some(user.id), STOPPED)),
        Lock::None => change.tx.add_failure(user.id, change.now)?,
    }
    let credential = change.credential(user.id)?;
    if let Some(reason) = refusal(change, &user, &credential) {
        return Ok(Admitted::Refused(Some(user.id), reason));
    }
    let Credential {
        hash: Some(hash),
        must_change,
        ..
    } = credential
    else {
        return Ok(Admitted::Refused(Some(user.id), "no_password"));
    };
    Ok(Admitted::Candidate(Box::new(Verified {
        user,
        hash,
        must_change,
    })))
}

fn refusal(change: &Change<'_>, user: &User, credential: &Credential) -> Option<&'static str> {
    match user.status {
        Status::Pending => Some("pending"),
        Status::Deactivated => Some("deactivated"),
        Status::Deleted => Some("deleted"),
        Status::Active if !change.desk.policies.sign_in.allows(user) => Some("password_sign_in_off"),
        Status::Active if credential.usable_hash().is_none() => Some("no_password"),
        Status::Active => None,
    }
}

/// Attempts for addresses nobody has were counted already.
fn record_refusal(change: &Change<'_>, (user, reason): (Option<UserId>, &'static str)) -> Result<(), Error> {
    let Some(user) = user else { return Ok(()) };
    if matches!(reason, THROTTLED | STOPPED) {
        // Each would be an event otherwise, and any number of them costs a stranger nothing.
        let count = change
            .tx
            .count_refused_try(user, change.now, STRANGERS_INTERVAL)?;
        return count.map_or(Ok(()), |count| {
            change.record_failure(
                Action::SignInFailed,
                Target::User(user),
                format!("{reason} x{count}"),
            )
        });
    }
    change.record_failure(Action::SignInFailed, Target::User(user), reason.to_owned())?;
    let is_last = |failures: Failures| failures.count == change.desk.policies.throttle.lock_after();
    if change.failures(user)?.is_some_and(is_last) {
        change.record_failure(
            Action::SignInLocked,
            Target::User(user),
            "too_many_failures".to_owned(),
        )?;
    }
    Ok(())
}

/// What is to become of the stored password, now that the one given was right.
///
/// # Errors
/// [`Error::PasswordChangeRequired`] if it must be changed and nobody said to what; why the
/// new one is refused.
fn next(office: Acting<'_>, verified: &Verified, request: &Request<'_>) -> Result<Next, Error> {
    if !verified.must_change && !breaks_policy(&office.desk, verified, request.password)? {
        let better = upgraded(&office.desk, verified, request.password)?;
        return Ok(better.map_or(Next::Keep, Next::Rehash));
    }
    let new = request.new_password.ok_or(Error::PasswordChangeRequired);
    let hash = new
        .and_then(|new| credentials::new_hash(&office.desk, owner_of(&verified.user), request.password, new));
    if hash.is_err() {
        forgive(office, verified, request)?;
    }
    hash.map(Next::Change)
}

/// The password was right: the try doesn't count, a poor hash of it is replaced all the
/// same, and a password that breaks today's policy is marked.
fn forgive(office: Acting<'_>, verified: &Verified, request: &Request<'_>) -> Result<(), Error> {
    let better = upgraded(&office.desk, verified, request.password)?;
    office.write_for_good(Gate::Anybody, |change| {
        let Some(user) = verified.still_holds(change)? else {
            return Ok(());
        };
        change.tx.remove_failures(user.id)?;
        let mut credential = Credential::set(verified.hash.clone(), verified.must_change);
        if let Some(better) = &better {
            credential.hash = Some(better.clone());
            credentials::rehash(change, user.id, &credential)?;
        }
        if !credential.must_change {
            credential.must_change = true;
            credentials::set_flag(change, user.id, &credential)?;
        }
        change.record_failure(
            Action::SignInFailed,
            Target::User(user.id),
            "password_change_required".to_owned(),
        )
    })
}

/// Only a password that came with an imported hash was never held against the policy.
fn breaks_policy(desk: &Desk, verified: &Verified, password: &SecretString) -> Result<bool, Error> {
    if !desk.hasher.is_outdated(&verified.hash) {
        return Ok(false);
    }
    match credentials::check(desk, password, owner_of(&verified.user)) {
        Ok(()) => Ok(false),
        Err(Error::WeakPassword(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

fn upgraded(
    desk: &Desk,
    verified: &Verified,
    password: &SecretString,
) -> Result<Option<PasswordHash>, Error> {
    if !desk.hasher.is_outdated(&verified.hash) {
        return Ok(None);
    }
    Ok(Some(desk.hasher.hash(password.expose_secret(), &*desk.random)?))
}

impl Verified {
    /// The user, if nothing that decides changed while the password was hashed.
    pub fn still_holds(&self, change: &Change<'_>) -> Result<Option<User>, Error> {
        let Some(user) = change.find_user_by_id(self.user.id)? else {
            return Ok(None);
        };
        let credential = change.credential(user.id)?;
        let same_hash = credential.usable_hash() == Some(&self.hash);
        Ok((same_hash && refusal(change, &user, &credential).is_none()).then_some(user))
    }
}

fn begin_session(
    change: &Change<'_>,
    user: &User,
    next: &Next,
    request: &Request<'_>,
) -> Result<SignedIn, Error> {
    let of_hash = |hash: &PasswordHash| Credential::set(hash.clone(), false);
    let ended = match next {
        Next::Keep => None,
        Next::Rehash(hash) => {
            credentials::rehash(change, user.id, &of_hash(hash))?;
            None
        }
        Next::Change(hash) => Some(replace(change, user.id, &of_hash(hash), Cause::Changed)?.ended),
    };
    change.tx.remove_failures(user.id)?;
    let mut signed_in = open_session(change, user.id, request.replaces, "password".to_owned())?;
    signed_in.ended = ended;
    Ok(signed_in)
}

/// A new session, in the place of one that ends; `means` is how they signed in.
pub(super) fn open_session(
    change: &Change<'_>,
    user: UserId,
    replaces: Option<&PlainToken>,
    means: String,
) -> Result<SignedIn, Error> {
    if let Some(token) = replaces
        && let Some(old) = change.find_session_by_token(&token.hash())?
    {
        change.tx.remove_session(old.id)?;
        change.record(
            Action::SignOut,
            Target::User(old.user_id),
            &[],
            Some("replaced".to_owned()),
        )?;
    }
    keys::ensure_store_id(change)?;
    change.tx.set_last_login_at(user, change.now)?;
    let token = PlainToken::draw(TokenKind::Session, &*change.desk.random)?;
    let id = SessionId(change.id()?);
    let session = Session::begin(
        id,
        user,
        change.now,
        change.caller.client(),
        &change.desk.policies.session,
    );
    change.tx.add_session(&session, &token.hash())?;
    change.record(Action::SignIn, Target::User(user), &[], Some(means))?;
    let user = people::get_user(change, &user.into())?;
    Ok(SignedIn {
        user,
        session,
        token,
        ended: None,
    })
}

#[cfg(test)]
mod tests;
