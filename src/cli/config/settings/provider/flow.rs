//! How a person signs in at a provider: with a device code, or in a browser that is sent back.

use serde_json::json;

use super::section::ProviderSection;
use super::setting::ProviderSetting;
use crate::cli::config::error::ConfigError;
use crate::cli::config::settings::form::{FilePath, OneLine, OneOf, PortList, YesOrNo};
use crate::cli::config::settings::setting::{Example, Setting, shown_path};
use crate::domain::provider::{Provider, Redirect, RedirectHost};

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_both(&DEVICE),
    ProviderSetting::of_both(&REDIRECT_HOST),
    ProviderSetting::of_both(&REDIRECT_PATH),
    ProviderSetting::of_both(&PORTS),
    ProviderSetting::of_both(&CA_FILE),
];

pub(super) static DEVICE: Setting<YesOrNo, Provider> = Setting {
    key: "provider.NAME.device",
    form: YesOrNo,
    meaning: "With `true`, `backoffice login --device` can be used. Attackers talk people into entering a \
        code that is not their own.",
    example: Example::Default,
    shown: |provider| json!(provider.device()),
};

pub(super) static REDIRECT_HOST: Setting<OneOf<RedirectHost>, Provider> = Setting {
    key: "provider.NAME.redirect_host",
    form: OneOf {
        all: &[RedirectHost::Ipv4, RedirectHost::Localhost, RedirectHost::Ipv6],
        word: RedirectHost::as_str,
    },
    meaning: "The host of the redirect URI, to which the provider sends the browser back: `\"127.0.0.1\"`, \
        `\"localhost\"` or `\"[::1]\"`.",
    example: Example::Default,
    shown: |provider| json!(provider.redirect().host.as_str()),
};

pub(super) static REDIRECT_PATH: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.redirect_path",
    form: OneLine,
    meaning: "The path of the redirect URI.",
    example: Example::Default,
    shown: |provider| json!(provider.redirect().path),
};

pub(super) static PORTS: Setting<PortList, Provider> = Setting {
    key: "provider.NAME.ports",
    form: PortList,
    meaning: "The ports of the redirect URI, which are tried in this order. 0 is any free port.",
    example: Example::Default,
    shown: |provider| json!(provider.redirect().ports),
};

pub(super) static CA_FILE: Setting<FilePath, Provider> = Setting {
    key: "provider.NAME.ca_file",
    form: FilePath,
    meaning: "A file of certificates that are trusted beside those of the system.",
    example: Example::Of("\"/etc/ssl/company.pem\""),
    shown: |provider| shown_path(provider.ca_file()),
};

pub(super) fn redirect(section: &ProviderSection<'_, '_>) -> Result<Redirect, ConfigError> {
    let usual = Redirect::default();
    Ok(Redirect {
        host: section.read(&REDIRECT_HOST)?.unwrap_or(usual.host),
        path: section.read(&REDIRECT_PATH)?.unwrap_or(usual.path),
        ports: section.read(&PORTS)?.unwrap_or(usual.ports),
    })
}
