//! What is the same for every customer of a provider, so that a section can leave it out.

use crate::cli::config::settings::form::Fact;
use crate::domain::provider::Preset;

use Fact::{Ports, Text, Texts};

/// What each preset gives, by the keys of a section.
pub(in crate::cli::config) fn facts(preset: Preset) -> &'static [(&'static str, Fact)] {
    match preset {
        Preset::GitHub => &[
            ("kind", Text("oauth2")),
            ("label", Text("GitHub")),
            (
                "authorization_endpoint",
                Text("https://github.com/login/oauth/authorize"),
            ),
            (
                "token_endpoint",
                Text("https://github.com/login/oauth/access_token"),
            ),
            (
                "device_authorization_endpoint",
                Text("https://github.com/login/device/code"),
            ),
            ("userinfo_endpoint", Text("https://api.github.com/user")),
            (
                "emails_endpoint",
                Text("https://api.github.com/user/emails?per_page=100"),
            ),
            ("client_auth", Text("post")),
            ("scopes", Texts(&["read:user", "user:email"])),
            ("subject_field", Text("id")),
            ("email_field", Text("email")),
            ("name_field", Text("name")),
        ],
        Preset::Google => &[
            ("kind", Text("oidc")),
            ("label", Text("Google")),
            ("issuer", Text("https://accounts.google.com")),
        ],
        Preset::Entra => &[
            ("kind", Text("oidc")),
            ("label", Text("Microsoft")),
            // `http://127.0.0.1` can be registered in the manifest only.
            ("redirect_host", Text("localhost")),
        ],
        Preset::Okta => &[
            ("kind", Text("oidc")),
            ("label", Text("Okta")),
            // Okta compares the port: a few, so that each can be registered.
            ("ports", Ports(&[8765, 8766, 8767])),
        ],
        Preset::Keycloak => &[("kind", Text("oidc")), ("label", Text("Keycloak"))],
    }
}

/// The claim that says whether an address belongs to the user. Entra ID sends no `email_verified`:
/// the optional claim `xms_edov` says that the domain of the address is the tenant's.
pub(super) fn email_verified_claim(preset: Option<Preset>) -> &'static str {
    match preset {
        Some(Preset::Entra) => "xms_edov",
        _ => "email_verified",
    }
}
