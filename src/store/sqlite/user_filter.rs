//! Filters and orders of users, as SQL.

use std::fmt::Write as _;

use rusqlite::types::Value;

use super::micros;
use crate::domain::throttle::LockedAt;
use crate::store::{SortField, UserFilter};

/// The SQL expression of a field to sort by. It is never null, so that it can be compared.
pub(super) fn expression(field: SortField) -> &'static str {
    match field {
        SortField::Id => "u.id",
        SortField::Email => "u.email_canonical",
        SortField::FirstName => "u.first_name",
        SortField::LastName => "u.last_name",
        SortField::Status => "u.status",
        SortField::LastLoginAt => "coalesce(u.last_login_at, -9223372036854775808)",
        SortField::CreatedAt => "u.created_at",
        SortField::UpdatedAt => "u.updated_at",
    }
}

/// The condition of a filter, and the values of its parameters.
pub(super) fn condition(filter: &UserFilter, locked: Option<&LockedAt>) -> (String, Vec<Value>) {
    let mut all: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut with = |condition: &str, value: Value| {
        values.push(value);
        all.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if filter.statuses.is_empty() {
        with("u.status <> ?", Value::from("deleted".to_owned()));
    } else {
        let words: Vec<String> = filter.statuses.iter().map(|s| format!("'{s}'")).collect();
        with(
            &format!("? AND u.status IN ({})", words.join(", ")),
            Value::from(1),
        );
    }
    if let Some(group) = &filter.group {
        let condition = "u.id IN (SELECT m.user_id FROM memberships m JOIN groups g ON g.id = m.group_id
                         WHERE g.name_canonical = ?)";
        with(condition, group.canonical().into());
    }
    if let Some(provider) = &filter.provider {
        with(
            "u.id IN (SELECT user_id FROM identities WHERE provider = ?)",
            provider.clone().into(),
        );
    }
    if let Some(state) = filter.password {
        with("coalesce(c.state, 'none') = ?", state.as_str().to_owned().into());
    }
    if let Some(at) = filter.inactive_since {
        with("coalesce(u.last_login_at, u.created_at) < ?", micros(at).into());
    }
    if let Some(at) = filter.created_since {
        with("u.created_at >= ?", micros(at).into());
    }
    if filter.never_logged_in {
        with("u.last_login_at IS NULL AND ?", Value::from(1));
    }
    if let Some(locked) = locked {
        with(&format!("? AND {}", locked_condition(locked)), Value::from(1));
    }
    if let Some(id) = filter.after {
        let (by, than) = (
            expression(filter.order.by),
            if filter.order.descending { "<" } else { ">" },
        );
        let condition = match filter.order.by {
            SortField::Id => format!("u.id {than} ?"),
            _ => format!("({by}, u.id) {than} (SELECT {by}, u.id FROM users u WHERE u.id = ?)"),
        };
        with(&condition, Value::Blob(id.0.as_bytes().to_vec()));
    }
    (all.join(" AND "), values)
}

/// [`LockedAt::holds`] as SQL.
fn locked_condition(locked: &LockedAt) -> String {
    let mut slowed = String::from("FALSE");
    for step in &locked.slowed {
        let (from, to, after) = (step.counts.start, step.counts.end, micros(step.after));
        let _ = write!(
            slowed,
            " OR (f.count >= {from} AND f.count < {to} AND f.last_at > {after})"
        );
    }
    let (stopped, latest) = (locked.stopped_from, micros(locked.latest));
    format!("(f.count >= {stopped} OR (f.last_at <= {latest} AND ({slowed})))")
}
