//! The settings of a provider, in the form the file would have them.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::Kind;
use super::presets::facts;
use crate::cli::config::keys::keys_in;
use crate::domain::provider::{OAuth2, Preset, Protocol, Provider, SigningAlgorithm};

/// Every key that fits the kind of a provider, with what is in force. The secret isn't read.
#[must_use]
pub fn provider_settings(provider: &Provider) -> Vec<(&'static str, Value)> {
    let kind = Kind::of(&provider.protocol);
    keys_in("provider.NAME")
        .filter(|key| !kind.foreign_keys().contains(key))
        .map(|key| (key, value_of(provider, key)))
        .collect()
}

/// Whether a value that the file hasn't is what the preset gives.
pub(in crate::cli::config) fn comes_from_preset(preset: Preset, key: &str, value: &Value) -> bool {
    let is_fact = facts(preset).iter().any(|(name, _)| *name == key);
    let is_hint = (preset, key) == (Preset::Google, "extra");
    (is_fact || is_hint) && !value.is_null() && *value != json!({})
}

fn value_of(provider: &Provider, key: &str) -> Value {
    let path = |path: &Option<PathBuf>| json!(path.as_ref().map(|path| path.to_string_lossy()));
    let (admission, redirect) = (&provider.admission, &provider.redirect);
    match key {
        "kind" => json!(Kind::of(&provider.protocol).as_str()),
        "preset" => json!(provider.preset.map(Preset::as_str)),
        "label" => json!(provider.label),
        "client_id" => json!(provider.client_id),
        "client_secret_file" => path(&provider.client_secret_file),
        "client_auth" => json!(provider.client_auth.as_str()),
        "scopes" => json!(provider.scopes),
        "extra" => json!(provider.extra),
        "strategy" => json!(admission.strategy.as_str()),
        "default_groups" => json!(admission.default_groups),
        "email_domains" => json!(admission.email_domains),
        "require_claims" => json!(admission.require_claims),
        "trust_unverified_email" => json!(admission.trust_unverified_email),
        "device" => json!(provider.device),
        "redirect_host" => json!(redirect.host.as_str()),
        "redirect_path" => json!(redirect.path),
        "ports" => json!(redirect.ports),
        "ca_file" => path(&provider.ca_file),
        _ => protocol_value(&provider.protocol, key),
    }
}

fn protocol_value(protocol: &Protocol, key: &str) -> Value {
    match (protocol, key) {
        (Protocol::Oidc(oidc), "issuer") => json!(oidc.issuer),
        (Protocol::Oidc(oidc), "algorithms") => {
            let names = oidc.algorithms.iter().copied().map(SigningAlgorithm::as_str);
            json!(names.collect::<Vec<_>>())
        }
        (Protocol::OAuth2(oauth2), key) => oauth2_value(oauth2, key),
        _ => Value::Null,
    }
}

fn oauth2_value(oauth2: &OAuth2, key: &str) -> Value {
    match key {
        "authorization_endpoint" => json!(oauth2.authorization_endpoint),
        "token_endpoint" => json!(oauth2.token_endpoint),
        "device_authorization_endpoint" => json!(oauth2.device_authorization_endpoint),
        "userinfo_endpoint" => json!(oauth2.userinfo_endpoint),
        "emails_endpoint" => json!(oauth2.emails_endpoint),
        "subject_field" => json!(oauth2.subject_field),
        "email_field" => json!(oauth2.email_field),
        "email_verified_field" => json!(oauth2.email_verified_field),
        "first_name_field" => json!(oauth2.first_name_field),
        "last_name_field" => json!(oauth2.last_name_field),
        "name_field" => json!(oauth2.name_field),
        _ => Value::Null,
    }
}
