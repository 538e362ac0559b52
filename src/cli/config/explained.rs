//! What there is to know about each setting: for `config explain` and the manual. The
//! configuration file isn't read.

use std::path::Path;

use serde_json::Value;

use super::document::Document;
use super::in_force::Config;
use super::settings::provider;
use super::settings::setting::{Declared, Example};
use super::settings::{self, fixed};
use crate::domain::likeness::nearest;
use crate::domain::provider::{Provider, ProviderKind, ProviderName};

/// What there is to know about a setting.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// Its key, with dots between the sections and the name.
    pub key: &'static str,
    /// What it means. Code stands between backticks.
    pub meaning: &'static str,
    /// What its value must be, in words that follow the name of the setting.
    pub rule: String,
    /// The value in force where nothing sets it, if there is one.
    pub default: Option<Value>,
    /// The line of its section in the file; none at the top of the file.
    pub section: Option<String>,
    /// A line that sets it.
    pub example: String,
    /// The range of its value, in words that follow the name of the setting.
    #[serde(skip)]
    limits: Option<String>,
    /// The kind of provider that alone has it, for a setting that not both kinds have.
    #[serde(skip)]
    pub(super) kind: Option<ProviderKind>,
    /// Whether the example can't stand in one file with the other examples.
    #[serde(skip)]
    pub(super) is_alone: bool,
}

impl Explanation {
    /// What it means and, for a number or a duration, its range.
    #[must_use]
    pub fn description(&self) -> String {
        match &self.limits {
            Some(limits) => format!("{} It {limits}.", self.meaning),
            None => self.meaning.to_owned(),
        }
    }
}

/// A key that no setting has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has no setting `{asked}`")]
pub struct SettingNotFound {
    asked: String,
    nearest: Option<&'static str>,
}

impl SettingNotFound {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self.nearest {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => "`backoffice config show` lists the settings".to_owned(),
        }
    }
}

/// Explains every setting, in the order of the documentation.
#[must_use]
pub fn explanations() -> Vec<Explanation> {
    let usual = Config::with_defaults(None);
    let of_config = fixed().map(|setting| explanation(setting, None, Some(&usual)));
    let usual = ProviderKind::ALL.map(|kind| (kind, usual_provider(kind)));
    let of_providers = provider::settings().map(move |setting| {
        let usual = usual.iter().find(|(kind, _)| setting.fits(*kind));
        let usual = usual.and_then(|(_, provider)| provider.as_ref());
        explanation(setting.declared, setting.only, usual)
    });
    of_config.chain(of_providers).collect()
}

/// Explains the setting of a key. The name of a provider in it can be any, or `NAME`.
///
/// # Errors
/// [`SettingNotFound`], with the nearest key.
pub fn explain(asked: &str) -> Result<Explanation, SettingNotFound> {
    let key = general(asked);
    let mut explanations = explanations();
    match explanations.iter().position(|setting| setting.key == key) {
        Some(place) => Ok(explanations.swap_remove(place)),
        None => Err(SettingNotFound {
            asked: asked.to_owned(),
            nearest: {
                let keys = explanations.iter().map(|setting| setting.key);
                let known: Vec<&str> = keys.chain(sections()).collect();
                let mut ends = known
                    .iter()
                    .filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| end == key));
                ends.next().copied().or_else(|| nearest(&key, &known))
            },
        }),
    }
}

/// Explains every setting of a section: `provider` or `provider.NAME`, `session`, … The list is empty
/// if there is no such section.
#[must_use]
pub fn explain_section(asked: &str) -> Vec<Explanation> {
    let begins = match asked.split('.').collect::<Vec<_>>().as_slice() {
        ["provider"] => "provider.NAME.".to_owned(),
        ["provider", name] if *name == "NAME" || ProviderName::parse(name).is_ok() => {
            "provider.NAME.".to_owned()
        }
        _ => format!("{asked}."),
    };
    let is_in = |setting: &Explanation| setting.key.starts_with(&begins);
    explanations().into_iter().filter(is_in).collect()
}

/// The sections, each once. That of a provider has two names.
fn sections() -> Vec<&'static str> {
    let keys = explanations().into_iter().map(|setting| setting.key);
    let mut sections: Vec<&str> = keys.filter_map(|key| Some(key.rsplit_once('.')?.0)).collect();
    sections.dedup();
    sections.push("provider");
    sections
}

/// The key with `NAME` in the place of the name of a provider.
fn general(asked: &str) -> String {
    let steps: Vec<&str> = asked.split('.').collect();
    match steps.as_slice() {
        ["provider", name, setting] if ProviderName::parse(name).is_ok() => {
            format!("provider.NAME.{setting}")
        }
        _ => asked.to_owned(),
    }
}

fn explanation<O>(setting: &dyn Declared<O>, kind: Option<ProviderKind>, usual: Option<&O>) -> Explanation {
    let default = match setting.example() {
        Example::Default => usual.map(|usual| setting.shown(usual)),
        Example::Of(_) | Example::Alone(_) => None,
    };
    let value = match setting.example() {
        Example::Default => in_toml(default.as_ref().unwrap_or(&Value::Null)),
        Example::Of(value) | Example::Alone(value) => value.to_owned(),
    };
    let (section, name) = match setting.key().rsplit_once('.') {
        Some((section, name)) => (Some(format!("[{section}]")), name),
        None => (None, setting.key()),
    };
    Explanation {
        key: setting.key(),
        meaning: setting.meaning(),
        rule: setting.rule(),
        default,
        section,
        example: format!("{name} = {value}"),
        limits: setting.limits(),
        kind,
        is_alone: matches!(setting.example(), Example::Alone(_)),
    }
}

/// A provider of a kind that sets what it needs and nothing more.
fn usual_provider(kind: ProviderKind) -> Option<Provider> {
    const OIDC: &str =
        "[provider.usual]\nkind = 'oidc'\nclient_id = 'x'\nissuer = 'https://id.example.com'\n";
    const OAUTH2: &str = "[provider.usual]\nkind = 'oauth2'\nclient_id = 'x'\n\
        authorization_endpoint = 'https://id.example.com'\ntoken_endpoint = 'https://id.example.com'\n\
        userinfo_endpoint = 'https://id.example.com'\n";
    let text = match kind {
        ProviderKind::Oidc => OIDC,
        ProviderKind::OAuth2 => OAUTH2,
    };
    let document = Document::parse(Path::new("usual.toml"), text, settings::keys()).ok()?;
    provider::read_all(&document).ok()?.pop()
}

/// A value as a configuration file has it: texts, numbers, true, false, and lists of them.
pub(super) fn in_toml(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(in_toml).collect();
            format!("[{}]", items.join(", "))
        }
        value => value.to_string(),
    }
}
