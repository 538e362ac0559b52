//! The reading half of an import. Everything is read, checked, compared and hashed before the store
//! is locked.

use std::collections::HashMap;
use std::io::BufRead;

use secrecy::SecretString;

use super::import_failure::{ImportFailure, ImportProblem};
use super::options::{ImportOptions, ImportStep, STRIDE};
use super::refused_rows::RefusedRows;
use super::row::{ImportedCredential, RowFailure};
use super::user_fields::ImportRow;
use super::{ReadError, read};
use crate::domain::password::{Credential, PasswordHash};
use crate::ops::Error;
use crate::ops::acting::Gate;
use crate::ops::credentials;
use crate::ops::desk::Desk;
use crate::ops::floor::Times;
use crate::ops::same_password::Compared;
use crate::ops::users::{IfExists, Users};

/// The rows of an input that keep every rule that needs no store.
pub(super) struct CheckedRows {
    pub rows: Vec<ImportRow>,
    /// The passwords of the rows that have a plain one, in the order of the rows.
    pub passwords: Vec<PreparedPassword>,
    pub failures: RefusedRows,
}

/// What is known of a plain password before the store is locked.
#[derive(Default)]
pub(super) struct PreparedPassword {
    /// The comparison with the password of the user who has the address.
    pub compared: Compared,
    /// Its hash; `None` if the same password has a good hash already.
    pub hash: Option<PasswordHash>,
}

impl CheckedRows {
    pub fn read<'i>(
        input: Box<dyn BufRead + 'i>,
        options: &ImportOptions,
        progress: &(dyn Fn(ImportStep) + Sync),
    ) -> Result<Self, ReadError> {
        let mut batch = Self {
            rows: Vec::new(),
            passwords: Vec::new(),
            failures: RefusedRows::default(),
        };
        for (count, row) in (1..).zip(read(input, &options.read)?) {
            match row? {
                Ok(row) => batch.rows.push(row),
                Err(RowFailure { line, email, error }) => {
                    batch.failures.add(ImportFailure {
                        line,
                        email,
                        problem: error.into(),
                    });
                }
            }
            if count % STRIDE == 0 {
                progress(ImportStep::Read(count));
            }
        }
        batch.refuse_repeated();
        Ok(batch)
    }

    /// Refuses the rows whose address an earlier row has.
    fn refuse_repeated(&mut self) {
        let mut first = HashMap::with_capacity(self.rows.len());
        let mut repeated = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            let (at, line) = *first.entry(row.email.canonical()).or_insert((place, row.line));
            if at != place {
                repeated.insert(place, line);
            }
        }
        let (failures, mut place) = (&mut self.failures, 0..);
        self.rows.retain(|row| {
            let line = place.next().and_then(|place| repeated.get(&place));
            if let Some(&line) = line {
                failures.add(failure(row, ImportProblem::Repeated { line }));
            }
            line.is_none()
        });
    }

    /// Checks, compares and hashes the plain passwords.
    pub fn prepare_passwords(
        &mut self,
        users: &Users<'_>,
        options: &ImportOptions,
        progress: &(dyn Fn(ImportStep) + Sync),
    ) -> Result<(), Error> {
        let desk = &users.office.desk;
        self.keep_if(|row| check_password(desk, row))?;
        let rows: Vec<_> = self
            .rows
            .iter()
            .filter_map(|row| Some((row, plain_password(row)?)))
            .collect();
        let mut prepared: Vec<PreparedPassword> = rows.iter().map(|_| PreparedPassword::default()).collect();
        if options.reset_passwords && options.if_exists == IfExists::Update {
            compare(users, &rows, &mut prepared, progress)?;
        }
        let needed = |prepared: &PreparedPassword| !prepared.compared.needs_no_hash(desk);
        let plain: Vec<&SecretString> = rows
            .iter()
            .zip(&prepared)
            .filter(|(_, prepared)| needed(prepared))
            .map(|((_, plain), _)| *plain)
            .collect();
        let of = plain.len() as u64;
        let hashes = desk.hasher.hash_all(&plain, &*desk.random, &|done| {
            progress(ImportStep::Hashed { done, of });
        })?;
        let without = prepared.iter_mut().filter(|prepared| needed(prepared));
        for (prepared, hash) in without.zip(hashes) {
            prepared.hash = Some(hash);
        }
        self.passwords = prepared;
        Ok(())
    }

    /// Measures the time that the hashes of the rows need, and refuses rows whose hash needs too long.
    pub fn measure_hashes(&mut self, users: &Users<'_>) -> Result<Times, Error> {
        let times = Times::of_imported(users.office, self.rows.iter().filter_map(imported_hash))?;
        let desk = &users.office.desk;
        self.keep_if(|row| Ok(imported_hash(row).map_or(Ok(()), |hash| times.check(desk, hash))?))?;
        Ok(times)
    }

    /// Keeps the rows whose password passes, where they are: a copy of all rows is too much memory.
    fn keep_if(&mut self, check: impl Fn(&ImportRow) -> Result<(), Error>) -> Result<(), Error> {
        let (failures, mut broken) = (&mut self.failures, Ok(()));
        self.rows.retain(|row| match broken.is_ok().then(|| check(row)) {
            None | Some(Ok(())) => true,
            Some(Err(error @ (Error::WeakPassword(_) | Error::HashRefused(_)))) => {
                failures.add(failure(row, ImportProblem::Refused(Box::new(error))));
                false
            }
            Some(Err(error)) => {
                broken = Err(error);
                true
            }
        });
        broken
    }
}

fn failure(row: &ImportRow, problem: ImportProblem) -> ImportFailure {
    ImportFailure {
        line: row.line,
        email: Some(row.email.to_string()),
        problem,
    }
}

/// Compares the passwords of existing users with their stored hashes.
fn compare(
    users: &Users<'_>,
    rows: &[(&ImportRow, &SecretString)],
    prepared: &mut [PreparedPassword],
    progress: &(dyn Fn(ImportStep) + Sync),
) -> Result<(), Error> {
    let stored = users.office.read(Gate::Administer, |view| {
        let hash = |row: &ImportRow| {
            let user = view.find_user_by_email(row.email.canonical())?;
            let credential = user.map(|user| view.credential(user.id)).transpose()?;
            Ok(credential.as_ref().and_then(Credential::usable_hash).cloned())
        };
        rows.iter()
            .map(|(row, _)| hash(row))
            .collect::<Result<Vec<_>, Error>>()
    })?;
    let (pairs, places): (Vec<_>, Vec<_>) = stored
        .iter()
        .zip(rows)
        .zip(prepared)
        .filter_map(|((hash, (_, plain)), place)| Some(((hash.as_ref()?, *plain), place)))
        .unzip();
    let of = pairs.len() as u64;
    let hasher = &users.office.desk.hasher;
    let answers = hasher.verify_all(&pairs, &|done| progress(ImportStep::Compared { done, of }));
    for (((hash, _), place), is_same) in pairs.into_iter().zip(places).zip(answers) {
        place.compared = Compared::known(hash.clone(), is_same);
    }
    Ok(())
}

/// The hash of a row, if it has one.
fn imported_hash(row: &ImportRow) -> Option<&PasswordHash> {
    match &row.credential {
        ImportedCredential::Hash(hash) => Some(hash),
        _ => None,
    }
}

/// The plain password of a row, if it has one.
pub(super) fn plain_password(row: &ImportRow) -> Option<&SecretString> {
    match &row.credential {
        ImportedCredential::Plain(plain) => Some(plain),
        _ => None,
    }
}

fn check_password(desk: &Desk, row: &ImportRow) -> Result<(), Error> {
    let Some(plain) = plain_password(row) else {
        return Ok(());
    };
    let (first_name, last_name) = (
        row.first_name.clone().unwrap_or_default(),
        row.last_name.clone().unwrap_or_default(),
    );
    credentials::check(
        desk,
        plain,
        credentials::owner(&row.email, &first_name, &last_name),
    )
}
