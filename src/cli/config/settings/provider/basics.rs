//! What every section `[provider.NAME]` begins with: its kind, its preset and its label.

use serde_json::json;

use super::setting::ProviderSetting;
use crate::cli::config::settings::form::{OneLine, OneOf};
use crate::cli::config::settings::setting::{Example, Setting};
use crate::domain::provider::{Preset, Provider, ProviderKind};

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_both(&KIND),
    ProviderSetting::of_both(&PRESET),
    ProviderSetting::of_both(&LABEL),
];

pub(super) static KIND: Setting<OneOf<ProviderKind>, Provider> = Setting {
    key: "provider.NAME.kind",
    form: OneOf {
        all: &ProviderKind::ALL,
        word: ProviderKind::as_str,
    },
    meaning: "The protocol of the provider: `\"oidc\"` (OpenID Connect) or `\"oauth2\"` (plain OAuth 2.0). \
        With a `preset`, it can be left out.",
    example: Example::Of("\"oidc\""),
    shown: |provider| json!(provider.protocol().kind().as_str()),
};

pub(super) static PRESET: Setting<OneOf<Preset>, Provider> = Setting {
    key: "provider.NAME.preset",
    form: OneOf {
        all: &Preset::ALL,
        word: Preset::as_str,
    },
    meaning: "Fills in the settings that are the same for every customer of a provider: `\"github\"`, \
        `\"google\"`, `\"entra\"`, `\"okta\"` or `\"keycloak\"`.",
    example: Example::Alone("\"okta\""),
    shown: |provider| json!(provider.preset().map(Preset::as_str)),
};

pub(super) static LABEL: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.label",
    form: OneLine,
    meaning: "The name of the provider for people. Without it, the name of the section.",
    example: Example::Of("\"Example\""),
    shown: |provider| json!(provider.label()),
};
