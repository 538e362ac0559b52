//! Reset links: issued by an operator, asked for by anybody, completed by the person who has one.

use std::time::Duration;

use crate::ops::acting::{Acting, Gate};
use secrecy::SecretString;

use super::change::Change;
use super::credentials::{Cause, checked_hash, owner_of, replace};
use super::floor::not_before;
use super::notices;
use super::office::Desk;
use super::passwords::Compared;
use super::view::View;
use super::{Done, Error, Written, people};
use crate::domain::audit::{Action, STRANGERS_INTERVAL, Target};
use crate::domain::clock::{NotBefore, later};
use crate::domain::email::EmailAddress;
use crate::domain::ids::ResetId;
use crate::domain::mail::Notice;
use crate::domain::password::Credential;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::reset::{
    LinkLife, LinkTemplate, REQUEST_PAUSE, REQUEST_WINDOW, REQUESTS_IN_WINDOW, ResetEnd, ResetKind,
    ResetLink, ResetState,
};
use crate::domain::token::{PlainToken, TokenKind};
use crate::domain::user::{Status, TransitionRefused, User, UserRef};

/// The reset links of a back office.
pub struct Resets<'o> {
    pub(super) office: Acting<'o>,
}

/// Who sees a link that is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// The caller too, who could set the password with it.
    ToCaller,
    /// The user alone.
    ToUserAlone,
}

/// A link that was made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Issued {
    /// Whose password it sets.
    pub user: User,
    /// What is known of it without its token.
    pub link: ResetLink,
    /// The link itself, if it is to be shown. It can't be seen a second time.
    pub url: Option<SecretString>,
    /// How many earlier links it took the place of.
    pub superseded: u64,
}

/// A link, and where it stands at the moment of the call.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListedLink {
    /// The link.
    pub link: ResetLink,
    /// Where it stands.
    pub state: ResetState,
}

/// A link that was taken back, or had ended before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinkRevoked {
    /// The link as it is now.
    pub link: ResetLink,
    /// Whether it was alive until now.
    pub was_live: bool,
}

/// What became of the links of a user.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinksRevoked {
    /// The user.
    pub user: User,
    /// How many live links ended.
    pub count: u64,
}

/// A request for a link that was taken, whether or not there is such a user.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use = "an answer that comes too early tells whether there is such a user"]
pub struct Requested {
    /// When it may be answered.
    pub not_before: NotBefore,
}

impl Resets<'_> {
    /// Makes a link, in the place of all earlier ones of the user. It lives for `ttl`, or as
    /// long as the policy says.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Transition`] for a user who is neither active nor
    /// pending; [`Error::PasswordSignInOff`], [`Error::NoBaseUrl`]; [`Error::Store`] if the
    /// store can't be written.
    pub fn issue(&self, who: &UserRef, ttl: Option<LinkLife>) -> Result<Issued, Error> {
        self.office
            .write(Gate::Administer, |change| issue_shown(change, who, ttl))
    }

    /// Makes a link for each of `whom`, many in one transaction. `each` gets the outcomes in
    /// order, after they are kept; one that is refused leaves the others as they are. Where
    /// the store fails, that is the last outcome.
    pub fn issue_many(
        &self,
        whom: &[UserRef],
        ttl: Option<LinkLife>,
        mut each: impl FnMut(Result<Issued, Error>),
    ) {
        // So many share the wait for the disk, and other writers wait no longer than a moment.
        const CHUNK: usize = 5000;
        let bulk = whom.len() > CHUNK;
        for chunk in whom.chunks(CHUNK) {
            let issued = self.office.write_many(Gate::Administer, bulk, |change| {
                chunk
                    .iter()
                    .map(|who| match issue_shown(change, who, ttl) {
                        Err(error @ (Error::Store(_) | Error::NoRandomness(_))) => Err(error),
                        outcome => Ok(outcome),
                    })
                    .collect::<Result<Vec<_>, Error>>()
            });
            match issued {
                Ok(outcomes) => outcomes
                    .into_iter()
                    .for_each(|outcome| each(outcome.map_err(|error| self.office.refused(error)))),
                Err(error) => return each(Err(error)),
            }
        }
    }

    /// Whether a request for a link can ever be answered by a mail: with a mailer, or where the
    /// policies say that the queue is flushed by another process.
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

    /// Asks for a link for the user with this address: the public "forgot password". Nothing is
    /// sent yet, and nothing tells whether there is such a user. The caller answers not before
    /// [`Requested::not_before`], so that the time tells nothing either.
    ///
    /// # Errors
    /// As [`can_request`](Self::can_request), whatever the address; [`Error::Store`] if the store
    /// can't be written.
    pub fn request(&self, email: &str) -> Result<Requested, Error> {
        self.can_request()?;
        let began = self.office.desk.clock.instant();
        self.office
            .write(Gate::Anybody, |change| request(change, email))?;
        Ok(Requested {
            not_before: not_before(&self.office.desk, began, Duration::ZERO),
        })
    }

    /// Whose password a token sets.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`]; [`Error::Store`] if the store can't be read.
    pub fn check(&self, token: &PlainToken) -> Result<User, Error> {
        self.office.read(Gate::Anybody, |view| {
            Ok(redeemable(view, &self.office.desk.policies.sign_in, token)?.1)
        })
    }

    /// Sets the password a token stands for, once: every session and every other link of the
    /// user ends, and nobody is signed in; also where the password is the current one. Only a
    /// user who must change the password can't keep it. A password that is refused leaves the
    /// link alive.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`], [`Error::WeakPassword`], [`Error::PasswordReused`];
    /// [`Error::Store`] if the store can't be written.
    pub fn complete(&self, token: &PlainToken, new: &SecretString) -> Result<Written, Error> {
        let user = self.check(token)?;
        let desk = &self.office.desk;
        let stored = self
            .office
            .read(Gate::Anybody, |view| Ok(view.credential(user.id)?))?;
        let compared = Compared::with(desk, &stored, new);
        let hash = checked_hash(desk, new, owner_of(&user))?;
        self.office.write(Gate::Anybody, |change| {
            let (link, user) = redeemable(change, &change.desk.policies.sign_in, token)?;
            let stored = change.credential(user.id)?;
            if stored.must_change && compared.is_same(change.desk, &stored, new) {
                return Err(Error::PasswordReused);
            }
            if !change.tx.end_reset(link.id, ResetEnd::Used)? {
                return Err(Error::ResetInvalid);
            }
            let replaced = replace(
                change,
                user.id,
                &Credential::set(hash.clone(), false),
                Cause::Reset,
            )?;
            Ok(replaced.written(Done::ResetCompleted))
        })
    }

    /// The links of one user, or of all, with where each stands.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn list(&self, who: Option<&UserRef>) -> Result<Vec<ListedLink>, Error> {
        let now = self.office.desk.clock.now();
        self.office.read(Gate::Inside, |view| {
            let user = people::get_account_or_all(view, who)?;
            let links = view.list_resets(user.map(|user| user.id))?;
            let with_state = |link: ResetLink| {
                let state = link.state(now);
                ListedLink { link, state }
            };
            Ok(links.into_iter().map(with_state).collect())
        })
    }

    /// Takes one link back. A link that has ended stays as it is.
    ///
    /// # Errors
    /// [`Error::ResetNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke(&self, id: ResetId) -> Result<LinkRevoked, Error> {
        self.office.write(Gate::Administer, |change| {
            let mut link = change
                .find_reset_by_id(id)?
                .ok_or_else(|| Error::ResetNotFound(id.to_string()))?;
            let was_live = change.tx.end_reset(id, ResetEnd::Revoked)?;
            if was_live {
                link.end = Some(ResetEnd::Revoked);
                change.record(Action::ResetRevoked, Target::User(link.user_id), &[], None)?;
            }
            Ok(LinkRevoked { link, was_live })
        })
    }

    /// Takes every live link of a user back.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke_all_of(&self, who: &UserRef) -> Result<LinksRevoked, Error> {
        self.office.write(Gate::Administer, |change| {
            let user = people::get_user(change, who)?;
            let count = change.tx.end_resets_of(user.id, ResetEnd::Revoked)?;
            if count > 0 {
                change.record(
                    Action::ResetRevoked,
                    Target::User(user.id),
                    &[],
                    Some(format!("all {count}")),
                )?;
            }
            Ok(LinksRevoked { user, count })
        })
    }
}

pub(super) fn link_template(desk: &Desk) -> Result<&LinkTemplate, Error> {
    desk.policies.reset.link.as_ref().ok_or(Error::NoBaseUrl)
}

fn issue_shown(change: &Change<'_>, who: &UserRef, ttl: Option<LinkLife>) -> Result<Issued, Error> {
    let (issued, url) = issue(change, who, ttl, Disclosure::ToCaller)?;
    Ok(Issued {
        url: Some(url),
        ..issued
    })
}

pub(super) fn issue(
    change: &Change<'_>,
    who: &UserRef,
    ttl: Option<LinkLife>,
    disclosure: Disclosure,
) -> Result<(Issued, SecretString), Error> {
    link_template(change.desk)?;
    let user = match disclosure {
        Disclosure::ToCaller => people::get_to_take_over(change, who)?,
        Disclosure::ToUserAlone => people::get_user(change, who)?,
    };
    let policy = &change.desk.policies.reset;
    let (kind, usual) = match user.status {
        Status::Active => (ResetKind::Operator, policy.ttl),
        Status::Pending => (ResetKind::Invite, policy.invite_ttl),
        from @ (Status::Deactivated | Status::Deleted) => {
            return Err(Error::transition(
                &user.email,
                TransitionRefused {
                    from,
                    to: "sent a reset link",
                },
            ));
        }
    };
    if !change.desk.policies.sign_in.allows(&user) {
        return Err(Error::PasswordSignInOff { email: user.email });
    }
    let superseded = change.tx.end_resets_of(user.id, ResetEnd::Superseded)?;
    let (link, url) = make_link(change, &user, kind, ttl.unwrap_or(usual))?;
    change.record(
        Action::ResetIssued,
        Target::User(user.id),
        &[],
        Some(kind.as_str().to_owned()),
    )?;
    let issued = Issued {
        user,
        link,
        url: None,
        superseded,
    };
    Ok((issued, url))
}

/// A new link, stored by its hash.
pub(super) fn make_link(
    change: &Change<'_>,
    user: &User,
    kind: ResetKind,
    life: LinkLife,
) -> Result<(ResetLink, SecretString), Error> {
    let template = link_template(change.desk)?;
    let token = PlainToken::draw(TokenKind::Reset, &*change.desk.random)?;
    let link = ResetLink {
        id: ResetId(change.id()?),
        user_id: user.id,
        kind,
        created_at: change.now,
        expires_at: later(change.now, life.get()),
        sent_at: None,
        end: None,
    };
    change.tx.add_reset(&link, &token.hash())?;
    Ok((link, template.with(&token)))
}

/// The writes are the same for every address; only a request that is heard names a user.
fn request(change: &Change<'_>, email: &str) -> Result<(), Error> {
    let address = EmailAddress::parse(email).ok();
    let found = address
        .map(|address| change.find_user_by_email(address.canonical()))
        .transpose()?
        .flatten();
    let heard = match found {
        Some(user) if is_heard(change, &user)? => Some(user),
        _ => None,
    };
    notices::queue(change, heard.as_ref(), Notice::ResetPassword)?;
    let Some(user) = heard else {
        if let Some(count) = change.tx.count_unknown_request(change.now, STRANGERS_INTERVAL)? {
            change.record_failure(
                Action::ResetRequested,
                Target::Unknown,
                format!("not_heard x{count}"),
            )?;
        }
        return Ok(());
    };
    change.tx.add_reset_request(user.id, REQUEST_WINDOW)?;
    change.record(Action::ResetRequested, Target::User(user.id), &[], None)
}

fn is_heard(change: &Change<'_>, user: &User) -> Result<bool, Error> {
    let (count, newest) = change.recent_reset_requests(user.id, REQUEST_WINDOW)?;
    let rested = newest.is_none_or(|at| later(at, REQUEST_PAUSE) <= change.now);
    Ok(rested && count < REQUESTS_IN_WINDOW && may_ask(change, user))
}

/// Whether a user may have a link by asking for it.
pub(super) fn may_ask(change: &Change<'_>, user: &User) -> bool {
    let policies = &change.desk.policies;
    let excepted = policies
        .reset
        .self_service_except
        .iter()
        .any(|group| user.is_in(group));
    matches!(user.status, Status::Active | Status::Pending) && policies.sign_in.allows(user) && !excepted
}

/// The live link of a token and its user, if both still hold.
fn redeemable(
    view: &View<'_>,
    sign_in: &PasswordSignIn,
    token: &PlainToken,
) -> Result<(ResetLink, User), Error> {
    let link = view
        .find_reset_by_token(&token.hash())?
        .ok_or(Error::ResetInvalid)?;
    if link.state(view.now()) != ResetState::Live {
        return Err(Error::ResetInvalid);
    }
    let user = view.find_user_by_id(link.user_id)?.ok_or(Error::ResetInvalid)?;
    let may = matches!(user.status, Status::Active | Status::Pending) && sign_in.allows(&user);
    if may {
        Ok((link, user))
    } else {
        Err(Error::ResetInvalid)
    }
}

#[cfg(test)]
#[cfg(feature = "mail")]
mod tests {
    use super::*;
    use crate::domain::clock::Clock;
    use crate::domain::reset::token_in;
    use crate::ops::testing::{EMAIL, FLOOR, OTHER_PASSWORD, TestDesk, who};
    use secrecy::ExposeSecret;

    #[test]
    fn a_stranger_who_asks_every_minute_fills_no_mailbox_and_kills_no_link() {
        let (desk, memory) = TestDesk::that_mails(|_| ());
        let held = desk
            .office
            .resets()
            .issue(&who(), Some(LinkLife::LONGEST))
            .unwrap();
        let token = token_in(held.url.unwrap().expose_secret()).unwrap();
        let mut sent_by_minute = vec![0];
        for _ in 0..180 {
            let _ = desk.office.resets().request(EMAIL).unwrap();
            desk.office.mail().flush(drop).unwrap();
            sent_by_minute.push(memory.sent().len());
            desk.clock.pass(Duration::from_mins(1));
        }
        let by_hour = sent_by_minute.windows(61).map(|hour| hour[60] - hour[0]);
        assert_eq!(by_hour.max(), Some(5));
        assert_eq!(sent_by_minute.last(), Some(&15));
        desk.office
            .resets()
            .complete(&token, &OTHER_PASSWORD.into())
            .unwrap();
    }

    #[test]
    fn a_request_may_be_answered_at_the_floor_whether_or_not_there_is_such_a_user() {
        let (desk, _) = TestDesk::that_mails(|_| ());
        for email in [EMAIL, "nobody@example.com", "no address"] {
            let began = desk.clock.instant();
            let requested = desk.office.resets().request(email).unwrap();
            assert_eq!(requested.not_before.remaining(began), FLOOR, "{email}");
        }
    }

    #[test]
    fn of_a_strangers_requests_five_an_hour_are_heard() {
        let (desk, memory) = TestDesk::that_mails(|_| ());
        let held = desk
            .office
            .resets()
            .issue(&who(), Some(LinkLife::LONGEST))
            .unwrap();
        let token = token_in(held.url.unwrap().expose_secret()).unwrap();
        // For less time than a link lives: a request is outdated after that.
        for _ in 0..50 {
            let _ = desk.office.resets().request(EMAIL).unwrap();
            desk.clock.pass(Duration::from_secs(30));
        }
        assert_eq!(desk.office.mail().list().unwrap().len(), 5);
        desk.office.mail().flush(drop).unwrap();
        assert_eq!(memory.sent().len(), 5);
        assert_eq!(desk.office.resets().check(&token).unwrap().email.as_str(), EMAIL);
        // While five are alive no further one is made, however long ago they were asked for.
        desk.clock.pass(Duration::from_mins(26));
        let _ = desk.office.resets().request(EMAIL).unwrap();
        desk.office.mail().flush(drop).unwrap();
        assert_eq!(memory.sent().len(), 5);
        assert_eq!(desk.office.mail().list().unwrap().len(), 0);
    }
}
