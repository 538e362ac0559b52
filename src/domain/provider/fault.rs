//! Why there can be no provider with these settings.

use super::endpoint::EndpointError;
use super::protocol::ProviderKind;

/// Why there can be no provider with these settings: one of them breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{setting}` {rule}")]
#[non_exhaustive]
pub struct ProviderFault {
    /// The name of the setting, as the configuration and the fields have it.
    pub setting: &'static str,
    /// The rule that it breaks.
    pub rule: ProviderRule,
}

/// The rule of a provider that a setting breaks, in words that follow the name of the setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProviderRule {
    /// The issuer or an endpoint is not a URL that can be asked.
    #[error(transparent)]
    Url(#[from] EndpointError),
    /// The issuer stands for every tenant of Entra ID.
    #[error("must be the issuer of one tenant: accounts of other tenants can have any e-mail address")]
    SharedTenant,
    /// The issuer names no tenant of Entra ID.
    #[error("must be that of a tenant, such as \"https://login.microsoftonline.com/TENANT/v2.0\"")]
    NoTenant,
    /// A text is blank or has control characters.
    #[error("must be a text on one line")]
    OneLine,
    /// A scope is not a word of RFC 6749 §3.3.
    #[error("must be a list of words without spaces")]
    ScopeWords,
    /// `OpenID` Connect needs the scope `openid` (Core §3.1.2.1).
    #[error("must hold \"openid\"")]
    NoOpenid,
    /// The program sets this parameter of the authorization request itself.
    #[error("must not hold `{0}`, which is not free to choose")]
    ReservedParameter(String),
    /// No ID token could be believed.
    #[error("must name one at least")]
    NoAlgorithm,
    /// The path of the redirect URI can be written in several ways.
    #[error("must begin with `/` and hold only letters, digits and `/ - . _ ~`, without `..`")]
    RedirectPath,
    /// Entra ID does not send browsers to `[::1]`.
    #[error("must be another one: Entra ID knows no \"[::1]\"")]
    RedirectHost,
    /// There is no port to listen on.
    #[error("must be a list of ports from 0 to 65535, with one at least; 0 is any free one")]
    NoPort,
    /// No endpoint gives device codes.
    #[error("needs `device_authorization_endpoint` beside it")]
    NoDeviceEndpoint,
    /// The preset knows the field of the id.
    #[error("must not be here: the preset knows the id that lasts")]
    SubjectOfPreset,
    /// The preset has another protocol.
    #[error("doesn't fit the preset, which is \"{}\"", .0.as_str())]
    KindOfPreset(ProviderKind),
}

impl ProviderRule {
    /// For `map_err`: this setting breaks the rule.
    pub(super) fn of<E: Into<Self>>(setting: &'static str) -> impl Fn(E) -> ProviderFault {
        move |rule| ProviderFault {
            setting,
            rule: rule.into(),
        }
    }

    /// The rule holds for this setting.
    pub(super) fn holds(self, setting: &'static str, holds: bool) -> Result<(), ProviderFault> {
        if holds {
            Ok(())
        } else {
            Err(ProviderFault { setting, rule: self })
        }
    }
}
