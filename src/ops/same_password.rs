//! Sets the password that is set already: it stays, and nothing ends.

use secrecy::{ExposeSecret, SecretString};

use crate::domain::password::{Credential, PasswordHash};
use crate::domain::user::User;
use crate::ops::desk::Desk;
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Done, Error, Written, credentials};

/// The comparison of a new password with the stored hash, made before the store is locked.
#[derive(Debug, Default)]
pub(in crate::ops) struct Compared {
    stored: Option<PasswordHash>,
    is_same: bool,
}

impl Compared {
    /// Compares `plain` with the hash of `credential`.
    pub fn with(desk: &Desk, credential: &Credential, plain: &SecretString) -> Self {
        let stored = credential.usable_hash().cloned();
        let is_same = is_current(desk, credential, plain);
        Self { stored, is_same }
    }

    /// The outcome of a comparison that was made elsewhere.
    pub fn known(stored: PasswordHash, is_same: bool) -> Self {
        Self {
            stored: Some(stored),
            is_same,
        }
    }

    /// Whether the password is the one of `credential`. If another write has replaced the hash, the
    /// password is compared again.
    pub fn is_same(&self, desk: &Desk, credential: &Credential, plain: &SecretString) -> bool {
        if credential.usable_hash() == self.stored.as_ref() {
            self.is_same
        } else {
            is_current(desk, credential, plain)
        }
    }

    /// Whether no new hash is needed: the password is the same, and its hash is one of ours at
    /// today's cost.
    pub fn needs_no_hash(&self, desk: &Desk) -> bool {
        let is_current = |hash| !desk.hasher.is_outdated(hash);
        self.is_same && self.stored.as_ref().is_some_and(is_current)
    }
}

/// Whether `plain` is the password of `credential`.
pub(in crate::ops) fn is_current(desk: &Desk, credential: &Credential, plain: &SecretString) -> bool {
    credential
        .usable_hash()
        .is_some_and(|hash| desk.hasher.verify(hash, plain.expose_secret()))
}

/// Keeps the password of a user. No session, no link and no lock ends. The flag becomes `must_change`,
/// if it is given. `better` replaces a hash that is imported or below today's cost. An imported hash
/// may ignore the end of a long password; the new hash covers all of it.
pub(in crate::ops) fn keep(
    tx: &WriteTransaction<'_>,
    mut user: User,
    mut credential: Credential,
    better: Option<PasswordHash>,
    must_change: Option<bool>,
) -> Result<Written, Error> {
    let is_outdated = |hash| tx.desk.hasher.is_outdated(hash);
    let mut fields = Vec::new();
    if let Some(better) = better.filter(|_| credential.hash.as_ref().is_some_and(is_outdated)) {
        credential.hash = Some(better);
        credentials::rehash(tx, user.id, &credential)?;
        fields.push("password");
    }
    if let Some(must_change) = must_change.filter(|flag| *flag != credential.must_change) {
        credential.must_change = must_change;
        user.must_change_password = must_change;
        credentials::set_flag(tx, user.id, &credential)?;
        fields.push("must_change_password");
    }
    if fields.is_empty() {
        return Ok(Written::unchanged(user));
    }
    user.updated_at = tx.now;
    Ok(Written::new(Done::Updated, user, fields))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::reset::{LinkTemplate, token_in};
    use crate::domain::throttle::LockKind;
    use crate::domain::user::User;
    use crate::ops::testing::{EMAIL, OTHER_PASSWORD, PASSWORD, TestDesk, who};
    use crate::ops::users::NewPassword;

    const ACCENTED: &str = "caf\u{E9} tundra monocle quartz";
    const ACCENTED_APART: &str = "cafe\u{301} tundra monocle quartz";
    /// [`PASSWORD`], as bcrypt of cost 4 has it.
    const BCRYPT: &str = "$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K";

    fn set(desk: &mut TestDesk, password: &str, must_change: bool) -> Written {
        set_to(desk, &NewPassword::Plain(password.into()), must_change)
    }

    fn set_to(desk: &mut TestDesk, password: &NewPassword, must_change: bool) -> Written {
        desk.clock.pass(Duration::from_mins(1));
        desk.office
            .passwords()
            .set(&who(), password, must_change)
            .unwrap()
    }

    fn sessions(desk: &mut TestDesk) -> usize {
        desk.office.sessions().list(Some(&who())).unwrap().len()
    }

    /// Whether the user and the sessions are the same as before.
    fn leaves_all(desk: &mut TestDesk, act: impl FnOnce(&mut TestDesk) -> Written) -> bool {
        let before: (User, usize) = (desk.user(), sessions(desk));
        let written = act(desk);
        assert_eq!(written.done, Done::Unchanged);
        (desk.user(), sessions(desk)) == before
    }

    fn hash_of(desk: &mut TestDesk) -> PasswordHash {
        let id = desk.user().id;
        let credential = desk.office.read(|view| Ok(view.credential(id)?)).unwrap();
        credential.hash.unwrap()
    }

    #[test]
    fn the_password_that_is_set_already_changes_nothing() {
        let mut desk = TestDesk::new();
        desk.sign_in(PASSWORD).unwrap();
        assert!(leaves_all(&mut desk, |desk| set(desk, PASSWORD, false)));
        assert_eq!(sessions(&mut desk), 1);
        let other = set(&mut desk, OTHER_PASSWORD, false);
        assert_eq!((other.done, sessions(&mut desk)), (Done::PasswordSet, 0));
    }

    #[test]
    fn both_forms_of_an_accent_are_the_same_password() {
        let mut desk = TestDesk::new();
        set(&mut desk, ACCENTED, false);
        assert!(leaves_all(&mut desk, |desk| set(desk, ACCENTED_APART, false)));
    }

    #[test]
    fn the_hash_that_is_stored_already_changes_nothing() {
        let mut desk = TestDesk::new();
        let hash = NewPassword::Hash(BCRYPT.into());
        assert_eq!(set_to(&mut desk, &hash, false).done, Done::PasswordSet);
        assert!(leaves_all(&mut desk, |desk| set_to(desk, &hash, false)));
    }

    #[test]
    fn the_flag_changes_and_no_session_ends() {
        let mut desk = TestDesk::new();
        desk.sign_in(PASSWORD).unwrap();
        let before = desk.user().updated_at;
        for must_change in [true, false] {
            let written = set(&mut desk, PASSWORD, must_change);
            assert_eq!(
                (written.done, written.changed_fields),
                (Done::Updated, vec!["must_change_password"])
            );
            assert_eq!(desk.user().must_change_password, must_change);
            assert!(leaves_all(&mut desk, |desk| set(desk, PASSWORD, must_change)));
        }
        assert!(desk.user().updated_at > before);
        assert_eq!(sessions(&mut desk), 1);
    }

    #[test]
    fn a_locked_account_stays_locked() {
        let mut desk = TestDesk::new();
        for _ in 0..5 {
            desk.sign_in(OTHER_PASSWORD).unwrap_err();
        }
        let set = |password: &str| {
            let password = NewPassword::Plain(password.into());
            desk.office.passwords().set(&who(), &password, false).unwrap()
        };
        let kept = set(PASSWORD);
        assert_eq!((kept.done, kept.user.lock), (Done::Unchanged, LockKind::Slowed));
        let changed = set(OTHER_PASSWORD);
        assert_eq!(
            (changed.done, changed.user.lock),
            (Done::PasswordSet, LockKind::None)
        );
    }

    #[test]
    fn an_imported_hash_of_the_same_password_is_replaced_once_and_no_session_ends() {
        let mut desk = TestDesk::new();
        set_to(&mut desk, &NewPassword::Hash(BCRYPT.into()), false);
        // A sign-in with the password would replace the hash: this session is made without it.
        let id = desk.user().id;
        desk.office
            .write(|tx| crate::ops::sessions::open_session(tx, id, None, "test".to_owned()))
            .unwrap();
        let written = set(&mut desk, PASSWORD, false);
        assert_eq!(
            (written.done, written.changed_fields),
            (Done::Updated, vec!["password"])
        );
        assert!(hash_of(&mut desk).as_str().starts_with("$argon2id$"));
        assert_eq!(sessions(&mut desk), 1);
        assert!(leaves_all(&mut desk, |desk| set(desk, PASSWORD, false)));
        desk.sign_in(PASSWORD).unwrap();
    }

    #[test]
    fn a_required_change_refuses_the_current_password_in_either_form() {
        let mut desk = TestDesk::new();
        set(&mut desk, ACCENTED, true);
        let reused = desk.sign_in_with(ACCENTED, Some(ACCENTED_APART));
        assert!(matches!(reused, Err(Error::PasswordReused)), "{reused:?}");
        let changed = desk
            .office
            .passwords()
            .change(EMAIL, &ACCENTED.into(), &ACCENTED_APART.into());
        assert!(matches!(changed, Err(Error::PasswordReused)), "{changed:?}");
        assert!(desk.user().must_change_password);
        desk.sign_in_with(ACCENTED, Some(OTHER_PASSWORD)).unwrap();
    }

    #[test]
    fn a_link_refuses_the_current_password_only_where_a_change_is_required() {
        let link = |options: &mut crate::ops::Options| {
            let template = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
            options.policies.reset.link = template.ok();
        };
        let mut desk = TestDesk::with(link);
        desk.sign_in(PASSWORD).unwrap();
        let issue = |desk: &mut TestDesk| {
            let issued = desk.office.resets().issue(&who(), None).unwrap();
            let token = token_in(issued.url.unwrap().expose_secret()).unwrap();
            desk.office.resets().check(&token).unwrap()
        };
        let link = issue(&mut desk);
        let same = desk.office.resets().complete(&link, &PASSWORD.into()).unwrap();
        assert_eq!((same.done, same.ended_sessions), (Done::ResetCompleted, Some(1)));

        set(&mut desk, PASSWORD, true);
        let link = issue(&mut desk);
        let reused = desk.office.resets().complete(&link, &PASSWORD.into());
        assert!(matches!(reused, Err(Error::PasswordReused)), "{reused:?}");
        let other = desk.office.resets().complete(&link, &OTHER_PASSWORD.into());
        assert!(!other.unwrap().user.must_change_password);
    }

    #[test]
    fn a_hash_that_was_replaced_in_the_meantime_is_compared_again() {
        let mut desk = TestDesk::new();
        let id = desk.user().id;
        let stored = |desk: &TestDesk| desk.office.read(|view| Ok(view.credential(id)?)).unwrap();
        let before = stored(&desk);
        let compared = Compared::with(&desk.office.desk, &before, &PASSWORD.into());
        assert!(compared.needs_no_hash(&desk.office.desk));
        set(&mut desk, OTHER_PASSWORD, false);
        let after = stored(&desk);
        assert!(compared.is_same(&desk.office.desk, &before, &PASSWORD.into()));
        assert!(!compared.is_same(&desk.office.desk, &after, &PASSWORD.into()));
        assert!(compared.is_same(&desk.office.desk, &after, &OTHER_PASSWORD.into()));
    }
}
