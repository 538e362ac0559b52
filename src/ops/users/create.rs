//! Creating a user.

use secrecy::SecretString;

use super::Users;
use super::edit::UserEdit;
use crate::domain::audit::{Action, Target};
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::ids::UserId;
use crate::domain::password::{Credential, PasswordHash};
use crate::domain::user::{Locale, Name, Status, User, UserRef};
use crate::ops::acting::{Acting, Gate};
use crate::ops::floor::{self, Times};
use crate::ops::import::{given_fields, new_user};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Done, Error, Written, credentials, lookup};

/// The user to create.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NewUser {
    /// The address.
    pub email: EmailAddress,
    /// It can be empty.
    pub first_name: Name,
    /// It can be empty.
    pub last_name: Name,
    /// The language of mails to the user; `en` if it is `None`.
    pub locale: Option<Locale>,
    /// The groups of the user. Each must exist.
    pub groups: Vec<GroupName>,
    /// Whether the user is active at once, and not pending.
    pub activate: bool,
    /// The password.
    pub password: NewPassword,
    /// Whether the user must change the password before the first session.
    pub must_change_password: bool,
    /// What to do if a user has the address already.
    pub if_exists: IfExists,
}

/// The password of a new user.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum NewPassword {
    /// None.
    #[default]
    None,
    /// This password.
    Plain(SecretString),
    /// A password is generated and shown once.
    Generate,
    /// Only the hash of the password is known.
    Hash(SecretString),
}

/// What to do if a user has the address already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum IfExists {
    /// Refuse.
    #[default]
    Error,
    /// Leave the user unchanged.
    Skip,
    /// Replace names and locale, add groups, and activate a pending user if that was asked for.
    Update,
}

impl NewUser {
    /// A pending user with an address and nothing else.
    #[must_use]
    pub fn new(email: EmailAddress) -> Self {
        Self {
            email,
            first_name: Name::default(),
            last_name: Name::default(),
            locale: None,
            groups: Vec::new(),
            activate: false,
            password: NewPassword::None,
            must_change_password: false,
            if_exists: IfExists::Error,
        }
    }
}

impl Users<'_> {
    /// Checks what can be checked of a user to create before the address is known: the right to create
    /// users (`has_hash`: with the hash of a password), and that the groups exist.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::GroupNotFound`]; [`Error::Store`] if the store can't be read.
    pub(crate) fn check_creation(&self, groups: &[GroupName], has_hash: bool) -> Result<(), Error> {
        let gate = if has_hash { Gate::Own } else { Gate::Administer };
        self.office.read(gate, |view| {
            groups
                .iter()
                .try_for_each(|group| lookup::get_group_name(view, group).map(drop))
        })
    }

    /// Creates a user; pending, unless [`NewUser::activate`] is set.
    ///
    /// # Errors
    /// [`Error::EmailTaken`], [`Error::GroupNotFound`], [`Error::WeakPassword`],
    /// [`Error::HashRefused`]; [`Error::Email`] for the address of a [`UserRef`] that no new user can
    /// get; [`Error::Store`] if the store can't be written.
    #[expect(clippy::needless_pass_by_value, reason = "a caller has no further use for it")]
    pub fn create(&self, new: NewUser) -> Result<Written, Error> {
        let gate = match new.password {
            NewPassword::Hash(_) => Gate::Own,
            _ => Gate::Administer,
        };
        let known = UserRef::Email(new.email.clone());
        let found = self.office.read(gate, |view| view.find_user(&known))?;
        if found.is_some() {
            // An existing user needs no password, and none may be shown.
            return self.office.write(Gate::Administer, |tx| {
                resolve_existing(tx, lookup::get_user(tx, &known)?, &new)
            });
        }
        let (credential, generated, times) = prepare(self.office, &new)?;
        let mut written = self.office.write(Gate::Administer, |tx| {
            if let Some(user) = tx.find_user(&known)? {
                return resolve_existing(tx, user, &new);
            }
            let (mut written, failure_floor) = times.keep_with(tx, || add(tx, &new, &credential))?;
            written.failure_floor = failure_floor;
            Ok(written)
        })?;
        if written.done == Done::Created {
            written.password = generated;
        }
        Ok(written)
    }
}

/// Makes the credential before the store is locked.
fn prepare(office: Acting<'_>, new: &NewUser) -> Result<(Credential, Option<SecretString>, Times), Error> {
    let owner = credentials::owner(&new.email, &new.first_name, &new.last_name);
    let mut times = Times::default();
    let (hash, generated) = match &new.password {
        NewPassword::None => return Ok((Credential::NONE, None, times)),
        NewPassword::Hash(text) => match floor::imported(office, text)? {
            Some((hash, measured)) => {
                times = measured;
                (hash, None)
            }
            None => return Ok((Credential::NONE, None, times)),
        },
        NewPassword::Plain(plain) => (credentials::checked_hash(&office.desk, plain, owner)?, None),
        NewPassword::Generate => {
            let (hash, plain) = credentials::generated_hash(&office.desk)?;
            (hash, Some(plain))
        }
    };
    let credential = Credential::set(hash, new.must_change_password);
    Ok((credential, generated, times))
}

fn resolve_existing(tx: &WriteTransaction<'_>, user: User, new: &NewUser) -> Result<Written, Error> {
    match new.if_exists {
        IfExists::Error => Err(Error::EmailTaken {
            email: user.email,
            status: user.status,
        }),
        IfExists::Skip => Ok(Written::new(Done::Skipped, user, Vec::new())),
        IfExists::Update => {
            let edit = UserEdit {
                first_name: Some(new.first_name.clone()).filter(|name| !name.as_str().is_empty()),
                last_name: Some(new.last_name.clone()).filter(|name| !name.as_str().is_empty()),
                locale: new.locale.clone(),
                add_groups: new.groups.clone(),
                ..UserEdit::default()
            };
            edit.apply(tx, user, new.activate)
        }
    }
}

/// Adds a user with an address that no other user has.
pub(in crate::ops) fn add(
    tx: &WriteTransaction<'_>,
    new: &NewUser,
    credential: &Credential,
) -> Result<Written, Error> {
    new.email.check_new()?;
    let mut user = User {
        first_name: new.first_name.clone(),
        last_name: new.last_name.clone(),
        status: if new.activate {
            Status::Active
        } else {
            Status::Pending
        },
        locale: new.locale.clone().unwrap_or_default(),
        password_state: credential.state,
        must_change_password: credential.must_change,
        ..new_user(UserId(tx.id()?), new.email.clone(), tx.now)
    };
    if !tx.store.add_user(&user)? {
        // The id is new. Only the address can be taken, by a write after the search.
        return Err(Error::EmailTaken {
            email: user.email,
            status: user.status,
        });
    }
    for group in &new.groups {
        let group = lookup::get_group_name(tx, group)?;
        if tx.store.add_member(&group, user.id)? {
            user.groups.push(group);
        }
    }
    user.groups.sort_unstable();
    tx.add_credential(user.id, credential)?;
    let fields = given_fields(&user);
    tx.record(Action::UserCreated, Target::User(user.id), &fields, None)?;
    Ok(Written::new(Done::Created, user, fields))
}

impl From<PasswordHash> for NewPassword {
    fn from(hash: PasswordHash) -> Self {
        Self::Hash(hash.as_str().into())
    }
}
