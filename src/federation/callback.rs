//! What the provider sends the browser back with (RFC 6749 §4.1.2), taken apart and compared
//! with what was asked for.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::form_urlencoded;

/// So many bytes of a query are read.
const LONGEST_QUERY: usize = 16 * 1024;
/// So many bytes of a code are sent on.
const LONGEST_CODE: usize = 4096;
/// So many characters of the name of an error are kept.
const LONGEST_ERROR: usize = 100;
/// So many characters of a provider's words are kept.
const LONGEST_DESCRIPTION: usize = 500;

/// What a callback must carry to be the answer to our request.
#[derive(Debug, Clone)]
pub struct ExpectedCallback {
    /// The `state` that was sent along.
    pub state: SecretString,
    /// Who was asked; a plain OAuth 2.0 provider has none.
    pub issuer: Option<String>,
    /// Whether the provider announces that it names itself (RFC 9207 §3).
    pub iss_required: bool,
}

/// The provider's answer, by way of the browser.
#[derive(Debug, Clone)]
pub enum Callback {
    /// A code to be exchanged.
    Code(SecretString),
    /// The provider sent the person back without one (RFC 6749 §4.1.2.1). Both texts are from
    /// outside: the caller escapes them before it shows them.
    Denied {
        /// The name of the error, cut after 100 characters.
        error: String,
        /// The provider's words, cut after 500 characters.
        description: Option<String>,
    },
}

/// Why something isn't the answer to our request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackFault {
    /// Longer than any provider's.
    #[error("the answer is too long")]
    TooLong,
    /// No `state`: no provider that was asked sends that.
    #[error("the answer doesn't belong to this sign-in: it has no `state`")]
    StateMissing,
    /// Another `state`: the answer to another sign-in, or a forged one.
    #[error("the answer belongs to another sign-in: its `state` is different")]
    StateWrong,
    /// A parameter stands there twice (RFC 6749 §3.1).
    #[error("the answer has the same parameter twice")]
    Repeated,
    /// The provider announces `iss`, and this answer has none (RFC 9207 §2.4).
    #[error("the answer has no `iss`, although the provider says that its answers have one")]
    IssuerMissing,
    /// Another provider answers (RFC 9207 §2.4).
    #[error("the answer comes from another provider: its `iss` is different")]
    IssuerWrong,
    /// Neither a code nor an error.
    #[error("the answer has neither a `code` nor an `error`")]
    Empty,
    /// A code and an error.
    #[error("the answer has both a `code` and an `error`")]
    Both,
    /// What stands there as a code can't be one (RFC 6749 appendix A.11).
    #[error("the `code` of the answer is empty, too long or has characters that no code has")]
    BadCode,
    /// What was pasted is the address of another page.
    #[error(
        "that is the address of another page: go on in the browser until its address begins with {redirect_uri}, and paste that"
    )]
    OtherPage {
        /// How the right address begins.
        redirect_uri: String,
    },
}

impl CallbackFault {
    /// The word by which a program knows the fault. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid_callback"
    }
}

impl Callback {
    /// Reads the query of a callback, without its `?`. `state` is compared first, for errors too.
    ///
    /// # Errors
    /// [`CallbackFault`] for a query that isn't the answer to our request.
    pub fn from_query(query: &str, expected: &ExpectedCallback) -> Result<Self, CallbackFault> {
        if query.len() > LONGEST_QUERY {
            return Err(CallbackFault::TooLong);
        }
        let parameters = Parameters::read(query);
        let state = parameters.one("state")?.ok_or(CallbackFault::StateMissing)?;
        if !is_same(state, expected.state.expose_secret()) {
            return Err(CallbackFault::StateWrong);
        }
        if parameters.any_repeated {
            return Err(CallbackFault::Repeated);
        }
        check_issuer(parameters.one("iss")?, expected)?;
        match (parameters.one("code")?, parameters.one("error")?) {
            (Some(code), None) => read_code(code).map(Self::Code),
            (None, Some(error)) => Ok(Self::Denied {
                error: cut(error, LONGEST_ERROR),
                description: parameters
                    .one("error_description")?
                    .map(|words| cut(words, LONGEST_DESCRIPTION)),
            }),
            (Some(_), Some(_)) => Err(CallbackFault::Both),
            (None, None) => Err(CallbackFault::Empty),
        }
    }

    /// Reads what a user copied from the browser's address bar: the whole address, with or
    /// without `http://`, or its query alone.
    ///
    /// # Errors
    /// As [`from_query`](Self::from_query), and [`CallbackFault::OtherPage`].
    pub fn from_pasted(
        text: &str,
        redirect_uri: &str,
        expected: &ExpectedCallback,
    ) -> Result<Self, CallbackFault> {
        if text.len() > 2 * LONGEST_QUERY {
            return Err(CallbackFault::TooLong);
        }
        // A terminal breaks what is long.
        let text: String = text.split_whitespace().collect();
        let address = text.split('#').next().unwrap_or_default();
        let without_scheme = redirect_uri.trim_start_matches("http://");
        let after = address
            .strip_prefix(redirect_uri)
            .or_else(|| address.strip_prefix(without_scheme));
        let query = match after {
            Some(rest) => rest.strip_prefix('?').or(rest.is_empty().then_some("")),
            None => bare_query(address),
        };
        let other_page = || CallbackFault::OtherPage {
            redirect_uri: redirect_uri.to_owned(),
        };
        Self::from_query(query.ok_or_else(other_page)?, expected)
    }
}

/// What was pasted without an address around it.
fn bare_query(text: &str) -> Option<&str> {
    let query = text.strip_prefix('?').unwrap_or(text);
    let first = query.split(['=', '&']).next().unwrap_or_default();
    let is_name = first.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && query.contains('=')).then_some(query)
}

/// The parameters of a query, each by its name.
struct Parameters {
    /// The value, or none for a name that stands there more than once.
    values: BTreeMap<String, Option<String>>,
    any_repeated: bool,
}

impl Parameters {
    fn read(query: &str) -> Self {
        let mut values: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut any_repeated = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            values
                .entry(name.into_owned())
                .and_modify(|value| {
                    any_repeated = true;
                    *value = None;
                })
                .or_insert_with(|| Some(value.into_owned()));
        }
        Self { values, any_repeated }
    }

    fn one(&self, name: &str) -> Result<Option<&str>, CallbackFault> {
        match self.values.get(name) {
            Some(None) => Err(CallbackFault::Repeated),
            Some(Some(value)) => Ok(Some(value)),
            None => Ok(None),
        }
    }
}

fn is_same(given: &str, expected: &str) -> bool {
    // Two empty values would be equal, but an empty `state` is the answer to no request.
    !expected.is_empty() && bool::from(given.as_bytes().ct_eq(expected.as_bytes()))
}

fn check_issuer(given: Option<&str>, expected: &ExpectedCallback) -> Result<(), CallbackFault> {
    match (given, &expected.issuer) {
        (Some(given), Some(issuer)) if given != issuer => Err(CallbackFault::IssuerWrong),
        (None, _) if expected.iss_required => Err(CallbackFault::IssuerMissing),
        _ => Ok(()),
    }
}

fn read_code(code: &str) -> Result<SecretString, CallbackFault> {
    let fits = (1..=LONGEST_CODE).contains(&code.len());
    if fits && code.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        Ok(code.into())
    } else {
        Err(CallbackFault::BadCode)
    }
}

/// The beginning of what is too long, which shows that it is one.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
