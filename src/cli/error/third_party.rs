//! What became of a third-party login: its exit codes and hints.

use serde_json::json;

use super::unreachable::{proxy, unreachable};
use super::{Exit, Failure, quoted};
use crate::domain::admission::{AdmissionFault, Refusal};
use crate::federation::{
    CallbackFault, Endpoint, ListenError, ProviderError, TokenFault, TransactionError, Unreachable, WaitError,
};
use crate::files::CertificatesError;
use crate::ops::LoginRefused;
use crate::ops::ThirdPartyError;

impl From<ThirdPartyError> for Failure {
    fn from(error: ThirdPartyError) -> Self {
        use ThirdPartyError as E;
        let (code, message) = (error.code(), error.to_string());
        let failure = |exit| Self::new(exit, code, message);
        match error {
            E::LoginRefused(refused) => {
                let mut failure = failure(Exit::Denied).hint(remedy(&refused));
                failure.details = Some(json!({
                    "reason": refused.refusal.as_str(),
                    "email": refused.email,
                    "attempt": refused.attempt,
                }));
                failure
            }
            E::Provider(error) => error.into(),
            E::Transaction(fault) => fault.into(),
            E::Check(fault) => fault.into(),
            E::Admission(fault) => failure(Exit::Invalid).hint(admission_hint(fault)),
            E::DefaultGroupMissing(name) => failure(Exit::Invalid).hint(format!(
                "`backoffice group create {}` makes it",
                quoted(name.as_str())
            )),
        }
    }
}

impl From<TransactionError> for Failure {
    fn from(error: TransactionError) -> Self {
        use TransactionError as E;
        let failure = |exit| Self::new(exit, error.code(), error.to_string());
        match error {
            E::Completed | E::Ended | E::OtherProvider | E::OtherPurpose | E::Unreadable => {
                failure(Exit::Denied).hint("begin to sign in again")
            }
            E::TooLong => {
                failure(Exit::Invalid).hint("shorten `redirect_path` in the configuration of the provider")
            }
            E::NoRandomness(_) => failure(Exit::Internal),
        }
    }
}

/// How to mend the rules of a provider.
fn admission_hint(fault: AdmissionFault) -> &'static str {
    match fault {
        AdmissionFault::NoDefaultGroups => "for example: default_groups = [\"support\"]",
        AdmissionFault::Administrators => {
            "remove it; `backoffice group add-member administrators USER` makes an administrator by hand"
        }
        AdmissionFault::Everybody => {
            "for example: email_domains = [\"example.com\"], or at Google require_claims = { hd = \"example.com\" }"
        }
    }
}

/// The claim of Entra ID that says whether an address is verified. It is sent only on demand.
const XMS_EDOV: &str = "xms_edov";

/// Whom to ask, and what they run.
fn remedy(refused: &LoginRefused) -> String {
    let link = |what: &str| match refused.attempt {
        Some(attempt) => {
            format!("{what}: `backoffice identity link USER --attempt {attempt}`")
        }
        None => what.to_owned(),
    };
    let email = refused
        .email
        .as_deref()
        .map_or_else(|| "EMAIL".to_owned(), quoted);
    match &refused.refusal {
        Refusal::Unknown => link(&format!(
            "an operator creates the user (`backoffice user create {email} --activate`), or links this sign-in to a user"
        )),
        Refusal::Administrator => link("an operator links administrators by hand"),
        Refusal::LinkedToAnother => link(
            "sign in with the other account, or ask an operator to unlink that account and to link this one",
        ),
        Refusal::Pending => {
            "an operator activates the user with `backoffice user activate EMAIL`; then sign in again"
                .to_owned()
        }
        Refusal::Deactivated => {
            "an operator can activate the user with `backoffice user activate EMAIL`".to_owned()
        }
        Refusal::Deleted => {
            "an operator can restore the user with `backoffice user restore EMAIL`".to_owned()
        }
        Refusal::EmailMissing => link(
            "allow the provider to pass on the e-mail address (the scope `email`), or ask an operator to link this sign-in",
        ),
        Refusal::EmailUnverified if refused.verified_by.as_deref() == Some(XMS_EDOV) => link(
            "an operator switches the claim `xms_edov` on at Entra ID (`backoffice provider show PROVIDER` says how), or links this sign-in",
        ),
        Refusal::EmailUnverified => link(
            "verify the address at the provider (if the provider sends `\"true\"` as a text, `email_verified_as_text` takes it), or ask an operator to link this sign-in",
        ),
        Refusal::EmailMalformed | Refusal::LookAlike => {
            link("an operator finds out which user it is, and links this sign-in")
        }
        Refusal::EmailDomain => link(
            "sign in with your account at work; an operator sees `email_domains` in the configuration, or links this sign-in",
        ),
        Refusal::ClaimMissing(_) | Refusal::ClaimDifferent(_) => {
            "sign in with your account at work; an operator sees `require_claims` in the configuration"
                .to_owned()
        }
    }
}

impl From<ProviderError> for Failure {
    fn from(error: ProviderError) -> Self {
        use ProviderError as E;
        let failure = |exit| Self::new(exit, error.code(), error.to_string());
        let outside = || failure(Exit::Outside);
        match &error {
            E::NoRandomness(_) => Self::new(Exit::Internal, error.code(), error.to_string()),
            E::Certificates(certificates) => certificates.clone().into(),
            E::Unreachable { endpoint: Endpoint::Emails, why: Unreachable::Status(_) } => outside()
                .hint("`scopes` must let us read e-mail addresses (for GitHub `user:email`)"),
            E::Unreachable { why: Unreachable::Proxy(fault), .. } if fault.is_setting() => {
                failure(Exit::Invalid).hint(proxy(fault))
            }
            E::Unreachable { why, .. } => outside().hint(unreachable(why)),
            E::OtherIssuer { .. } => outside().hint(
                "if this is the right provider, write `issuer` in the configuration exactly as the provider does, with or without the last slash",
            ),
            E::Lacks { .. } => outside()
                .hint("no user can sign in with it; check `issuer` in the configuration"),
            E::Insecure { .. } => {
                outside().hint("ask the operator of the provider to offer https")
            }
            E::Address { what } => Self::new(Exit::Invalid, error.code(), error.to_string())
                .hint(format!("correct the {what}; `backoffice provider check` looks at all of it")),
            E::NotAuthorized { error: word, .. } | E::Refused { error: word, .. } => {
                outside().hint(refused_by(word))
            }
            E::UnusableAnswer(_) => outside().hint(
                "nobody was signed in; sign in again, and if it happens again, tell the operator of the provider",
            ),
            E::NoCode { error: word, .. } => outside().hint(match word.as_str() {
                "device_flow_disabled" | "unauthorized_client" => {
                    "allow device codes for this client at the provider"
                }
                word => refused_by(word),
            }),
            E::OtherTransaction => Self::new(Exit::Denied, error.code(), error.to_string())
                .hint("begin to sign in again"),
            E::IdToken { fault, .. } => outside().hint(id_token(fault)),
            E::UserInfo(fault) => outside().hint(userinfo(fault)),
            E::OtherSubject | E::BadSubject | E::BadAccessToken => {
                outside().hint("nobody was signed in; tell the operator of the provider")
            }
            E::NoSubject { .. } => {
                outside().hint("`subject_field` in the configuration names the field of the id that never changes")
            }
            E::TimedOut => outside()
                .hint("try again, and wait longer with `--timeout 10m`; `--paste` and `--device` need no connection from the browser to this machine"),
            E::NoDevice => outside().hint("leave `--device` out; `--paste` works without a browser here"),
            E::DeviceOff => Self::new(Exit::Invalid, error.code(), error.to_string()).hint(
                "leave `--device` out, or set `device = true` for the provider (a stranger who sends a code to a user can then sign in as that user)",
            ),
            E::Denied { .. } => Self::new(Exit::Denied, error.code(), error.to_string())
                .hint("sign in again and agree; if you did, ask the operator of the provider whether you may use this application"),
        }
    }
}

/// The words of RFC 6749 §4.1.2.1 and §5.2, and those GitHub has instead.
fn refused_by(word: &str) -> &'static str {
    match word {
        "invalid_client" | "unauthorized_client" | "incorrect_client_credentials" => {
            "check `client_id`, `client_secret_file` and `client_auth`; `backoffice provider show` shows what to register at the provider"
        }
        "redirect_uri_mismatch" => {
            "register the redirect URI at the provider as `backoffice provider show` has it"
        }
        "invalid_grant" | "bad_verification_code" => {
            "the code was used before, expired, or is for another redirect URI: sign in again"
        }
        "invalid_scope" => "check `scopes` in the configuration",
        "server_error" | "temporarily_unavailable" => "the provider has a fault; try again later",
        _ => "sign in again; `backoffice provider check` looks at the settings",
    }
}

fn id_token(fault: &TokenFault) -> &'static str {
    match fault {
        TokenFault::Expired | TokenFault::NotYet | TokenFault::Stale => {
            "nobody was signed in; compare the clock of this machine with the provider's"
        }
        TokenFault::Encrypted => {
            "nobody was signed in; switch off the encryption of ID tokens for this client at the provider (`id_token_encrypted_response_alg`)"
        }
        TokenFault::Missing => "nobody was signed in; `scopes` must have `openid`",
        TokenFault::Algorithm => {
            "nobody was signed in; if the provider signs with another algorithm, name it in `algorithms` (an algorithm with a public key)"
        }
        TokenFault::Issuer => "nobody was signed in; `issuer` must be exactly as the provider writes it",
        TokenFault::Audience | TokenFault::AuthorizedParty => {
            "nobody was signed in; check `client_id`, and what is registered at the provider"
        }
        _ => "nobody was signed in; if it happens again, tell the operator of the provider",
    }
}

fn userinfo(fault: &TokenFault) -> &'static str {
    match fault {
        TokenFault::Encrypted => {
            "nobody was signed in; switch off the encryption of UserInfo for this client at the provider (`userinfo_encrypted_response_alg`)"
        }
        TokenFault::NoKeys => {
            "nobody was signed in; switch off the signature of UserInfo at the provider, or configure it with `kind = \"oidc\"`"
        }
        TokenFault::Algorithm => {
            "nobody was signed in; if the provider signs UserInfo with another algorithm, name it in `algorithms` (an algorithm with a public key)"
        }
        TokenFault::Missing | TokenFault::Lacks(_) => {
            "nobody was signed in; tell the operator of the provider"
        }
        fault => id_token(fault),
    }
}

impl From<CertificatesError> for Failure {
    fn from(error: CertificatesError) -> Self {
        Self::new(Exit::Invalid, error.code(), error.to_string()).hint(error.hint())
    }
}

impl From<ListenError> for Failure {
    fn from(error: ListenError) -> Self {
        Self::new(Exit::Outside, error.code(), error.to_string()).hint(match error {
            ListenError::PortTaken { .. } => {
                "name another port with `--port` or with `ports` in the configuration, and register it at the provider; \
                 `--paste` needs no port"
            }
            ListenError::Refused { .. } => {
                "if this machine doesn't have the address, set `redirect_host` of the provider to \"127.0.0.1\", \
                 \"[::1]\" or \"localhost\", and register it at the provider; `--paste` needs no port"
            }
        })
    }
}

impl From<WaitError> for Failure {
    fn from(error: WaitError) -> Self {
        match error {
            WaitError::TimedOut { refused } => {
                let mut failure = Self::from(ProviderError::TimedOut);
                if let Some(refused) = refused {
                    failure.message = format!("{}; {refused}", failure.message);
                }
                failure
            }
            WaitError::Broken => Self::new(Exit::Outside, error.code(), error.to_string())
                .hint("try again; `--paste` needs no port"),
        }
    }
}

impl From<CallbackFault> for Failure {
    fn from(fault: CallbackFault) -> Self {
        Self::new(Exit::Invalid, fault.code(), fault.to_string()).hint(
            "copy the whole address from the address bar, after signing in with the URL that was printed",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What to do about an address that this claim doesn't call verified.
    fn hint(claim: &str) -> String {
        remedy(&LoginRefused {
            label: "Id".to_owned(),
            refusal: Refusal::EmailUnverified,
            email: Some("ada@example.com".to_owned()),
            verified_by: Some(claim.to_owned()),
            attempt: None,
        })
    }

    #[test]
    fn at_entra_the_claim_is_switched_on() {
        assert!(hint("xms_edov").contains("`backoffice provider show PROVIDER`"));
        assert!(hint("email_verified").contains("`email_verified_as_text`"));
    }
}
