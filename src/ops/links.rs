//! Makes reset links.

use secrecy::SecretString;

use super::Error;
use super::desk::Desk;
use super::write_transaction::WriteTransaction;
use crate::domain::clock::later;
use crate::domain::ids::ResetId;
use crate::domain::reset::{LinkLife, LinkTemplate, ResetKind, ResetLink};
use crate::domain::token::{PlainToken, TokenKind};
use crate::domain::user::{Status, User};

pub(super) fn link_template(desk: &Desk) -> Result<&LinkTemplate, Error> {
    desk.policies.reset.link.as_ref().ok_or(Error::NoBaseUrl)
}

/// Makes a link. Only the hash of its token is stored.
pub(super) fn make_link(
    tx: &WriteTransaction<'_>,
    user: &User,
    kind: ResetKind,
    life: LinkLife,
) -> Result<(ResetLink, SecretString), Error> {
    let template = link_template(tx.desk)?;
    let token = PlainToken::draw(TokenKind::Reset, &*tx.desk.random)?;
    let link = ResetLink {
        id: ResetId(tx.id()?),
        user_id: user.id,
        kind,
        created_at: tx.now,
        expires_at: later(tx.now, life.get()),
        sent_at: None,
        end: None,
    };
    tx.store.add_reset(&link, &token.hash())?;
    Ok((link, template.with(&token)))
}

/// Whether a user may ask for a link.
pub(super) fn may_ask(tx: &WriteTransaction<'_>, user: &User) -> bool {
    let policies = &tx.desk.policies;
    let excepted = policies
        .reset
        .self_service_except
        .iter()
        .any(|group| user.is_in(group));
    matches!(user.status, Status::Active | Status::Pending) && policies.sign_in.allows(user) && !excepted
}
