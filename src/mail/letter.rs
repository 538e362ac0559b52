//! A mail as it goes on the wire: headers, two parts, one sender, one recipient.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, MultiPartKind, SinglePart};

use super::address::recipient;
use super::error::{MailStep, SendError};
use super::sender::Sender;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::texts::mails::RenderedMail;

/// So many random bytes tell one message, or one boundary, from every other.
const ID_BYTES: usize = 16;

/// A message ready to be handed over, and its envelope.
pub(super) struct Letter {
    pub(super) from: Address,
    pub(super) to: Address,
    /// Headers and body, lines ending in CR LF.
    pub(super) bytes: Vec<u8>,
}

/// Puts `mail` into an envelope. The recipient is named by the stored address alone: a name
/// tells the reader nothing, and is a way into the headers.
pub(super) fn write(
    mail: &RenderedMail,
    sender: &Sender,
    to: &EmailAddress,
    now: Timestamp,
    random: &dyn RandomSource,
) -> Result<Letter, SendError> {
    let to = recipient(to)?;
    let id = format!("<{}@{}>", draw(random)?, sender.domain());
    let parts = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(draw(random)?)
        .singlepart(part(ContentType::TEXT_PLAIN, &mail.text))
        .singlepart(part(ContentType::TEXT_HTML, &mail.html));
    let unwritten = || SendError::new(MailStep::Template, "the mail library can't make a message of it");
    // Without an envelope, the mail library reads the address back from the header, and refuses forms
    // that a mail server takes, such as an IP address in brackets.
    let from = sender.envelope().clone();
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).map_err(|_| unwritten())?;
    let mut builder = lettre::Message::builder()
        .envelope(envelope)
        .from(sender.mailbox());
    if let Some(reply_to) = sender.reply_to() {
        builder = builder.reply_to(reply_to.clone());
    }
    let written = builder
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(&mail.subject))
        .date(date(now))
        .message_id(Some(id))
        // RFC 3834 §5, and the same for Exchange: no automatic answers, for example out-of-office.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .multipart(parts)
        .map_err(|_| unwritten())?;
    Ok(Letter {
        from,
        to,
        bytes: written.formatted(),
    })
}

/// Random bytes in hexadecimal.
pub(super) fn draw(random: &dyn RandomSource) -> Result<String, SendError> {
    let mut bytes = [0_u8; ID_BYTES];
    random
        .fill(&mut bytes)
        .map_err(|error| SendError::new(MailStep::Template, error.to_string()))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// As it is (7bit) where it is ASCII and no line is too long: a link stays in one piece for
/// readers that decode nothing. Else quoted-printable, in which a link is whole again once decoded.
fn part(kind: ContentType, body: &str) -> SinglePart {
    let body = body.replace("\r\n", "\n");
    let builder = SinglePart::builder().header(kind);
    if !is_seven_bit(&body) {
        let encoding = ContentTransferEncoding::QuotedPrintable;
        return builder.header(encoding).body(body);
    }
    // The mail library takes no line of more than 76 characters for this encoding.
    let encoding = ContentTransferEncoding::SevenBit;
    let lines = body.replace('\n', "\r\n").into_bytes();
    builder
        .header(encoding)
        .body(Body::dangerous_pre_encoded(lines, encoding))
}

/// RFC 2045 §2.7.
fn is_seven_bit(body: &str) -> bool {
    const LONGEST_LINE: usize = 998;
    let fits = |b: u8| b.is_ascii() && !matches!(b, b'\0' | b'\r');
    body.bytes().all(fits) && body.split('\n').all(|line| line.len() <= LONGEST_LINE)
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn one_line(subject: &str) -> String {
    subject
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Not before 1970, of which the mail library knows nothing.
fn date(now: Timestamp) -> SystemTime {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::testing::{Counting, email, mail, parse};

    fn written(mail: &RenderedMail, to: &str) -> String {
        let sender = Sender::parse("Back Office <no-reply@example.com>").unwrap();
        let now = "2026-11-24T09:00:00Z".parse().unwrap();
        let letter = write(mail, &sender, &email(to), now, &Counting::default()).unwrap();
        assert_eq!(letter.from.to_string(), "no-reply@example.com");
        String::from_utf8(letter.bytes).unwrap()
    }

    #[test]
    fn it_has_the_headers_a_notice_has_and_no_link_in_them() {
        let eml = written(&mail(), "Ada@example.com");
        let (headers, _) = eml.split_once("\r\n\r\n").unwrap();
        for line in [
            "From: \"Back Office\" <no-reply@example.com>",
            "To: Ada@example.com",
            "Subject: Reset your password",
            "Date: Tue, 24 Nov 2026 09:00:00 +0000",
            "Message-ID: <00000000000000000000000000000000@example.com>",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "MIME-Version: 1.0",
        ] {
            assert!(headers.lines().any(|have| have == line), "{line}\n{headers}");
        }
        assert!(!headers.contains("token") && !headers.contains("Cc:"));
    }

    #[test]
    fn both_parts_come_back_whole_and_the_link_is_one_line() {
        let eml = written(&mail(), "ada@example.com");
        assert!(eml.lines().all(|line| line.len() <= 78), "{eml}");
        let (text, html) = parse(&eml);
        assert_eq!(text, mail().text);
        assert_eq!(html, mail().html);
        assert!(text.lines().any(|line| line == crate::mail::testing::URL));
    }

    #[test]
    fn a_text_in_ascii_goes_as_it_is_with_the_link_in_one_piece() {
        let plain = |text: String| written(&RenderedMail { text, ..mail() }, "ada@example.com");
        let link = format!("https://desk.example.com/reset#token={}", "x".repeat(900));
        let eml = plain(format!("Hello,\r\n\r\n{link}\r\n"));
        assert!(eml.contains("Content-Transfer-Encoding: 7bit"), "{eml}");
        assert!(eml.lines().any(|line| line == link), "{eml}");
        for text in [
            "Grüße\n".to_owned(),
            format!("{}\n", "x".repeat(999)),
            "a\rb\n".to_owned(),
            "a\0b\n".to_owned(),
        ] {
            let eml = plain(text.clone());
            assert!(!eml.contains("7bit"), "{eml}");
            assert!(eml.lines().all(|line| line.len() <= 78), "{eml}");
            assert_eq!(parse(&eml).0, text);
        }
    }

    #[test]
    fn a_line_break_never_reaches_a_header() {
        let mail = RenderedMail {
            subject: "Hello\r\nBcc: eve@example.com".to_owned(),
            ..mail()
        };
        let eml = written(&mail, "ada@example.com");
        assert!(!eml.lines().any(|line| line.starts_with("Bcc")), "{eml}");
    }

    #[test]
    fn a_domain_goes_out_in_ascii_and_a_hostile_address_not_at_all() {
        let eml = written(&mail(), "ada@bücher.example");
        assert!(eml.contains("To: ada@xn--bcher-kva.example\r\n"));
        for text in [
            "ada@example.com\r\nBcc: eve@example.com",
            "a>b@example.com",
            "ada",
            "",
        ] {
            let stored = EmailAddress::from_stored(text.to_owned(), text.to_owned());
            assert!(recipient(&stored).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_that_no_new_user_gets_still_gets_mail() {
        let sender = Sender::parse("a@example.com").unwrap();
        for text in [
            "ada@under_score.example",
            "ada@[192.0.2.7]",
            "ada@192.0.2.7",
            "\"ada lovelace\"@example.com",
        ] {
            let to = EmailAddress::parse_existing(text).unwrap();
            let now = Timestamp::UNIX_EPOCH;
            let letter = super::write(&mail(), &sender, &to, now, &Counting::default()).unwrap();
            assert_eq!(letter.to.to_string(), text);
            let eml = String::from_utf8(letter.bytes).unwrap();
            assert!(eml.contains(&format!("To: {text}\r\n")), "{eml}");
        }
    }

    #[test]
    fn any_moment_has_a_date() {
        for now in [Timestamp::MIN, Timestamp::MAX] {
            let sender = Sender::parse("a@example.com").unwrap();
            let to = email("ada@example.com");
            assert!(write(&mail(), &sender, &to, now, &Counting::default()).is_ok());
        }
    }
}
