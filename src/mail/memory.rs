//! Mails kept in memory, so that a test can read what would have gone out.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::SendError;
use super::letter;
use super::sender::Sender;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::texts::mails::RenderedMail;

/// Keeps mails in memory; clones share what they keep.
#[derive(Clone)]
pub struct Memory {
    sender: Sender,
    state: Arc<Mutex<State>>,
}

/// A mail that was kept.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// The recipient of the envelope.
    pub to: String,
    /// What was sent.
    pub mail: RenderedMail,
    /// The message as it would have gone on the wire.
    pub eml: Vec<u8>,
}

#[derive(Default)]
struct State {
    sent: Vec<Sent>,
    failure: Option<SendError>,
}

impl Memory {
    /// Nothing is kept yet.
    #[must_use]
    pub fn new(sender: Sender) -> Self {
        Self {
            sender,
            state: Arc::default(),
        }
    }

    /// What was sent, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// From now on every mail fails like this; `None` ends it.
    pub fn fail_with(&self, failure: Option<SendError>) {
        self.state().failure = failure;
    }

    pub(super) fn send(
        &self,
        mail: &RenderedMail,
        to: &EmailAddress,
        now: Timestamp,
        random: &dyn RandomSource,
    ) -> Result<(), SendError> {
        let letter = letter::write(mail, &self.sender, to, now, random)?;
        let mut state = self.state();
        if let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        state.sent.push(Sent {
            to: letter.to.to_string(),
            mail: mail.clone(),
            eml: letter.bytes,
        });
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}

/// Shows no body, for it may hold a link.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("to", &self.to)
            .field("mail", &self.mail)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::testing::{Counting, email, mail};
    use crate::mail::{MailStep, Transport};

    #[test]
    fn it_keeps_what_was_sent_and_fails_when_told() {
        let memory = Memory::new(Sender::parse("a@example.com").unwrap());
        let transport = Transport::Memory(memory.clone());
        let to = email("ada@example.com");
        let go = || transport.send(&mail(), &to, Timestamp::UNIX_EPOCH, &Counting::default());
        go().unwrap();
        let failure = SendError::new(MailStep::Accept, "the mailbox is full");
        memory.fail_with(Some(failure.clone()));
        assert_eq!(go(), Err(failure.clone()));
        assert_eq!(
            failure.to_string(),
            "the mail wasn't accepted: the mailbox is full"
        );
        memory.fail_with(None);
        go().unwrap();
        let sent = memory.sent();
        assert_eq!(sent.len(), 2);
        assert_eq!((sent[0].to.as_str(), &sent[0].mail), ("ada@example.com", &mail()));
        assert!(!format!("{sent:?} {transport:?}").contains("token"));
    }
}
