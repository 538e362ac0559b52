//! What a server's answer means for the mail, and what to do about it.

use super::super::transport::{Fate, Step};

/// What the server was asked when it gave its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To take the connection: the greeting and EHLO.
    Connection,
    /// To encrypt it.
    Encryption,
    /// To accept the sign-in.
    SignIn,
    /// To accept the sender.
    Sender,
    /// To accept the recipient.
    Recipient,
    /// To begin, or to forget, a message.
    Data,
    /// To accept the message, all of which it has.
    Message,
}

impl Asked {
    pub(super) fn step(self) -> Step {
        match self {
            Self::Connection => Step::Connect,
            Self::Encryption => Step::Tls,
            Self::SignIn => Step::SignIn,
            Self::Sender | Self::Recipient | Self::Data | Self::Message => Step::Accept,
        }
    }
}

/// A refusal: the code (RFC 5321 §4.2), the enhanced code (RFC 3463) and the words.
pub(super) struct Answer<'a> {
    pub(super) code: u16,
    pub(super) words: &'a str,
}

/// Words of refusals that are about this machine, its sign-in or the sender, and not about the
/// recipient. An operator can do something about them.
const ABOUT_THE_SENDING_SIDE: [&str; 9] = [
    "relay",
    "authenticat",
    "sender",
    "helo",
    "client host",
    "blocked",
    "blacklist",
    "blocklist",
    "spamhaus",
];

impl Answer<'_> {
    /// The enhanced code, where the words begin with one that fits the code.
    pub(super) fn enhanced(&self) -> Option<&str> {
        let word = self.words.split_whitespace().next()?;
        self.numbers().map(|_| word)
    }

    /// Subject and detail of the enhanced code: 7 and 8 in `5.7.8`.
    fn numbers(&self) -> Option<(u16, u16)> {
        let mut parts = self.words.split_whitespace().next()?.split('.');
        let mut number = || {
            let part = parts.next()?;
            let is_number = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (class, subject, detail) = (number()?, number()?, number()?);
        (class == self.code / 100 && parts.next().is_none()).then_some((subject, detail))
    }

    fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }

    fn says(&self, word: &str) -> bool {
        self.words.to_ascii_lowercase().contains(word)
    }

    fn says_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.says(word))
    }

    /// What the answer means for the mail.
    pub(super) fn fate(&self, asked: Asked) -> Fate {
        let refused = self.is_permanent()
            && match asked {
                Asked::Recipient => self.refuses_the_recipient(),
                Asked::Message => self.refuses_the_message(),
                _ => false,
            };
        if refused { Fate::Refused } else { Fate::NotSent }
    }

    fn refuses_the_recipient(&self) -> bool {
        match self.numbers() {
            // 5.1.7 and 5.1.8 are about the address of the sender.
            Some((1, detail)) => !matches!(detail, 7 | 8),
            Some((2 | 4 | 6, _) | (3, 4)) => true,
            Some(_) => false,
            None => matches!(self.code, 550..=553) && !self.says_one_of(&ABOUT_THE_SENDING_SIDE),
        }
    }

    fn refuses_the_message(&self) -> bool {
        match self.numbers() {
            // 5.7.1 is what filters say of a message. The others of 5.7 are about what the domain
            // of the sender publishes (RFC 7372), or about the sign-in.
            Some((7, detail)) => detail == 1,
            Some(_) => true,
            None => !matches!(self.code, 530 | 534 | 535 | 538) && !self.says_one_of(&ABOUT_THE_SENDING_SIDE),
        }
    }

    /// What to do about it, where the answer says more than the step.
    pub(super) fn hint(&self, asked: Asked, by_token: bool) -> Option<&'static str> {
        if self.says("starttls") && matches!(self.code, 530 | 538) {
            return Some(NEEDS_TLS);
        }
        match asked {
            Asked::Connection => Some(self.hint_of_connection()),
            Asked::Encryption => Some("the server can't encrypt at the moment: ask those who run it"),
            Asked::SignIn => Some(self.hint_of_sign_in(by_token)),
            Asked::Sender | Asked::Recipient | Asked::Data | Asked::Message => self.hint_of_mail(asked),
        }
    }

    fn hint_of_connection(&self) -> &'static str {
        match self.code {
            421 => {
                "the server takes no further connection now: try again later, or ask those who run it how many it takes from this machine"
            }
            400..=499 => "the server is in trouble: try again later, or ask those who run it",
            554 => {
                "the server refuses this machine's IP address: ask those who run the server to let it in, or use another server (`mail.host`)"
            }
            500 | 502 => {
                "the server doesn't know EHLO, with which every mail begins: see `mail.host` and `mail.port`, or ask those who run it"
            }
            _ => REFUSES_HELLO,
        }
    }

    fn hint_of_sign_in(&self, by_token: bool) -> &'static str {
        match (self.code, self.numbers()) {
            (_, Some((7, 139))) if !by_token => {
                "Microsoft 365 refuses passwords here (SMTP AUTH is off): set `mail.auth` to `xoauth2`, or let an administrator of the tenant turn on authenticated SMTP for this mailbox"
            }
            (_, Some((7, 139))) => {
                "Microsoft 365 refuses this sign-in: let an administrator of the tenant turn on authenticated SMTP for this mailbox, and see the sign-in logs there"
            }
            (538, _) | (_, Some((7, 11))) => NEEDS_TLS,
            (534, _) | (_, Some((7, 9))) if !by_token => {
                "the server wants a stronger sign-in: put an app password into the file of `mail.password_file`, or set `mail.auth` to `xoauth2`"
            }
            (504, _) => {
                "the server takes no sign-in of this kind: see `mail.auth`, and ask those who run it which kinds it takes"
            }
            (400..=499, _) => {
                "the server can't check the sign-in now: try again later, or ask those who run it"
            }
            _ if by_token => {
                "the server refuses the access token: see that it is new, for the mailbox of `mail.username`, and made for sending mail"
            }
            _ => {
                "see `mail.username` and the file of `mail.password_file`; some services take app passwords only, or only `mail.auth` = `xoauth2`"
            }
        }
    }

    fn hint_of_mail(&self, asked: Asked) -> Option<&'static str> {
        if self.says_one_of(&["greylist", "graylist"]) || (self.code == 451 && self.numbers() == Some((7, 1)))
        {
            return Some(
                "the server wants the mail a second time, some minutes later (greylisting): try again then; a queued mail is tried again by itself",
            );
        }
        if self.says("helo") {
            return Some(REFUSES_HELLO);
        }
        if self.says("relay") {
            return Some(
                "the server takes mail to other domains only after a sign-in: set `mail.username`, or ask those who run it to let this machine relay",
            );
        }
        match (self.code, self.numbers()) {
            (530 | 535, _) => Some(
                "the server wants a sign-in first: set `mail.username` and `mail.password_file`, or `mail.auth` = `xoauth2`",
            ),
            (_, Some((2, 2))) => Some("the recipient's mailbox is full: they have to make room"),
            (452, _) => Some("the server is out of room, or takes no more mail now: try again later"),
            (421, _) => Some("the server closes down, or takes no more mail now: try again later"),
            (553, Some((7, 1)) | None) | (_, Some((7, 60) | (1, 7 | 8))) => Some(REFUSES_SENDER),
            _ if asked == Asked::Sender || self.says("sender") => Some(REFUSES_SENDER),
            (_, Some((1, _))) => Some("the server knows no such recipient: see the user's address"),
            (_, Some((7, _))) => {
                Some("the server refuses it by its own rules: see its words, and ask those who run it")
            }
            _ => None,
        }
    }
}

const NEEDS_TLS: &str = "the server wants an encrypted connection: set `mail.tls` to `starttls`";
const REFUSES_HELLO: &str = "the server refuses the name this machine greets it with: set `mail.hello_name` to the machine's full name";
const REFUSES_SENDER: &str = "the server doesn't take mail from this sender: set `mail.from` or `mail.envelope_from` to an address that `mail.username` may send as";

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(asked: Asked, line: &str) -> Fate {
        let (code, words) = line.split_once(' ').unwrap();
        let code = code.parse().unwrap();
        Answer { code, words }.fate(asked)
    }

    fn hint(asked: Asked, line: &str) -> String {
        let (code, words) = line.split_once(' ').unwrap();
        let code = code.parse().unwrap();
        let hint = Answer { code, words }.hint(asked, false);
        hint.unwrap_or_default().to_owned()
    }

    #[test]
    fn an_enhanced_code_fits_the_code() {
        let enhanced = |code, words| Answer { code, words }.enhanced().map(str::to_owned);
        assert_eq!(enhanced(535, "5.7.139 off"), Some("5.7.139".to_owned()));
        for words in ["4.7.1 x", "5.7", "5.7.1.2 x", "5.x.1", "", "5.7.1000 x", "5..1"] {
            assert_eq!(enhanced(550, words), None, "{words}");
        }
    }

    #[test]
    fn only_a_refusal_of_the_recipient_or_the_message_is_final() {
        for line in [
            "550 5.1.1 no such user here",
            "550 no such user",
            "551 user not local",
            "552 5.2.2 mailbox full",
            "550 5.4.1 Recipient address rejected: Access denied",
            "553 5.1.3 bad address syntax",
        ] {
            assert_eq!(fate(Asked::Recipient, line), Fate::Refused, "{line}");
        }
        for line in [
            "450 4.1.1 no such user yet",
            "451 4.7.1 greylisted",
            "530 5.7.0 Authentication required",
            "554 5.7.1 <x>: Relay access denied",
            "550 relay not permitted",
            "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname",
            "553 5.7.1 Sender address rejected: not owned by user",
            "550 5.1.8 <x>: Sender address rejected: Domain not found",
            "550 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org",
            "550 blocked",
            "503 bad sequence",
        ] {
            assert_eq!(fate(Asked::Recipient, line), Fate::NotSent, "{line}");
        }
        assert_eq!(
            fate(Asked::Message, "550 5.7.1 message looks like spam"),
            Fate::Refused
        );
        assert_eq!(fate(Asked::Message, "552 5.3.4 too large"), Fate::Refused);
        for line in [
            "550 5.7.26 unauthenticated mail",
            "530 5.7.0 sign in",
            "451 4.3.0 later",
        ] {
            assert_eq!(fate(Asked::Message, line), Fate::NotSent, "{line}");
        }
        for asked in [
            Asked::Connection,
            Asked::Encryption,
            Asked::SignIn,
            Asked::Sender,
            Asked::Data,
        ] {
            assert_eq!(fate(asked, "550 5.1.1 no"), Fate::NotSent, "{asked:?}");
        }
    }

    #[test]
    fn the_hint_follows_the_answer() {
        for (asked, line, word) in [
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
            (Asked::Recipient, "452 too many recipients", "out of room"),
            (Asked::Recipient, "554 5.7.1 Relay access denied", "sign-in"),
            (Asked::Recipient, "550 5.1.1 no such user", "the user's address"),
        ] {
            assert!(hint(asked, line).contains(word), "{line}: {}", hint(asked, line));
        }
    }
}
