//! A small browser: keeps cookies, follows redirects, sends forms. It runs no script.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::time::Duration;

use ureq::tls::{Certificate, RootCerts, TlsConfig};
use url::{Url, form_urlencoded};

use super::oidc::CA;

/// Somebody's browser.
pub struct Browser {
    agent: ureq::Agent,
    /// By host, path and name.
    cookies: BTreeMap<(String, String, String), String>,
}

/// Where a request has led.
#[derive(Debug)]
pub struct Page {
    /// What stands in the address bar.
    pub url: String,
    /// The status; 0 where nobody answers.
    pub status: u16,
    /// Names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Default for Browser {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .tls_config(believing_the_authority())
            .max_idle_connections(0)
            // For a machine that is busy; nothing waits this long when all is well.
            .timeout_global(Some(Duration::from_mins(2)))
            .build();
        Self {
            agent: config.into(),
            cookies: BTreeMap::new(),
        }
    }
}

/// The authority of the real provider, and no other.
fn believing_the_authority() -> TlsConfig {
    let authority = Certificate::from_pem(CA.as_bytes()).unwrap();
    TlsConfig::builder()
        .root_certs(RootCerts::from(vec![authority]))
        .build()
}

impl Browser {
    /// Opens an address and follows wherever it leads.
    #[track_caller]
    pub fn open(&mut self, url: &str) -> Page {
        let url = Url::parse(url).unwrap_or_else(|error| panic!("{error}: {url:?}"));
        self.follow(url, None)
    }

    /// Opens an address and goes no further; gives where it was sent next.
    #[track_caller]
    pub fn sent_to(&mut self, url: &str) -> String {
        let page = self.request(&Url::parse(url).unwrap(), None);
        let next = page.headers.get("location");
        next.unwrap_or_else(|| panic!("sent nowhere: {page:?}")).clone()
    }

    /// Sends the one form of a page, with these fields filled in.
    #[track_caller]
    pub fn submit(&mut self, page: &Page, filled: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page.form();
        for (name, value) in filled {
            fields.insert((*name).to_owned(), (*value).to_owned());
        }
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.follow(action, Some(body))
    }

    #[track_caller]
    fn follow(&mut self, mut url: Url, mut form: Option<String>) -> Page {
        for _ in 0..20 {
            let page = self.request(&url, form.take());
            match page.headers.get("location") {
                Some(next) if (300..400).contains(&page.status) => url = url.join(next).unwrap(),
                _ => return page,
            }
        }
        panic!("redirected without an end: {url}");
    }

    fn request(&mut self, url: &Url, form: Option<String>) -> Page {
        let cookies = self.cookies_for(url);
        let outcome = match form {
            Some(body) => self
                .agent
                .post(url.as_str())
                .header("Cookie", cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .send(body),
            None => self.agent.get(url.as_str()).header("Cookie", cookies).call(),
        };
        let mut response = match outcome {
            Ok(response) => response,
            Err(ureq::Error::Io(error)) if is_hung_up(error.kind()) => {
                return Page::of_nobody(url);
            }
            Err(error) => panic!("{url}: {error}"),
        };
        for header in response.headers().get_all("set-cookie") {
            self.keep(url, header.to_str().unwrap());
        }
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str().to_owned(), text(value)));
        let headers = headers.collect();
        let mut body = String::new();
        let read = response.body_mut().as_reader().read_to_string(&mut body);
        read.unwrap_or_else(|error| panic!("{url} broke off: {error}"));
        Page {
            url: url.to_string(),
            status: response.status().as_u16(),
            headers,
            body,
        }
    }

    /// RFC 6265 as far as it is needed: a cookie goes to its host and below its path.
    fn cookies_for(&self, url: &Url) -> String {
        let fits = |host: &str, path: &str| url.host_str() == Some(host) && url.path().starts_with(path);
        let cookies = self.cookies.iter();
        let cookies = cookies.filter(|((host, path, _), _)| fits(host, path));
        let cookies: Vec<_> = cookies
            .map(|((_, _, name), value)| format!("{name}={value}"))
            .collect();
        cookies.join("; ")
    }

    fn keep(&mut self, url: &Url, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let path = parts.find_map(|part| part.strip_prefix("path=")).unwrap_or("/");
        let host = url.host_str().unwrap();
        let key = (host.to_owned(), path.to_owned(), name.to_owned());
        // A cookie is taken back by an empty one that is out of date.
        if value.is_empty() {
            self.cookies.remove(&key);
        } else {
            self.cookies.insert(key, value.to_owned());
        }
    }
}

impl Page {
    fn of_nobody(url: &Url) -> Self {
        Self {
            url: url.to_string(),
            status: 0,
            headers: BTreeMap::new(),
            body: String::new(),
        }
    }

    /// The address and the hidden fields of the one form.
    #[track_caller]
    fn form(&self) -> (Url, BTreeMap<String, String>) {
        let form = self
            .body
            .split_once("<form")
            .and_then(|(_, rest)| rest.split_once("</form>"));
        let (form, _) = form.unwrap_or_else(|| panic!("no form: {self:?}"));
        let mut tags = form.split('<');
        let action = attribute(tags.next().unwrap(), "action").unwrap();
        let action = Url::parse(&self.url).unwrap().join(&action).unwrap();
        let inputs = tags.filter(|tag| tag.starts_with("input"));
        let fields = inputs.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)));
        (action, fields.collect())
    }
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&amp;", "&"),
    )
}

/// Nobody listens, or does so no longer.
fn is_hung_up(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset)
}
