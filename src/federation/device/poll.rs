//! What came of asking once whether the code was confirmed (RFC 8628 §3.5), and how long to wait
//! until the next question.

use std::time::Duration;

use oauth2::HttpResponse;
use serde_json::{Map, Value};

use super::super::error::{Endpoint, ProviderError, Unreachable};
use super::super::tokens::Tokens;
use super::code::LONGEST;

/// What `slow_down` adds.
const SLOWER: Duration = Duration::from_secs(5);
/// However often the provider allows it.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// However often the provider failed.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What came of asking once.
pub(super) enum PollAnswer {
    Tokens(Box<Tokens>),
    Pending,
    SlowDown,
    /// The provider has a fault, or is too busy: it is asked again.
    Failing,
}

/// How long to wait between two questions.
pub(super) struct Pace {
    interval: Duration,
    failures: u32,
}

impl Pace {
    pub fn new(interval: Duration) -> Self {
        Self {
            interval: interval.clamp(SHORTEST_INTERVAL, LONGEST),
            failures: 0,
        }
    }

    /// The pause before the next question: longer after each failure in a row (RFC 8628 §3.5).
    pub fn pause(&self) -> Duration {
        let longer = self.interval.saturating_mul(2_u32.saturating_pow(self.failures));
        longer.min(LONGEST_PAUSE).max(self.interval)
    }

    pub fn pending(&mut self) {
        self.failures = 0;
    }

    pub fn slow_down(&mut self) {
        self.failures = 0;
        self.interval = self.interval.saturating_add(SLOWER).min(LONGEST);
    }

    pub fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }
}

/// What the answer of the token endpoint says.
pub(super) fn read(response: &HttpResponse) -> Result<PollAnswer, ProviderError> {
    let at = |why| ProviderError::at(Endpoint::Token)(why);
    let answer: Map<String, Value> =
        serde_json::from_slice(response.body()).map_err(|_| at(Unreachable::Malformed))?;
    let status = response.status();
    if status.is_success() {
        return Ok(PollAnswer::Tokens(Box::new(
            Tokens::try_from(answer).map_err(at)?,
        )));
    }
    let (error, description) = error_in(response).map_err(at)?;
    match error.as_str() {
        "authorization_pending" => Ok(PollAnswer::Pending),
        "slow_down" => Ok(PollAnswer::SlowDown),
        "expired_token" => Err(ProviderError::TimedOut),
        // The second one is Entra's word.
        "access_denied" | "authorization_declined" => Err(ProviderError::Denied { error, description }),
        _ if is_temporary(status.as_u16()) => Ok(PollAnswer::Failing),
        _ => Err(ProviderError::Refused { error, description }),
    }
}

/// The error in an answer, and the provider's own sentence (RFC 6749 §5.2).
pub(super) fn error_in(response: &HttpResponse) -> Result<(String, Option<String>), Unreachable> {
    let answer: Map<String, Value> =
        serde_json::from_slice(response.body()).map_err(|_| Unreachable::Malformed)?;
    let text = |name| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok((text("error").unwrap_or_default(), text("error_description")))
}

/// Whether a fault of the provider, or of the way there, may be over soon.
pub(super) fn may_pass(why: &Unreachable) -> bool {
    match why {
        // An answer that is malformed may be a page for people, such as one about maintenance.
        Unreachable::Silent
        | Unreachable::Connection(_)
        | Unreachable::UnknownHost { .. }
        | Unreachable::Malformed => true,
        Unreachable::Status(status) => is_temporary(*status),
        Unreachable::Proxy(fault) => !fault.is_setting(),
        _ => false,
    }
}

fn is_temporary(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..=599)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::federation::error::ProxyFault;
    use oauth2::http::Response;

    fn seconds(pace: &Pace) -> u64 {
        pace.pause().as_secs()
    }

    #[test]
    fn slow_down_adds_five_seconds_for_good() {
        let mut pace = Pace::new(Duration::from_secs(5));
        pace.slow_down();
        assert_eq!(seconds(&pace), 10);
        pace.pending();
        pace.slow_down();
        assert_eq!(seconds(&pace), 15);
    }

    #[test]
    fn failures_make_the_pauses_longer_up_to_a_minute_and_an_answer_ends_that() {
        let mut pace = Pace::new(Duration::from_secs(5));
        let pauses = [5, 10, 20, 40, 60, 60].map(|expected| {
            let found = seconds(&pace);
            pace.failed();
            (found, expected)
        });
        assert!(
            pauses.iter().all(|(found, expected)| found == expected),
            "{pauses:?}"
        );
        pace.pending();
        assert_eq!(seconds(&pace), 5);
        // An interval that is longer than that stays what it is.
        let mut slow = Pace::new(Duration::from_mins(2));
        slow.failed();
        assert_eq!(seconds(&slow), 120);
    }

    #[test]
    fn no_interval_is_shorter_than_a_second() {
        assert_eq!(seconds(&Pace::new(Duration::ZERO)), 1);
        assert_eq!(seconds(&Pace::new(Duration::MAX)), 3600);
    }

    fn answer(status: u16, body: &str) -> Result<PollAnswer, ProviderError> {
        let response = Response::builder().status(status).body(body.as_bytes().to_vec());
        read(&response.unwrap())
    }

    #[test]
    fn the_provider_says_how_it_goes_on() {
        let error = |word: &str| format!(r#"{{"error":"{word}","error_description":"Why."}}"#);
        let pending = error("authorization_pending");
        assert!(matches!(answer(400, &pending), Ok(PollAnswer::Pending)));
        for status in [400, 403, 429] {
            assert!(matches!(
                answer(status, &error("slow_down")),
                Ok(PollAnswer::SlowDown)
            ));
        }
        let tokens = answer(200, r#"{"access_token":"a"}"#);
        assert!(matches!(tokens, Ok(PollAnswer::Tokens(_))));
    }

    #[test]
    fn a_no_is_a_no_in_the_words_of_each_provider() {
        for word in ["access_denied", "authorization_declined"] {
            for status in [400, 403, 500] {
                let body = format!(r#"{{"error":"{word}"}}"#);
                let denied = answer(status, &body).err().unwrap();
                assert!(matches!(denied, ProviderError::Denied { .. }), "{denied}");
            }
        }
        let expired = answer(400, r#"{"error":"expired_token"}"#).err();
        assert_eq!(expired, Some(ProviderError::TimedOut));
        let refused = answer(401, r#"{"error":"invalid_client"}"#).err().unwrap();
        assert!(matches!(refused, ProviderError::Refused { .. }), "{refused}");
    }

    #[test]
    fn a_fault_that_may_pass_is_waited_out() {
        let busy = r#"{"error":"too_many_requests"}"#;
        for status in [429, 500, 503] {
            assert!(matches!(answer(status, busy), Ok(PollAnswer::Failing)));
            assert!(may_pass(&Unreachable::Status(status)));
        }
        let proxy = "proxy.example.com:3128".to_owned();
        for passes in [
            Unreachable::Malformed,
            Unreachable::Silent,
            Unreachable::Proxy(ProxyFault::Silent { proxy }),
        ] {
            assert!(may_pass(&passes), "{passes}");
        }
        let variable = "https_proxy";
        for stays in [
            Unreachable::Status(404),
            Unreachable::Redirected,
            Unreachable::TooLong,
            Unreachable::Proxy(ProxyFault::Address { variable }),
        ] {
            assert!(!may_pass(&stays), "{stays}");
        }
    }
}
