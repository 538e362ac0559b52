//! What to do about a server's answer.

use super::answer::{Asked, ServerAnswer};

const NEEDS_TLS: &str = "the server wants an encrypted connection: set `mail.tls` to `starttls`";
const REFUSES_HELLO: &str = "the server refuses the name this machine greets it with: set `mail.hello_name` to the machine's full name";
const REFUSES_SENDER: &str = "the server doesn't take mail from this sender: set `mail.from` or `mail.envelope_from` to an address that `mail.username` may send as";

impl ServerAnswer<'_> {
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

#[cfg(test)]
mod tests;
