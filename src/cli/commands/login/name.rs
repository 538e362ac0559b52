//! `backoffice login google`: the name of a provider in the place of the e-mail.

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::domain::provider::Preset;

/// Refuses the name of a provider where an e-mail is awaited: no user has such an address, so that
/// this tells nothing about users.
pub(super) fn refuse_name(context: &Context<'_>, email: &str) -> Result<(), Failure> {
    let name = email.to_ascii_lowercase();
    let is_preset = || Preset::ALL.iter().any(|preset| preset.as_str() == name);
    if email.contains('@') || !(is_preset() || context.config()?.provider(&name).is_ok()) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "`{name}` is the name of a provider, and no e-mail address"
    ))
    .hint(format!("did you mean `backoffice login --with {name}`?")))
}
