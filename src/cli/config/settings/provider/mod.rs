//! The sections `[provider.NAME]`: who vouches for users. What is malformed is refused here.
//! Whether a strategy makes sense is asked when a person signs in, see `Admission::check`.
//!
//! A new setting is a `static` in one of these files, and its line in the list there.

mod admission;
mod answers;
mod basics;
mod client;
mod endpoints;
mod faults;
mod flow;
mod presets;
mod section;
mod setting;

use serde_json::{Value, json};

use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::domain::provider::{Preset, Protocol, Provider, ProviderDescription, ProviderKind, ProviderName};
pub(in crate::cli::config) use presets::facts;
use section::ProviderSection;
pub(in crate::cli::config) use setting::ProviderSetting;

/// Every setting of a provider, in the order in which they are shown.
static GROUPS: [&[ProviderSetting]; 6] = [
    basics::SETTINGS,
    endpoints::SETTINGS,
    client::SETTINGS,
    answers::SETTINGS,
    admission::SETTINGS,
    flow::SETTINGS,
];

/// Every setting of a provider, in the order in which they are shown.
pub(in crate::cli::config) fn settings() -> impl Iterator<Item = &'static ProviderSetting> + Clone {
    GROUPS.iter().copied().flatten()
}

/// The names of the settings that a provider of one kind or the other has.
#[must_use]
pub fn provider_setting_names() -> Vec<&'static str> {
    settings().map(ProviderSetting::name).collect()
}

/// Every setting that fits the kind of a provider, with the value in force. The secret isn't read.
#[must_use]
pub fn provider_settings(provider: &Provider) -> Vec<(&'static str, Value)> {
    let kind = provider.protocol().kind();
    settings()
        .filter(|setting| setting.fits(kind))
        .map(|setting| (setting.name(), setting.declared.shown(provider)))
        .collect()
}

/// Whether a value that the file doesn't have is the one of the preset.
pub(in crate::cli::config) fn comes_from_preset(preset: Preset, name: &str, value: &Value) -> bool {
    let is_fact = facts(preset).iter().any(|(fact, _)| *fact == name);
    let is_hint = preset == Preset::Google && name == client::EXTRA.name();
    (is_fact || is_hint) && !value.is_null() && *value != json!({})
}

/// Reads every provider, in the order of their names.
pub(in crate::cli::config) fn read_all(file: &Document<'_>) -> Result<Vec<Provider>, ConfigError> {
    // A name that is none was refused when the document was parsed.
    let names = file.names_in("provider").into_iter();
    let names = names.filter_map(|name| ProviderName::parse(name).ok());
    let mut providers = names
        .map(|name| read(file, name))
        .collect::<Result<Vec<_>, _>>()?;
    providers.sort_by(|one, other| one.name().cmp(other.name()));
    answers::check_subject_fields(file, &providers)?;
    Ok(providers)
}

fn read(file: &Document<'_>, name: ProviderName) -> Result<Provider, ConfigError> {
    let mut section = ProviderSection::new(file, &name);
    section.preset = section.read(&basics::PRESET)?;
    let kind = kind(&section)?;
    let protocol = match kind {
        ProviderKind::Oidc => Protocol::Oidc(answers::oidc(&section)?),
        ProviderKind::OAuth2 => Protocol::OAuth2(Box::new(answers::oauth2(&section)?)),
    };
    let usual = ProviderDescription::new(name, section.needed(&client::CLIENT_ID)?, protocol);
    let described = ProviderDescription {
        label: section.read(&basics::LABEL)?.unwrap_or(usual.label),
        preset: section.preset,
        client_secret_file: section.read(&client::CLIENT_SECRET_FILE)?,
        client_auth: section.read(&client::CLIENT_AUTH)?,
        scopes: section.read(&client::SCOPES)?.unwrap_or(usual.scopes),
        extra: section.read(&client::EXTRA)?.unwrap_or_default(),
        redirect: flow::redirect(&section)?,
        device: section.read(&flow::DEVICE)?.unwrap_or_default(),
        ca_file: section.read(&flow::CA_FILE)?,
        admission: admission::admission(&section)?,
        ..usual
    };
    Provider::new(described).map_err(|fault| faults::broken(&section, &fault))
}

/// The kind, which no setting contradicts.
fn kind(section: &ProviderSection<'_, '_>) -> Result<ProviderKind, ConfigError> {
    let kind = section.read(&basics::KIND)?;
    let kind = kind.ok_or_else(|| {
        section.lacks(
            &basics::KIND,
            "write `preset`, or `kind` (\"oidc\" or \"oauth2\"), below it",
        )
    })?;
    if let Some(preset) = section.preset {
        let checked = preset.check_kind(kind);
        checked.map_err(|fault| faults::broken(section, &fault))?;
    }
    let foreign = settings().filter(|setting| !setting.fits(kind));
    if let Some(setting) = foreign.into_iter().find(|setting| section.has(setting.name())) {
        let rule = format!("is no key of the kind \"{}\"", kind.as_str());
        return Err(section.refuse_name(setting.name(), &rule, "leave it out, or correct `kind`"));
    }
    Ok(kind)
}
