//! The session that `login` keeps in a file of this operating-system user.

use super::Context;
use crate::cli::error::Failure;
use crate::cli::local::{LocalFiles, StoreName};
use crate::cli::office::Office;
use crate::domain::token::PlainToken;
use crate::ops::{self, BackOffice};

impl Context<'_> {
    /// The files of this operating-system user.
    pub(in crate::cli) fn local(&self) -> Result<LocalFiles, Failure> {
        let _ = self.config()?;
        if let Some(home) = self.became.get().and_then(|owner| owner.home.clone()) {
            return Ok(LocalFiles::new(&home.join(".local/state")));
        }
        LocalFiles::of(self.environment).map_err(Failure::from)
    }

    /// The session that `login` has kept for this store. An earlier version kept it under the path of
    /// the store: such a file is taken over, if its session is one of this store.
    pub(in crate::cli) fn saved_session(&self, office: &Office) -> Result<Option<PlainToken>, Failure> {
        let (local, name) = (self.local()?, store_name(office)?);
        if let Some(token) = local.session(name)? {
            return Ok(Some(token));
        }
        if name.id.is_none() {
            return Ok(None);
        }
        let Some(token) = local.session_by_path(name.path)? else {
            return Ok(None);
        };
        match office.sessions().verify(&token, &[]) {
            Ok(_) => {
                // Where it can't be kept under its new name, the old file serves once more.
                let _ = local.save_session(name, &token);
                Ok(Some(token))
            }
            Err(ops::Error::SessionInvalid) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the session of this store. It replaces the one before.
    pub(in crate::cli) fn save_session(&self, office: &Office, token: &PlainToken) -> Result<(), Failure> {
        Ok(self.local()?.save_session(store_name(office)?, token)?)
    }

    /// Forgets the session of this store.
    pub(in crate::cli) fn forget_session(&self, office: &Office) -> Result<(), Failure> {
        self.local()?.remove_session(store_name(office)?)?;
        Ok(())
    }
}

/// The name of a store in the files of this operating-system user.
fn store_name(office: &BackOffice) -> Result<StoreName<'_>, Failure> {
    Ok(StoreName {
        id: office.store_id()?,
        path: office.path(),
    })
}
