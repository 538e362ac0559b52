//! What to do about a setting that breaks a rule of providers.

use super::section::ProviderSection;
use crate::cli::config::error::ConfigError;
use crate::domain::provider::{ProviderFault, ProviderRule};

pub(super) const CORRECT_IT: &str = "correct it there";

/// A complaint about a setting that breaks a rule.
pub(super) fn broken(section: &ProviderSection<'_, '_>, fault: &ProviderFault) -> ConfigError {
    section.refuse_name(fault.setting, &fault.rule.to_string(), hint(&fault.rule))
}

fn hint(rule: &ProviderRule) -> &'static str {
    use ProviderRule as R;
    match rule {
        R::SharedTenant => "write your tenant's id (Entra admin center, Overview) in the place of that word",
        R::NoTenant => "take the tenant's id from the Entra admin center, Overview",
        R::ScopeWords => "one text for each: scopes = [\"openid\", \"email\"]",
        R::NoOpenid => "OpenID Connect begins with it: put it first",
        R::ReservedParameter(_) => "take it out of the table",
        R::RedirectPath => "leave it out to have \"/callback\"",
        R::RedirectHost => "leave it out to have \"localhost\"",
        R::NoDeviceEndpoint => "name the endpoint, or leave `device` out",
        R::SubjectOfPreset => "leave it out",
        R::KindOfPreset(_) => "leave one of the two out",
        R::Url(_) | R::OneLine | R::NoAlgorithm | R::NoPort => CORRECT_IT,
    }
}
