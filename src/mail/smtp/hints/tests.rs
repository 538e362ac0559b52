use super::*;

/// What was asked, what the server answered, and a word of the hint.
const HINTS: [(Asked, &str, &str); 19] = [
    (
        Asked::Connection,
        "421 4.3.2 too many connections",
        "no further connection",
    ),
    (Asked::Connection, "554 5.7.1 your IP is on a list", "IP address"),
    (Asked::Connection, "502 5.5.2 command not recognized", "EHLO"),
    (
        Asked::Connection,
        "504 5.5.2 need fully-qualified hostname",
        "mail.hello_name",
    ),
    (
        Asked::SignIn,
        "535 5.7.139 SmtpClientAuthentication",
        "Microsoft 365",
    ),
    (Asked::SignIn, "535 5.7.8 not accepted", "mail.password_file"),
    (
        Asked::SignIn,
        "534 5.7.9 Application-specific password required",
        "app password",
    ),
    (Asked::SignIn, "504 5.5.4 PLAIN not permitted", "mail.auth"),
    (
        Asked::SignIn,
        "454 4.7.0 Temporary authentication failure",
        "later",
    ),
    (
        Asked::Sender,
        "530 5.7.0 Must issue a STARTTLS command first",
        "mail.tls",
    ),
    (
        Asked::Sender,
        "530 5.7.0 Authentication required",
        "mail.username",
    ),
    (
        Asked::Sender,
        "553 5.7.1 Sender address rejected",
        "mail.envelope_from",
    ),
    (
        Asked::Recipient,
        "553 5.7.1 Sender address rejected",
        "mail.envelope_from",
    ),
    (
        Asked::Recipient,
        "504 5.5.2 <x>: Helo command rejected",
        "mail.hello_name",
    ),
    (
        Asked::Recipient,
        "451 4.7.1 <x>: Greylisted, see http://example",
        "greylisting",
    ),
    (Asked::Recipient, "452 4.2.2 mailbox full", "mailbox is full"),
    (Asked::Recipient, "452 too many recipients", "no space left"),
    (Asked::Recipient, "554 5.7.1 Relay access denied", "sign-in"),
    (Asked::Recipient, "550 5.1.1 no such user", "the user's address"),
];

fn hint(asked: Asked, line: &str) -> String {
    let (code, words) = line.split_once(' ').unwrap();
    let code = code.parse().unwrap();
    let hint = ServerAnswer { code, words }.hint(asked, false);
    hint.unwrap_or_default().to_owned()
}

#[test]
fn the_hint_follows_the_answer() {
    for (asked, line, word) in HINTS {
        assert!(hint(asked, line).contains(word), "{line}: {}", hint(asked, line));
    }
}
