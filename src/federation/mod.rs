//! Third-party login: from the settings of a provider to a person it has vouched for, everything
//! verified. Whether the person may come in is decided elsewhere.

mod answer;
mod authorization_code;
mod callback;
mod check;
mod claims;
mod client;
mod device;
mod endpoints;
mod error;
mod http;
mod id_token;
mod jws;
mod keys;
mod listener;
mod metadata;
mod pages;
mod person;
mod seal;
#[cfg(test)]
pub(crate) mod testing;
mod tokens;
mod transaction;
mod userinfo;

pub use callback::{Callback, CallbackFault, ExpectedCallback, UnusableAnswer};
pub use check::{CheckFault, FailedStep, Unsupported};
pub use client::Client;
pub use device::DeviceTransaction;
pub use error::{Endpoint, ProviderError, ProxyFault, TokenFault, Unreachable};
pub use listener::{Arrived, ListenError, Listener, PeerFault, WaitError, silence_panics_of_library};
pub use pages::{Ending, Person};
pub(crate) use seal::Sealed;
pub use transaction::{Beginning, Transaction, TransactionError, Vouched};
