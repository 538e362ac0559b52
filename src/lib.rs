//! The user desk of a back office: people, their passwords, groups and sessions in one SQLite
//! file. The binary `backoffice` is its first caller; your program may be the next:
//!
//! ```
//! use backoffice::{
//!     BackOffice, Caller, ExposeSecret, LinkTemplate, Listing, NewPassword, NewUser, Options, SignIn,
//!     reset_token_in,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("backoffice.db");
//! let mut options = Options::default();
//! let template = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com")?;
//! options.policies.reset.link = Some(template);
//! let office = BackOffice::init_with(&path, options, &Caller::process_owner())?.office;
//!
//! // The audit record names who acts: this program, by a name of its own.
//! let service = Caller::service("onboarding");
//! let desk = office.on_behalf_of(&service);
//! let mut ada = NewUser::new("ada@example.com".parse()?);
//! ada.first_name = "Ada".parse()?;
//! ada.last_name = "Lovelace".parse()?;
//! ada.activate = true;
//! ada.password = NewPassword::Generate;
//! let created = desk.users().create(ada)?;
//! let password = created.password.expect("one was made");
//!
//! // Two people at the login page of this program, each in a thread.
//! let page = Caller::visitor().at("192.0.2.7".parse()?);
//! let sign_in = || office.on_behalf_of(&page).sign_in(&SignIn::new("ada@example.com", &password));
//! let (one, other) = std::thread::scope(|scope| {
//!     let (one, other) = (scope.spawn(sign_in), scope.spawn(sign_in));
//!     (one.join().unwrap(), other.join().unwrap())
//! });
//! for signed_in in [one?, other?] {
//!     let found = desk.sessions().verify(&signed_in.token, &[])?;
//!     assert_eq!(found.user.email.as_str(), "ada@example.com");
//! }
//!
//! // A link sets a new password, once, and ends the sessions.
//! let issued = desk.resets().issue(&created.user.id.into(), None)?;
//! let url = issued.url.expect("it is to be shown");
//! let token = reset_token_in(url.expose_secret())?;
//! let visitor = Caller::visitor();
//! let resets = office.on_behalf_of(&visitor).resets();
//! let link = resets.check(&token)?;
//! let written = resets.complete(&link, &"saffron glacier lantern pewter".into())?;
//! assert_eq!(written.ended_sessions, Some(2));
//! assert_eq!(desk.users().list(&Listing::default())?.len(), 1);
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
//! # Refusals wait
//!
//! A refused sign-in ([`Error::Denied`], also from
//! [`passwords().change`](ops::passwords::Passwords::change)) and a request for a link
//! ([`Requested`]) carry the earliest moment at which they may be answered ([`NotBefore`]). No use
//! case waits for it, and the store is free meanwhile. Your program waits before the answer leaves
//! it, or the time tells a stranger whether there is such a user:
//!
//! ```
//! # use backoffice::{Acting, Error, SignIn, SignedIn};
//! use std::{thread, time::Instant};
//!
//! fn sign_in(office: Acting<'_>, request: &SignIn<'_>) -> Result<SignedIn, Error> {
//!     office.sign_in(request).inspect_err(|error| {
//!         if let Some(not_before) = error.not_before() {
//!             thread::sleep(not_before.remaining(Instant::now()));
//!         }
//!     })
//! }
//! ```
//!
//! Async code holds no thread while it waits: `tokio::time::sleep_until(not_before.instant().into())`.
//!
//! # Layers
//!
//! `main → cli → ops → store, hashing, mail, federation → texts → domain`. What the command line
//! alone needs is inside `cli`. `store`, `hashing`, `mail` and `federation` never see each other.
//! `mail` and `federation` take their words from `texts`. `files` lies below all rooms that read and
//! write files.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | none | users, groups, passwords, sessions, reset links that the program shows, the queue of mails |
//! | `mail` | `Mailer`: mails from the queue and mailed links are sent |
//! | `federation` | `third_party_login`: sign-in at a provider |
//! | `cli` (default) | the command line; it needs the two others |

// Rooms that are private to the crate are documented for those who work on it.
#![allow(rustdoc::private_intra_doc_links)]
#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        reason = "each room is whole in every build, and a build without the command line calls less of it"
    )
)]

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod domain;
#[cfg(feature = "federation")]
mod federation;
mod files;
mod hashing;
#[cfg(feature = "mail")]
mod mail;
mod ops;
mod store;
#[cfg(any(feature = "mail", feature = "federation"))]
mod texts;

// An open store, who acts, and what can be done.
pub use ops::audit::AuditRecord;
pub use ops::{Acting, BackOffice, Caller, Options};
pub use ops::{groups::Groups, identities::Identities, mail::MailQueue, passwords::Passwords};
pub use ops::{resets::Resets, sessions::Sessions, users::Users};

// What is given to a use case.
pub use domain::audit::{ChainHash, Outcome};
pub use domain::email::EmailAddress;
pub use domain::group::{ADMINISTRATORS, GroupName};
pub use domain::identity::IdentityBond;
pub use domain::ids::{AttemptId, MailId, ResetId, SessionId, UserId};
pub use domain::password_policy::PasswordOwner;
pub use domain::reset::token_in as reset_token_in;
pub use domain::token::{PlainToken, TokenKind};
pub use domain::user::{Locale, Name, UserRef};
pub use ops::audit::{EventCause, EventListing};
pub use ops::import::{ImportOptions, ImportStep, InputFormat, ReadOptions, Separator};
pub use ops::resets::Disclosure;
pub use ops::sign_in::SignIn;
pub use ops::users::{IfExists, Listing, NewPassword, NewUser, UserEdit};
#[cfg(feature = "mail")]
pub use ops::users::{Invitation, Invited};
#[doc(no_inline)]
pub use secrecy::{ExposeSecret, SecretString};
pub use store::{Keeping, SortField, UserFilter, UserOrder};

// The rules.
pub use domain::password::Argon2Cost;
pub use domain::password_policy::PasswordPolicy;
pub use domain::password_sign_in::PasswordSignIn;
pub use domain::policies::{FailureFloor, Policies};
pub use domain::reset::{LinkLife, LinkTemplate, ResetPolicy};
pub use domain::session::SessionPolicy;
pub use domain::throttle::ThrottlePolicy;

// What a use case answers.
pub use domain::audit::{AuditEvent, BrokenLink, ChainFault, EventActor};
pub use domain::check::CheckStep;
pub use domain::group::Group;
pub use domain::identity::Identity;
pub use domain::keys::StoreId;
pub use domain::mail::{Notice, QueuedMail};
pub use domain::password::{PasswordHash, PasswordState};
pub use domain::reset::{ResetKind, ResetLink, ResetState};
pub use domain::session::Session;
pub use domain::throttle::LockKind;
pub use domain::user::{Status, User};
pub use ops::audit::{AuditHead, ListedEvent, RecordChecked};
pub use ops::import::{ImportFailure, ImportReport};
#[cfg(feature = "mail")]
pub use ops::mail::{Delivery, Dropped, Flushed};
pub use ops::resets::{Issued, LinkRevoked, LinksRevoked, ListedLink, Requested, UsableLink};
pub use ops::sessions::SignedIn;
pub use ops::sessions::{SessionsEnded, UserSession};
pub use ops::{Done, Ended, GroupWritten, Opened, Written};
pub use store::Unwritable;

// Why a use case was refused.
pub use domain::audit::MalformedChainHash;
pub use domain::email::EmailError;
pub use domain::group::GroupNameError;
pub use domain::password_policy::PasswordRefusal;
pub use domain::range::OutOfRange;
pub use domain::reset::LinkError;
pub use domain::rights::NotAllowed;
pub use domain::token::MalformedToken;
pub use domain::user::{LocaleError, NameError, TransitionRefused};
#[cfg(feature = "federation")]
pub use ops::ThirdPartyError;
pub use ops::import::{BadSeparator, ForeignKind, ImportError, ImportProblem, ReadError, RowError};
pub use ops::import::{UnknownName, UnknownNames};
pub use ops::{Error, IdentityError};
pub use store::{StoreError, StoreFileFault};

// Mail: what it is made of and sent with.
#[cfg(feature = "mail")]
pub use mail::{ANSWER_TIMEOUT, Directory, Fate, Memory, SendError, Sender, Sent, SettingsError, Smtp};
#[cfg(feature = "mail")]
pub use mail::{MailStep, SmtpSettings, TemplateError, Templates, Tls, Transport};
#[cfg(feature = "mail")]
pub use ops::mail::Mailer;

// Time and randomness, for programs that bring their own.
pub use domain::clock::{Clock, NoRandomness, NotBefore, RandomSource, Timestamp};

/// Third-party login: what [`Acting::third_party`] takes and gives. `begin` gives a URL and a
/// [`Transaction`](third_party_login::Transaction), which can be sealed for another process;
/// [`Client::vouch`](third_party_login::Client::vouch) asks the provider, and holds no store;
/// `sign_in` or `link` completes the login, once.
#[cfg(feature = "federation")]
pub mod third_party_login {
    pub use crate::domain::admission::{
        Admission, AdmissionFault, ClaimValue, EmailDomain, EmailDomainFault, Strategy,
    };
    pub use crate::domain::clock::Clock;
    pub use crate::domain::provider::{ClientAuth, OAuth2, Oidc, Preset, Protocol, SigningAlgorithm};
    pub use crate::domain::provider::{EndpointError, ProviderFault, ProviderKind, ProviderRule};
    pub use crate::domain::provider::{Provider, ProviderDescription, ProviderName};
    pub use crate::domain::provider::{Redirect, RedirectHost};
    pub use crate::domain::third_party::{Lifetime, Purpose, StateHash};
    pub use crate::federation::{
        Beginning, Callback, CallbackFault, Client, DeviceTransaction, ExpectedCallback, FailedStep,
        ProviderError, Transaction, TransactionError, UnusableAnswer, Vouched,
    };
    pub use crate::ops::LoginRefused;
    pub use crate::ops::identities::Other;
    pub use crate::ops::system::SystemClock;
    pub use crate::ops::third_party_login::{Begun, SignedInAtProvider, ThirdParty};
}

/// The Rust in the README runs too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
