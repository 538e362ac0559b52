//! Third-party providers: who vouches for people, and where they are asked.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::admission::Admission;

mod endpoint;
mod registration;
mod remarks;

pub use endpoint::{EndpointError, check_endpoint, check_issuer, is_entra, is_loopback};
pub use registration::Registration;

/// The name of a provider in the configuration, and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct ProviderName(String);

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a provider is 1 to 32 small letters, digits, `-` and `_`, and begins with a letter")]
pub struct ProviderNameError;

impl ProviderName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`ProviderNameError`] for what is none.
    pub fn parse(text: &str) -> Result<Self, ProviderNameError> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && text.len() <= 32 && text.chars().all(fine) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProviderNameError)
        }
    }

    /// The text of the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProviderName {
    type Err = ProviderNameError;

    fn from_str(text: &str) -> Result<Self, ProviderNameError> {
        Self::parse(text)
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A provider as it is configured, defaults and preset filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Its name in the configuration.
    pub name: ProviderName,
    /// What people call it.
    pub label: String,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// The preset that filled in what the configuration leaves out.
    pub preset: Option<Preset>,
    /// Who we are there.
    pub client_id: String,
    /// The file that holds the secret; a public client has none.
    pub client_secret_file: Option<PathBuf>,
    /// How the secret is sent to the token endpoint.
    pub client_auth: ClientAuth,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Further parameters of the authorization request.
    pub extra: BTreeMap<String, String>,
    /// Where the browser is sent back to.
    pub redirect: Redirect,
    /// Whether device codes may be used (RFC 8628).
    pub device: bool,
    /// Certificates to believe beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Who is let in.
    pub admission: Admission,
}

impl Provider {
    /// Who vouches: the issuer, or for plain OAuth 2.0 the URL of the `UserInfo` endpoint, so that
    /// renaming or repointing a provider never makes two people one.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match &self.protocol {
            Protocol::Oidc(oidc) => &oidc.issuer,
            Protocol::OAuth2(oauth2) => &oauth2.userinfo_endpoint,
        }
    }
}

impl Provider {
    /// The subject of the person with this id. OpenID Connect has one field for it; elsewhere an
    /// id of another field than the usual one carries its name, for two fields may hold the same
    /// text for two people.
    #[must_use]
    pub fn subject(&self, id: &str) -> String {
        match &self.protocol {
            Protocol::OAuth2(oauth2) if self.preset.is_none() && oauth2.subject_field != "sub" => {
                format!("{}:{id}", oauth2.subject_field)
            }
            _ => id.to_owned(),
        }
    }
}

/// How a provider is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// `OpenID` Connect: everything else is discovered.
    Oidc(Oidc),
    /// OAuth 2.0 without it: everything is named.
    OAuth2(Box<OAuth2>),
}

/// What an `OpenID` Connect provider is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oidc {
    /// The issuer, byte for byte as the provider gives it.
    pub issuer: String,
    /// Algorithms an ID token may be signed with.
    pub algorithms: Vec<SigningAlgorithm>,
    /// The claim that says an e-mail is verified.
    pub email_verified_claim: String,
}

/// What a plain OAuth 2.0 provider is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2 {
    /// Where people sign in.
    pub authorization_endpoint: String,
    /// Where the code is exchanged.
    pub token_endpoint: String,
    /// Where device codes come from, if it has them.
    pub device_authorization_endpoint: Option<String>,
    /// Who it is.
    pub userinfo_endpoint: String,
    /// A list of addresses, each with `email`, `primary` and `verified`, as GitHub has it.
    pub emails_endpoint: Option<String>,
    /// The field of the person's lasting id.
    pub subject_field: String,
    /// The field of the address.
    pub email_field: String,
    /// The field that says, with `true`, that the address is verified.
    pub email_verified_field: Option<String>,
    /// The field of the first name.
    pub first_name_field: Option<String>,
    /// The field of the last name.
    pub last_name_field: Option<String>,
    /// The field of the whole name, where it isn't taken apart.
    pub name_field: Option<String>,
}

/// Providers whose facts are known.
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

    /// The word for it in the configuration.
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

/// How a client shows its secret (RFC 6749 §2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientAuth {
    /// In the `Authorization` header.
    #[default]
    Basic,
    /// In the body.
    Post,
}

impl ClientAuth {
    /// The word for it in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Post => "post",
        }
    }
}

/// Algorithms with a public key (RFC 7518 §3.1). Never `none`, never a shared secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519 (RFC 8037).
    EdDsa,
}

impl SigningAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 9] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
    ];

    /// The name it has in a token's header.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }
}

/// Where the browser is sent back to (RFC 8252 §7.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The host of the URI.
    pub host: RedirectHost,
    /// The path of the URI.
    pub path: String,
    /// Ports to listen on, tried in order; 0 is any free one.
    pub ports: Vec<u16>,
}

impl Default for Redirect {
    fn default() -> Self {
        Self {
            host: RedirectHost::default(),
            path: "/callback".to_owned(),
            ports: vec![0],
        }
    }
}

impl Redirect {
    /// The redirect URI with this port.
    #[must_use]
    pub fn uri(&self, port: u16) -> String {
        format!("http://{}:{port}{}", self.host.as_str(), self.path)
    }
}

/// The host of a redirect URI: this machine, in one of three spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedirectHost {
    /// `127.0.0.1`.
    #[default]
    Ipv4,
    /// `localhost`: both addresses are listened on.
    Localhost,
    /// `[::1]`.
    Ipv6,
}

impl RedirectHost {
    /// How it stands in a URI.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "127.0.0.1",
            Self::Localhost => "localhost",
            Self::Ipv6 => "[::1]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_a_table_of_the_configuration() {
        for name in ["okta", "git_hub-2", "a"] {
            assert_eq!(ProviderName::parse(name).unwrap().as_str(), name);
        }
        for name in ["", "Okta", "2fa", "-o", "o kta", "ökta", &"o".repeat(33)] {
            assert!(ProviderName::parse(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_redirect_uri_has_host_port_and_path() {
        let redirect = Redirect {
            host: RedirectHost::Ipv6,
            ..Redirect::default()
        };
        assert_eq!(redirect.uri(4711), "http://[::1]:4711/callback");
    }
}
