//! What things are and which rules hold. Pure: nothing here knows a terminal, a database,
//! a network, a clock or the environment.

pub mod admission;
pub mod audit;
pub mod check;
pub mod clock;
pub mod duration;
pub mod email;
pub mod floor;
pub mod group;
pub mod identity;
pub mod ids;
pub mod keys;
pub(crate) mod likeness;
pub mod mail;
pub mod moment;
pub mod password;
pub mod password_policy;
pub mod password_sign_in;
pub mod policies;
pub mod provider;
pub mod range;
pub mod reset;
pub mod rights;
pub mod session;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod third_party;
pub mod throttle;
pub mod token;
pub mod user;
