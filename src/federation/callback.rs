//! What the provider sends the browser back with (RFC 6749 §4.1.2), taken apart and compared
//! with what was asked for.

mod pasted;

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::form_urlencoded;

/// The longest code, in bytes. Azure AD B2C sends more than 4,096.
const LONGEST_CODE: usize = 16 * 1024;
/// The longest query that is read, in bytes: a code in which each byte is percent-encoded, and the
/// other parameters.
pub(super) const LONGEST_QUERY: usize = 4 * LONGEST_CODE;
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
    /// The answer to our request, with neither a code that can be exchanged nor an error. The
    /// sign-in ends with it: no other answer will come.
    Unusable(UnusableAnswer),
}

/// Why the answer to our request can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableAnswer {
    /// Neither a code nor an error.
    #[error("it has neither a `code` nor an `error`")]
    Empty,
    /// A code and an error.
    #[error("it has both a `code` and an `error`")]
    Both,
    /// An empty code.
    #[error("its `code` is empty")]
    EmptyCode,
    /// A code that is too long.
    #[error("its `code` is longer than {} KiB", LONGEST_CODE / 1024)]
    LongCode,
    /// Characters that no code has (RFC 6749 appendix A.11).
    #[error("its `code` has characters that no code has")]
    CodeCharacters,
}

/// Why something isn't the answer to our request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackFault {
    /// Longer than the answer of any provider.
    #[error("the answer is longer than {} KiB", LONGEST_QUERY / 1024)]
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
    /// [`CallbackFault`] for a query that isn't the answer to our request: the wait for it goes on.
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
        Ok(match (parameters.one("code")?, parameters.one("error")?) {
            (Some(code), None) => Self::of_code(code),
            (None, Some(error)) => Self::Denied {
                error: cut(error, LONGEST_ERROR),
                description: parameters
                    .one("error_description")?
                    .map(|words| cut(words, LONGEST_DESCRIPTION)),
            },
            (Some(_), Some(_)) => Self::Unusable(UnusableAnswer::Both),
            (None, None) => Self::Unusable(UnusableAnswer::Empty),
        })
    }

    fn of_code(code: &str) -> Self {
        if code.is_empty() {
            Self::Unusable(UnusableAnswer::EmptyCode)
        } else if code.len() > LONGEST_CODE {
            Self::Unusable(UnusableAnswer::LongCode)
        } else if code.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            Self::Code(code.into())
        } else {
            Self::Unusable(UnusableAnswer::CodeCharacters)
        }
    }
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

/// The beginning of what is too long, which shows that it is one.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
