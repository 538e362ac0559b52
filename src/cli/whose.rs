//! Lists of what belongs to users: sessions, links, mail, identities. A table says whose each is.

use std::collections::HashMap;

use super::context::Context;
use super::office::Office;
use super::shapes::OfUser;
use crate::cli::error::{Exit, Failure};
use crate::cli::terminal::{Format, Record};
use crate::domain::ids::UserId;

/// Lists `records`, each with the user it belongs to; `empty` is said if there is none.
pub fn list<R: Record>(
    context: &Context<'_>,
    office: &Office,
    records: Vec<(Option<UserId>, R)>,
    empty: &str,
) -> Result<Exit, Failure> {
    let mut list = context.terminal.list::<OfUser<R>>()?.when_empty(empty);
    let addresses = if context.terminal.format() == Format::Table {
        let ids = records.iter().filter_map(|(id, _)| *id);
        office.users().addresses_of(ids)?
    } else {
        HashMap::new()
    };
    for (id, record) in records {
        let email = id.and_then(|id| addresses.get(&id).cloned());
        if list.row(&OfUser::new(record, email))?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}
