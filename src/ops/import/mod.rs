//! Import and export of users: from the bytes of a file to rows, and from rows to users.

mod checked;
mod csv;
mod dialect;
mod django;
mod error;
mod export;
mod field_names;
mod foreign;
mod format;
mod given;
mod import_error;
mod import_failure;
mod input;
mod json;
mod jsonl;
#[cfg(test)]
mod no_input_panics;
mod objects;
mod options;
mod reader;
mod records;
mod refused_rows;
mod report;
mod row;
mod run;
mod source;
mod spryker;
mod unknown_names;
mod user_fields;
mod write;
mod zone;

pub use error::{ReadError, RowError};
pub use export::ExportRow;
pub use foreign::ForeignKind;
pub use format::{BadSeparator, InputFormat, ReadOptions, Separator};
pub use import_error::ImportError;
pub use import_failure::{ImportFailure, ImportProblem};
pub use options::{ImportOptions, ImportStep};
pub use reader::read;
pub use report::ImportReport;
pub use unknown_names::{UnknownName, UnknownNames};
pub use user_fields::SHOWN_FIELDS;
pub(in crate::ops) use user_fields::{given_fields, new_user};
pub use zone::{TimeZoneError, time_zone};
