//! What to do about a server's answer.

use super::answer::{Asked, ServerAnswer};

const NEEDS_TLS: &str = "the server wants an encrypted connection: set `mail.tls` to `starttls`";
const REFUSES_HELLO: &str = "the server refuses the name in this machine's greeting: set `mail.hello_name` to the machine's full name";
const REFUSES_SENDER: &str = "the server doesn't accept mail from this sender: set `mail.from` or `mail.envelope_from` to an address from which `mail.username` may send";

impl ServerAnswer<'_> {
    /// What to do about it, where the answer says more than the step.
    pub(super) fn hint(&self, asked: Asked, by_token: bool) -> Option<&'static str> {
        if self.says("starttls") && matches!(self.code, 530 | 538) {
            return Some(NEEDS_TLS);
        }
        match asked {
            Asked::Connection => Some(self.hint_of_connection()),
            Asked::Encryption => {
                Some("the server can't encrypt at the moment: ask the administrator of the mail server")
            }
            Asked::SignIn => Some(self.hint_of_sign_in(by_token)),
            Asked::Sender | Asked::Recipient | Asked::Data | Asked::Message => self.hint_of_mail(asked),
        }
    }

    fn hint_of_connection(&self) -> &'static str {
        match self.code {
            421 => {
                "the server accepts no further connection now: try again later, or ask the administrator of the mail server how many connections this machine may have"
            }
            400..=499 => {
                "the server has a problem: try again later, or ask the administrator of the mail server"
            }
            554 => {
                "the server refuses this machine's IP address: ask the administrator of the mail server to allow it, or use another server (`mail.host`)"
            }
            500 | 502 => {
                "the server doesn't know the command EHLO: see `mail.host` and `mail.port`, or ask the administrator of the mail server"
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
                "the server doesn't accept this kind of sign-in: see `mail.auth`, and ask the administrator of the mail server which kinds it accepts"
            }
            (400..=499, _) => {
                "the server can't check the sign-in now: try again later, or ask the administrator of the mail server"
            }
            _ if by_token => {
                "the server refuses the access token: get a new token that is for the mailbox of `mail.username` and allows to send mail"
            }
            _ => {
                "see `mail.username` and the file of `mail.password_file`; some services accept only app passwords, or only `mail.auth` = `xoauth2`"
            }
        }
    }

    fn hint_of_mail(&self, asked: Asked) -> Option<&'static str> {
        if self.says_one_of(&["greylist", "graylist"]) || (self.code == 451 && self.numbers() == Some((7, 1)))
        {
            return Some(
                "the server accepts the mail only at a second try, some minutes later (greylisting): try again then; a queued mail is tried again by itself",
            );
        }
        if self.says("helo") {
            return Some(REFUSES_HELLO);
        }
        if self.says("relay") {
            return Some(
                "the server accepts mail to other domains only after a sign-in: set `mail.username`, or ask the administrator of the mail server to let this machine relay",
            );
        }
        match (self.code, self.numbers()) {
            (530 | 535, _) => Some(
                "the server wants a sign-in first: set `mail.username` and `mail.password_file`, or `mail.auth` = `xoauth2`",
            ),
            (_, Some((2, 2))) => Some("the recipient's mailbox is full: ask the recipient to delete mails"),
            (452, _) => Some("the server has no space left, or accepts no more mail now: try again later"),
            (421, _) => Some("the server is shutting down, or accepts no more mail now: try again later"),
            (553, Some((7, 1)) | None) | (_, Some((7, 60) | (1, 7 | 8))) => Some(REFUSES_SENDER),
            _ if asked == Asked::Sender || self.says("sender") => Some(REFUSES_SENDER),
            (_, Some((1, _))) => Some("the server knows no such recipient: see the user's address"),
            (_, Some((7, _))) => Some(
                "a rule of the server refuses the mail: see the server's words, and ask the administrator of the mail server",
            ),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
