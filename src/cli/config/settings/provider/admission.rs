//! Who is let in by a provider.

use serde_json::json;

use super::faults::CORRECT_IT;
use super::section::ProviderSection;
use super::setting::ProviderSetting;
use crate::cli::config::error::ConfigError;
use crate::cli::config::settings::form::{GroupList, OneOf, TextList, ValueTable, YesOrNo};
use crate::cli::config::settings::setting::{Example, Setting};
use crate::domain::admission::{Admission, EmailDomain, EmailDomainFault, Strategy};
use crate::domain::provider::Provider;

pub(super) static SETTINGS: &[ProviderSetting] = &[
    ProviderSetting::of_both(&STRATEGY),
    ProviderSetting::of_both(&DEFAULT_GROUPS),
    ProviderSetting::of_both(&EMAIL_DOMAINS),
    ProviderSetting::of_both(&REQUIRE_CLAIMS),
    ProviderSetting::of_both(&TRUST_UNVERIFIED_EMAIL),
];

pub(super) static STRATEGY: Setting<OneOf<Strategy>, Provider> = Setting {
    key: "provider.NAME.strategy",
    form: OneOf {
        all: &[Strategy::AcceptExisting, Strategy::CreateOnFirstLogin],
        word: Strategy::as_str,
    },
    meaning: "What happens to a person who is not a user yet: `\"accept-existing\"` refuses the sign-in, \
        `\"create-on-first-login\"` creates an active user and needs `default_groups`, and \
        `email_domains` or `require_claims`.",
    example: Example::Default,
    shown: |provider| json!(provider.admission().strategy.as_str()),
};

pub(super) static DEFAULT_GROUPS: Setting<GroupList, Provider> = Setting {
    key: "provider.NAME.default_groups",
    form: GroupList,
    meaning: "The groups of a user who is created at the first sign-in. `administrators` can't be among \
        them.",
    example: Example::Of("[\"support\"]"),
    shown: |provider| json!(provider.admission().default_groups),
};

pub(super) static EMAIL_DOMAINS: Setting<TextList, Provider> = Setting {
    key: "provider.NAME.email_domains",
    form: TextList,
    meaning: "The domains whose addresses count. Without it, those of every domain.",
    example: Example::Of("[\"example.com\"]"),
    shown: |provider| json!(provider.admission().email_domains),
};

pub(super) static REQUIRE_CLAIMS: Setting<ValueTable, Provider> = Setting {
    key: "provider.NAME.require_claims",
    form: ValueTable,
    meaning: "What the provider must say of each user who signs in: the name of a claim, and its value.",
    example: Example::Of("{ department = \"sales\" }"),
    shown: |provider| json!(provider.admission().require_claims),
};

pub(super) static TRUST_UNVERIFIED_EMAIL: Setting<YesOrNo, Provider> = Setting {
    key: "provider.NAME.trust_unverified_email",
    form: YesOrNo,
    meaning: "With `true`, every address counts as verified: a person who enters the address of another \
        user at the provider signs in as that user.",
    example: Example::Default,
    shown: |provider| json!(provider.admission().trust_unverified_email),
};

pub(super) fn admission(section: &ProviderSection<'_, '_>) -> Result<Admission, ConfigError> {
    Ok(Admission {
        strategy: section.read(&STRATEGY)?.unwrap_or_default(),
        default_groups: section.read(&DEFAULT_GROUPS)?.unwrap_or_default(),
        email_domains: email_domains(section)?,
        require_claims: section.read(&REQUIRE_CLAIMS)?.unwrap_or_default(),
        trust_unverified_email: section.read(&TRUST_UNVERIFIED_EMAIL)?.unwrap_or_default(),
    })
}

fn email_domains(section: &ProviderSection<'_, '_>) -> Result<Vec<EmailDomain>, ConfigError> {
    let domains = section.read(&EMAIL_DOMAINS)?.unwrap_or_default();
    let domains = domains.iter().map(|domain| EmailDomain::parse(domain));
    let domains: Result<_, _> = domains.collect();
    domains.map_err(|fault| {
        let hint = match fault {
            EmailDomainFault::Wildcard => {
                "write each domain out, without `*.`: a domain below another one is another one"
            }
            EmailDomainFault::Address => {
                "write what follows the `@` alone: email_domains = [\"example.com\"]"
            }
            EmailDomainFault::Malformed => CORRECT_IT,
        };
        section.refuse(&EMAIL_DOMAINS, &fault.to_string(), hint)
    })
}
