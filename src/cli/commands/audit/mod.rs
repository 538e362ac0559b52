//! `backoffice audit …`.

mod cursor;
mod shown;

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use uuid::Uuid;

use crate::cli::answer::counted;
use crate::cli::arguments::{moment_or_ago, whole_number};
use crate::cli::batch::user_ref;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, record_fault};
use crate::cli::office::Office;
use crate::cli::terminal::{Format, ListWriter};
use crate::cli::wait;
use crate::domain::audit::{Action, ChainHash, MalformedChainHash, Outcome};
use crate::domain::clock::Clock;
use crate::ops::audit::{EventCause, EventListing, RecordChecked};
use crate::ops::system::SystemClock;
use crate::store::StoreError;
use cursor::Cursor;
use shown::{ShownEvent, ShownHead, ShownRecord};

/// How often a list that is followed looks for new events.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Read the audit record, and check that nobody changed it.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    List(Box<ListEvents>),
    Check(CheckRecord),
    /// Print the newest link of the record, to be kept elsewhere
    ///
    /// The link covers all events up to now. Keep it where nobody who can write the store can change
    /// it. `backoffice audit check --since-head HASH` proves later that the record goes on from there.
    Head,
}

/// List what happened, the newest event last
///
/// `--since` and `--until` take a time, a date, or how long ago: 2h, 7d. In `table`, the address of a
/// user who still exists stands beside the id.
#[derive(Debug, Args)]
pub struct ListEvents {
    /// Only events at or after this time
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only events before this time
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// Only events about this user; a purged user is named by the id
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// Only events that this actor caused: a user, the name of an operating-system user or a service, or `visitor`
    #[arg(long, value_name = "WHO")]
    actor: Option<String>,
    /// Only events of this action; may be given several times
    #[arg(long, value_name = "ACTION", value_parser = action(), value_delimiter = ',')]
    action: Vec<String>,
    /// Only events with this outcome
    #[arg(long, value_enum, value_name = "OUTCOME")]
    outcome: Option<OutcomeWord>,
    /// Only the newest events, at most this number
    #[arg(long, value_name = "N", value_parser = whole_number)]
    limit: Option<u64>,
    /// Go on with each new event until it is interrupted
    #[arg(long, conflicts_with = "until")]
    follow: bool,
    /// Begin after the event whose id is in this file, and keep the id of the last event there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "limit")]
    cursor_file: Option<PathBuf>,
}

/// Check that no event was changed, removed or put in
///
/// The check walks along the chain from the first event to the last one, and names the first fault.
/// Somebody who can write the store can make a new chain: only a link that was kept elsewhere shows
/// that. If a fault is found, the exit code is 7.
#[derive(Debug, Args)]
pub struct CheckRecord {
    /// Check also that the record goes on from this link, which `backoffice audit head` printed
    #[arg(long, value_name = "HASH")]
    since_head: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutcomeWord {
    Success,
    Failure,
}

impl AuditCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::List(list) => list.run(context),
            Self::Check(check) => check.run(context),
            Self::Head => head(context),
        }
    }
}

impl ListEvents {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<ShownEvent>()?;
        if self.follow && context.terminal.format() == Format::Json {
            return Err(
                Failure::usage("a list that is followed never ends, so it is no JSON document")
                    .hint("`--format jsonl` prints one event a line"),
            );
        }
        let mut listing = self.listing(context)?;
        let office = context.office()?;
        // Root has become the owner of the store, who keeps the file.
        let mut cursor = self.cursor_file.as_deref().map(Cursor::open).transpose()?;
        listing.after = cursor.as_ref().and_then(Cursor::event);
        let mut list = context.terminal.list()?.when_empty("no event matches");
        loop {
            let newest = self.print(&office, &listing, &mut list)?;
            if list.flush()?.is_break() || context.terminal.has_lost_reader() {
                break;
            }
            if let (Some(cursor), Some(newest)) = (&mut cursor, newest) {
                cursor.move_to(newest)?;
            }
            if !self.follow {
                break;
            }
            listing.limit = None;
            listing.after = newest.or(listing.after);
            wait::before_the_next_look(LOOK_AGAIN);
        }
        list.finish()?;
        Ok(Exit::Done)
    }

    fn listing(&self, context: &Context<'_>) -> Result<EventListing, Failure> {
        let now = SystemClock::start().now();
        let moment = |flag, text: &Option<String>| {
            text.as_deref()
                .map(|text| moment_or_ago(flag, text, now))
                .transpose()
        };
        Ok(EventListing {
            since: moment("--since", &self.since)?,
            until: moment("--until", &self.until)?,
            user: self.user.as_deref().map(user_ref).transpose()?,
            actor: self.actor.as_deref().map(cause),
            actions: self.action.clone(),
            outcome: self.outcome.map(OutcomeWord::outcome),
            limit: self.limit,
            with_addresses: context.terminal.format() == Format::Table,
            ..EventListing::default()
        })
    }

    /// Prints the events of a listing. Returns the newest event of the record; `None` if the store was
    /// busy, and can be read at the next look.
    fn print(
        &self,
        office: &Office,
        listing: &EventListing,
        list: &mut ListWriter<'_, ShownEvent>,
    ) -> Result<Option<Uuid>, Failure> {
        let mut printed = 0_u64;
        let done = office.audit().for_each(listing, |event| {
            printed += 1;
            let shown = if listing.with_addresses {
                ShownEvent::Readable(Box::new(event.into()))
            } else {
                ShownEvent::Plain(Box::new(event.event))
            };
            Ok::<_, Failure>(list.row(&shown)?)
        });
        match done {
            Err(failure) if self.follow && printed == 0 && failure.code == StoreError::Busy.code() => {
                Ok(None)
            }
            done => done,
        }
    }
}

/// An address or an id names a user. Another word is the name of an operating-system user or of a
/// service.
fn cause(word: &str) -> EventCause {
    match word.parse() {
        Ok(who) => EventCause::User(who),
        Err(_) if word == "visitor" => EventCause::Visitors,
        Err(_) => EventCause::Named(word.to_owned()),
    }
}

/// Takes the word of an action. Help and completions show the words.
fn action() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(Action::ALL.map(Action::as_str))
}

impl OutcomeWord {
    fn outcome(self) -> Outcome {
        match self {
            Self::Success => Outcome::Success,
            Self::Failure => Outcome::Failure,
        }
    }
}

impl CheckRecord {
    fn run(&self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<ShownRecord>()?;
        let kept = self.since_head.as_deref().map(link).transpose()?;
        let checked = context.office()?.audit().check(kept)?;
        if let Some(failure) = record_fault(&checked, kept) {
            return Err(failure);
        }
        context.terminal.object(&ShownRecord::from(&checked))?;
        context.terminal.status(&whole(&checked, kept.is_some()));
        Ok(Exit::Done)
    }
}

/// What a check says that found no fault.
fn whole(checked: &RecordChecked, has_kept: bool) -> String {
    let events = counted(checked.events, "event", "events");
    let goes_on = if has_kept {
        ", and the record goes on from the given link"
    } else {
        ""
    };
    format!("{events}: none was changed, removed or put in{goes_on}")
}

fn link(text: &str) -> Result<ChainHash, Failure> {
    text.parse().map_err(|error: MalformedChainHash| {
        Failure::new(Exit::Invalid, "invalid_hash", error.to_string())
            .hint("give the text that `backoffice audit head` printed")
    })
}

fn head(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<ShownHead>()?;
    let head = context.office()?.audit().head()?;
    if context.terminal.format() == Format::Table && context.terminal.settings().fields.is_none() {
        context.terminal.text(&format!("{}\n", head.hash))?;
    } else {
        context.terminal.object(&ShownHead::from(&head))?;
    }
    Ok(Exit::Done)
}
