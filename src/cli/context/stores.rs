//! The store that the settings name, opened to read from it or to write to it.

use std::path::Path;

use super::Context;
use crate::cli::config::StoreOrigin;
use crate::cli::error::Failure;
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::cli::process::{self, Owner};
use crate::domain::rights::NotAllowed;
use crate::ops::{self, BackOffice, Caller, Options};
use crate::store::{Keeping, Unwritable, make_folder_for, owner_of};

impl Context<'_> {
    /// Opens the store to read from it.
    pub(in crate::cli) fn office(&self) -> Result<Office, Failure> {
        let office = self.open(Keeping::Commit, |path, options, _| {
            BackOffice::open_with(path, options)
        })?;
        if office.unwritable() == Some(Unwritable::TwoNames) {
            self.terminal.warn(&format!(
                "the store {} has a second name (a hard link): it is read, and nothing is written to it",
                office.path().display()
            ));
        }
        Ok(office)
    }

    /// Opens the store to write to it. A store that can only be read is refused here, before the
    /// command asks a question.
    pub(in crate::cli) fn office_for(&self, write: WriteArgs) -> Result<Office, Failure> {
        self.office_to_write(keeping(write))
    }

    /// Opens the store to write to it, for a command that has no dry run.
    pub(in crate::cli) fn office_to_change(&self) -> Result<Office, Failure> {
        self.office_to_write(Keeping::Commit)
    }

    fn office_to_write(&self, keeping: Keeping) -> Result<Office, Failure> {
        self.open(keeping, |path, options, _| {
            let office = BackOffice::open_with(path, options)?;
            office.check_writable()?;
            Ok(office)
        })
    }

    /// Opens the store to write to it and to send mail.
    pub(in crate::cli) fn office_that_mails(&self, write: WriteArgs) -> Result<Office, Failure> {
        self.prepare_mailer()?;
        self.office_for(write)
    }

    /// Opens the store to write to it. The default store is made if it is missing.
    pub(in crate::cli) fn office_or_new(&self, write: WriteArgs) -> Result<Office, Failure> {
        let is_default = matches!(self.config()?.store()?.origin, StoreOrigin::Default);
        if !is_default {
            return self.office_for(write);
        }
        self.open(keeping(write), |path, options, caller| {
            if write.dry_run && !path.exists() {
                return BackOffice::open_with(path, options);
            }
            let opened = BackOffice::init_with(path, options, caller)?;
            opened.office.check_writable()?;
            if opened.made {
                let path = opened.office.path().display();
                self.terminal.note(&format!("created the store {path}"));
            }
            Ok(opened.office)
        })
    }

    /// Makes the store if it is missing. Tells whether it was made.
    pub(in crate::cli) fn init(
        &self,
        write: WriteArgs,
        owner: Option<&Owner>,
    ) -> Result<(Office, bool), Failure> {
        if let Some(owner) = owner {
            if process::is_root() {
                make_folder_for(&self.config()?.store()?.path, owner.uid)?;
            }
            self.become_owner(owner.uid)?;
        }
        if self.acting_token()?.is_some() {
            return Err(ops::Error::from(NotAllowed::NotTheOwner).into());
        }
        let mut made = false;
        let office = self.open(keeping(write), |path, options, caller| {
            let opened = BackOffice::init_with(path, options, caller)?;
            made = opened.made;
            Ok(opened.office)
        })?;
        Ok((office, made))
    }

    fn open(
        &self,
        keeping: Keeping,
        open: impl FnOnce(&Path, Options, &Caller) -> Result<BackOffice, ops::Error>,
    ) -> Result<Office, Failure> {
        self.read_acting_token()?;
        let path = self.config()?.store()?.path.clone();
        let policies = self.config()?.policies.clone();
        if process::is_root()
            && let Some(owner) = owner_of(&path).filter(|uid| *uid != 0)
        {
            self.become_owner(owner)?;
        }
        let options = Options {
            policies,
            lock_timeout: self.global.lock_timeout,
            keeping,
            mailer: self.mailer.take(),
            ..Options::default()
        };
        let runner = self.runner();
        let office = open(&path, options, &runner).map_err(|error| self.explain(error))?;
        let caller = match &*self.acting.borrow() {
            Some(token) => self.with_client(office.caller_of(token)?),
            None => runner,
        };
        Ok(Office::new(office, caller))
    }

    fn become_owner(&self, uid: u32) -> Result<(), Failure> {
        if self.became.get().is_none() {
            let owner = process::become_owner(uid)?;
            self.terminal.verbose(&format!(
                "acting as {}, whose store it is",
                owner.name.as_deref().unwrap_or("its owner")
            ));
            let _ = self.became.set(owner);
        }
        Ok(())
    }
}

fn keeping(write: WriteArgs) -> Keeping {
    if write.dry_run {
        Keeping::RollBack
    } else {
        Keeping::Commit
    }
}
