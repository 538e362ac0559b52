//! From rows to users. Everything is read, checked and hashed before the store is locked; then all
//! rows go in, or none.

use std::io::BufRead;

use super::ImportError;
use super::checked::CheckedRows;
use super::options::{ImportOptions, ImportStep};
use super::report::ImportReport;
use super::row::ImportedCredential;
use super::user_fields::ImportRow;
use super::write::ImportWriter;
use crate::ops::acting::Gate;
use crate::ops::users::Users;

impl Users<'_> {
    /// Imports users. Input order is kept: ids grow with it, unless rows bring their own.
    ///
    /// # Errors
    /// [`ImportError::Read`] if the input can't be read to its end; [`ImportError::Refused`] with every
    /// row at fault, unless [`ImportOptions::keep_going`]; [`Error::Store`](crate::ops::Error::Store) in [`ImportError::Other`] if the store can't
    /// be written. Nothing was imported then.
    pub fn import<'i>(
        &self,
        input: Box<dyn BufRead + 'i>,
        options: &ImportOptions,
        progress: &(dyn Fn(ImportStep) + Sync),
    ) -> Result<ImportReport, ImportError> {
        self.office.read(Gate::Administer, |_| Ok(()))?;
        let mut batch = CheckedRows::read(input, options, progress)?;
        let times = batch.measure_hashes(self)?;
        batch.prepare_passwords(self, options, progress)?;
        let bulk = batch.rows.len() > 10_000;
        let brings_hashes = |row: &ImportRow| matches!(row.credential, ImportedCredential::Hash(_));
        let gate = if batch.rows.iter().any(brings_hashes) {
            Gate::Own
        } else {
            Gate::Administer
        };
        let CheckedRows {
            rows,
            passwords,
            failures,
        } = batch;
        let written = self.office.write_many(gate, bulk, |tx| {
            let mut writer = ImportWriter::new(tx, options);
            let take = || writer.take_all(&rows, &passwords, progress);
            let ((), failure_floor) = times.keep_with(tx, take)?;
            writer.report.failure_floor = failure_floor;
            let is_sound = failures.count == 0 && writer.failures.count == 0;
            let report = writer.report.with(writer.failures);
            if is_sound || options.keep_going {
                Ok(report)
            } else {
                Err(ImportError::Refused(Box::new(report)))
            }
        });
        match written {
            Ok(report) => Ok(report.with(failures)),
            Err(ImportError::Refused(report)) => Err(ImportError::Refused(Box::new(report.with(failures)))),
            Err(error) => Err(error),
        }
    }
}
