//! What a user pastes: the address where the browser ended, and what programs and web pages do to an
//! address on its way through a clipboard.

use secrecy::ExposeSecret;
use url::Url;

use super::{Callback, CallbackFault, ExpectedCallback, LONGEST_QUERY, check_issuer, is_same};

/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = LONGEST_QUERY;

/// What a terminal puts around a text that is pasted (xterm, "Bracketed Paste Mode").
const PASTE_MARKS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// What stands for `&` in the source of a web page.
const AMPERSANDS: [&str; 3] = ["&amp;", "&#38;", "&#x26;"];

impl Callback {
    /// Reads what a user copied from the browser: the whole address, with or without `http://`, its
    /// query alone, or the `code#state` that some providers show on a page.
    ///
    /// Left out are spaces and line breaks, quotation marks and brackets around the text, and the
    /// marks of a terminal for a paste. `&amp;` counts as `&`, and `localhost`, `127.0.0.1` and
    /// `[::1]` as the same machine.
    ///
    /// # Errors
    /// As [`from_query`](Self::from_query), and [`CallbackFault::OtherPage`].
    pub fn from_pasted(
        text: &str,
        redirect_uri: &str,
        expected: &ExpectedCallback,
    ) -> Result<Self, CallbackFault> {
        if text.len() > LONGEST_TEXT {
            return Err(CallbackFault::TooLong);
        }
        let text = cleaned(text);
        if let Some(code) = code_of_pair(&text, expected) {
            check_issuer(None, expected)?;
            return Ok(Self::of_code(code));
        }
        let address = text.split('#').next().unwrap_or_default();
        let query = query_of(address, redirect_uri).or_else(|| bare_query(address).map(str::to_owned));
        let other_page = || CallbackFault::OtherPage {
            redirect_uri: redirect_uri.to_owned(),
        };
        Self::from_query(&query.ok_or_else(other_page)?, expected)
    }
}

/// The text without what programs put around it and into it.
fn cleaned(text: &str) -> String {
    let mut text = text.to_owned();
    for mark in PASTE_MARKS {
        text = text.replace(mark, "");
    }
    // Shells write a backslash before `?`, `=` and `&`.
    text.retain(|c| !c.is_whitespace() && !c.is_control() && c != '\\');
    for ampersand in AMPERSANDS {
        text = text.replace(ampersand, "&");
    }
    unwrapped(&text).to_owned()
}

/// The text without the quotation marks and brackets around it. A mark that can be part of an address
/// is left at the end if none stands at the beginning.
fn unwrapped(mut text: &str) -> &str {
    const NEVER_IN_ADDRESS: [char; 8] = [
        '"', '>', '\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}',
    ];
    while let Some(first) = text.chars().next() {
        let last = match first {
            '<' => '>',
            '(' => ')',
            '\'' | '`' => first,
            '\u{201e}' | '\u{201a}' => '"',
            _ if NEVER_IN_ADDRESS.contains(&first) => '"',
            _ => break,
        };
        text = &text[first.len_utf8()..];
        text = text.strip_suffix(last).unwrap_or(text);
    }
    text.trim_end_matches(NEVER_IN_ADDRESS)
}

/// The code of `code#state`, if the state is the expected one.
fn code_of_pair<'t>(text: &'t str, expected: &ExpectedCallback) -> Option<&'t str> {
    let (code, state) = text.rsplit_once('#')?;
    (!code.contains(['?', '&']) && is_same(state, expected.state.expose_secret())).then_some(code)
}

/// The query of an address, if it is that of `redirect_uri`. All names of this machine are the same.
fn query_of(address: &str, redirect_uri: &str) -> Option<String> {
    let expected = Url::parse(redirect_uri).ok()?;
    let is_right = |found: &Url| {
        found.scheme() == expected.scheme()
            && found.port_or_known_default() == expected.port_or_known_default()
            && found.path() == expected.path()
            && (found.host() == expected.host() || (is_this_machine(found) && is_this_machine(&expected)))
    };
    let with_scheme = format!("{}://{address}", expected.scheme());
    let found = [address, with_scheme.as_str()]
        .into_iter()
        .filter_map(|address| Url::parse(address).ok())
        .find(is_right)?;
    Some(found.query().unwrap_or_default().to_owned())
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// What was pasted without an address around it.
fn bare_query(text: &str) -> Option<&str> {
    let query = text.strip_prefix('?').unwrap_or(text);
    let first = query.split(['=', '&']).next().unwrap_or_default();
    let is_name = first.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && query.contains('=')).then_some(query)
}

#[cfg(test)]
mod tests;
