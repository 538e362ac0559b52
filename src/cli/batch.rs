//! Commands on several targets: each is its own transaction, and one that fails stands in
//! its place among the answers.

use crate::cli::error::{Exit, Failure};
use crate::cli::terminal::{AnswersWriter, Record};
use crate::domain::token::TokenKind;
use crate::domain::user::UserRef;
use crate::ops;

use super::answer::Answer;
use super::context::Context;
use super::wait;

/// Whom a command is about.
pub struct Targets {
    /// As they were named, in order.
    pub names: Vec<String>,
    /// Whether one was named, and not read from a pipe: the answer is one object then.
    pub single: bool,
}

impl Targets {
    /// Takes the arguments; `-` stands for a list on standard input.
    pub fn read(context: &Context<'_>, arguments: &[String]) -> Result<Self, Failure> {
        let piped = arguments.iter().filter(|name| *name == "-").count();
        if piped == 0 {
            return Ok(Self {
                names: arguments.to_vec(),
                single: arguments.len() == 1,
            });
        }
        if piped > 1 {
            return Err(Failure::usage("`-` can be given once"));
        }
        context.reserve_stdin()?;
        let mut names = Vec::new();
        for argument in arguments {
            if argument == "-" {
                names.extend(context.terminal.read_targets()?);
            } else {
                names.push(argument.clone());
            }
        }
        Ok(Self { names, single: false })
    }

    /// Does `step` to each in turn, and shows each answer as soon as there is one.
    pub fn each(
        &self,
        context: &Context<'_>,
        mut step: impl FnMut(&str) -> Result<Answer, Failure>,
    ) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        if let (true, [name]) = (self.single, self.names.as_slice()) {
            let answer = step(name)?;
            context.terminal.answer(&answer)?;
            return Ok(Exit::Done);
        }
        let mut answers = Answers::begin(context);
        for name in &self.names {
            answers.one(name, step(name))?;
        }
        answers.finish()
    }
}

/// The answers about several targets, in order.
pub struct Answers<'a> {
    context: &'a Context<'a>,
    writer: AnswersWriter<'a>,
    done: usize,
    failed: usize,
    /// The code all failures have in common, while they do.
    common: Option<Exit>,
}

impl<'a> Answers<'a> {
    /// Begins the answer.
    pub fn begin(context: &'a Context<'a>) -> Self {
        Self {
            context,
            writer: context.terminal.answers(),
            done: 0,
            failed: 0,
            common: None,
        }
    }

    /// Adds what became of one.
    pub fn one(&mut self, name: &str, outcome: Result<Answer, Failure>) -> Result<(), Failure> {
        match outcome {
            Ok(answer) => {
                self.done += 1;
                Ok(self.writer.one(&answer)?)
            }
            Err(failure) => self.failed(name, failure),
        }
    }

    /// Adds a record that was asked for, or why there is none.
    pub fn record<R: Record>(&mut self, name: &str, outcome: Result<R, Failure>) -> Result<(), Failure> {
        match outcome {
            Ok(record) => {
                self.done += 1;
                Ok(self.writer.record(&record)?)
            }
            Err(failure) => self.failed(name, failure),
        }
    }

    /// Adds what `run` makes of those targets that name a user, in one go; what names nobody
    /// stands between them, in its place.
    pub fn each_of<T>(
        &mut self,
        targets: &Targets,
        run: impl FnOnce(&[UserRef], &mut dyn FnMut(Result<T, ops::Error>)),
        answer: impl Fn(T) -> Answer,
    ) -> Result<(), Failure> {
        let whom: Vec<_> = targets.names.iter().map(|name| user_ref(name)).collect();
        let known: Vec<UserRef> = whom.iter().filter_map(|who| who.as_ref().ok().cloned()).collect();
        let mut order = targets.names.iter().zip(whom);
        let mut told = Ok(());
        run(&known, &mut |outcome| {
            for (name, who) in order.by_ref() {
                let Err(failure) = who else {
                    let outcome = outcome.map(&answer).map_err(Failure::from);
                    keep_first(&mut told, self.one(name, outcome));
                    return;
                };
                keep_first(&mut told, self.one(name, Err(failure)));
            }
        });
        for (name, who) in order {
            if let Err(failure) = who {
                keep_first(&mut told, self.one(name, Err(failure)));
            }
        }
        told
    }

    fn failed(&mut self, name: &str, failure: Failure) -> Result<(), Failure> {
        if matches!(failure.exit, Exit::Interrupted | Exit::Usage) {
            return Err(failure);
        }
        self.common = match (self.failed, self.common) {
            (0, _) => Some(failure.exit),
            (_, Some(common)) if common == failure.exit => Some(common),
            _ => None,
        };
        self.failed += 1;
        let failure = wait::until_told(self.context.naming_configuration(failure));
        Ok(self.writer.failed(name, &failure.report())?)
    }

    /// Ends the answer. Where all failed alike, the code is the one they share.
    pub fn finish(self) -> Result<Exit, Failure> {
        self.writer.finish()?;
        Ok(match (self.done, self.failed) {
            (_, 0) => Exit::Done,
            (0, _) => self.common.unwrap_or(Exit::Partly),
            _ => Exit::Partly,
        })
    }
}

/// Refuses a token or a link where an id or an address is awaited. It is not repeated.
pub fn refuse_token(text: &str) -> Result<(), Failure> {
    let hint = if text.contains(TokenKind::Reset.prefix()) {
        "`backoffice reset complete` asks for the token; `backoffice reset list` shows the ids of links"
    } else if text.contains(TokenKind::Session.prefix()) {
        "`backoffice session end` asks for the token; `backoffice session list` shows the ids of sessions"
    } else {
        return Ok(());
    };
    let message = "this is a token, and an id or an address is needed: the token stands in the history of the \
                   shell now, and other users of this machine can see it";
    Err(Failure::new(Exit::Invalid, "token_as_name", message).hint(hint))
}

/// The user somebody named.
pub fn user_ref(name: &str) -> Result<UserRef, Failure> {
    if name == "-" {
        return Err(Failure::usage("`-` is not taken here: name one user"));
    }
    refuse_token(name)?;
    name.parse()
        .map_err(|_| ops::Error::NoUserRef(name.to_owned()).into())
}

fn keep_first(kept: &mut Result<(), Failure>, next: Result<(), Failure>) {
    if kept.is_ok() {
        *kept = next;
    }
}
