//! What a step of `provider check` found: its exit code, and what to do next.

use super::{Exit, Failure};
use crate::federation::{CheckFault, Unsupported};

impl From<CheckFault> for Failure {
    fn from(fault: CheckFault) -> Self {
        let code = fault.code();
        let message = fault.to_string();
        let outside = || Self::new(Exit::Outside, code, message);
        match fault {
            CheckFault::Provider(error) => error.into(),
            CheckFault::Listen(error) => error.into(),
            CheckFault::Unsupported(unsupported) => {
                let hints: Vec<String> = unsupported.iter().map(unsupported_hint).collect();
                outside().hint(hints.join("; "))
            }
            CheckFault::SameKeyId => outside()
                .hint("ask the operator of the provider to publish each key once, with an id (`kid`) of its own: ID tokens are refused otherwise"),
            CheckFault::NoKey { .. } => outside()
                .hint("name the algorithm that the provider signs with in `algorithms` (an algorithm with a public key)"),
            CheckFault::Clock { .. } => outside()
                .hint("set the clock of this machine, best with a time service: with a wrong clock, sign-ins are refused"),
        }
    }
}

/// What the operator of the provider, or of this program, can change.
fn unsupported_hint(unsupported: &Unsupported) -> String {
    use Unsupported as U;
    match unsupported {
        U::PushedRequests | U::SignedRequests => {
            "ask the operator of the provider to allow plain authorization requests for this client"
        }
        U::NoCode { .. } | U::NoQuery(_) | U::NoS256(_) => {
            "ask the operator of the provider to allow the authorization code flow with PKCE (S256) and an answer in the query"
        }
        U::NoSecret(_) => {
            "ask the operator of the provider to let this client use a client secret, or none"
        }
        U::OtherClientAuth(_) => "leave `client_auth` out: the way that the provider takes is used then",
        U::NoAlgorithm { allowable, .. } if allowable.is_empty() => {
            "ask the operator of the provider to sign ID tokens with an algorithm that has a public key, such as RS256"
        }
        U::NoAlgorithm { allowable, .. } => {
            return format!("for example: algorithms = [\"{}\"]", allowable.join("\", \""));
        }
    }
    .to_owned()
}
