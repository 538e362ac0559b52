//! Requests to a provider: redirects are not followed, and time and length of an answer are limited.

use std::path::Path;
use std::time::Duration;

use oauth2::http::header::{ACCEPT, AUTHORIZATION, DATE};
use oauth2::http::{self, HeaderValue, Method, StatusCode};
use oauth2::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};
use ureq::{Agent, Timeout};
use url::Url;

use super::error::{Endpoint, ProviderError, Unreachable};
use crate::domain::clock::{Clock, Timestamp};
use crate::domain::provider::is_loopback;
use crate::files::{self, CertificateFault, CertificatesError};

/// The longest any single answer is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
const MOST_BYTES: u64 = 1024 * 1024;
const USER_AGENT: &str = concat!("backoffice/", env!("CARGO_PKG_VERSION"));

/// A client for one provider.
#[derive(Debug)]
pub(super) struct Http {
    agent: Agent,
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
    /// A client that believes the system's certificates, and those in `ca_file`.
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
            .build();
        Ok(Self {
            agent: config.new_agent(),
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
        // What is said to this machine itself goes through no proxy, which would read it.
        let is_here = Url::parse(&request.uri().to_string()).is_ok_and(|url| is_loopback(&url));
        let configured = self.http.agent.configure_request(request);
        let configured = if is_here {
            configured.proxy(None)
        } else {
            configured
        };
        let request = configured.timeout_global(Some(left.min(PATIENCE))).build();
        let failed = |error| unreachable(error, self.http.has_ca_file);
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
    /// else. An error in an answer of status 200 (as GitHub sends it) is made one of status 400.
    pub fn post(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let mut response = self.send(request)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Unreachable::Redirected);
        }
        let object: Option<Map<String, Value>> = serde_json::from_slice(response.body()).ok();
        let is_error = |object: &Map<String, Value>| object.get("error").is_some_and(|word| !word.is_null());
        match object {
            Some(object) if status.is_success() && is_error(&object) => {
                *response.status_mut() = StatusCode::BAD_REQUEST;
                Ok(response)
            }
            Some(object) if status.is_success() || is_error(&object) => Ok(response),
            _ if status.is_success() => Err(Unreachable::Malformed),
            _ => Err(Unreachable::Status(status.as_u16())),
        }
    }

    /// A JSON document, with the bearer's token if it needs one, and the moment the provider says
    /// it is.
    pub fn get<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        url: &str,
        bearer: Option<&str>,
    ) -> Result<(T, Option<Timestamp>), ProviderError> {
        let mut request = http::Request::builder()
            .method(Method::GET)
            .uri(url)
            .header(ACCEPT, "application/json");
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
        let moment = date(&response);
        let document = serde_json::from_slice(response.body()).map_err(|_| failed(Unreachable::Malformed))?;
        Ok((document, moment))
    }
}

/// The moment the provider says it is (RFC 9110 §6.6.1).
pub(super) fn date(response: &HttpResponse) -> Option<Timestamp> {
    let text = response.headers().get(DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}

fn unreachable(error: ureq::Error, has_ca_file: bool) -> Unreachable {
    match error {
        ureq::Error::HostNotFound | ureq::Error::Timeout(Timeout::Resolve) => Unreachable::UnknownHost,
        ureq::Error::Timeout(_) => Unreachable::Silent,
        ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => Unreachable::TooLong,
        ureq::Error::Rustls(error) => tls(&error.to_string(), has_ca_file),
        ureq::Error::Tls(what) => tls(what, has_ca_file),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Unreachable::Silent,
        ureq::Error::Io(error) => connection(&error, has_ca_file),
        ureq::Error::Protocol(_) => Unreachable::Connection("the answer isn't HTTP".to_owned()),
        error => Unreachable::Connection(error.to_string()),
    }
}

fn connection(error: &std::io::Error, has_ca_file: bool) -> Unreachable {
    let text = error.to_string();
    // What rustls finds arrives as the reason of a broken connection.
    if text.contains("certificate") || text.contains("TLS") || text.contains("Tls") {
        return tls(&text, has_ca_file);
    }
    Unreachable::Connection(match error.kind() {
        std::io::ErrorKind::ConnectionRefused => "nothing listens there".to_owned(),
        std::io::ErrorKind::UnexpectedEof => "the provider closed the connection".to_owned(),
        _ => text,
    })
}

fn tls(text: &str, has_ca_file: bool) -> Unreachable {
    match CertificateFault::of(text) {
        Some(fault) => Unreachable::Certificate { fault, has_ca_file },
        None => Unreachable::Tls(text.to_owned()),
    }
}
