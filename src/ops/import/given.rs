//! What one row gave, before it is checked.

use std::borrow::Cow;

use super::error::RowError;
use super::row::{ImportedCredential, hash};

/// How the value of a field is written in CSV and JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldForm {
    /// A text.
    Text,
    /// A text that is taken as it stands: in CSV no `'` in front of it is left out.
    Secret,
    /// `true` or `false`.
    Flag,
    /// Names: a list in JSON, in CSV separated by `;`.
    Names,
    /// Identities: a list of objects in JSON. CSV shows them, and an import ignores them there.
    Identities,
    /// A list of users shows the field, and an import ignores it.
    Shown,
}

/// The value of a field in a row. It borrows from the bytes of the row.
pub(super) enum GivenValue<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Names(Vec<Cow<'a, str>>),
    /// Provider, issuer and subject of each.
    Identities(Vec<[Cow<'a, str>; 3]>),
}

/// The values that a row gave, each at the place of its field in the table of fields.
pub(super) struct Given<'a> {
    values: Vec<Option<GivenValue<'a>>>,
}

impl<'a> Given<'a> {
    /// No value for `count` fields.
    pub fn new(count: usize) -> Self {
        let mut values = Vec::new();
        values.resize_with(count, || None);
        Self { values }
    }

    pub fn set(&mut self, place: usize, value: GivenValue<'a>) {
        self.values[place] = Some(value);
    }

    pub fn text(&self, place: usize) -> Option<&str> {
        match &self.values[place] {
            Some(GivenValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn take(&mut self, place: usize) -> Option<GivenValue<'a>> {
        self.values[place].take()
    }

    /// The credential of a row. A state alone never makes a password: `set` without a hash is no
    /// password.
    pub fn credential(
        &mut self,
        state: usize,
        password: usize,
        password_hash: usize,
    ) -> Result<ImportedCredential, RowError> {
        let random = match self.text(state) {
            None => None,
            Some("random") => Some(true),
            Some("none" | "set") => Some(false),
            Some(_) => return Err(RowError::PasswordState),
        };
        let plain = self.take(password);
        match (plain, self.text(password_hash)) {
            (Some(_), Some(_)) => Err(RowError::BothPasswordAndHash),
            (Some(GivenValue::Text(plain)), None) => Ok(ImportedCredential::Plain(plain.into_owned().into())),
            (_, _) if random == Some(true) => Ok(ImportedCredential::Random),
            (_, Some(text)) => hash("password_hash", text),
            (_, None) if random.is_some() => Ok(ImportedCredential::None),
            (_, None) => Ok(ImportedCredential::Unsaid),
        }
    }
}
