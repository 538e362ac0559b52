//! The writing half of an import, in one transaction.

use std::collections::HashMap;

use super::checked::{PreparedPassword, plain_password};
use super::import_failure::{ImportFailure, ImportProblem};
use super::options::{ImportOptions, ImportStep, STRIDE};
use super::refused_rows::RefusedRows;
use super::report::ImportReport;
use super::row::ImportedCredential;
use super::user_fields::{ImportRow, given_fields};
use crate::domain::audit::{Action, Target};
use crate::domain::group::{GroupName, LookAlikes};
use crate::domain::identity::Identity;
use crate::domain::ids::UserId;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::rights::Right;
use crate::domain::user::{Status, User, UserRef};
use crate::ops::credentials::{self, Cause};
use crate::ops::groups;
use crate::ops::same_password::{Compared, keep};
use crate::ops::users::{IfExists, UserEdit};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Done, Error, lookup};

/// The writing half, in one transaction.
pub(super) struct ImportWriter<'a, 'c> {
    tx: &'a WriteTransaction<'c>,
    options: &'a ImportOptions,
    /// Groups that were looked up, by their canonical name.
    groups: HashMap<String, GroupName>,
    /// All groups by what their names look like, once a group was made.
    look_alikes: Option<LookAlikes>,
    /// What was done, without the refused rows.
    pub report: ImportReport,
    pub failures: RefusedRows,
}

impl<'a, 'c> ImportWriter<'a, 'c> {
    pub fn new(tx: &'a WriteTransaction<'c>, options: &'a ImportOptions) -> Self {
        Self {
            tx,
            options,
            groups: HashMap::new(),
            look_alikes: None,
            report: ImportReport::default(),
            failures: RefusedRows::default(),
        }
    }

    pub fn take_all(
        &mut self,
        rows: &[ImportRow],
        passwords: &[PreparedPassword],
        progress: &(dyn Fn(ImportStep) + Sync),
    ) -> Result<(), Error> {
        progress(ImportStep::Writing {
            of: rows.len() as u64,
        });
        let none = PreparedPassword::default();
        let mut passwords = passwords.iter();
        for (done, row) in (1..).zip(rows) {
            let password = match plain_password(row) {
                Some(_) => passwords.next(),
                None => None,
            };
            self.take(row, password.unwrap_or(&none))?;
            if done % STRIDE == 0 {
                progress(ImportStep::Written { done });
            }
        }
        Ok(())
    }

    /// Imports one row. A refusal of the row goes into the report; any other error ends the import.
    fn take(&mut self, row: &ImportRow, password: &PreparedPassword) -> Result<(), Error> {
        let (line, email) = (row.line, row.email.to_string());
        self.report
            .fields_left_out
            .extend_from_slice(&row.fields_left_out);
        match self.write(row, password) {
            Ok(Done::Created) => self.report.created += 1,
            Ok(Done::Updated) => self.report.updated += 1,
            Ok(_) => self.report.skipped += 1,
            Err(error @ (Error::Store(_) | Error::NoRandomness(_) | Error::Hashing(_))) => return Err(error),
            Err(error) => {
                let problem = ImportProblem::Refused(Box::new(error));
                self.failures.add(ImportFailure {
                    line,
                    email: Some(email),
                    problem,
                });
                return Ok(());
            }
        }
        self.report.was_staff += u64::from(row.was_staff);
        self.report.was_superuser += u64::from(row.was_superuser);
        self.report.had_permissions += u64::from(row.had_permissions);
        self.report.groups_left_out += row.groups_left_out;
        Ok(())
    }

    fn write(&mut self, row: &ImportRow, password: &PreparedPassword) -> Result<Done, Error> {
        let groups = self.resolve_groups(row)?;
        let credential = credential_of(row, password.hash.clone());
        let user = self.user_of(row, &credential)?;
        // Most rows are new users: an existing one is looked up only if the insert fails.
        if self.tx.store.add_user(&user)? {
            return self.fill(user, row, &groups, &credential);
        }
        match self.tx.find_user(&UserRef::Email(row.email.clone()))? {
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
            let known = match self.tx.find_group_name(group)? {
                Some(known) => known,
                None if self.options.create_groups => self.create_group(group)?,
                None => return Err(lookup::group_not_found(self.tx, group)?),
            };
            self.groups.insert(canonical, known.clone());
            resolved.push(known);
        }
        resolved.sort_unstable();
        Ok(resolved)
    }

    fn create_group(&mut self, group: &GroupName) -> Result<GroupName, Error> {
        let known = match &mut self.look_alikes {
            Some(known) => known,
            none => none.insert(groups::names(self.tx)?.collect()),
        };
        groups::check_new(group, known)?;
        known.add(group);
        self.tx.store.add_group(group, self.tx.now)?;
        self.tx.record(
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
        let id = row.id.map_or_else(|| self.tx.id().map(UserId), Ok)?;
        Ok(User {
            status,
            password_state: credential.state,
            must_change_password: credential.must_change,
            ..row.user(id, self.tx.now)
        })
    }

    /// Adds identities, groups and the credential of a new user. If one is refused, removes the user.
    fn fill(
        &mut self,
        mut user: User,
        row: &ImportRow,
        groups: &[GroupName],
        credential: &Credential,
    ) -> Result<Done, Error> {
        let store = self.tx.store;
        for bond in row.identities.iter().cloned() {
            let identity = Identity {
                user_id: user.id,
                bond,
                linked_at: self.tx.now,
                last_login_at: None,
            };
            if !store.add_identity(&identity)? {
                self.tx.remove_user(user.id)?;
                return Err(Error::IdentityTaken);
            }
            user.identities.push(identity.bond);
        }
        if let Err(refused) = self.count_administrator(groups, &user) {
            self.tx.remove_user(user.id)?;
            return Err(refused);
        }
        for group in groups {
            store.add_member(group, user.id)?;
        }
        user.groups = groups.to_vec();
        if *credential != Credential::NONE {
            let credential = self.hashed(credential.clone(), &row.credential)?;
            self.tx.add_credential(user.id, &credential)?;
            self.count_weak(&row.credential);
        }
        self.tx.record(
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
                let written = edit.apply(self.tx, user, self.options.activate)?;
                if !self.options.reset_passwords || credential.state != PasswordState::Set {
                    return Ok(written.done);
                }
                self.tx.require(Right::TakeOver(&written.user))?;
                let stored = self.tx.credential(written.user.id)?;
                let is_same = match &row.credential {
                    ImportedCredential::Plain(plain) => compared.is_same(self.tx.desk, &stored, plain),
                    _ => stored.usable_hash() == credential.hash.as_ref(),
                };
                if is_same {
                    let flag = row.must_change_password;
                    let kept = keep(self.tx, written.user, stored, credential.hash, flag)?;
                    return Ok(if kept.changed() { kept.done } else { written.done });
                }
                let credential = self.hashed(credential, &row.credential)?;
                credentials::replace(self.tx, written.user.id, &credential, Cause::Set)?;
                self.count_weak(&row.credential);
                Ok(Done::Updated)
            }
        }
    }

    /// Counts the stored hash of a row, if it is weak.
    fn count_weak(&mut self, given: &ImportedCredential) {
        if let ImportedCredential::Hash(hash) = given {
            self.report.weak_hashes += u64::from(self.tx.desk.hasher.is_weak(hash));
        }
    }

    /// The credential with its hash. The hash is missing if the password was the stored one, and another
    /// write has changed it in the meantime.
    fn hashed(&self, mut credential: Credential, given: &ImportedCredential) -> Result<Credential, Error> {
        if let (None, ImportedCredential::Plain(plain)) = (&credential.hash, given) {
            credential.hash = Some(credentials::hash_of(self.tx.desk, plain)?);
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
