//! The shapes of the contract: what a record looks like in each format.

mod check;
mod identity;
mod link;
mod mail;
mod session;
mod setting;
mod user;
mod within;

pub use check::ShownStep;
pub use identity::ShownIdentity;
pub use link::ShownLink;
pub use mail::{FlushedMail, Queued};
pub use session::ShownSession;
pub use setting::InForce;
pub use user::OfUser;
pub use within::within;
