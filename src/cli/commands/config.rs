//! `backoffice config …`.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::answer::{Answer, Reported};
use crate::cli::config::{Explanation, create, explain, explain_section};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::shapes::InForce;
use crate::cli::terminal::Record;

/// Show and explain the settings, and begin a configuration file.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    Show(ShowSettings),
    Explain(ExplainSetting),
    /// Make a configuration file in which every setting stands in a comment
    ///
    /// The file is the one of `--config` or `BACKOFFICE_CONFIG`, else the user's own. A file that
    /// exists stays as it is.
    Init,
}

/// Show every setting in force
#[derive(Debug, Args)]
pub struct ShowSettings {
    /// And where each came from
    #[arg(long)]
    origin: bool,
}

/// Explain a setting: what it means, what its value must be, and its default
///
/// With the name of a section, such as `session` or `provider`, every setting of the section is
/// explained.
///
/// The command reads no file, and works when the configuration is wrong.
#[derive(Debug, Args)]
pub struct ExplainSetting {
    /// The key, such as `session.idle` or `provider.NAME.issuer`, or a section
    #[arg(value_name = "KEY")]
    setting: String,
}

impl ConfigCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Show(show) => show.run(context),
            Self::Explain(explain) => explain.run(context),
            Self::Init => init(context),
        }
    }
}

impl ShowSettings {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let settings = context.config()?.shown();
        if self.origin {
            list(context, settings.into_iter())
        } else {
            list(context, settings.into_iter().map(InForce::from))
        }
    }
}

impl ExplainSetting {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<Explanation>()?;
        let section = explain_section(&self.setting);
        if !section.is_empty() {
            return list(context, section.into_iter().map(InSection::from));
        }
        context.terminal.object(&explain(&self.setting)?)?;
        Ok(Exit::Done)
    }
}

fn init(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let (path, is_new) = create(&context.flags(), context.environment())?;
    let path = path.display().to_string();
    let write = WriteArgs { dry_run: false };
    let what = format!("the configuration {path}");
    let action = if is_new {
        Reported::Created
    } else {
        Reported::Unchanged
    };
    let mut answer = Answer::new(action, write, &what)
        .holding(format!("{what} exists already"))
        .with_id(&path);
    answer.set("configuration", path.into());
    context.terminal.answer(&answer)?;
    Ok(Exit::Done)
}

fn list<R: Record>(context: &Context<'_>, records: impl Iterator<Item = R>) -> Result<Exit, Failure> {
    let mut list = context.terminal.list::<R>()?;
    for record in records {
        if list.row(&record)?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}

/// A setting beside the others of its section.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct InSection(Explanation);

impl From<Explanation> for InSection {
    fn from(setting: Explanation) -> Self {
        Self(setting)
    }
}

impl Record for InSection {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        Explanation::fields()
    }

    fn columns() -> &'static [&'static str] {
        &["key", "default", "meaning"]
    }
}
