//! What every use case needs besides the store: rules, time, randomness, hashing, mail.

use std::time::Duration;

#[cfg(feature = "mail")]
use super::Error;
use super::ids::IdSource;
#[cfg(feature = "mail")]
use super::mail::Mailer;
use super::system::{SystemClock, SystemRandom};
use crate::domain::clock::{Clock, RandomSource};
use crate::domain::policies::Policies;
use crate::hashing::Hasher;
use crate::store::Keeping;

/// The default of [`Options::lock_timeout`].
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How a store is opened, and under which rules.
#[non_exhaustive]
pub struct Options {
    /// The rules.
    pub policies: Policies,
    /// How long a read or a write waits for a busy store.
    pub lock_timeout: Duration,
    /// Whether writes are kept or rolled back.
    pub keeping: Keeping,
    /// The texts and the transport of mails. Without a mailer no mail is sent.
    #[cfg(feature = "mail")]
    pub mailer: Option<Mailer>,
    /// The source of the time.
    pub clock: Box<dyn Clock>,
    /// The source of random bytes.
    pub random: Box<dyn RandomSource>,
}

impl Default for Options {
    /// The default rules, the clock and the random bytes of the system, and no mailer.
    fn default() -> Self {
        Self {
            policies: Policies::default(),
            lock_timeout: LOCK_TIMEOUT,
            keeping: Keeping::Commit,
            #[cfg(feature = "mail")]
            mailer: None,
            clock: Box::new(SystemClock::start()),
            random: Box::new(SystemRandom),
        }
    }
}

/// What a use case needs besides the store.
pub(super) struct Desk {
    pub policies: Policies,
    pub hasher: Hasher,
    pub clock: Box<dyn Clock>,
    pub random: Box<dyn RandomSource>,
    pub ids: IdSource,
    pub keeping: Keeping,
    /// Whether this process or another one sends the mails of the queue.
    pub sends_queue: bool,
    #[cfg(feature = "mail")]
    pub mailer: Option<Mailer>,
}

impl Desk {
    pub fn new(options: Options) -> Self {
        #[cfg(feature = "mail")]
        let sends_mail = options.mailer.is_some();
        #[cfg(not(feature = "mail"))]
        let sends_mail = false;
        Self {
            sends_queue: sends_mail || options.policies.notices,
            hasher: Hasher::new(options.policies.argon2),
            policies: options.policies,
            clock: options.clock,
            random: options.random,
            ids: IdSource::default(),
            keeping: options.keeping,
            #[cfg(feature = "mail")]
            mailer: options.mailer,
        }
    }

    #[cfg(feature = "mail")]
    pub fn mailer(&self) -> Result<&Mailer, Error> {
        self.mailer.as_ref().ok_or(Error::NoMailer)
    }
}
