//! Requests to a provider: redirects are not followed, and time and length of an answer are limited.

mod faults;
mod no_proxy;
mod proxies;

use std::path::Path;
use std::time::Duration;

use oauth2::http::header::{ACCEPT, AUTHORIZATION, DATE};
use oauth2::http::{self, HeaderValue, Method};
use oauth2::{HttpRequest, HttpResponse};
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};
use url::Url;

use self::faults::Way;
use self::proxies::Proxies;
use super::answer;
use super::error::{Endpoint, ProviderError, Unreachable};
use crate::domain::clock::{Clock, Timestamp};
use crate::files::{self, CertificatesError};

/// The longest any single answer is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest that a host is looked up, and the longest that a connection may take, which is made
/// over a proxy perhaps.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
const MOST_BYTES: u64 = 1024 * 1024;
const USER_AGENT: &str = concat!("backoffice/", env!("CARGO_PKG_VERSION"));

/// A client for one provider.
#[derive(Debug)]
pub(super) struct Http {
    agent: Agent,
    proxies: Proxies,
    has_ca_file: bool,
}

/// One client, with the time that is left for it.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub http: &'a Http,
    pub clock: &'a dyn Clock,
    /// On [`Clock::elapsed`].
    pub until: Duration,
}

/// What is left until a moment on [`Clock::elapsed`]; `None` once it is over.
pub(super) fn remaining(clock: &dyn Clock, until: Duration) -> Option<Duration> {
    until.checked_sub(clock.elapsed()).filter(|left| !left.is_zero())
}

impl Http {
    /// A client that believes the system's certificates, and those in `ca_file`, and goes through
    /// the proxies of the environment.
    pub fn new(ca_file: Option<&Path>) -> Result<Self, CertificatesError> {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::from(believed(ca_file)?))
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .tls_config(tls)
            .proxy(None)
            .build();
        Ok(Self {
            agent: config.new_agent(),
            proxies: Proxies::of_environment(),
            has_ca_file: ca_file.is_some(),
        })
    }
}

fn believed(ca_file: Option<&Path>) -> Result<Vec<Certificate<'static>>, CertificatesError> {
    // A system without certificates is found out when one is needed.
    let system = rustls_native_certs::load_native_certs();
    let mut believed: Vec<_> = system
        .certs
        .iter()
        .map(|der| Certificate::from_der(der).to_owned())
        .collect();
    if let Some(path) = ca_file {
        for item in parse_pem(&files::read_certificates(path)?) {
            match item {
                Ok(PemItem::Certificate(certificate)) => believed.push(certificate),
                Ok(_) => {}
                Err(_) => {
                    return Err(CertificatesError::damaged(path));
                }
            }
        }
    }
    Ok(believed)
}

impl Call<'_> {
    /// One request and its answer, with any status.
    pub fn send(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let left = remaining(self.clock, self.until).ok_or(Unreachable::Silent)?;
        let url = Url::parse(&request.uri().to_string()).map_err(|_| Unreachable::Malformed)?;
        let chosen = self.http.proxies.choose(&url)?;
        let way = Way {
            url: &url,
            proxy: chosen.as_ref(),
            has_ca_file: self.http.has_ca_file,
        };
        let failed = |error| way.fault(error);
        let request = self
            .http
            .agent
            .configure_request(request)
            .proxy(chosen.as_ref().map(|chosen| chosen.proxy.clone()))
            .timeout_resolve(Some(left.min(CONNECT_PATIENCE)))
            .timeout_connect(Some(left.min(CONNECT_PATIENCE)))
            .timeout_global(Some(left.min(PATIENCE)))
            .build();
        let response = self.http.agent.run(request).map_err(failed)?;
        let (parts, mut body) = response.into_parts();
        let bytes = body
            .with_config()
            .limit(MOST_BYTES)
            .read_to_vec()
            .map_err(failed)?;
        Ok(http::Response::from_parts(parts, bytes))
    }

    /// What an OAuth endpoint answered to a form: an answer or an error of its own, and nothing
    /// else.
    pub fn post(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        answer::normal(self.send(request)?)
    }

    /// A JSON document, with the bearer's token if it needs one, and the moment the provider says
    /// it is.
    pub fn get<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        url: &str,
        bearer: Option<&str>,
    ) -> Result<(T, Option<Timestamp>), ProviderError> {
        let response = self.fetch(endpoint, url, "application/json", bearer)?;
        let moment = date(&response);
        let malformed = |_| ProviderError::at(endpoint)(Unreachable::Malformed);
        let document = serde_json::from_slice(response.body()).map_err(malformed)?;
        Ok((document, moment))
    }

    /// A document of one of the types that are accepted.
    pub fn fetch(
        &self,
        endpoint: Endpoint,
        url: &str,
        accept: &'static str,
        bearer: Option<&str>,
    ) -> Result<HttpResponse, ProviderError> {
        let mut request = http::Request::builder()
            .method(Method::GET)
            .uri(url)
            .header(ACCEPT, accept);
        let failed = |why| ProviderError::Unreachable { endpoint, why };
        if let Some(token) = bearer {
            let value = HeaderValue::try_from(format!("Bearer {token}"));
            let mut value = value.map_err(|_| ProviderError::BadAccessToken)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let request = request
            .body(Vec::new())
            .map_err(|_| failed(Unreachable::Malformed))?;
        let response = self.send(request).map_err(failed)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(failed(Unreachable::Redirected));
        }
        if !status.is_success() {
            return Err(failed(Unreachable::Status(status.as_u16())));
        }
        Ok(response)
    }
}

/// The moment the provider says it is (RFC 9110 §6.6.1).
pub(super) fn date(response: &HttpResponse) -> Option<Timestamp> {
    let text = response.headers().get(DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}
