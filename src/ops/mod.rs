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
mod notices;
mod office;
pub mod passwords;
mod people;
pub mod resets;
pub mod sessions;
pub mod sign_in;
pub mod system;
#[cfg(test)]
mod testing;
#[cfg(feature = "federation")]
pub mod third_party_login;
pub mod users;
mod view;
mod written;
#[cfg(test)]
#[cfg(feature = "mail")]
mod wrong_clock;

pub use acting::Acting;
pub use caller::Caller;
pub use credentials::Ended;
#[cfg(feature = "federation")]
pub use error::ThirdPartyError;
pub use error::{Error, IdentityError};
pub use office::{BackOffice, Opened, Options};
pub use written::{Done, GroupWritten, Written};
