//! The use cases, one file a noun. A use case takes what it needs (store, clock, random source,
//! policies) as a parameter and returns a value. It prints nothing, asks nothing and reads no
//! setting.

mod acting;
pub mod audit;
mod caller;
mod credentials;
mod desk;
mod error;
mod floor;
pub mod groups;
mod hash_counts;
mod hash_uses;
pub mod identities;
mod ids;
pub mod import;
mod keys;
mod last_administrator;
mod links;
mod lookup;
pub mod mail;
mod membership;
mod notices;
mod office;
mod outcome;
pub mod passwords;
mod read_transaction;
pub mod resets;
mod same_password;
pub mod sessions;
pub mod sign_in;
pub mod system;
#[cfg(test)]
mod testing;
#[cfg(feature = "federation")]
pub mod third_party_login;
pub mod users;
mod verify;
mod write_transaction;
#[cfg(test)]
#[cfg(feature = "mail")]
mod wrong_clock;

pub use acting::Acting;
pub use caller::Caller;
pub use desk::Options;
pub use error::{Error, IdentityError};
#[cfg(feature = "federation")]
pub use error::{LoginRefused, ThirdPartyError};
pub use office::{BackOffice, Opened};
pub use outcome::{Done, Ended, GroupWritten, Written};
