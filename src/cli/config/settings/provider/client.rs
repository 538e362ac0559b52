//! What the program is at a provider, and what it asks for.

use serde_json::{Value, json};

use super::setting::ProviderSetting;
use crate::cli::config::settings::form::{FilePath, OneLine, OneOf, TextList, TextTable};
use crate::cli::config::settings::setting::{Example, Setting, shown_path};
use crate::domain::provider::{ClientAuth, Provider, ProviderKind};

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
    shown: |provider| json!(provider.client_id()),
};

pub(super) static CLIENT_SECRET_FILE: Setting<FilePath, Provider> = Setting {
    key: "provider.NAME.client_secret_file",
    form: FilePath,
    meaning: "The file of the client secret. A public client has none.",
    example: Example::Of("\"/etc/backoffice/example-secret\""),
    shown: |provider| shown_path(provider.client_secret_file()),
};

pub(super) static CLIENT_AUTH: Setting<OneOf<ClientAuth>, Provider> = Setting {
    key: "provider.NAME.client_auth",
    form: OneOf {
        all: &[ClientAuth::Basic, ClientAuth::Post],
        word: ClientAuth::as_str,
    },
    meaning: "How the client secret is sent: in a header (`\"basic\"`) or in the body of the request \
        (`\"post\"`). Without it, OpenID Connect takes it from the provider's metadata, and OAuth 2.0 \
        sends a header.",
    example: Example::Of("\"basic\""),
    shown: shown_client_auth,
};

pub(super) static SCOPES: Setting<TextList, Provider> = Setting {
    key: "provider.NAME.scopes",
    form: TextList,
    meaning: "What the program asks the provider for. For OpenID Connect, `openid` must be among them; for \
        OAuth 2.0, the default is an empty list.",
    example: Example::Default,
    shown: |provider| json!(provider.scopes()),
};

pub(super) static EXTRA: Setting<TextTable, Provider> = Setting {
    key: "provider.NAME.extra",
    form: TextTable,
    meaning: "Further parameters of the sign-in page.",
    example: Example::Of("{ prompt = \"select_account\" }"),
    shown: |provider| json!(provider.extra()),
};

/// Nothing is asked of the provider here.
fn shown_client_auth(provider: &Provider) -> Value {
    let usual = match provider.protocol().kind() {
        ProviderKind::Oidc => "from the metadata",
        ProviderKind::OAuth2 => ClientAuth::default().as_str(),
    };
    json!(provider.client_auth().map_or(usual, ClientAuth::as_str))
}
