//! The dialogue with the mail server, within the time-outs of the settings.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::super::error::{MailStep, SendError};
use super::dialogue::{self, Task};
use super::faults;
use super::progress::{DialogueProgress, Stopped};
use super::server::Server;

const BROKE_OFF: &str = "the mail library stopped with a fault";

/// Runs the dialogue on a thread of its own: neither a name server nor a mail server that sends a
/// letter a second can hold the caller longer than the bound.
pub(super) fn run(
    server: &Arc<Server>,
    task: Task,
    progress: &Arc<DialogueProgress>,
) -> Result<(), SendError> {
    let (answer, outcome) = mpsc::channel();
    let (own_server, seen) = (Arc::clone(server), Arc::clone(progress));
    thread::Builder::new()
        .name("mail".to_owned())
        .spawn(move || answer.send(dialogue::run(&own_server, &task, &seen)))
        .map_err(|error| SendError::new(MailStep::Resolve, error.to_string()))?;
    let whole = server.whole();
    match outcome.recv_timeout(whole) {
        Ok(outcome) => outcome,
        Err(why) => match progress.stop() {
            Stopped::InMessage => last_answer(server.answer_timeout, why, &outcome),
            Stopped::At(step) => Err(SendError::new(
                step,
                match why {
                    RecvTimeoutError::Timeout => {
                        format!("the step didn't end within {} seconds", whole.as_secs_f32())
                    }
                    RecvTimeoutError::Disconnected => BROKE_OFF.to_owned(),
                },
            )),
        },
    }
}

/// Waits for the answer to a message that is on its way.
fn last_answer(
    limit: Duration,
    mut why: RecvTimeoutError,
    outcome: &Receiver<Result<(), SendError>>,
) -> Result<(), SendError> {
    if why == RecvTimeoutError::Timeout {
        match outcome.recv_timeout(limit) {
            Ok(outcome) => return outcome,
            Err(still) => why = still,
        }
    }
    Err(SendError::uncertain(match why {
        RecvTimeoutError::Timeout => faults::silence(limit),
        RecvTimeoutError::Disconnected => BROKE_OFF.to_owned(),
    }))
}
