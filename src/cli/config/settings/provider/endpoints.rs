//! Where a provider is asked: its issuer, or the endpoints of plain OAuth 2.0.

use serde_json::json;

use super::section::ProviderSection;
use super::setting::{ProviderSetting, of_oauth2, of_oidc};
use crate::cli::config::error::ConfigError;
use crate::cli::config::settings::form::OneLine;
use crate::cli::config::settings::setting::{Example, Setting};
use crate::domain::provider::{Preset, Provider};

const ENTRA_HINT: &str =
    "write issuer = \"https://login.microsoftonline.com/TENANT/v2.0\" below it, with your tenant's id";
const KEYCLOAK_HINT: &str = "write issuer = \"https://HOST/realms/REALM\" below it";

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_oidc(&ISSUER),
    ProviderSetting::of_oauth2(&AUTHORIZATION_ENDPOINT),
    ProviderSetting::of_oauth2(&TOKEN_ENDPOINT),
    ProviderSetting::of_oauth2(&DEVICE_AUTHORIZATION_ENDPOINT),
    ProviderSetting::of_oauth2(&USERINFO_ENDPOINT),
    ProviderSetting::of_oauth2(&EMAILS_ENDPOINT),
];

pub(super) static ISSUER: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.issuer",
    form: OneLine,
    meaning: "OpenID Connect: the issuer, byte for byte as the provider gives it.",
    example: Example::Of("\"https://id.example.com\""),
    shown: |provider| of_oidc(provider, |oidc| json!(oidc.issuer)),
};

pub(super) static AUTHORIZATION_ENDPOINT: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.authorization_endpoint",
    form: OneLine,
    meaning: "OAuth 2.0: the URL of the sign-in page. A section that names an endpoint takes none from its \
        preset.",
    example: Example::Of("\"https://login.example.com/authorize\""),
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.authorization_endpoint)),
};

pub(super) static TOKEN_ENDPOINT: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.token_endpoint",
    form: OneLine,
    meaning: "OAuth 2.0: the URL where the code is exchanged for a token.",
    example: Example::Of("\"https://login.example.com/token\""),
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.token_endpoint)),
};

pub(super) static DEVICE_AUTHORIZATION_ENDPOINT: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.device_authorization_endpoint",
    form: OneLine,
    meaning: "OAuth 2.0: the URL that gives device codes, for `device = true`.",
    example: Example::Of("\"https://login.example.com/device\""),
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.device_authorization_endpoint)),
};

pub(super) static USERINFO_ENDPOINT: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.userinfo_endpoint",
    form: OneLine,
    meaning: "OAuth 2.0: the URL that says who the user is. It stands in the place of an issuer.",
    example: Example::Of("\"https://login.example.com/me\""),
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.userinfo_endpoint)),
};

pub(super) static EMAILS_ENDPOINT: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.emails_endpoint",
    form: OneLine,
    meaning: "OAuth 2.0: the URL of the user's addresses: a list, each with `email`, `primary` and \
        `verified`.",
    example: Example::Of("\"https://login.example.com/me/emails\""),
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.emails_endpoint)),
};

/// The issuer.
pub(super) fn issuer(section: &ProviderSection<'_, '_>) -> Result<String, ConfigError> {
    match section.preset {
        Some(Preset::Entra) => given(section, ENTRA_HINT),
        Some(Preset::Keycloak) => given(section, KEYCLOAK_HINT),
        _ => section.needed(&ISSUER),
    }
}

fn given(section: &ProviderSection<'_, '_>, hint: &str) -> Result<String, ConfigError> {
    let text = section.read(&ISSUER)?;
    text.ok_or_else(|| section.lacks(&ISSUER, hint))
}
