//! The rule that the back office keeps an active administrator.

use super::Error;
use super::write_transaction::WriteTransaction;
use crate::domain::user::{Status, User};

/// Refuses to remove the last active administrator from the active administrators.
pub(super) fn keep_an_administrator(tx: &WriteTransaction<'_>, user: &User) -> Result<(), Error> {
    let counts = user.status == Status::Active && user.is_administrator();
    if counts && tx.count_active_administrators(user.id)? == 0 {
        return Err(Error::LastAdministrator {
            email: user.email.clone(),
        });
    }
    Ok(())
}
