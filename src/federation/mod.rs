//! Third-party login: from the settings of a provider to a person it has vouched for, everything
//! verified. Whether the person may come in is decided elsewhere.

mod callback;
mod check;
mod client;
mod device;
mod endpoints;
mod error;
mod http;
mod id_token;
mod listener;
mod pages;
mod person;

pub use callback::{Callback, CallbackFault};
pub use check::CheckFault;
pub use client::{Beginning, Client, Transaction};
pub use device::DeviceTransaction;
pub use error::{IdTokenFault, ProviderError, Step, Unreachable};
pub use listener::{ListenError, Listener, WaitError};
pub use pages::{Ending, Person};
