//! Identities: the accounts at providers that are linked to users.

use super::write_transaction::WriteTransaction;
use super::{Done, Error, IdentityError, Written, lookup, notices};
use crate::domain::audit::{Action, Target};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::identity::{Identity, IdentityBond};
use crate::domain::ids::AttemptId;
use crate::domain::provider::ProviderName;
use crate::domain::user::{User, UserRef};
use crate::ops::acting::{Acting, Gate};

/// What happens to another identity of the user at the same issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Other {
    /// It stays, and the link is refused.
    #[default]
    Keep,
    /// The new identity replaces it.
    Replace,
}

/// The identities of a back office.
pub struct Identities<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of identities.
    #[must_use]
    pub fn identities(self) -> Identities<'o> {
        Identities { office: self }
    }
}

impl Identities<'_> {
    /// The identities of one user, or of all.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn list(&self, who: Option<&UserRef>) -> Result<Vec<Identity>, Error> {
        self.office.read(Gate::Inside, |view| {
            let user = lookup::get_account_or_all(view, who)?;
            Ok(view.list_identities(user.map(|user| user.id))?)
        })
    }

    /// Links an identity to a user. A mail tells the user. `label` is the label of the provider.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::Transition`] for a deleted user,
    /// [`IdentityError::SubjectIsAddress`] if the subject looks like an e-mail address,
    /// [`Error::IdentityTaken`], [`IdentityError::LinkedToAnother`]; [`Error::Store`] if the store can't
    /// be written.
    pub fn link(
        &self,
        who: &UserRef,
        bond: &IdentityBond,
        label: &str,
        other: Other,
    ) -> Result<Written, Error> {
        if is_like_address(&bond.subject) {
            let subject = bond.subject.clone();
            return Err(IdentityError::SubjectIsAddress { subject }.into());
        }
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_to_take_over(tx, who)?;
            link(tx, user, bond.clone(), label, other)
        })
    }

    /// Links the account of a refused sign-in to a user. `label_of` gives the label of a provider by
    /// its name.
    ///
    /// # Errors
    /// [`IdentityError::AttemptNotFound`], and as [`link`](Self::link).
    pub fn link_attempt(
        &self,
        who: &UserRef,
        attempt: AttemptId,
        label_of: impl Fn(&str) -> String,
        other: Other,
    ) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_to_take_over(tx, who)?;
            let found = tx.find_refused_login(attempt)?;
            let bond = found.ok_or(IdentityError::AttemptNotFound(attempt))?.bond;
            let label = label_of(&bond.provider);
            link(tx, user, bond, &label, other)
        })
    }

    /// Removes the identities of a user at a provider: those that were linked under its name, and the
    /// one at its `issuer`, if the provider is configured. A user without an identity there stays
    /// unchanged.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`IdentityError::NotLinked`] if the provider isn't configured either,
    /// [`IdentityError::LastSignIn`] if the user could not sign in without it; [`Error::Store`] if the
    /// store can't be written.
    pub fn unlink(
        &self,
        who: &UserRef,
        provider: &ProviderName,
        issuer: Option<&str>,
    ) -> Result<Written, Error> {
        self.office.write(Gate::Inside, |tx| {
            let user = lookup::get_account(tx, who)?;
            let is_theirs = |bond: &IdentityBond| {
                bond.provider == provider.as_str() || issuer == Some(bond.issuer.as_str())
            };
            let (gone, left): (Vec<_>, Vec<_>) = user.identities.iter().cloned().partition(is_theirs);
            if gone.is_empty() {
                return match issuer {
                    Some(_) => Ok(Written::unchanged(user)),
                    None => Err(IdentityError::NotLinked {
                        email: user.email,
                        provider: provider.clone(),
                    }
                    .into()),
                };
            }
            if left.is_empty() && !has_password(tx, &user)? {
                return Err(IdentityError::LastSignIn { email: user.email }.into());
            }
            for bond in &gone {
                remove(tx, &user, bond)?;
            }
            tx.store.set_updated_at(user.id, tx.now)?;
            let user = lookup::get_user(tx, &user.id.into())?;
            Ok(Written::new(Done::Unlinked, user, vec!["identities"]))
        })
    }
}

/// Whether a subject that was given by hand is an e-mail address, with or without the name of a field
/// before it. A few providers have addresses as subjects: there, a sign-in links the account. A text
/// with `|` is a subject of Auth0.
fn is_like_address(subject: &str) -> bool {
    let id = subject.split_once(':').map_or(subject, |(_, id)| id);
    let is_address = |text: &str| EmailAddress::parse(text).is_ok();
    !subject.contains('|') && (is_address(subject) || is_address(id))
}

/// Removes the identity at this issuer.
fn remove(tx: &WriteTransaction<'_>, user: &User, bond: &IdentityBond) -> Result<(), Error> {
    tx.store.remove_identity(user.id, &bond.issuer)?;
    tx.record(
        Action::IdentityUnlinked,
        Target::User(user.id),
        &["identities"],
        Some(bond.provider.clone()),
    )
}

/// Whether the user can sign in with a password.
fn has_password(tx: &WriteTransaction<'_>, user: &User) -> Result<bool, Error> {
    let usable = tx.credential(user.id)?.usable_hash().is_some();
    Ok(usable && tx.desk.policies.sign_in.allows(user))
}

/// Links by hand. The strategy of the provider does not count, and administrators can be linked too.
pub(super) fn link(
    tx: &WriteTransaction<'_>,
    user: User,
    bond: IdentityBond,
    label: &str,
    other: Other,
) -> Result<Written, Error> {
    user.status.change().map_err(|refused| Error::Transition {
        email: user.email.clone(),
        refused,
    })?;
    match tx.find_user_id_by_identity(&bond.issuer, &bond.subject)? {
        Some(owner) if owner == user.id => return Ok(Written::unchanged(user)),
        Some(_) => return Err(Error::IdentityTaken),
        None => {}
    }
    if user.identities.iter().any(|known| known.issuer == bond.issuer) {
        if other == Other::Keep {
            return Err(IdentityError::LinkedToAnother {
                email: user.email,
                label: label.to_owned(),
            }
            .into());
        }
        remove(tx, &user, &bond)?;
    }
    tie(tx, &user, bond, None)?;
    notices::notify_linked(tx, &user, label)?;
    let user = lookup::get_user(tx, &user.id.into())?;
    Ok(Written::new(Done::Linked, user, vec!["identities"]))
}

/// Adds an identity that no user has.
pub(super) fn tie(
    tx: &WriteTransaction<'_>,
    user: &User,
    bond: IdentityBond,
    last_login_at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.store.remove_refused_login(&bond.issuer, &bond.subject)?;
    let reason = Some(bond.provider.clone());
    let identity = Identity {
        user_id: user.id,
        bond,
        linked_at: tx.now,
        last_login_at,
    };
    if !tx.store.add_identity(&identity)? {
        return Err(Error::IdentityTaken);
    }
    tx.store.set_updated_at(user.id, tx.now)?;
    let fields = ["identities"];
    tx.record(Action::IdentityLinked, Target::User(user.id), &fields, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_that_is_an_address_is_told_from_the_subjects_of_providers() {
        for address in ["ada@example.com", "Ada@EXAMPLE.com", "login:ada@example.com"] {
            assert!(is_like_address(address), "{address}");
        }
        for subject in [
            "00u1abcd",
            "583231",
            "248289761001",
            "auth0|507f1f77bcf86cd799439020",
            "samlp|corp|ada@example.com",
            "f:0a1b2c:ada",
            "uid=ada,ou=people",
            "@ada",
        ] {
            assert!(!is_like_address(subject), "{subject}");
        }
    }
}
