//! What the mail library reports, in words for people. A server's own words are quoted, but for
//! words that could be a link or repeat the password.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::time::Duration;

use lettre::transport::smtp::Error;

use super::super::error::{Fate, MailStep, SendError};
use super::answer::{Asked, ServerAnswer};
use crate::domain::text;
use crate::files::CertificateFault;

/// So much of a server's answer is quoted.
const MOST_CHARS: usize = 200;

/// Whether not even a connection came about.
pub(super) fn is_tcp(error: &Error) -> bool {
    use ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable,
        PermissionDenied, TimedOut,
    };
    system(error).is_some_and(|error| {
        matches!(
            error.kind(),
            ConnectionRefused
                | TimedOut
                | HostUnreachable
                | NetworkUnreachable
                | NetworkDown
                | AddrNotAvailable
                | PermissionDenied
        )
    })
}

/// What to do about forged answers.
pub(super) const IN_BETWEEN: &str = "another machine between this one and the mail server may change the connection: ask the administrator of the network";

/// Whether nothing came in time.
pub(super) fn is_silence(error: &Error) -> bool {
    system(error).is_some_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
}

/// Whether the server answered, and said no.
pub(super) fn is_answer(error: &Error) -> bool {
    error.status().is_some()
}

/// Says what happened when the server was asked for something.
pub(super) fn explain(asked: Asked, error: &Error, timeout: Duration, has_ca_file: bool) -> SendError {
    if let Some(code) = error.status() {
        return explain_answer(asked, code.into(), error, false);
    }
    let step = asked.step();
    if let Some(system) = system(error) {
        return explain_system(step, system, timeout, has_ca_file);
    }
    if error.is_response() {
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        let detail = match source.as_str() {
            "incomplete response" => "the server closed the connection",
            _ => "the server's answer isn't SMTP",
        };
        return SendError::new(step, detail);
    }
    SendError::new(step, plain(&error.to_string()))
}

/// Says what the server answered; `by_token`: to a sign-in with an access token.
pub(super) fn explain_answer(asked: Asked, code: u16, error: &Error, by_token: bool) -> SendError {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let answer = ServerAnswer { code, words: &said };
    // The answer to a password may repeat it; an enhanced code holds digits only.
    let shown = match asked {
        Asked::SignIn => answer.enhanced().unwrap_or_default().to_owned(),
        _ => plain(&said),
    };
    let detail = format!("the server says {code} {shown}").trim_end().to_owned();
    let failure = match answer.fate(asked) {
        Fate::Refused => SendError::refused(detail),
        Fate::NotSent | Fate::Uncertain => SendError::new(asked.step(), detail),
    };
    match answer.hint(asked, by_token) {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    }
}

/// No answer came in time.
pub(super) fn silence(limit: Duration) -> String {
    format!("no answer within {} seconds", limit.as_secs_f32())
}

fn explain_system(step: MailStep, error: &io::Error, timeout: Duration, has_ca_file: bool) -> SendError {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => SendError::new(step, silence(timeout)),
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => SendError::new(step, "the server closed the connection"),
        ErrorKind::InvalidData if step == MailStep::Tls => explain_tls(&error.to_string(), has_ca_file),
        _ => SendError::new(step, plain(&error.to_string())),
    }
}

/// A TLS failure. `has_ca_file`: whether `mail.ca_file` is set.
fn explain_tls(said: &str, has_ca_file: bool) -> SendError {
    use CertificateFault as Fault;
    let fault = CertificateFault::of(said);
    let hint = match fault {
        Some(Fault::UnknownAuthority) if has_ca_file => {
            "the file of `mail.ca_file` doesn't contain the certificate of the authority that signed the server's certificate: ask the administrator of the mail server for it"
        }
        Some(Fault::UnknownAuthority) => {
            "if your company has its own certificate authority, name the file with its certificate in `mail.ca_file`"
        }
        Some(Fault::MarkedAsAuthority) => Fault::UNMARK,
        Some(Fault::OtherName) => "set `mail.host` to the name in the server's certificate",
        Some(Fault::Expired | Fault::NotYetValid) => {
            "see this machine's clock, then ask the administrator of the mail server"
        }
        None if said.contains("InvalidContentType") || said.contains("corrupt message") => {
            let detail = "the server doesn't begin with TLS";
            return SendError::new(MailStep::Tls, detail)
                .with_hint("set `mail.tls` to `starttls`, or `mail.port` to 465");
        }
        None => return SendError::new(MailStep::Tls, plain(said)),
    };
    let detail = fault.map(|fault| fault.to_string()).unwrap_or_default();
    SendError::new(MailStep::Tls, detail).with_hint(hint)
}

/// Words from outside on one line, not too long, without control characters. A word that could be
/// a link is left out, because a refusal often quotes the mail.
pub(super) fn plain(words: &str) -> String {
    let shown = |word: &str| {
        if word.contains("://") || word.contains("bo_") || word.contains("token=") {
            "…".to_owned()
        } else {
            word.chars().filter(|c| !text::is_hostile(*c)).collect()
        }
    };
    let words: Vec<String> = words.split_whitespace().map(shown).collect();
    words.join(" ").chars().take(MOST_CHARS).collect()
}

fn system(error: &Error) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(system) = error.downcast_ref::<io::Error>() {
            return Some(system);
        }
        source = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_one_line_without_a_link() {
        assert_eq!(
            plain("5.7.1 bad\r\n\u{1b}[2J https://desk/#token=bo_r_x and bo_r_y"),
            "5.7.1 bad [2J … and …"
        );
        assert_eq!(plain(&"x".repeat(1000)).len(), 200);
    }
}
