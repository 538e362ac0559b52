//! The value that a row gave for a field, checked by the rules of the domain.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::tz::TimeZone;

use crate::domain::clock::Timestamp;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::user::Name;
use crate::ops::import::error::RowError;
use crate::ops::import::given::{Given, GivenValue};
use crate::ops::import::row::{self, ImportedCredential};
use crate::ops::import::zone::local_moment;

/// The value that a row gave for a field.
pub(in crate::ops::import) struct FieldValue<'g, 'a> {
    pub given: &'g mut Given<'a>,
    /// The place of the field in the table.
    pub place: usize,
    /// The name of the field.
    pub field: &'static str,
    /// The zone of times without an offset.
    pub timezone: &'g TimeZone,
}

impl FieldValue<'_, '_> {
    pub fn text(&self) -> Option<&str> {
        self.given.text(self.place)
    }

    pub fn flag(&mut self) -> Option<bool> {
        match self.given.take(self.place) {
            Some(GivenValue::Flag(flag)) => Some(flag),
            _ => None,
        }
    }

    /// A name. A user who `was_stored` before keeps a name that was accepted before a rule.
    pub fn name(&self, was_stored: bool) -> Result<Option<Name>, RowError> {
        let check = |text: &str| {
            if was_stored {
                row::existing_name(self.field, text)
            } else {
                row::name(self.field, text)
            }
        };
        self.text().map(check).transpose()
    }

    pub fn moment(&self) -> Result<Option<Timestamp>, RowError> {
        let field = self.field;
        let parse = |text: &str| local_moment(text, self.timezone).ok_or(RowError::Timestamp { field });
        self.text().map(parse).transpose()
    }

    /// The groups, each once.
    pub fn groups(&mut self) -> Result<Vec<GroupName>, RowError> {
        let Some(GivenValue::Names(names)) = self.given.take(self.place) else {
            return Ok(Vec::new());
        };
        let mut groups = Vec::with_capacity(names.len());
        for text in names {
            groups.push(GroupName::parse(&text)?);
        }
        if groups.len() > 1 {
            let mut seen = HashSet::new();
            groups.retain(|group| seen.insert(group.canonical()));
        }
        Ok(groups)
    }

    pub fn identities(&mut self) -> Result<Vec<IdentityBond>, RowError> {
        let Some(GivenValue::Identities(identities)) = self.given.take(self.place) else {
            return Ok(Vec::new());
        };
        let bond = |[provider, issuer, subject]: [Cow<'_, str>; 3]| {
            let bond = IdentityBond::new(provider.into_owned(), issuer.into_owned(), subject.into_owned())?;
            Ok(bond)
        };
        identities.into_iter().map(bond).collect()
    }

    /// The credential of the row, if this is the state of the password. The arguments are the places
    /// of the password and of its hash.
    pub fn credential(&mut self, password: usize, hash: usize) -> Result<ImportedCredential, RowError> {
        self.given.credential(self.place, password, hash)
    }
}
