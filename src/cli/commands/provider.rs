//! `backoffice provider …`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::cli::config::{provider_setting_names, provider_settings};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::shapes;
use crate::cli::terminal::{Format, Record};
use crate::domain::check::CheckStep;
use crate::domain::group::GroupName;
use crate::domain::provider::{Preset, Provider, ProviderName, Registration};

/// Show and test the providers.
#[derive(Debug, Subcommand)]
pub enum ProviderCommand {
    /// List the providers of the configuration
    List,
    /// Show the settings of a provider, and what to register there
    Show(ShowProvider),
    Check(CheckProvider),
}

/// Test the settings of a provider, without a sign-in
///
/// The steps are the configuration, the groups of created users, the discovery document with its
/// issuer, its endpoints and the rest of its metadata, the keys, the redirect to this machine, and the
/// clocks. Each step is one line. The command ends at the first step that fails, and says what to do. A
/// warning is no failure: the text after "Mind" says what to think about.
#[derive(Debug, Args)]
pub struct CheckProvider {
    /// Its name in the configuration
    #[arg(value_name = "NAME")]
    name: String,
}

/// Show the settings of a provider, and what to register there
///
/// The command prints the settings in force, and what has to be entered at the provider before users
/// can sign in: the redirect URIs exactly as they are sent, the scopes and the type of client. It
/// does not read the secret, and sends no request.
#[derive(Debug, Args)]
pub struct ShowProvider {
    /// Its name in the configuration
    #[arg(value_name = "NAME")]
    name: String,
}

impl ProviderCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::List => list(context),
            Self::Show(show) => show.run(context),
            Self::Check(check) => check.run(context),
        }
    }
}

fn list(context: &Context<'_>) -> Result<Exit, Failure> {
    const NONE: &str = "no provider is configured: a section [provider.NAME] makes one";
    let mut list = context.terminal.list::<Listed<'_>>()?.when_empty(NONE);
    for provider in &context.config()?.providers {
        if list.row(&Listed::from(provider))?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}

impl ShowProvider {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<Shown>()?;
        let provider = context.config()?.provider(&self.name)?;
        let registration = provider.registration();
        let settings = context.terminal.settings();
        if settings.format == Format::Table && settings.fields.is_none() {
            context
                .terminal
                .object(&Shown::settings(provider).without_empty())?;
            context.terminal.text(&steps(&registration))?;
            context.terminal.text(&remarks(provider))?;
        } else {
            context.terminal.object(&Shown::whole(provider, &registration))?;
        }
        Ok(Exit::Done)
    }
}

impl CheckProvider {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<shapes::ShownStep>()?;
        let client = context.client(&self.name, &[])?;
        let office = context.office()?;
        let mut list = context.terminal.list::<shapes::ShownStep>()?;
        let mut written = Ok(());
        let outcome = office.third_party(&client).check(&mut |step| {
            // A reader that went away doesn't end the check.
            let row = list.row(&step.into()).map(drop);
            written = std::mem::replace(&mut written, Ok(())).and(row);
        });
        let failed = outcome
            .err()
            .map(|failed| (failed.step, Failure::from(failed.fault)));
        if let Some((name, failure)) = &failed {
            let step = CheckStep::failed(name, &failure.message, failure.hint.clone());
            written = written.and(list.row(&step.into()).map(drop));
        }
        written?;
        list.finish()?;
        match failed {
            None => Ok(Exit::Done),
            Some((name, mut failure)) => {
                failure.message = format!("the step {name} failed: {}", failure.message);
                Err(failure)
            }
        }
    }
}

/// A provider in a list.
#[derive(Debug, Serialize)]
struct Listed<'p> {
    name: &'p ProviderName,
    label: &'p str,
    kind: &'static str,
    preset: Option<&'static str>,
    issuer: &'p str,
    strategy: &'static str,
    default_groups: &'p [GroupName],
}

impl<'p> From<&'p Provider> for Listed<'p> {
    fn from(provider: &'p Provider) -> Self {
        Self {
            name: provider.name(),
            label: provider.label(),
            kind: provider.protocol().kind().as_str(),
            preset: provider.preset().map(Preset::as_str),
            issuer: provider.issuer(),
            strategy: provider.admission().strategy.as_str(),
            default_groups: &provider.admission().default_groups,
        }
    }
}

impl Record for Listed<'_> {
    fn fields() -> &'static [&'static str] {
        &[
            "name",
            "label",
            "kind",
            "preset",
            "issuer",
            "strategy",
            "default_groups",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &["name", "label", "issuer", "strategy", "default_groups"]
    }

    fn handles() -> &'static [&'static str] {
        &["name"]
    }

    fn id(&self) -> Option<String> {
        Some(self.name.to_string())
    }
}

/// A provider with its settings, and what has to be registered there. Keys that don't fit its kind
/// are left out.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Shown(Map<String, Value>);

impl Shown {
    fn settings(provider: &Provider) -> Self {
        let mut fields = Map::new();
        fields.insert("name".to_owned(), json!(provider.name()));
        fields.extend(
            provider_settings(provider)
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value)),
        );
        fields.insert("issuer".to_owned(), json!(provider.issuer()));
        Self(fields)
    }

    /// Only what says something.
    fn without_empty(mut self) -> Self {
        let says_nothing = |value: &Value| match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(object) => object.is_empty(),
            _ => false,
        };
        self.0.retain(|_, value| !says_nothing(value));
        self
    }

    fn whole(provider: &Provider, registration: &Registration) -> Self {
        let mut shown = Self::settings(provider);
        shown.0.insert("register".to_owned(), json!(registration));
        shown.0.insert("remarks".to_owned(), json!(provider.remarks()));
        shown
    }
}

impl Record for Shown {
    fn fields() -> &'static [&'static str] {
        static FIELDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let settings = provider_setting_names();
            [&["name"][..], &settings, &["register", "remarks"]].concat()
        });
        &FIELDS
    }

    fn id(&self) -> Option<String> {
        self.0.get("name").and_then(Value::as_str).map(str::to_owned)
    }
}

/// What to enter at the provider, for a person in a hurry. All of it was checked when the
/// configuration was read, or is ours: there is nothing to escape.
fn steps(registration: &Registration) -> String {
    let mut text = "\nAt the provider:\n".to_owned();
    let mut line = |what: &str, value: &str| {
        let _ = writeln!(text, "  {what:<12}  {value}");
    };
    for uri in &registration.redirect_uris {
        line("redirect URI", uri);
    }
    if registration.redirect_uris.is_empty() {
        line("redirect URI", "(none)");
    }
    line("scopes", &registration.scopes.join(" "));
    line("client type", registration.client_type.as_str());
    for (number, note) in (1..).zip(&registration.notes) {
        let _ = writeln!(text, "  {number}. {note}");
    }
    text
}

/// What to think about once more, if anything. All of it is ours.
fn remarks(provider: &Provider) -> String {
    let lines = provider
        .remarks()
        .into_iter()
        .map(|remark| format!("  - {remark}\n"));
    let text: String = lines.collect();
    if text.is_empty() {
        return text;
    }
    format!("\nMind:\n{text}")
}
