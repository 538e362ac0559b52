//! CSV with our names: the header has the names of the fields.

use std::borrow::Cow;

use super::error::{ReadError, RowError};
use super::field_names;
use super::format::ReadOptions;
use super::given::{FieldForm, Given, GivenValue};
use super::records::{CsvRecord, trimmed};
use super::row::RowFailure;
use super::unknown_names::UnknownNames;
use super::user_fields::{self, EMAIL, FIELDS, ImportRow};

/// What the columns hold.
pub(super) struct UserColumns {
    columns: Vec<Column>,
    /// The number of columns up to the last one with a name.
    named: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// The field at this place in the table of fields.
    Field(usize),
    /// The header has no name for the column, and it has to be blank.
    Nameless,
    /// The column is passed over.
    Ignored,
}

impl UserColumns {
    /// Reads the header.
    pub fn named(header: &[&str], options: &ReadOptions) -> Result<Self, ReadError> {
        if header.iter().all(|name| field_names::find(name).is_none()) {
            return Err(ReadError::NoHeader);
        }
        let mut unknown = UnknownNames::default();
        let mut columns = Vec::with_capacity(header.len());
        for name in header {
            let column = match field_names::find(name) {
                Some(place) => Column::Field(place),
                None if options.ignore_unknown_columns => Column::Ignored,
                None if name.is_empty() => Column::Nameless,
                None => {
                    unknown.add(|| field_names::unknown(name));
                    Column::Ignored
                }
            };
            if let (Column::Field(place), true) = (column, columns.contains(&column)) {
                let name = FIELDS[place].name;
                return Err(ReadError::RepeatedColumn { name });
            }
            columns.push(column);
        }
        if unknown.count > 0 {
            return Err(ReadError::UnknownColumns(unknown));
        }
        let named = header.iter().rposition(|name| !name.is_empty());
        let found = Self {
            columns,
            named: named.map_or(0, |last| last + 1),
        };
        match found.place_of_email() {
            Some(_) => Ok(found),
            None => Err(ReadError::MissingColumn { name: EMAIL }),
        }
    }

    fn place_of_email(&self) -> Option<usize> {
        let is_email =
            |column: &Column| matches!(column, Column::Field(place) if FIELDS[*place].name == EMAIL);
        self.columns.iter().position(is_email)
    }

    pub fn row(&self, record: CsvRecord<'_>, options: &ReadOptions) -> Result<ImportRow, RowFailure> {
        self.given(record)
            .and_then(|mut given| user_fields::check(record.line, &mut given, &options.timezone))
            .map_err(|error| {
                let email = self.place_of_email().and_then(|place| record.cell(place));
                RowFailure::new(record.line, email, record.explain(error))
            })
    }

    fn given<'r>(&self, record: CsvRecord<'r>) -> Result<Given<'r>, RowError> {
        record.check_len(self.named, self.columns.len())?;
        let mut given = Given::new(FIELDS.len());
        for (number, (column, cell)) in (1..).zip(self.columns.iter().zip(record.cells())) {
            let cell = cell.ok_or(RowError::BadEncoding)?;
            match *column {
                Column::Ignored => {}
                Column::Nameless if trimmed(cell).is_empty() => {}
                Column::Nameless => return Err(RowError::NamelessCell { column: number }),
                Column::Field(place) => {
                    if let Some(value) = value(place, cell)? {
                        given.set(place, value);
                    }
                }
            }
        }
        Ok(given)
    }
}

/// The value of a field in a cell; `None` where the cell gives none.
fn value(place: usize, cell: &str) -> Result<Option<GivenValue<'_>>, RowError> {
    let field = &FIELDS[place];
    // A list never shows a secret, so a `'` in front of it is a part of it. So are blanks.
    let cell = match field.form {
        FieldForm::Secret => cell,
        _ => trimmed(cell),
    };
    // An empty cell gives no value: an update does not remove a name by it. Only an empty address is a
    // value, because the message for it differs from a missing column.
    if cell.is_empty() && field.name != EMAIL {
        return Ok(None);
    }
    Ok(Some(match field.form {
        FieldForm::Identities | FieldForm::Shown => return Ok(None),
        FieldForm::Secret => GivenValue::Text(Cow::Borrowed(cell)),
        FieldForm::Names => GivenValue::Names(unguarded(cell).split(';').map(Cow::Borrowed).collect()),
        FieldForm::Flag => GivenValue::Flag(flag(field.name, cell)?),
        FieldForm::Text => GivenValue::Text(Cow::Borrowed(unguarded(cell))),
    }))
}

/// The cell without the `'` that our CSV output puts in front of a formula of a spreadsheet.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// Spreadsheets write `TRUE`.
fn flag(field: &'static str, cell: &str) -> Result<bool, RowError> {
    if cell.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if cell.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(RowError::Flag { field })
    }
}

#[cfg(test)]
mod tests;
