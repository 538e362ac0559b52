//! From rows to users: everything is read, checked and hashed before the store is locked;
//! then all of it goes in, or nothing does.

use crate::domain::ids::UserId;
use crate::domain::rights::Right;
use crate::ops::acting::Gate;
use std::collections::HashMap;
use std::io::BufRead;
use std::time::Duration;

use super::batch::{Batch, Prepared, plain_password};
use super::row::{ImportRow, ImportedCredential};
use super::{ReadOptions, RowError};
use crate::domain::audit::{Action, Target};
use crate::domain::group::GroupName;
use crate::domain::identity::Identity;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::throttle::LockKind;
use crate::domain::user::{Status, User, UserRef};
use crate::ops::change::Change;
use crate::ops::credentials::{self, Cause};
use crate::ops::passwords::{self, Compared};
use crate::ops::users::{IfExists, UserEdit, Users, given_fields};
use crate::ops::{Done, Error};

/// How an import is done.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing an operator allows"
)]
#[non_exhaustive]
pub struct ImportOptions {
    /// What the input doesn't say of itself.
    pub read: ReadOptions,
    /// Take the good rows, report the others.
    pub keep_going: bool,
    /// What to do with those whose address is taken.
    pub if_exists: IfExists,
    /// Activate the users that the input leaves pending.
    pub activate: bool,
    /// Make the groups that are missing.
    pub create_groups: bool,
    /// Let the input make administrators.
    pub allow_administrators: bool,
    /// Give those whose address is taken the password of the input.
    pub reset_passwords: bool,
}

/// What an import did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ImportReport {
    /// Users that are new.
    pub created: u64,
    /// Users that were changed.
    pub updated: u64,
    /// Users that stayed as they were.
    pub skipped: u64,
    /// Rows that were refused, in the order of the input.
    pub failures: Vec<ImportFailure>,
    /// New members of the group `administrators`.
    pub new_administrators: u64,
    /// When failed sign-ins are answered from now on, if that is later than before: a hash of the
    /// input needs so long. It ends when its users have signed in.
    pub failure_floor: Option<Duration>,
    /// Users that were Django's staff, which gives nothing here.
    pub was_staff: u64,
    /// Users that were Django's superusers, which gives nothing here.
    pub was_superuser: u64,
}

/// A row that was refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct ImportFailure {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// The address, if it can be made out; not checked, so to be escaped.
    pub email: Option<String>,
    /// Why.
    pub problem: ImportProblem,
}

/// Why a row was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportProblem {
    /// The row itself is at fault.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The input has the address twice.
    #[error("the address stands in line {line} already")]
    Repeated {
        /// Where it stands first.
        line: u64,
    },
    /// The row doesn't fit the store or the rules.
    #[error(transparent)]
    Refused(Box<Error>),
}

impl ImportReport {
    /// The word by which a program tells whether the input is wrong, or only does not fit the
    /// store. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        if self.is_malformed() {
            "invalid_rows"
        } else {
            "conflicting_rows"
        }
    }

    /// Whether a row was refused for which the input has to be mended.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        self.failures.iter().any(|failure| failure.problem.is_malformed())
    }
}

impl ImportProblem {
    /// The word by which a program tells the problems apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Row(_) => "invalid_row",
            Self::Repeated { .. } => "repeated_row",
            Self::Refused(error) => match **error {
                Error::EmailTaken { .. }
                | Error::IdTaken(_)
                | Error::IdentityTaken
                | Error::GroupNotFound { .. }
                | Error::AdministratorsNotAllowed
                | Error::Transition { .. }
                | Error::NotAllowed(_)
                | Error::HashRefused(_)
                | Error::WeakPassword(_) => error.code(),
                _ => "refused",
            },
        }
    }

    /// Whether the input has to be mended, rather than the store or the command.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        match self {
            Self::Row(_) | Self::Repeated { .. } => true,
            Self::Refused(error) => matches!(**error, Error::WeakPassword(_) | Error::HashRefused(_)),
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// So many rows were read.
    Read(u64),
    /// So many of so many passwords were compared with the stored ones.
    Compared {
        /// Done.
        done: u64,
        /// To do.
        of: u64,
    },
    /// So many of so many passwords were hashed.
    Hashed {
        /// Done.
        done: u64,
        /// To do.
        of: u64,
    },
    /// Writing begins.
    Writing {
        /// So many rows.
        of: u64,
    },
    /// So many rows were written.
    Written {
        /// Done.
        done: u64,
    },
}

/// Progress is told once in so many rows.
pub(super) const STRIDE: u64 = 256;

impl Users<'_> {
    /// Imports users. Input order is kept: ids grow with it, unless rows bring their own.
    ///
    /// # Errors
    /// [`Error::Import`] if the input can't be read to its end; [`Error::Refused`] with every
    /// row at fault, unless [`ImportOptions::keep_going`]; [`Error::Store`] if the store can't
    /// be written. Nothing was imported then.
    pub fn import<'i>(
        &self,
        input: Box<dyn BufRead + 'i>,
        options: &ImportOptions,
        progress: &(dyn Fn(Step) + Sync),
    ) -> Result<ImportReport, Error> {
        self.office.read(Gate::Administer, |_| Ok(()))?;
        let mut batch = Batch::read(input, options, progress)?;
        let times = batch.measure_hashes(self)?;
        batch.prepare_passwords(self, options, progress)?;
        let bulk = batch.rows.len() > 10_000;
        let brings_hashes = |row: &ImportRow| matches!(row.credential, ImportedCredential::Hash(_));
        let gate = if batch.rows.iter().any(brings_hashes) {
            Gate::Own
        } else {
            Gate::Administer
        };
        let Batch {
            rows,
            passwords,
            failures,
        } = batch;
        let written = self.office.write_many(gate, bulk, |change| {
            let mut import = Import {
                change,
                options,
                groups: HashMap::new(),
                report: ImportReport::default(),
            };
            let take = || import.take_all(&rows, &passwords, progress);
            let ((), failure_floor) = times.keep_with(change, take)?;
            import.report.failure_floor = failure_floor;
            let is_sound = failures.is_empty() && import.report.failures.is_empty();
            if is_sound || options.keep_going {
                Ok(import.report)
            } else {
                Err(Error::Refused(Box::new(import.report)))
            }
        });
        match written {
            Ok(report) => Ok(report.with(failures)),
            Err(Error::Refused(report)) => Err(Error::Refused(Box::new(report.with(failures)))),
            Err(error) => Err(error),
        }
    }
}

impl ImportReport {
    /// With the rows that were refused before anything was written.
    fn with(mut self, failures: Vec<ImportFailure>) -> Self {
        self.failures.extend(failures);
        self.failures.sort_by_key(|failure| failure.line);
        self
    }
}

/// The writing half, in one transaction.
struct Import<'a, 'c> {
    change: &'a Change<'c>,
    options: &'a ImportOptions,
    /// Groups that were looked up, by their canonical name.
    groups: HashMap<String, GroupName>,
    report: ImportReport,
}

impl Import<'_, '_> {
    fn take_all(
        &mut self,
        rows: &[ImportRow],
        passwords: &[Prepared],
        progress: &(dyn Fn(Step) + Sync),
    ) -> Result<(), Error> {
        progress(Step::Writing {
            of: rows.len() as u64,
        });
        let none = Prepared::default();
        let mut passwords = passwords.iter();
        for (done, row) in (1..).zip(rows) {
            let password = match plain_password(row) {
                Some(_) => passwords.next(),
                None => None,
            };
            self.take(row, password.unwrap_or(&none))?;
            if done % STRIDE == 0 {
                progress(Step::Written { done });
            }
        }
        Ok(())
    }

    /// Takes one row over. What is wrong with it alone is noted; the rest ends the import.
    fn take(&mut self, row: &ImportRow, password: &Prepared) -> Result<(), Error> {
        let (line, email) = (row.line, row.email.to_string());
        let (was_staff, was_superuser) = (u64::from(row.was_staff), u64::from(row.was_superuser));
        match self.write(row, password) {
            Ok(Done::Created) => self.report.created += 1,
            Ok(Done::Updated) => self.report.updated += 1,
            Ok(_) => self.report.skipped += 1,
            Err(error @ (Error::Store(_) | Error::NoRandomness(_) | Error::Hashing(_))) => return Err(error),
            Err(error) => {
                let problem = ImportProblem::Refused(Box::new(error));
                self.report.failures.push(ImportFailure {
                    line,
                    email: Some(email),
                    problem,
                });
                return Ok(());
            }
        }
        self.report.was_staff += was_staff;
        self.report.was_superuser += was_superuser;
        Ok(())
    }

    fn write(&mut self, row: &ImportRow, password: &Prepared) -> Result<Done, Error> {
        let groups = self.resolve_groups(row)?;
        let credential = credential_of(row, password.hash.clone());
        let user = self.user_of(row, &credential)?;
        // Whoever is new is the rule: the store is asked for others only if the insert fails.
        if self.change.tx.add_user(&user)? {
            return self.fill(user, row, &groups, &credential);
        }
        match self.change.find_user(&UserRef::Email(row.email.clone()))? {
            Some(found) => self.resolve_existing(found, row, groups, (credential, &password.compared)),
            None => Err(Error::IdTaken(user.id)),
        }
    }

    fn resolve_groups(&mut self, row: &ImportRow) -> Result<Vec<GroupName>, Error> {
        let mut resolved = Vec::with_capacity(row.groups.len());
        for group in &row.groups {
            let canonical = group.canonical();
            if let Some(known) = self.groups.get(&canonical) {
                resolved.push(known.clone());
                continue;
            }
            let known = match self.change.find_group_name(group)? {
                Some(known) => known,
                None if self.options.create_groups => self.create_group(group)?,
                None => return Err(crate::ops::people::group_not_found(self.change, group)?),
            };
            self.groups.insert(canonical, known.clone());
            resolved.push(known);
        }
        resolved.sort_unstable();
        Ok(resolved)
    }

    fn create_group(&mut self, group: &GroupName) -> Result<GroupName, Error> {
        self.change.tx.add_group(group, self.change.now)?;
        self.change.record(
            Action::GroupCreated,
            Target::Group(group.to_string()),
            &["name"],
            None,
        )?;
        Ok(group.clone())
    }

    fn user_of(&mut self, row: &ImportRow, credential: &Credential) -> Result<User, Error> {
        let status = match row.status {
            None | Some(Status::Pending) if self.options.activate => Status::Active,
            status => status.unwrap_or(Status::Pending),
        };
        Ok(User {
            id: row.id.map_or_else(|| self.change.id().map(UserId), Ok)?,
            email: row.email.clone(),
            first_name: row.first_name.clone().unwrap_or_default(),
            last_name: row.last_name.clone().unwrap_or_default(),
            status,
            locale: row.locale.clone().unwrap_or_default(),
            groups: Vec::new(),
            password_state: credential.state,
            must_change_password: credential.must_change,
            identities: Vec::new(),
            lock: LockKind::None,
            locked_until: None,
            last_login_at: row.last_login_at,
            created_at: row.created_at.unwrap_or(self.change.now),
            updated_at: row.updated_at.unwrap_or(self.change.now),
        })
    }

    /// Adds what hangs on a new user; takes the user back if something of it is refused.
    fn fill(
        &mut self,
        mut user: User,
        row: &ImportRow,
        groups: &[GroupName],
        credential: &Credential,
    ) -> Result<Done, Error> {
        let tx = self.change.tx;
        for bond in row.identities.iter().cloned() {
            let identity = Identity {
                user_id: user.id,
                bond,
                linked_at: self.change.now,
                last_login_at: None,
            };
            if !tx.add_identity(&identity)? {
                self.change.remove_user(user.id)?;
                return Err(Error::IdentityTaken);
            }
            user.identities.push(identity.bond);
        }
        if let Err(refused) = self.count_administrator(groups, &user) {
            self.change.remove_user(user.id)?;
            return Err(refused);
        }
        for group in groups {
            tx.add_member(group, user.id)?;
        }
        user.groups = groups.to_vec();
        if *credential != Credential::NONE {
            let credential = self.hashed(credential.clone(), &row.credential)?;
            self.change.add_credential(user.id, &credential)?;
        }
        self.change.record(
            Action::UserImported,
            Target::User(user.id),
            &given_fields(&user),
            None,
        )?;
        Ok(Done::Created)
    }

    fn count_administrator(&mut self, groups: &[GroupName], user: &User) -> Result<(), Error> {
        if !groups.iter().any(GroupName::is_administrators) || user.is_administrator() {
            return Ok(());
        }
        if !self.options.allow_administrators {
            return Err(Error::AdministratorsNotAllowed);
        }
        self.report.new_administrators += 1;
        Ok(())
    }

    fn resolve_existing(
        &mut self,
        user: User,
        row: &ImportRow,
        groups: Vec<GroupName>,
        (credential, compared): (Credential, &Compared),
    ) -> Result<Done, Error> {
        match self.options.if_exists {
            IfExists::Error => Err(Error::EmailTaken {
                email: user.email,
                status: user.status,
            }),
            IfExists::Skip => Ok(Done::Skipped),
            IfExists::Update => {
                user.status
                    .change()
                    .map_err(|refused| Error::transition(&user.email, refused))?;
                self.count_administrator(&groups, &user)?;
                let edit = UserEdit {
                    first_name: row.first_name.clone(),
                    last_name: row.last_name.clone(),
                    locale: row.locale.clone(),
                    add_groups: groups,
                    ..UserEdit::default()
                };
                let written = edit.apply(self.change, user, self.options.activate)?;
                if !self.options.reset_passwords || credential.state != PasswordState::Set {
                    return Ok(written.done);
                }
                self.change.require(Right::TakeOver(&written.user))?;
                let stored = self.change.credential(written.user.id)?;
                let is_same = match &row.credential {
                    ImportedCredential::Plain(plain) => compared.is_same(self.change.desk, &stored, plain),
                    _ => stored.usable_hash() == credential.hash.as_ref(),
                };
                if is_same {
                    let flag = row.must_change_password;
                    let kept = passwords::keep(self.change, written.user, stored, credential.hash, flag)?;
                    return Ok(if kept.changed() { kept.done } else { written.done });
                }
                let credential = self.hashed(credential, &row.credential)?;
                credentials::replace(self.change, written.user.id, &credential, Cause::Set)?;
                Ok(Done::Updated)
            }
        }
    }

    /// The credential with its hash. It lacks one where the password was the stored one, and
    /// another write has changed that in the meantime.
    fn hashed(&self, mut credential: Credential, given: &ImportedCredential) -> Result<Credential, Error> {
        if let (None, ImportedCredential::Plain(plain)) = (&credential.hash, given) {
            credential.hash = Some(credentials::hash_of(self.change.desk, plain)?);
        }
        Ok(credential)
    }
}

fn credential_of(row: &ImportRow, hash: Option<PasswordHash>) -> Credential {
    let must_change = row.must_change_password.unwrap_or(false);
    let (state, hash) = match &row.credential {
        ImportedCredential::Unsaid | ImportedCredential::None => (PasswordState::None, None),
        ImportedCredential::Random => (PasswordState::Random, None),
        ImportedCredential::Plain(_) => (PasswordState::Set, hash),
        ImportedCredential::Hash(hash) => (PasswordState::Set, Some(hash.clone())),
    };
    Credential {
        state,
        hash,
        must_change,
    }
}
