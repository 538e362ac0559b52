//! Import and export of users: from the bytes of a file to rows, and from rows to users.

mod batch;
mod csv;
mod django;
mod error;
mod export;
mod fields;
mod input;
mod json;
mod jsonl;
#[cfg(test)]
mod no_input_panics;
mod objects;
mod reader;
mod records;
mod row;
mod run;
mod spryker;
mod zone;

pub use error::{ReadError, RowError};
pub use export::ExportRow;
pub use reader::{InputFormat, ReadOptions, read};
pub use run::{ImportFailure, ImportOptions, ImportProblem, ImportReport, Step};
pub use zone::{TimeZoneError, time_zone};
