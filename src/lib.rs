//! The user desk of a back office: people, their passwords, groups and sessions in one SQLite
//! file. The binary `backoffice` is its first caller; your program may be the next:
//!
//! ```
//! use backoffice::{BackOffice, Caller, NewPassword, NewUser};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("backoffice.db");
//! let office = BackOffice::init(&path)?;
//! let service = Caller::service("onboarding");
//! let created = office.on_behalf_of(&service).users().create(NewUser {
//!     first_name: "Ada".parse()?,
//!     last_name: "Lovelace".parse()?,
//!     activate: true,
//!     password: NewPassword::Generate,
//!     ..NewUser::new("ada@example.com".parse()?)
//! })?;
//! let password = created.password.expect("one was made");
//!
//! let page = Caller::visitor().at("192.0.2.7".parse()?);
//! let signed_in = office.on_behalf_of(&page).sign_in(&backoffice::SignIn {
//!     email: "ada@example.com",
//!     password: &password,
//!     new_password: None,
//!     replaces: None,
//! })?;
//! let (user, _session) = office.on_behalf_of(&page).sessions().verify(&signed_in.token, &[])?;
//! assert_eq!(user.email.as_str(), "ada@example.com");
//! # Ok(())
//! # }
//! ```
//!
//! [`BackOffice`] opens a store. [`on_behalf_of`](BackOffice::on_behalf_of) a [`Caller`] it has the
//! use cases by noun ([`Acting`]), each within the caller's rights: a program that names itself may
//! do everything, a user what the group `administrators` allows, a visitor may sign in and ask for a
//! link. Each write is one transaction, with its audit event in it. [`Options`] says under which
//! rules, and by which clock; [`Keeping::RollBack`] makes every write a rehearsal.
//!
//! # Threads and async code
//!
//! A [`BackOffice`] is `Send` and `Sync`, and no use case wants `&mut`: share one between threads in
//! an `Arc`. Each read and each write has a connection of its own. Every use case blocks: it waits
//! for the disk, for other writers (up to [`Options::lock_timeout`]), and while it hashes a password.
//! Async code calls it where blocking is allowed, such as in `tokio::task::spawn_blocking`.
//!
//! # Layers
//!
//! `main → cli → ops → store, hashing, mail, federation → texts → domain`. `terminal`, `config`,
//! `local`, `process` and `error` serve `main` and `cli` only. `store`, [`hashing`], [`mail`] and
//! [`federation`] never see each other. `mail` and `federation` take their words from `texts`.
//! [`files`] lies below all that read and write files.
//! Everything above [`ops`] is in the feature `cli`, which is on by default.

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
pub mod domain;
#[cfg(feature = "cli")]
pub mod error;
pub mod federation;
pub mod files;
pub mod hashing;
#[cfg(feature = "cli")]
pub mod local;
pub mod mail;
pub mod ops;
#[cfg(feature = "cli")]
pub mod process;
mod store;
#[cfg(feature = "cli")]
pub mod terminal;
mod texts;

pub use domain::audit::Actor;
pub use domain::email::EmailAddress;
pub use domain::group::{ADMINISTRATORS, Group, GroupName};
pub use domain::password::{Argon2Cost, PasswordSignIn};
pub use domain::password_policy::PasswordPolicy;
pub use domain::policies::{FailureFloor, Policies};
pub use domain::range::OutOfRange;
pub use domain::reset::{LinkLife, LinkTemplate, ResetPolicy};
pub use domain::rights::NotAllowed;
pub use domain::session::{Session, SessionId, SessionPolicy};
pub use domain::throttle::ThrottlePolicy;
pub use domain::token::{PlainToken, TokenKind};
pub use domain::user::{Locale, Name, Status, User, UserId, UserRef};
pub use ops::sign_in::{Request as SignIn, SignedIn};
pub use ops::users::{IfExists, Listing, NewPassword, NewUser, UserEdit};
pub use ops::{Acting, BackOffice, Caller, Done, Error, GroupWritten, Options, SessionsEnded, Written};
#[doc(no_inline)]
pub use secrecy::{ExposeSecret, SecretString};
pub use store::{Keeping, SortField, Unwritable, UserFilter, UserOrder};

/// The Rust in the README runs too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
