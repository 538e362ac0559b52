//! Which request is a browser on its way back from the provider, and which isn't.

use tiny_http::{Method, Request};

use super::peer::{self, Neighbours, PeerFault};
use super::response::Response;
use crate::domain::provider::Redirect;
use crate::federation::callback::LONGEST_QUERY;
use crate::federation::pages;
use crate::texts::Language;

/// The longest request target that is read, in bytes: the longest query of a callback, and the path.
const LONGEST_TARGET: usize = LONGEST_QUERY + 1024;

/// Headers by which browsers say that the user has not followed the link yet.
const PREFETCH: [&str; 3] = ["Sec-Purpose", "Purpose", "X-Moz"];

/// Where a browser comes back to.
#[derive(Debug)]
pub(super) struct Address {
    host: &'static str,
    port: u16,
    path: String,
}

/// What is to be done with a request.
pub(super) enum Verdict {
    /// It comes to the right address.
    Callback {
        /// Its query, without the `?`.
        query: String,
    },
    /// It is another request, and gets this response.
    Refused(Response),
}

impl Address {
    pub(super) fn new(redirect: &Redirect, port: u16) -> Self {
        Self {
            host: redirect.host.as_str(),
            port,
            path: redirect.path.clone(),
        }
    }

    pub(super) fn host_and_port(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Looks at everything but the query, and who sends it.
    pub(super) fn judge(&self, request: &Request) -> Verdict {
        let answer = |status, line| Verdict::Refused(Response::plain(status, line));
        let target = request.url();
        if target.len() > LONGEST_TARGET {
            return answer(414, "That address is too long.");
        }
        // A proxy is sent the whole address, and we are none (RFC 9112 §3.2.2).
        if !target.starts_with('/') {
            return answer(400, "This program is not a proxy.");
        }
        if !self.is_our_host(request) {
            return answer(400, "The Host header names another server.");
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path != self.path {
            return answer(404, "There is nothing here.");
        }
        if *request.method() != Method::Get {
            return answer(405, "Only GET is answered here.");
        }
        // Not 204: the browser would keep that for the moment when the user follows the link.
        if PREFETCH.iter().any(|name| values(request, name).next().is_some()) {
            return answer(404, "This page can't be loaded in advance.");
        }
        if request.body_length().is_some_and(|length| length > 0)
            || values(request, "Transfer-Encoding").count() > 0
        {
            return answer(400, "A GET request must not have a body.");
        }
        Verdict::Callback {
            query: query.to_owned(),
        }
    }

    /// Exactly one `Host`, and that ours: a page that names another can't be answered by way of
    /// its own domain name ("DNS rebinding").
    fn is_our_host(&self, request: &Request) -> bool {
        let mut hosts = values(request, "Host");
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return false;
        };
        // Browsers leave out the port that http has by itself.
        host == self.host_and_port() || (self.port == 80 && host == self.host)
    }

    /// Checks that our user sent the request.
    pub(super) fn check_peer(&self, request: &Request, neighbours: &Neighbours) -> Result<(), PeerFault> {
        match request.remote_addr() {
            Some(address) => peer::check(*address, self.port, neighbours),
            None => Err(PeerFault::Unknown),
        }
    }
}

/// The language of the browser.
pub(super) fn language(request: &Request) -> Language {
    let wishes: Vec<&str> = values(request, "Accept-Language").collect();
    pages::language(&wishes.join(","))
}

/// The values of a header, in its order.
fn values<'r>(request: &'r Request, name: &'static str) -> impl Iterator<Item = &'r str> {
    let named = move |header: &&tiny_http::Header| header.field.as_str().as_str().eq_ignore_ascii_case(name);
    request
        .headers()
        .iter()
        .filter(named)
        .map(|header| header.value.as_str())
}
