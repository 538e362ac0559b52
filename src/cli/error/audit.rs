//! What a check of the audit record found.

use super::{Exit, Failure};
use crate::domain::audit::{ChainFault, ChainHash};
use crate::domain::moment::whole_seconds;
use crate::ops::audit::RecordChecked;

/// The failure of a check that found a fault.
pub fn record_fault(checked: &RecordChecked, kept: Option<ChainHash>) -> Option<Failure> {
    if let Some(broken) = &checked.broken {
        let (number, id, at) = (broken.number, broken.id, whole_seconds(broken.at));
        let what = match broken.fault {
            ChainFault::Missing => "events before it were removed",
            _ => "it or its place was changed, or an event was put in before it",
        };
        let message = format!(
            "the audit record is broken at event {number} ({id}, {at}): {what}; the {} before it are whole",
            checked.events
        );
        return Some(Failure::new(Exit::Store, "audit_broken", message).hint(
            "keep a copy of the store as evidence; `backoffice audit list` shows what stands there; compare it with a backup",
        ));
    }
    let kept = kept.filter(|_| !checked.goes_on_from_kept)?;
    let message = format!(
        "the audit record does not hold the link {kept}: its end was removed, it was written anew, or the link belongs to another store"
    );
    Some(
        Failure::new(Exit::Store, "audit_head_missing", message)
            .hint("keep a copy of the store as evidence, and compare it with a backup"),
    )
}
