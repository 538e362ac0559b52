//! Providers with defaults.

use super::protocol::ProviderKind;

/// The providers for which this program has defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Preset {
    /// GitHub, which has plain OAuth 2.0.
    GitHub,
    /// Google.
    Google,
    /// Microsoft Entra ID.
    Entra,
    /// Okta.
    Okta,
    /// Keycloak.
    Keycloak,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 5] = [
        Self::GitHub,
        Self::Google,
        Self::Entra,
        Self::Okta,
        Self::Keycloak,
    ];

    /// The word for the preset in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::Google => "google",
            Self::Entra => "entra",
            Self::Okta => "okta",
            Self::Keycloak => "keycloak",
        }
    }

    /// The protocol of the provider.
    #[must_use]
    pub fn kind(self) -> ProviderKind {
        match self {
            Self::GitHub => ProviderKind::OAuth2,
            Self::Google | Self::Entra | Self::Okta | Self::Keycloak => ProviderKind::Oidc,
        }
    }

    /// The field with the id that never changes, if the preset knows it. No other field can be taken.
    #[must_use]
    pub fn subject_field(self) -> Option<&'static str> {
        match self {
            Self::GitHub => Some("id"),
            Self::Google | Self::Entra | Self::Okta | Self::Keycloak => None,
        }
    }
}
