//! Two numbers in the header of an SQLite file (<https://www.sqlite.org/fileformat2.html>, §1.3): the
//! application id, and the version of the schema.

use rusqlite::Connection;

use crate::store::StoreError;

/// "boff": by this id we know our files among other SQLite files.
pub(super) const APPLICATION_ID: u32 = 0x626F_6666;

/// The version of the schema of the store behind a connection.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
