//! What an operator must enter at a provider before users can sign in there.

use super::{Preset, Provider, RedirectHost};

/// What must be registered at a provider.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Registration {
    /// The redirect URIs, exactly as they must be entered. The list is empty if the provider asks for
    /// none.
    pub redirect_uris: Vec<String>,
    /// The scopes, which the provider must allow.
    pub scopes: Vec<String>,
    /// The type of the client (RFC 6749 §2.1).
    pub client_type: ClientType,
    /// Notes on each step, in the order of the steps.
    pub notes: Vec<&'static str>,
}

/// Whether a client can keep a secret (RFC 6749 §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientType {
    /// The client has a secret.
    Confidential,
    /// The client has no secret, and uses PKCE (RFC 7636, RFC 8252 §8.4).
    Public,
}

impl ClientType {
    /// The word for the type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confidential => "confidential",
            Self::Public => "public",
        }
    }
}

/// How a provider compares the redirect URI of a native app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// It accepts each URI of this machine. None is registered.
    Nothing,
    /// It compares all but the port, as RFC 8252 §7.3 asks.
    AnyPort,
    /// It compares with a pattern.
    Pattern,
    /// It compares byte for byte.
    Exact,
}

impl Provider {
    /// What must be registered at the provider.
    #[must_use]
    pub fn registration(&self) -> Registration {
        let comparison = self.comparison();
        let mut notes = self.steps();
        notes.extend(self.manifest_step());
        notes.extend(self.port_note(comparison));
        notes.extend(self.device().then(|| device_step(self.preset())));
        Registration {
            redirect_uris: self.redirect_uris(comparison),
            scopes: self.scopes().to_vec(),
            client_type: self.client_type(),
            notes,
        }
    }

    fn client_type(&self) -> ClientType {
        match (self.preset(), self.client_secret_file()) {
            // Each copy of a desktop app holds what Google calls its secret.
            (Some(Preset::Google), _) | (_, None) => ClientType::Public,
            (_, Some(_)) => ClientType::Confidential,
        }
    }

    fn comparison(&self) -> Comparison {
        match self.preset() {
            Some(Preset::Google) => Comparison::Nothing,
            Some(Preset::GitHub | Preset::Entra) => Comparison::AnyPort,
            Some(Preset::Keycloak) => Comparison::Pattern,
            None if self.redirect().ports.contains(&0) => Comparison::AnyPort,
            Some(Preset::Okta) | None => Comparison::Exact,
        }
    }

    fn redirect_uris(&self, comparison: Comparison) -> Vec<String> {
        let redirect = self.redirect();
        let host = redirect.host.as_str();
        match comparison {
            Comparison::Nothing => Vec::new(),
            Comparison::AnyPort => vec![format!("http://{host}{}", redirect.path)],
            Comparison::Pattern => vec![format!("http://{host}/*")],
            Comparison::Exact => {
                let fixed = redirect.ports.iter().filter(|port| **port != 0);
                fixed.map(|port| redirect.uri(*port)).collect()
            }
        }
    }

    /// The steps at the provider.
    fn steps(&self) -> Vec<&'static str> {
        let is_public = self.client_type() == ClientType::Public;
        let pick = |public, confidential| if is_public { public } else { confidential };
        let secret = |asked| self.client_secret_file().is_none().then_some(asked);
        match self.preset() {
            None => vec!["A client for the authorization code flow with PKCE (S256)."],
            Some(Preset::GitHub) => [
                "Settings, Developer settings, OAuth Apps (not GitHub Apps), New OAuth App: the redirect URI is its Authorization callback URL.",
            ]
            .into_iter()
            .chain(secret("GitHub asks for a client secret: generate one there, and name its file in `client_secret_file`."))
            .collect(),
            Some(Preset::Google) => [
                "Google Cloud console, Google Auth Platform, Clients: one of the type Desktop app. It has no redirect URIs to enter.",
            ]
            .into_iter()
            .chain(secret("Google asks for the client secret of a desktop app, though it is none: name its file in `client_secret_file`."))
            .collect(),
            Some(Preset::Entra) => vec![
                "Entra admin center, App registrations, New registration: accounts in this directory only.",
                pick(
                    "Authentication: the redirect URI goes to the platform Mobile and desktop applications.",
                    "Authentication: the redirect URI goes to the platform Web.",
                ),
                "Token configuration, Add optional claim, ID: `email`. Manifest, optionalClaims, idToken: add {\"name\": \"xms_edov\"}.",
                "Entra ID sends no `email_verified`: `xms_edov` says in its place that the address is the person's. Without it only those sign in who are linked already.",
            ],
            Some(Preset::Okta) => vec![
                pick(
                    "Admin Console, Applications, Create App Integration: OIDC, Native Application, grant type Authorization Code, client authentication None.",
                    "Admin Console, Applications, Create App Integration: OIDC, Web Application, grant type Authorization Code.",
                ),
                "Each redirect URI is a Sign-in redirect URI. Assign the people or groups who may sign in.",
            ],
            Some(Preset::Keycloak) => vec![
                pick(
                    "The realm, Clients, Create client: OpenID Connect, Standard flow, Client authentication off.",
                    "The realm, Clients, Create client: OpenID Connect, Standard flow, Client authentication on.",
                ),
                "The redirect URI goes to Valid redirect URIs. Only an address that is marked as verified there counts.",
            ],
        }
    }

    /// The page of the Entra admin center accepts only `http://localhost`.
    fn manifest_step(&self) -> Option<&'static str> {
        let is_refused = self.preset() == Some(Preset::Entra) && self.redirect().host == RedirectHost::Ipv4;
        is_refused.then_some(
            "The page Authentication takes no http://127.0.0.1: enter the redirect URI in the Manifest, or leave `redirect_host` out to have \"localhost\".",
        )
    }

    fn port_note(&self, comparison: Comparison) -> Option<&'static str> {
        let any_free = self.redirect().ports.contains(&0);
        match (comparison, self.preset()) {
            (Comparison::AnyPort, Some(_)) => Some("The port is added at each sign-in: any will do."),
            (Comparison::AnyPort, None) => Some(
                "The port is added at each sign-in, and any has to do (RFC 8252 §7.3). If the provider compares it, name some in `ports` and enter each.",
            ),
            (Comparison::Exact, _) if any_free => Some(
                "The port is compared: name some in `ports`, and not 0, for a free one can't be entered.",
            ),
            (Comparison::Exact, _) => {
                Some("The port is compared. Those of `ports` are tried in their order.")
            }
            (Comparison::Nothing | Comparison::Pattern, _) => None,
        }
    }
}

fn device_step(preset: Option<Preset>) -> &'static str {
    match preset {
        Some(Preset::GitHub) => "For `--device`: Enable Device Flow, on the page of the OAuth App.",
        Some(Preset::Google) => {
            "For `--device`: Google wants another client, of the type TVs and Limited Input devices."
        }
        Some(Preset::Entra) => "For `--device`: Authentication, Allow public client flows.",
        Some(Preset::Okta) => "For `--device`: the grant type Device Authorization.",
        Some(Preset::Keycloak) => "For `--device`: OAuth 2.0 Device Authorization Grant.",
        None => "For `--device`: the client must be allowed device codes (RFC 8628).",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::provider::{OAuth2, Oidc, Protocol, ProviderDescription, ProviderKind, ProviderName};

    /// A provider with this preset and these ports, changed.
    fn provider_with(
        preset: Option<Preset>,
        ports: &[u16],
        change: impl FnOnce(&mut ProviderDescription),
    ) -> Provider {
        let at = |path: &str| format!("https://id.example.com/{path}");
        let protocol = match preset.map(Preset::kind) {
            Some(ProviderKind::OAuth2) => {
                let mut oauth2 = OAuth2::new(at("authorize"), at("token"), at("user"));
                oauth2.subject_field = "id".to_owned();
                oauth2.device_authorization_endpoint = Some(at("device"));
                Protocol::OAuth2(Box::new(oauth2))
            }
            _ => Protocol::Oidc(Oidc::new(at("tenant/v2.0"))),
        };
        let name = ProviderName::parse("id").unwrap();
        let mut described = ProviderDescription::new(name, "desk", protocol);
        described.preset = preset;
        described.redirect.ports = ports.to_vec();
        change(&mut described);
        Provider::new(described).unwrap()
    }

    fn provider(preset: Option<Preset>, ports: &[u16]) -> Provider {
        provider_with(preset, ports, |_| ())
    }

    #[test]
    fn a_redirect_uri_is_entered_as_the_provider_compares_it() {
        const NONE: &[&str] = &[];
        for (preset, ports, entered) in [
            (None, &[0][..], &["http://127.0.0.1/callback"][..]),
            (
                None,
                &[8765, 8766],
                &["http://127.0.0.1:8765/callback", "http://127.0.0.1:8766/callback"],
            ),
            (Some(Preset::GitHub), &[8765], &["http://127.0.0.1/callback"]),
            (Some(Preset::Google), &[8765], NONE),
            (Some(Preset::Entra), &[0], &["http://127.0.0.1/callback"]),
            (Some(Preset::Keycloak), &[0], &["http://127.0.0.1/*"]),
            (Some(Preset::Okta), &[8765], &["http://127.0.0.1:8765/callback"]),
            (Some(Preset::Okta), &[0], NONE),
        ] {
            let uris = provider(preset, ports).registration().redirect_uris;
            assert_eq!(uris, entered, "{preset:?} {ports:?}");
        }
        let entra = provider_with(Some(Preset::Entra), &[0], |entra| {
            entra.redirect.host = RedirectHost::Localhost;
        });
        assert_eq!(entra.registration().redirect_uris, ["http://localhost/callback"]);
    }

    #[test]
    fn a_client_with_a_secret_is_confidential_unless_it_is_a_desktop_app() {
        for preset in Preset::ALL.map(Some).into_iter().chain([None]) {
            let public = provider(preset, &[0]);
            assert_eq!(public.registration().client_type, ClientType::Public);
            let provider = provider_with(preset, &[0], |described| {
                described.client_secret_file = Some("/secret".into());
            });
            let expected = match preset {
                Some(Preset::Google) => ClientType::Public,
                _ => ClientType::Confidential,
            };
            assert_eq!(provider.registration().client_type, expected, "{preset:?}");
        }
    }

    #[test]
    fn each_dangerous_setting_has_its_remark() {
        let said = |provider: &Provider| provider.registration().notes.join("\n");
        let entra = provider(Some(Preset::Entra), &[0]);
        assert!(said(&entra).contains("xms_edov"));
        assert!(said(&entra).contains("the redirect URI in the Manifest"));
        let entra = provider_with(Some(Preset::Entra), &[0], |entra| {
            entra.redirect.host = RedirectHost::Localhost;
        });
        assert!(!said(&entra).contains("the redirect URI in the Manifest"));
        assert!(said(&provider(Some(Preset::Okta), &[0])).contains("name some in `ports`"));
        assert!(said(&provider(Some(Preset::GitHub), &[0])).contains("`client_secret_file`"));
        let github = |device| {
            provider_with(Some(Preset::GitHub), &[0], |github| {
                github.client_secret_file = Some("/secret".into());
                github.device = device;
            })
        };
        assert!(!said(&github(false)).contains("`client_secret_file`"));
        assert!(!said(&github(false)).contains("--device"));
        assert!(said(&github(true)).contains("Enable Device Flow"));
    }
}
