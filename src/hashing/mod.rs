//! Hashes of passwords: this program makes Argon2id, and verifies the kinds that other systems make.
//! And the search in a file of breached passwords.

mod argon2id;
mod batch;
mod bcrypt;
mod breached;
mod cost;
mod error;
mod form;
mod hasher;
mod imported;
mod limits;
mod nfc;
mod pbkdf2;
mod scheme;
mod scrypt;

pub use breached::BreachedFile;
pub use error::{HashRefusal, HashingError};
pub use hasher::Hasher;
pub use imported::{Imported, read_imported};
pub use limits::LONGEST_PASSWORD;
pub use nfc::is_same_password;

#[cfg(test)]
mod tests;
