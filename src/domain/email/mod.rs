//! E-mail addresses: which addresses are accepted, and when two addresses are the same.

mod address;
mod error;
mod new;

pub use address::{CanonicalEmail, EmailAddress};
pub use error::EmailError;

#[cfg(test)]
mod tests;
