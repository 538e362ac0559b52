//! What the program is at a provider, and what it asks for.

use std::collections::BTreeMap;

use serde_json::json;

use super::section::ProviderSection;
use super::setting::{ProviderKind, ProviderSetting};
use crate::cli::config::error::ConfigError;
use crate::cli::config::settings::form::{FilePath, OneLine, OneOf, TextList, TextTable};
use crate::cli::config::settings::setting::{Example, Setting, shown_path};
use crate::domain::provider::{ClientAuth, Provider};

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_both(&CLIENT_ID),
    ProviderSetting::of_both(&CLIENT_SECRET_FILE),
    ProviderSetting::of_both(&CLIENT_AUTH),
    ProviderSetting::of_both(&SCOPES),
    ProviderSetting::of_both(&EXTRA),
];

pub(super) static CLIENT_ID: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.client_id",
    form: OneLine,
    meaning: "The name of this program at the provider, which the provider gives at the registration.",
    example: Example::Of("\"backoffice\""),
    shown: |provider| json!(provider.client_id),
};

pub(super) static CLIENT_SECRET_FILE: Setting<FilePath, Provider> = Setting {
    key: "provider.NAME.client_secret_file",
    form: FilePath,
    meaning: "The file of the client secret. A public client has none.",
    example: Example::Of("\"/etc/backoffice/example-secret\""),
    shown: |provider| shown_path(provider.client_secret_file.as_deref()),
};

pub(super) static CLIENT_AUTH: Setting<OneOf<ClientAuth>, Provider> = Setting {
    key: "provider.NAME.client_auth",
    form: OneOf {
        all: &[ClientAuth::Basic, ClientAuth::Post],
        word: ClientAuth::as_str,
    },
    meaning: "How the client secret is sent: in a header (`\"basic\"`) or in the body of the request \
        (`\"post\"`).",
    example: Example::Default,
    shown: |provider| json!(provider.client_auth.as_str()),
};

pub(super) static SCOPES: Setting<TextList, Provider> = Setting {
    key: "provider.NAME.scopes",
    form: TextList,
    meaning: "What the program asks the provider for. For OpenID Connect, `openid` must be among them; for \
        OAuth 2.0, the default is an empty list.",
    example: Example::Default,
    shown: |provider| json!(provider.scopes),
};

pub(super) static EXTRA: Setting<TextTable, Provider> = Setting {
    key: "provider.NAME.extra",
    form: TextTable,
    meaning: "Further parameters of the sign-in page.",
    example: Example::Of("{ prompt = \"select_account\" }"),
    shown: |provider| json!(provider.extra),
};

/// Parameters that `extra` can't set. Most protect the sign-in, or promise what the program doesn't
/// check (`max_age` means nothing unless `auth_time` is compared with it). The others belong to
/// another request, and would stand in the history of the browser.
const RESERVED: [&str; 24] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "request",
    "request_uri",
    "login_hint",
    "id_token_hint",
    "max_age",
    "claims",
    "code_verifier",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "grant_type",
    "device_code",
    "iss",
    "code",
    "error",
];

/// The scopes: words of RFC 6749 §3.3. `OpenID` Connect needs `openid` (Core §3.1.2.1). It isn't added
/// silently: what is registered at the provider is what stands in the file.
pub(super) fn scopes(
    section: &ProviderSection<'_, '_>,
    kind: ProviderKind,
) -> Result<Vec<String>, ConfigError> {
    let is_oidc = kind == ProviderKind::Oidc;
    let usual: &[&str] = if is_oidc {
        &["openid", "email", "profile"]
    } else {
        &[]
    };
    let Some(scopes) = section.read(&SCOPES)? else {
        return Ok(usual.iter().map(|&scope| scope.to_owned()).collect());
    };
    let is_word = |scope: &String| {
        scope
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'))
    };
    if !scopes.iter().all(is_word) {
        let hint = "one text for each: scopes = [\"openid\", \"email\"]";
        return Err(section.refuse(&SCOPES, "must be a list of words without spaces", hint));
    }
    if is_oidc && !scopes.iter().any(|scope| scope == "openid") {
        let hint = "OpenID Connect begins with it: put it first";
        return Err(section.refuse(&SCOPES, "must hold \"openid\"", hint));
    }
    Ok(scopes)
}

/// Further parameters, none of which is a reserved one.
pub(super) fn extra(section: &ProviderSection<'_, '_>) -> Result<BTreeMap<String, String>, ConfigError> {
    let extra = section.read(&EXTRA)?.unwrap_or_default();
    match extra.keys().find(|name| RESERVED.contains(&name.as_str())) {
        None => Ok(extra),
        Some(name) => {
            let rule = format!("must not hold `{name}`, which is not free to choose");
            Err(section.refuse(&EXTRA, &rule, "take it out of the table"))
        }
    }
}
