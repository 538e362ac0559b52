//! The use cases. Each takes what it needs (store, clock, random source, policies) as a
//! parameter and returns a value; none prints, asks or reads a setting.

mod acting;
mod caller;
mod change;
mod credentials;
mod error;
mod floor;
pub mod groups;
pub mod identities;
mod ids;
pub mod import;
mod keys;
pub mod mail;
mod office;
pub mod passwords;
mod people;
pub mod resets;
pub mod sessions;
pub mod sign_in;
pub mod system;
#[cfg(test)]
mod testing;
pub mod third_party_login;
pub mod users;
mod view;
mod written;
#[cfg(test)]
mod wrong_clock;

pub use acting::Acting;
pub use caller::Caller;
pub use credentials::Ended;
pub use error::{Error, IdentityError, ThirdPartyError};
pub use office::{BackOffice, Options};
pub use written::{Done, GroupWritten, SessionsEnded, Written};
