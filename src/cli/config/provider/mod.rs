//! The sections `[provider.NAME]`: who vouches for people. Refused is here what is malformed;
//! whether a strategy makes sense is asked when somebody signs in, see `Admission::check`.

mod presets;
mod rules;
mod section;
mod shown;

pub(super) use shown::comes_from_preset;
pub use shown::provider_settings;

use super::document::Document;
use super::error::ConfigError;
use crate::domain::admission::{Admission, Strategy};
use crate::domain::likeness::nearest;
use crate::domain::provider::{
    ClientAuth, OAuth2, Oidc, Preset, Protocol, Provider, ProviderName, Redirect, RedirectHost,
};
use section::Section;

/// How a provider is spoken to, as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Oidc,
    OAuth2,
}

/// Keys of `OpenID` Connect alone: the rest is discovered.
const OIDC_KEYS: [&str; 2] = ["issuer", "algorithms"];

/// Keys of plain OAuth 2.0 alone.
const OAUTH2_KEYS: [&str; 11] = [
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "userinfo_endpoint",
    "emails_endpoint",
    "subject_field",
    "email_field",
    "email_verified_field",
    "first_name_field",
    "last_name_field",
    "name_field",
];

impl Kind {
    const WORDS: [(&'static str, Self); 2] = [("oidc", Self::Oidc), ("oauth2", Self::OAuth2)];

    fn of(protocol: &Protocol) -> Self {
        match protocol {
            Protocol::Oidc(_) => Self::Oidc,
            Protocol::OAuth2(_) => Self::OAuth2,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
            Self::OAuth2 => "oauth2",
        }
    }

    /// Keys of the other kind.
    fn foreign_keys(self) -> &'static [&'static str] {
        match self {
            Self::Oidc => &OAUTH2_KEYS,
            Self::OAuth2 => &OIDC_KEYS,
        }
    }
}

/// Reads every provider, in the order of their names.
pub(super) fn read_all(file: &Document<'_>) -> Result<Vec<Provider>, ConfigError> {
    let names = file.names_in("provider").into_iter();
    // Which names are none was looked at when the document was parsed.
    let names = names.filter_map(|name| ProviderName::parse(name).ok());
    let mut providers = names
        .map(|name| read(file, name))
        .collect::<Result<Vec<_>, _>>()?;
    providers.sort_by(|one, other| one.name.cmp(&other.name));
    rules::check_subject_fields(file, &providers)?;
    Ok(providers)
}

fn read(file: &Document<'_>, name: ProviderName) -> Result<Provider, ConfigError> {
    let section = Section::new(file, &name)?;
    let kind = kind(&section)?;
    let protocol = match kind {
        Kind::Oidc => Protocol::Oidc(oidc(&section)?),
        Kind::OAuth2 => Protocol::OAuth2(Box::new(oauth2(&section)?)),
    };
    let words = [ClientAuth::Basic, ClientAuth::Post].map(|auth| (auth.as_str(), auth));
    let admission = admission(&section)?;
    let mut extra = section.named_texts("extra")?;
    rules::check_extra(&section, extra.keys().map(String::as_str))?;
    // Only a hint to Google, which offers the right account first; the check is on the token.
    if section.preset == Some(Preset::Google)
        && let Some(domain) = admission.require_claims.get("hd").and_then(|hd| hd.as_str())
    {
        extra.entry("hd".to_owned()).or_insert_with(|| domain.to_owned());
    }
    Ok(Provider {
        label: section.text("label")?.unwrap_or_else(|| name.to_string()),
        preset: section.preset,
        client_id: section.needed("client_id")?,
        client_secret_file: section.file("client_secret_file")?,
        client_auth: section.word("client_auth", &words)?.unwrap_or_default(),
        scopes: rules::scopes(&section, kind == Kind::Oidc)?,
        extra,
        redirect: redirect(&section)?,
        device: device(&section, &protocol)?,
        ca_file: section.file("ca_file")?,
        admission,
        protocol,
        name,
    })
}

fn kind(section: &Section<'_, '_>) -> Result<Kind, ConfigError> {
    let kind = section.word("kind", &Kind::WORDS)?;
    let kind = kind.ok_or_else(|| section.lacks("kind"))?;
    if let Some(preset) = section.preset {
        let usual = match preset {
            Preset::GitHub => Kind::OAuth2,
            _ => Kind::Oidc,
        };
        if kind != usual {
            let rule = format!("doesn't fit the preset, which is \"{}\"", usual.as_str());
            return Err(section.refuse("kind", &rule, "leave one of the two out"));
        }
    }
    if let Some(key) = kind.foreign_keys().iter().find(|key| section.has(key)) {
        let rule = format!("is no key of the kind \"{}\"", kind.as_str());
        return Err(section.refuse(key, &rule, "leave it out, or correct `kind`"));
    }
    Ok(kind)
}

fn oidc(section: &Section<'_, '_>) -> Result<Oidc, ConfigError> {
    Ok(Oidc {
        issuer: rules::issuer(section)?,
        algorithms: rules::algorithms(section)?,
        email_verified_claim: presets::email_verified_claim(section.preset).to_owned(),
    })
}

/// Fields that aren't named are those of `OpenID` Connect (Core §5.1), unless a preset knows them.
fn oauth2(section: &Section<'_, '_>) -> Result<OAuth2, ConfigError> {
    let field = |key, usual: &str| -> Result<Option<String>, ConfigError> {
        let usual = section.preset.is_none().then(|| usual.to_owned());
        Ok(section.text(key)?.or(usual))
    };
    Ok(OAuth2 {
        authorization_endpoint: rules::endpoint(section, "authorization_endpoint")?,
        token_endpoint: rules::endpoint(section, "token_endpoint")?,
        device_authorization_endpoint: rules::maybe_endpoint(section, "device_authorization_endpoint")?,
        userinfo_endpoint: rules::endpoint(section, "userinfo_endpoint")?,
        emails_endpoint: rules::maybe_endpoint(section, "emails_endpoint")?,
        subject_field: rules::subject_field(section)?,
        email_field: section.text("email_field")?.unwrap_or_else(|| "email".to_owned()),
        email_verified_field: field("email_verified_field", "email_verified")?,
        first_name_field: field("first_name_field", "given_name")?,
        last_name_field: field("last_name_field", "family_name")?,
        name_field: field("name_field", "name")?,
    })
}

fn admission(section: &Section<'_, '_>) -> Result<Admission, ConfigError> {
    let words = [Strategy::AcceptExisting, Strategy::CreateOnFirstLogin]
        .map(|strategy| (strategy.as_str(), strategy));
    Ok(Admission {
        strategy: section.word("strategy", &words)?.unwrap_or_default(),
        default_groups: section.groups("default_groups")?,
        email_domains: rules::email_domains(section)?,
        require_claims: section.named_values("require_claims")?,
        trust_unverified_email: section.flag("trust_unverified_email")?,
    })
}

fn redirect(section: &Section<'_, '_>) -> Result<Redirect, ConfigError> {
    const HOST: &str = "redirect_host";
    let words =
        [RedirectHost::Ipv4, RedirectHost::Localhost, RedirectHost::Ipv6].map(|host| (host.as_str(), host));
    let usual = Redirect::default();
    let host = section.word(HOST, &words)?.unwrap_or(usual.host);
    if section.preset == Some(Preset::Entra) && host == RedirectHost::Ipv6 {
        let rule = "must be another one: Entra ID knows no \"[::1]\"";
        return Err(section.refuse(HOST, rule, "leave it out to have \"localhost\""));
    }
    Ok(Redirect {
        host,
        path: rules::redirect_path(section)?.unwrap_or(usual.path),
        ports: section.ports("ports")?.unwrap_or(usual.ports),
    })
}

fn device(section: &Section<'_, '_>, protocol: &Protocol) -> Result<bool, ConfigError> {
    let device = section.flag("device")?;
    match protocol {
        Protocol::OAuth2(oauth2) if device && oauth2.device_authorization_endpoint.is_none() => {
            let rule = "needs `device_authorization_endpoint` beside it";
            Err(section.refuse("device", rule, "name the endpoint, or leave `device` out"))
        }
        _ => Ok(device),
    }
}

/// A name that no provider of the configuration has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has no provider `{asked}`")]
pub struct ProviderNotFound {
    asked: String,
    nearest: Option<ProviderName>,
    known: Vec<ProviderName>,
}

impl ProviderNotFound {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        if let Some(nearest) = &self.nearest {
            return format!("did you mean {nearest}?");
        }
        let known: Vec<&str> = self.known.iter().map(ProviderName::as_str).collect();
        match known.as_slice() {
            [] => "a section [provider.NAME] of the configuration makes one".to_owned(),
            [only] => format!("the only provider is {only}"),
            known => format!("the providers are {}", known.join(", ")),
        }
    }
}

impl super::Config {
    /// The provider of that name.
    ///
    /// # Errors
    /// [`ProviderNotFound`], with the nearest one.
    pub fn provider(&self, name: &str) -> Result<&Provider, ProviderNotFound> {
        let found = self
            .providers
            .iter()
            .find(|provider| provider.name.as_str() == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = self
                .providers
                .iter()
                .map(|provider| provider.name.as_str())
                .collect();
            let nearest = nearest(name, &known);
            ProviderNotFound {
                asked: name.to_owned(),
                nearest: nearest.and_then(|name| ProviderName::parse(name).ok()),
                known: self
                    .providers
                    .iter()
                    .map(|provider| provider.name.clone())
                    .collect(),
            }
        })
    }
}
