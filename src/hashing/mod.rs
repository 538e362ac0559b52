//! Hashes of passwords: this program makes Argon2id, and verifies the kinds that other systems make.
//! And the search in a file of breached passwords.

mod argon2id;
mod aspnet;
mod batch;
mod bcrypt;
mod bcrypt_input;
mod breached;
mod cost;
mod error;
mod form;
mod hasher;
mod imported;
mod keycloak;
mod limits;
mod nfc;
mod pbkdf2;
mod phpass;
mod refused;
mod salted_digest;
mod scheme;
mod scrypt;
mod sha;
mod sha_crypt;

pub use breached::BreachedFile;
pub use error::{HashRefusal, HashingError};
pub use hasher::Hasher;
pub use imported::{Imported, read_imported};
pub use limits::LONGEST_PASSWORD;
pub use nfc::is_same_password;

#[cfg(test)]
mod tests;
