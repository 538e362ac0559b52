//! Why nothing was imported.

use super::{ImportReport, ReadError};
use crate::domain::clock::NotBefore;
use crate::ops::Error;
use crate::ops::acting::UseCaseError;
use crate::store::StoreError;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The input can't be read to its end.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Rows were refused. The report has the first ones, and the number of all.
    #[error("{} of the rows can't be imported, so none was", .0.failed)]
    Refused(Box<ImportReport>),
    /// Another error.
    #[error(transparent)]
    Other(#[from] Error),
}

impl ImportError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => error.code(),
            Self::Refused(report) => report.code(),
            Self::Other(error) => error.code(),
        }
    }

    /// The earliest moment at which a person may be told of the error; `None`: at once.
    #[must_use]
    pub fn not_before(&self) -> Option<NotBefore> {
        match self {
            Self::Other(error) => error.not_before(),
            Self::Read(_) | Self::Refused(_) => None,
        }
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl UseCaseError for ImportError {
    fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Other(error) => Self::Other(change(error)),
            own => own,
        }
    }
}
