//! What a server's answer means for the mail.

use super::super::error::{Fate, MailStep};

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
    pub(super) fn step(self) -> MailStep {
        match self {
            Self::Connection => MailStep::Connect,
            Self::Encryption => MailStep::Tls,
            Self::SignIn => MailStep::SignIn,
            Self::Sender | Self::Recipient | Self::Data | Self::Message => MailStep::Accept,
        }
    }
}

/// A refusal: the code (RFC 5321 §4.2), the enhanced code (RFC 3463) and the words.
pub(super) struct ServerAnswer<'a> {
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

impl ServerAnswer<'_> {
    /// The enhanced code, where the words begin with one that fits the code.
    pub(super) fn enhanced(&self) -> Option<&str> {
        let word = self.words.split_whitespace().next()?;
        self.numbers().map(|_| word)
    }

    /// Subject and detail of the enhanced code: 7 and 8 in `5.7.8`.
    pub(super) fn numbers(&self) -> Option<(u16, u16)> {
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

    pub(super) fn says(&self, word: &str) -> bool {
        self.words.to_ascii_lowercase().contains(word)
    }

    pub(super) fn says_one_of(&self, words: &[&str]) -> bool {
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
}

#[cfg(test)]
mod tests;
