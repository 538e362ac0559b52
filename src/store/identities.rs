//! The bonds between people at a provider and users of ours.

use rusqlite::params;

use super::{StoreError, Tx, micros};
use crate::domain::identity::{Identity, IdentityBond};

impl Tx<'_> {
    /// Adds an identity. `false`: somebody has it, or the user has another of that issuer.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn add_identity(&self, identity: &Identity) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO identities (issuer, subject, user_id, provider, linked_at)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        )?;
        let added = statement.execute(params![
            identity.bond.issuer,
            identity.bond.subject,
            identity.user_id.0.as_bytes(),
            identity.bond.provider,
            micros(identity.linked_at),
        ])?;
        Ok(added == 1)
    }
}

/// Takes the aggregated column of a user apart; no stored text can hold its separators.
pub(super) fn split(joined: Option<&str>) -> Vec<IdentityBond> {
    let mut bonds: Vec<IdentityBond> = joined
        .into_iter()
        .flat_map(|all| all.split('\u{1E}'))
        .filter_map(|one| {
            let mut parts = one.split('\u{1F}').map(str::to_owned);
            Some(IdentityBond {
                provider: parts.next()?,
                issuer: parts.next()?,
                subject: parts.next()?,
            })
        })
        .collect();
    bonds.sort_unstable_by(|a, b| {
        (&a.provider, &a.issuer, &a.subject).cmp(&(&b.provider, &b.issuer, &b.subject))
    });
    bonds
}
