//! The rules that the settings of a provider obey.

use url::Url;

use super::description::ProviderDescription;
use super::endpoint::{check_endpoint, check_issuer, is_entra};
use super::fault::{ProviderFault, ProviderRule};
use super::preset::Preset;
use super::protocol::{OAuth2, Oidc, Protocol, ProviderKind};
use super::redirect::RedirectHost;

/// Names of Entra ID that stand for the tenant of any company: there, an address is what its owner
/// types. The last one is the tenant of all personal accounts.
const SHARED_TENANTS: [&str; 4] = [
    "common",
    "organizations",
    "consumers",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
];

/// Parameters that `extra` can't set. Most protect the sign-in, or promise what the program doesn't
/// check (`max_age` means nothing unless `auth_time` is compared with it). The others belong to
/// another request, and would stand in the history of the browser.
const RESERVED: [&str; 24] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "request",
    "request_uri",
    "login_hint",
    "id_token_hint",
    "max_age",
    "claims",
    "code_verifier",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "grant_type",
    "device_code",
    "iss",
    "code",
    "error",
];

impl Preset {
    /// Checks that the provider of the preset has this protocol.
    ///
    /// # Errors
    /// [`ProviderFault`] if the provider has the other one.
    pub fn check_kind(self, kind: ProviderKind) -> Result<(), ProviderFault> {
        ProviderRule::KindOfPreset(self.kind()).holds("kind", kind == self.kind())
    }
}

impl ProviderDescription {
    /// Checks every rule.
    pub(super) fn check(&self) -> Result<(), ProviderFault> {
        if let Some(preset) = self.preset {
            preset.check_kind(self.protocol.kind())?;
        }
        ProviderRule::OneLine.holds("label", is_one_line(&self.label))?;
        ProviderRule::OneLine.holds("client_id", is_one_line(&self.client_id))?;
        match &self.protocol {
            Protocol::Oidc(oidc) => self.check_oidc(oidc)?,
            Protocol::OAuth2(oauth2) => self.check_oauth2(oauth2)?,
        }
        self.check_scopes()?;
        self.check_extra()?;
        self.check_redirect()
    }

    fn check_oidc(&self, oidc: &Oidc) -> Result<(), ProviderFault> {
        let url = check_issuer(&oidc.issuer).map_err(ProviderRule::of("issuer"))?;
        self.check_tenant(&url)?;
        ProviderRule::NoAlgorithm.holds("algorithms", !oidc.algorithms.is_empty())?;
        ProviderRule::OneLine.holds("email_verified_claim", is_one_line(&oidc.email_verified_claim))
    }

    /// At Entra ID, the issuer is that of one tenant.
    fn check_tenant(&self, url: &Url) -> Result<(), ProviderFault> {
        let is_preset = self.preset == Some(Preset::Entra);
        if !is_preset && !is_entra(url) {
            return Ok(());
        }
        let mut path = url.path_segments().into_iter().flatten();
        let tenant = path.next().unwrap_or_default().to_ascii_lowercase();
        let is_shared = SHARED_TENANTS.contains(&tenant.as_str());
        ProviderRule::SharedTenant.holds("issuer", !is_shared)?;
        let is_whole = !tenant.is_empty() && path.eq(["v2.0"]);
        ProviderRule::NoTenant.holds("issuer", is_whole || !is_preset)
    }

    fn check_oauth2(&self, oauth2: &OAuth2) -> Result<(), ProviderFault> {
        let endpoints = [
            ("authorization_endpoint", Some(&oauth2.authorization_endpoint)),
            ("token_endpoint", Some(&oauth2.token_endpoint)),
            (
                "device_authorization_endpoint",
                oauth2.device_authorization_endpoint.as_ref(),
            ),
            ("userinfo_endpoint", Some(&oauth2.userinfo_endpoint)),
            ("emails_endpoint", oauth2.emails_endpoint.as_ref()),
        ];
        for (setting, url) in endpoints {
            url.map_or(Ok(()), |url| check_endpoint(url).map(drop))
                .map_err(ProviderRule::of(setting))?;
        }
        let known = self.preset.and_then(Preset::subject_field);
        let is_known = known.is_none_or(|field| field == oauth2.subject_field);
        ProviderRule::SubjectOfPreset.holds("subject_field", is_known)?;
        for (setting, field) in [
            ("subject_field", Some(&oauth2.subject_field)),
            ("email_field", Some(&oauth2.email_field)),
            ("email_verified_field", oauth2.email_verified_field.as_ref()),
            ("first_name_field", oauth2.first_name_field.as_ref()),
            ("last_name_field", oauth2.last_name_field.as_ref()),
            ("name_field", oauth2.name_field.as_ref()),
        ] {
            ProviderRule::OneLine.holds(setting, field.is_none_or(|field| is_one_line(field)))?;
        }
        let has_device_codes = oauth2.device_authorization_endpoint.is_some();
        ProviderRule::NoDeviceEndpoint.holds("device", has_device_codes || !self.device)
    }

    /// The scopes are words of RFC 6749 §3.3. `OpenID` Connect needs `openid` (Core §3.1.2.1). It isn't
    /// added silently: what is registered at the provider is what is described.
    fn check_scopes(&self) -> Result<(), ProviderFault> {
        let is_free = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
        let is_word = |scope: &String| !scope.is_empty() && scope.bytes().all(is_free);
        ProviderRule::ScopeWords.holds("scopes", self.scopes.iter().all(is_word))?;
        let needs_openid = self.protocol.kind() == ProviderKind::Oidc;
        let has_openid = self.scopes.iter().any(|scope| scope == "openid");
        ProviderRule::NoOpenid.holds("scopes", has_openid || !needs_openid)
    }

    fn check_extra(&self) -> Result<(), ProviderFault> {
        for (name, value) in &self.extra {
            let is_free = !RESERVED.contains(&name.as_str());
            ProviderRule::ReservedParameter(name.clone()).holds("extra", is_free)?;
            let is_text = is_one_line(name) && !value.chars().any(char::is_control);
            ProviderRule::OneLine.holds("extra", is_text)?;
        }
        Ok(())
    }

    /// The path of the redirect URI holds nothing that a browser or a provider writes in another way
    /// (RFC 3986 §2.3, §5.2.4), for it is compared.
    fn check_redirect(&self) -> Result<(), ProviderFault> {
        let redirect = &self.redirect;
        let is_refused = self.preset == Some(Preset::Entra) && redirect.host == RedirectHost::Ipv6;
        ProviderRule::RedirectHost.holds("redirect_host", !is_refused)?;
        let unreserved = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~');
        let climbs = redirect.path.split('/').any(|step| matches!(step, "." | ".."));
        let is_path = redirect.path.starts_with('/') && redirect.path.chars().all(unreserved) && !climbs;
        ProviderRule::RedirectPath.holds("redirect_path", is_path)?;
        ProviderRule::NoPort.holds("ports", !redirect.ports.is_empty())
    }
}

/// Whether the text is not blank and stands on one line.
fn is_one_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
