//! The texts and the transport of mails.

use std::time::Duration;

use crate::domain::mail::{LEASE, LONGEST_LEASE};
use crate::mail::Transport;
use crate::texts::mails::Templates;

/// The texts and the transport of mails.
#[derive(Debug)]
pub struct Mailer {
    /// The texts.
    pub templates: Templates,
    /// The transport.
    pub transport: Transport,
}

impl Mailer {
    /// For how long no other process sends a mail that this process sends.
    pub(super) fn lease(&self) -> Duration {
        (LEASE + self.transport.bound()).min(LONGEST_LEASE)
    }
}
