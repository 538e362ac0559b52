//! What the tests of this room share.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::domain::clock::{NoRandomness, RandomSource};
use crate::domain::email::EmailAddress;
use crate::texts::mails::RenderedMail;

pub(super) const URL: &str = "https://desk.example.com/back-office/reset#token=bo_r_\
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa123456";

/// Sixteen zeros, sixteen ones, and so on.
#[derive(Default)]
pub(super) struct Counting(AtomicU8);

impl RandomSource for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

pub(super) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(super) fn mail() -> RenderedMail {
    RenderedMail {
        subject: "Reset your password".to_owned(),
        text: format!("Hällo Ada = you,\n\n{URL}\n\n.\nUntil tomorrow.\n"),
        html: format!("<p>Hällo <a href=\"{URL}\">{URL}</a></p>\n"),
    }
}

/// The text and the HTML of a message, decoded.
pub(super) fn parse(eml: &str) -> (String, String) {
    let at = eml.find("boundary=\"").unwrap() + "boundary=\"".len();
    let boundary = eml[at..].split('"').next().unwrap();
    let parts: Vec<&str> = eml.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 4, "{eml}");
    let body = |part: &str, kind: &str| {
        let (headers, body) = part.split_once("\r\n\r\n").unwrap();
        assert!(headers.contains(&format!("Content-Type: {kind}; charset=utf-8")));
        let body = body.strip_suffix("\r\n").unwrap();
        if headers.contains("Content-Transfer-Encoding: 7bit") {
            return body.replace("\r\n", "\n");
        }
        assert!(headers.contains("Content-Transfer-Encoding: quoted-printable"));
        decode(body)
    };
    (body(parts[1], "text/plain"), body(parts[2], "text/html"))
}

/// Quoted-printable (RFC 2045 §6.7).
fn decode(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("\r\n", "\n");
    let mut pieces = text.split('=');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}
