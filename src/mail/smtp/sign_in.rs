//! Signing in to a mail server: with a password, or with an access token (XOAUTH2).

use std::fmt;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Auth, Ehlo};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use secrecy::{ExposeSecret, SecretString};

use super::super::error::{MailStep, SendError};
use super::answer::Asked;
use super::faults;

/// So many names of an offer are shown.
const MOST_NAMES: usize = 8;
/// So many questions of one sign-in are answered.
const MOST_CHALLENGES: usize = 4;

/// Who signs in, and with what.
pub(super) struct ServerSignIn {
    pub(super) username: String,
    pub(super) secret: SecretString,
    /// Whether the secret is an access token.
    pub(super) by_token: bool,
}

impl ServerSignIn {
    fn mechanisms(&self) -> &'static [Mechanism] {
        if self.by_token {
            &[Mechanism::Xoauth2]
        } else {
            // PLAIN is a standard (RFC 4616), LOGIN never was.
            &[Mechanism::Plain, Mechanism::Login]
        }
    }

    /// The detail of a sign-in that went well.
    pub(super) fn done(&self) -> &'static str {
        if self.by_token {
            "the server accepts the access token"
        } else {
            "the server accepts username and password"
        }
    }
}

/// What a server offers beside the standard: keywords in any case (RFC 5321 §2.4), and `AUTH=`,
/// which older servers send. The mail library knows neither.
pub(super) struct Offer(Vec<String>);

impl Offer {
    /// Asks the server once more.
    pub(super) fn ask(connection: &mut SmtpConnection, hello: &str) -> Result<Self, Error> {
        let answer = connection.command(Ehlo::new(ClientId::Domain(hello.to_owned())))?;
        Ok(Self::of(&answer))
    }

    fn of(answer: &Response) -> Self {
        Self(answer.message().skip(1).map(str::to_ascii_uppercase).collect())
    }

    /// Whether a keyword is among the lines.
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.0
            .iter()
            .any(|line| line.split_whitespace().next() == Some(keyword))
    }

    /// The ways to sign in.
    fn mechanisms(&self) -> Vec<&str> {
        let lines = self.0.iter().filter_map(|line| {
            let rest = line.strip_prefix("AUTH")?;
            rest.starts_with(['=', ' ']).then(|| rest[1..].split_whitespace())
        });
        lines.flatten().collect()
    }

    /// What of the offer can be shown: a server's text, and not a long one.
    fn shown(&self) -> String {
        let is_plain = |name: &&str| {
            name.len() <= 20
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let names: Vec<&str> = self
            .mechanisms()
            .into_iter()
            .filter(is_plain)
            .take(MOST_NAMES)
            .collect();
        names.join(", ")
    }
}

/// Signs in by the first way that the server takes.
pub(super) fn sign_in(
    connection: &mut SmtpConnection,
    hello: &str,
    who: &ServerSignIn,
    explain: impl Fn(&Error) -> SendError,
) -> Result<Response, SendError> {
    let wanted = who.mechanisms().iter().copied();
    let info = connection.server_info();
    let mut usable: Vec<Mechanism> = wanted
        .clone()
        .filter(|m| info.supports_auth_mechanism(*m))
        .collect();
    if usable.is_empty() {
        let offer = Offer::ask(connection, hello).map_err(|error| explain(&error))?;
        let offered = offer.mechanisms();
        usable = wanted
            .filter(|m| offered.contains(&m.to_string().as_str()))
            .collect();
        if usable.is_empty() {
            return Err(nothing_fits(&offer, who.by_token));
        }
    }
    let credentials = Credentials::new(who.username.clone(), who.secret.expose_secret().to_owned());
    let mut last = None;
    for mechanism in usable {
        match by(connection, mechanism, &credentials) {
            Ok(answer) => return Ok(answer),
            Err(error) => match error.status().map(u16::from) {
                // Offered and not taken (RFC 4954 §4): the next one may be.
                Some(504) => last = Some((504, error)),
                Some(code) => {
                    return Err(faults::explain_answer(Asked::SignIn, code, &error, who.by_token));
                }
                None => return Err(explain(&error)),
            },
        }
    }
    Err(match last {
        Some((code, error)) => faults::explain_answer(Asked::SignIn, code, &error, who.by_token),
        None => SendError::new(MailStep::SignIn, "there is no way to sign in"),
    })
}

fn by(
    connection: &mut SmtpConnection,
    mechanism: Mechanism,
    credentials: &Credentials,
) -> Result<Response, Error> {
    let mut answer = connection.command(Auth::new(mechanism, credentials.clone(), None)?)?;
    for _ in 0..MOST_CHALLENGES {
        if !answer.has_code(334) {
            break;
        }
        answer = match mechanism {
            // The challenge says in JSON why the token is refused; the code follows an empty line.
            Mechanism::Xoauth2 => connection.command(EmptyLine)?,
            _ => connection.command(Auth::new_from_response(mechanism, credentials.clone(), &answer)?)?,
        };
    }
    Ok(answer)
}

fn nothing_fits(offer: &Offer, by_token: bool) -> SendError {
    let offered = offer.shown();
    let wanted = if by_token { "XOAUTH2" } else { "PLAIN or LOGIN" };
    if offered.is_empty() {
        let detail = "the server offers no sign-in";
        return SendError::new(MailStep::SignIn, detail).with_hint(
            "see `mail.port` and `mail.tls`: most servers offer a sign-in on port 587, once the connection is encrypted; without `mail.username` there is no sign-in",
        );
    }
    let detail = format!("the server offers {offered}, and not {wanted}");
    let failure = SendError::new(MailStep::SignIn, detail);
    let has = |name: &str| offer.mechanisms().contains(&name);
    if !by_token && has("XOAUTH2") {
        return failure.with_hint(
            "set `mail.auth` to `xoauth2`, and name the source of the access token in `mail.token_command` or `mail.token_file`",
        );
    }
    if by_token && (has("PLAIN") || has("LOGIN")) {
        return failure.with_hint(
            "set `mail.auth` to `password`, and put the password into the file of `mail.password_file`",
        );
    }
    failure.with_hint("ask the administrator of the mail server to offer PLAIN, LOGIN or XOAUTH2")
}

struct EmptyLine;

impl fmt::Display for EmptyLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(text: &str) -> Offer {
        Offer::of(&text.parse().unwrap())
    }

    #[test]
    fn an_offer_is_read_in_any_case_and_in_the_old_form() {
        for text in [
            "250-mx\r\n250 AUTH PLAIN LOGIN\r\n",
            "250-mx\r\n250 auth plain login\r\n",
            "250-mx\r\n250-8BITMIME\r\n250 AUTH=PLAIN LOGIN\r\n",
        ] {
            assert_eq!(offer(text).mechanisms(), ["PLAIN", "LOGIN"], "{text}");
        }
        let none = offer("250-auth plain\r\n250-AUTHPLAIN\r\n250 smtputf8\r\n");
        assert_eq!(none.mechanisms(), [""; 0]);
        assert!(none.has("SMTPUTF8") && !none.has("8BITMIME"));
    }

    #[test]
    fn a_hostile_offer_is_not_shown() {
        let hostile = offer("250-mx\r\n250 AUTH \u{1b}[2J NTLM https://x/#token=1\r\n");
        assert_eq!(hostile.shown(), "NTLM");
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_set() {
        let xoauth2 = offer("250-mx\r\n250 AUTH XOAUTH2 OAUTHBEARER\r\n");
        let failure = nothing_fits(&xoauth2, false);
        assert_eq!(
            failure.detail,
            "the server offers XOAUTH2, OAUTHBEARER, and not PLAIN or LOGIN"
        );
        assert!(failure.hint().contains("`mail.auth` to `xoauth2`"));
        let plain = offer("250-mx\r\n250 AUTH PLAIN\r\n");
        assert!(
            nothing_fits(&plain, true)
                .hint()
                .contains("`mail.auth` to `password`")
        );
        let none = offer("250 mx\r\n");
        assert_eq!(nothing_fits(&none, false).detail, "the server offers no sign-in");
    }
}
