//! The mail server: the settings for it, checked.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParametersBuilder};

use super::super::error::{SendError, SettingsError};
use super::super::sender::Sender;
use super::answer::Asked;
use super::faults;
use super::settings::{SmtpSettings, Tls};
use crate::files::{self, CertificatesError};

/// All steps before the message take together at most so many time-outs.
const WHOLE: u32 = 3;

/// The server, and what it takes to talk to it.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) timeout: Duration,
    /// For the message, and for the server's answer to it.
    pub(super) answer_timeout: Duration,
    pub(super) authority: Option<Certificate>,
    pub(super) hello: String,
}

impl Server {
    /// Checks what `settings` say about the server.
    pub(super) fn new(settings: &SmtpSettings, sender: &Sender) -> Result<Self, SettingsError> {
        let host = host(&settings.host)?;
        if settings.tls == Tls::None && !is_loopback(&host) {
            return Err(SettingsError::PlainElsewhere { host });
        }
        if settings.timeout.is_zero() || settings.answer_timeout.is_zero() {
            return Err(SettingsError::NoTime);
        }
        let hello = settings.hello_name.as_deref().unwrap_or_else(|| sender.domain());
        if !is_host_name(hello) {
            return Err(SettingsError::HelloName);
        }
        Ok(Self {
            host,
            port: settings.port,
            tls: settings.tls,
            timeout: settings.timeout,
            answer_timeout: settings.answer_timeout,
            authority: settings.ca_file.as_deref().map(read_authority).transpose()?,
            hello: hello.to_owned(),
        })
    }

    /// How long everything before the message may take.
    pub(super) fn whole(&self) -> Duration {
        self.timeout.saturating_mul(WHOLE)
    }

    pub(super) fn explain(&self, asked: Asked, error: &Error) -> SendError {
        faults::explain(asked, error, self.timeout, self.authority.is_some())
    }
}

/// The host without the brackets of an IPv6 address.
fn host(text: &str) -> Result<String, SettingsError> {
    let host = text.trim();
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let host = bare.unwrap_or(host);
    if host.parse::<IpAddr>().is_ok() {
        return Ok(host.to_owned());
    }
    let ascii = idna::domain_to_ascii(host).map_err(|_| SettingsError::Host)?;
    if is_host_name(&ascii) {
        Ok(ascii)
    } else {
        Err(SettingsError::Host)
    }
}

/// Letters, digits, hyphens and dots (RFC 1123 §2.1): nothing that ends a line of the dialogue.
fn is_host_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    !text.is_empty() && text.len() <= 253 && text.bytes().all(allowed)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn read_authority(path: &Path) -> Result<Certificate, CertificatesError> {
    let pem = files::read_certificates(path)?;
    let damaged = || CertificatesError::damaged(path);
    let certificate = Certificate::from_pem(&pem).map_err(|_| damaged())?;
    try_authority(&certificate).map_err(|()| damaged())?;
    Ok(certificate)
}

/// Whether the certificates of a file can be used at all.
fn try_authority(certificate: &Certificate) -> Result<(), ()> {
    TlsParametersBuilder::new("localhost".to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(certificate.clone())
        .build()
        .map(|_| ())
        .map_err(|_| ())
}

/// Shows no certificates.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}
