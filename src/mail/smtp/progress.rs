//! How far the dialogue with a server is, for the thread that waits for its end.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::error::{MailStep, SendError};

/// How far the dialogue is.
#[derive(Default)]
pub(super) struct DialogueProgress(Mutex<Stage>);

struct Stage {
    at: MailStep,
    done: Vec<(MailStep, String)>,
    given_up: bool,
    in_message: bool,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            at: MailStep::Resolve,
            done: Vec::new(),
            given_up: false,
            in_message: false,
        }
    }
}

/// What the waiting thread finds when the time of the dialogue is over.
pub(super) enum Stopped {
    /// Nothing was handed over, and nothing will be.
    At(MailStep),
    /// The message is on its way.
    InMessage,
}

impl DialogueProgress {
    /// The steps that went well, and what each found.
    pub(super) fn done(&self) -> Vec<(MailStep, String)> {
        self.stage().done.clone()
    }

    /// The time is over: nothing further is begun. A message that is on its way goes on.
    pub(super) fn stop(&self) -> Stopped {
        let mut stage = self.stage();
        if stage.in_message {
            return Stopped::InMessage;
        }
        stage.given_up = true;
        Stopped::At(stage.at)
    }

    pub(super) fn begin(&self, step: MailStep) -> Result<(), SendError> {
        let mut stage = self.stage();
        stage.at = step;
        if stage.given_up {
            return Err(SendError::new(step, "the time for the mail was over"));
        }
        Ok(())
    }

    /// The last moment at which the mail can be left unsent.
    pub(super) fn begin_message(&self) -> Result<(), SendError> {
        self.begin(MailStep::Accept)?;
        self.stage().in_message = true;
        Ok(())
    }

    pub(super) fn end(&self, step: MailStep, detail: impl Into<String>) {
        self.stage().done.push((step, detail.into()));
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
