//! What the values of a section must be like.

use std::collections::BTreeMap;

use super::presets::SHARED_TENANTS;
use super::section::Section;
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::keys::join;
use crate::domain::email::EmailAddress;
use crate::domain::provider::{
    EndpointError, Preset, Protocol, Provider, ProviderName, SigningAlgorithm, check_endpoint, check_issuer,
    is_entra,
};

/// Parameters that are ours: the protection of a sign-in hangs on them, or they promise what isn't
/// looked at (`max_age` is nothing unless `auth_time` is held against it). The others belong to
/// another request, and would stand in the browser's history.
const OURS: [&str; 24] = [
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

const CORRECT_IT: &str = "correct it there";

/// The issuer; at Entra ID that of one tenant.
pub(super) fn issuer(section: &Section<'_, '_>) -> Result<String, ConfigError> {
    const KEY: &str = "issuer";
    let text = section.needed(KEY)?;
    let url = check_issuer(&text).map_err(|error| endpoint_refused(section, KEY, error))?;
    let is_entra = section.preset == Some(Preset::Entra) || is_entra(&url);
    let mut path = url.path_segments().into_iter().flatten();
    let tenant = path.next().unwrap_or_default().to_ascii_lowercase();
    if is_entra && SHARED_TENANTS.contains(&tenant.as_str()) {
        return Err(section.refuse(
            KEY,
            "must be that of one tenant: elsewhere an e-mail address is whatever its owner types",
            "write your tenant's id (Entra admin center, Overview) in the place of that word",
        ));
    }
    let whole = !tenant.is_empty() && path.eq(["v2.0"]);
    if section.preset == Some(Preset::Entra) && !whole {
        return Err(section.refuse(
            KEY,
            "must be that of a tenant, such as \"https://login.microsoftonline.com/TENANT/v2.0\"",
            "take the tenant's id from the Entra admin center, Overview",
        ));
    }
    Ok(text)
}

/// The field of a person's lasting id. A preset that names it knows which one lasts.
pub(super) fn subject_field(section: &Section<'_, '_>) -> Result<String, ConfigError> {
    const KEY: &str = "subject_field";
    if section.has(KEY) && section.fact(KEY).is_some() {
        let rule = "must not be here: the preset knows the id that lasts";
        return Err(section.refuse(KEY, rule, "leave it out"));
    }
    Ok(section.text(KEY)?.unwrap_or_else(|| "sub".to_owned()))
}

/// Refuses two providers that ask one place for different ids: an identity is the place and the
/// id, and one person's user name may be another one's number.
pub(super) fn check_subject_fields(file: &Document<'_>, providers: &[Provider]) -> Result<(), ConfigError> {
    let mut seen = BTreeMap::new();
    for provider in providers {
        let Protocol::OAuth2(oauth2) = &provider.protocol else {
            continue;
        };
        let this = (&provider.name, &oauth2.subject_field);
        let first = *seen.entry(&oauth2.userinfo_endpoint).or_insert(this);
        if first.1 != this.1 {
            return Err(subject_fields_differ(file, this.0, first.0));
        }
    }
    Ok(())
}

/// Complains of the key that is there: what isn't may be the preset's or the usual one.
fn subject_fields_differ(file: &Document<'_>, one: &ProviderName, other: &ProviderName) -> ConfigError {
    let key = |name: &ProviderName, key| join(&join("provider", name.as_str()), key);
    let mut pairs = [(one, other), (other, one)].into_iter();
    let (place, other) = match pairs.find(|(name, _)| file.has(&key(name, "subject_field"))) {
        Some((name, other)) => (key(name, "subject_field"), other),
        None => (key(one, "userinfo_endpoint"), other),
    };
    let rule = format!("doesn't go with [provider.{other}]: one place is asked for two different ids");
    let hint = "give both the same `subject_field`, or one id could mean two people";
    file.refuse_with(&[&place], &rule, hint)
}

/// The address of an endpoint, which must be there.
pub(super) fn endpoint(section: &Section<'_, '_>, key: &'static str) -> Result<String, ConfigError> {
    let text = section.needed(key)?;
    match check_endpoint(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(endpoint_refused(section, key, error)),
    }
}

/// The address of an endpoint that a provider may lack.
pub(super) fn maybe_endpoint(
    section: &Section<'_, '_>,
    key: &'static str,
) -> Result<Option<String>, ConfigError> {
    section.text(key)?.map(|_| endpoint(section, key)).transpose()
}

fn endpoint_refused(section: &Section<'_, '_>, key: &str, error: EndpointError) -> ConfigError {
    section.refuse(key, &error.to_string(), CORRECT_IT)
}

/// What is asked for: words of RFC 6749 §3.3. `OpenID` Connect asks for `openid` (Core §3.1.2.1),
/// which isn't put there silently: what is registered is what stands in the file.
pub(super) fn scopes(section: &Section<'_, '_>, is_oidc: bool) -> Result<Vec<String>, ConfigError> {
    const KEY: &str = "scopes";
    let usual: &[&str] = if is_oidc {
        &["openid", "email", "profile"]
    } else {
        &[]
    };
    let Some(scopes) = section.texts(KEY)? else {
        return Ok(usual.iter().map(|&scope| scope.to_owned()).collect());
    };
    let is_word = |scope: &String| {
        scope
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'))
    };
    if !scopes.iter().all(is_word) {
        let hint = "one text for each: scopes = [\"openid\", \"email\"]";
        return Err(section.refuse(KEY, "must be a list of words without spaces", hint));
    }
    if is_oidc && !scopes.iter().any(|scope| scope == "openid") {
        let hint = "OpenID Connect begins with it: put it first";
        return Err(section.refuse(KEY, "must hold \"openid\"", hint));
    }
    Ok(scopes)
}

/// Algorithms of which nobody but the provider has the key.
pub(super) fn algorithms(section: &Section<'_, '_>) -> Result<Vec<SigningAlgorithm>, ConfigError> {
    const KEY: &str = "algorithms";
    let Some(names) = section.texts(KEY)? else {
        return Ok(vec![SigningAlgorithm::Rs256, SigningAlgorithm::Es256]);
    };
    let all = SigningAlgorithm::ALL.map(SigningAlgorithm::as_str).join(", ");
    let hint = format!("the algorithms are {all}; without the key they are RS256 and ES256");
    let refuse = |rule: &str| section.refuse(KEY, rule, &hint);
    if names.is_empty() {
        return Err(refuse("must name one at least"));
    }
    if names.iter().any(|name| name == "none") {
        return Err(refuse(
            "must not hold \"none\": anybody could have made such a token",
        ));
    }
    if names.iter().any(|name| name.starts_with("HS")) {
        let rule =
            "must not hold HS256 or its like: anybody who has the client secret could make such a token";
        return Err(refuse(rule));
    }
    let algorithm = |name: &String| SigningAlgorithm::ALL.into_iter().find(|one| one.as_str() == name);
    let algorithms: Option<_> = names.iter().map(algorithm).collect();
    algorithms.ok_or_else(|| refuse("must be a list of signing algorithms"))
}

/// Domains of addresses, in the form that the domain of a canonical address has.
pub(super) fn email_domains(section: &Section<'_, '_>) -> Result<Vec<String>, ConfigError> {
    const KEY: &str = "email_domains";
    let domains = section.texts(KEY)?.unwrap_or_default();
    if domains.iter().any(|domain| domain.starts_with("*.")) {
        let hint = "write each domain out, without `*.`: a domain below another one is another one";
        return Err(section.refuse(KEY, "must hold no wildcards", hint));
    }
    if domains.iter().any(|domain| domain.contains('@')) {
        let hint = "write what follows the `@` alone: email_domains = [\"example.com\"]";
        return Err(section.refuse(KEY, "must hold domains, not addresses", hint));
    }
    let canonical = |domain: &String| {
        let address = EmailAddress::parse(&format!("x@{domain}")).ok()?;
        let (_, domain) = address.canonical().as_str().rsplit_once('@')?;
        Some(domain.to_owned())
    };
    let domains: Option<_> = domains.iter().map(canonical).collect();
    let refuse = || {
        section.refuse(
            KEY,
            "must be a list of domains such as \"example.com\"",
            CORRECT_IT,
        )
    };
    domains.ok_or_else(refuse)
}

/// The path of the redirect URI: nothing that a browser or a provider writes otherwise
/// (RFC 3986 §2.3, §5.2.4), for it is compared.
pub(super) fn redirect_path(section: &Section<'_, '_>) -> Result<Option<String>, ConfigError> {
    const KEY: &str = "redirect_path";
    let Some(path) = section.text(KEY)? else {
        return Ok(None);
    };
    let unreserved = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~');
    let climbs = path.split('/').any(|step| matches!(step, "." | ".."));
    if !path.starts_with('/') || !path.chars().all(unreserved) || climbs {
        let rule = "must begin with `/` and hold only letters, digits and `/ - . _ ~`, without `..`";
        return Err(section.refuse(KEY, rule, "leave it out to have \"/callback\""));
    }
    Ok(Some(path))
}

/// Refuses further parameters that are no further ones.
pub(super) fn check_extra<'n>(
    section: &Section<'_, '_>,
    mut names: impl Iterator<Item = &'n str>,
) -> Result<(), ConfigError> {
    match names.find_map(|name| OURS.into_iter().find(|ours| *ours == name)) {
        None => Ok(()),
        Some(ours) => {
            let rule = format!("must not hold `{ours}`, which is not free to choose");
            Err(section.refuse("extra", &rule, "take it out of the table"))
        }
    }
}
