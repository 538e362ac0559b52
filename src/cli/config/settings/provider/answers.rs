//! What the provider's answer says of a user, and how an ID token may be signed.

use serde_json::json;

use super::endpoints::{self, USERINFO_ENDPOINT};
use super::presets;
use super::section::ProviderSection;
use super::setting::{ProviderSetting, of_oauth2, of_oidc};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::settings::form::{OneLine, TextList, YesOrNo};
use crate::cli::config::settings::setting::{Example, Setting};
use crate::domain::provider::{
    OAuth2, Oidc, Provider, ProviderName, ProviderRule, SigningAlgorithm, different_subjects,
};

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_oidc(&ALGORITHMS),
    ProviderSetting::of_oauth2(&SUBJECT_FIELD),
    ProviderSetting::of_oauth2(&EMAIL_FIELD),
    ProviderSetting::of_oauth2(&EMAIL_VERIFIED_FIELD),
    ProviderSetting::of_both(&EMAIL_VERIFIED_AS_TEXT),
    ProviderSetting::of_oauth2(&FIRST_NAME_FIELD),
    ProviderSetting::of_oauth2(&LAST_NAME_FIELD),
    ProviderSetting::of_oauth2(&NAME_FIELD),
];

pub(super) static ALGORITHMS: Setting<TextList, Provider> = Setting {
    key: "provider.NAME.algorithms",
    form: TextList,
    meaning: "OpenID Connect: the algorithms that an ID token may be signed with. `none` and HS256 can't \
        be among them.",
    example: Example::Default,
    shown: |provider| {
        of_oidc(provider, |oidc| {
            let names = oidc.algorithms.iter().copied().map(SigningAlgorithm::as_str);
            json!(names.collect::<Vec<_>>())
        })
    },
};

pub(super) static SUBJECT_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.subject_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field of the user's lasting id.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.subject_field)),
};

pub(super) static EMAIL_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.email_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field of the address.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.email_field)),
};

pub(super) static EMAIL_VERIFIED_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.email_verified_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field that is true when the provider has verified the address.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.email_verified_field)),
};

pub(super) static EMAIL_VERIFIED_AS_TEXT: Setting<YesOrNo, Provider> = Setting {
    key: "provider.NAME.email_verified_as_text",
    form: YesOrNo,
    meaning: "With `true`, the texts `\"true\"` and `\"false\"` count too where the provider says whether it \
        has verified the address. Amazon Cognito and JumpCloud send texts.",
    example: Example::Default,
    shown: |provider| json!(provider.protocol().email_verified_as_text()),
};

pub(super) static FIRST_NAME_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.first_name_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field of the first name.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.first_name_field)),
};

pub(super) static LAST_NAME_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.last_name_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field of the last name.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.last_name_field)),
};

pub(super) static NAME_FIELD: Setting<OneLine, Provider> = Setting {
    key: "provider.NAME.name_field",
    form: OneLine,
    meaning: "OAuth 2.0: the field of the whole name, for a provider that doesn't separate first and last \
        name.",
    example: Example::Default,
    shown: |provider| of_oauth2(provider, |oauth2| json!(oauth2.name_field)),
};

pub(super) fn oidc(section: &ProviderSection<'_, '_>) -> Result<Oidc, ConfigError> {
    let mut oidc = Oidc::new(endpoints::issuer(section)?);
    if let Some(algorithms) = algorithms(section)? {
        oidc.algorithms = algorithms;
    }
    presets::email_verified_claim(section.preset).clone_into(&mut oidc.email_verified_claim);
    oidc.email_verified_as_text = section.read(&EMAIL_VERIFIED_AS_TEXT)?.unwrap_or_default();
    Ok(oidc)
}

/// Fields that aren't named have their defaults, unless there is a preset.
pub(super) fn oauth2(section: &ProviderSection<'_, '_>) -> Result<OAuth2, ConfigError> {
    let usual = OAuth2::new(
        section.needed(&endpoints::AUTHORIZATION_ENDPOINT)?,
        section.needed(&endpoints::TOKEN_ENDPOINT)?,
        section.needed(&USERINFO_ENDPOINT)?,
    );
    let field = |setting, usual: Option<String>| -> Result<Option<String>, ConfigError> {
        let usual = usual.filter(|_| section.preset.is_none());
        Ok(section.read(setting)?.or(usual))
    };
    Ok(OAuth2 {
        device_authorization_endpoint: section.read(&endpoints::DEVICE_AUTHORIZATION_ENDPOINT)?,
        emails_endpoint: section.read(&endpoints::EMAILS_ENDPOINT)?,
        subject_field: section.read(&SUBJECT_FIELD)?.unwrap_or(usual.subject_field),
        email_field: section.read(&EMAIL_FIELD)?.unwrap_or(usual.email_field),
        email_verified_field: field(&EMAIL_VERIFIED_FIELD, usual.email_verified_field)?,
        email_verified_as_text: section.read(&EMAIL_VERIFIED_AS_TEXT)?.unwrap_or_default(),
        first_name_field: field(&FIRST_NAME_FIELD, usual.first_name_field)?,
        last_name_field: field(&LAST_NAME_FIELD, usual.last_name_field)?,
        name_field: field(&NAME_FIELD, usual.name_field)?,
        authorization_endpoint: usual.authorization_endpoint,
        token_endpoint: usual.token_endpoint,
        userinfo_endpoint: usual.userinfo_endpoint,
    })
}

/// Algorithms whose signing key only the provider has.
fn algorithms(section: &ProviderSection<'_, '_>) -> Result<Option<Vec<SigningAlgorithm>>, ConfigError> {
    let Some(names) = section.read(&ALGORITHMS)? else {
        return Ok(None);
    };
    let all = SigningAlgorithm::ALL.map(SigningAlgorithm::as_str).join(", ");
    let hint = format!("the algorithms are {all}; without the key they are RS256 and ES256");
    let refuse = |rule: &str| section.refuse(&ALGORITHMS, rule, &hint);
    if names.is_empty() {
        return Err(refuse(&ProviderRule::NoAlgorithm.to_string()));
    }
    let algorithms: Result<_, _> = names.iter().map(|name| SigningAlgorithm::parse(name)).collect();
    algorithms.map(Some).map_err(|fault| refuse(&fault.to_string()))
}

/// Refuses two providers that take different ids from one endpoint.
pub(super) fn check_subject_fields(file: &Document<'_>, providers: &[Provider]) -> Result<(), ConfigError> {
    match different_subjects(providers) {
        None => Ok(()),
        Some((one, other)) => Err(subject_fields_differ(file, one, other)),
    }
}

/// A complaint about a key that is in the file: a missing one may come from the preset or be the
/// default.
fn subject_fields_differ(file: &Document<'_>, one: &ProviderName, other: &ProviderName) -> ConfigError {
    let key = |name: &ProviderName, key| format!("provider.{name}.{key}");
    let mut pairs = [(one, other), (other, one)].into_iter();
    let (place, other) = match pairs.find(|(name, _)| file.has(&key(name, SUBJECT_FIELD.name()))) {
        Some((name, other)) => (key(name, SUBJECT_FIELD.name()), other),
        None => (key(one, USERINFO_ENDPOINT.name()), other),
    };
    let rule = format!("doesn't go with [provider.{other}]: one place is asked for two different ids");
    let hint = "give both the same `subject_field`, or one id could mean two people";
    file.refuse_with(&[&place], &rule, hint)
}
