//! Providers with defaults.

/// The providers for which this program has defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    GitHub,
    Google,
    Entra,
    Okta,
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
}
