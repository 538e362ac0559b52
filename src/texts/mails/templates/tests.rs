use super::*;
use crate::domain::email::EmailAddress;
use crate::domain::user::{Locale, Name};

fn render(message: &Message<'_>, first_name: &str, locale: &str) -> RenderedMail {
    Templates::built_in()
        .render(
            message,
            &Recipient {
                email: &EmailAddress::parse("ada@example.com").unwrap(),
                first_name: &Name::from_stored(first_name.to_owned()),
                last_name: &Name::default(),
                locale: &Locale::parse(locale).unwrap(),
            },
        )
        .unwrap()
}

#[test]
fn every_message_is_there_in_every_language_and_complete() {
    for message in Message::samples() {
        for locale in Sources::built_in().languages().tags() {
            let mail = render(&message, "Ada", locale);
            let greeting = mail.text.lines().next().unwrap();
            assert!(greeting.contains(" Ada"), "{mail:?}");
            assert!(mail.html.contains(greeting) && mail.html.contains(&format!("<html lang=\"{locale}\">")));
            assert!(
                !mail.subject.is_empty() && mail.html.contains(&format!("<title>{}</title>", mail.subject))
            );
            assert!(!mail.subject.contains("token"));
            for remote in ["http:", "<img", "<link", "url(", "<script"] {
                assert!(!mail.html.contains(remote), "{remote}");
            }
            let long = mail.text.lines().find(|line| line.chars().count() > 78);
            assert_eq!(long, None);
        }
    }
}

#[test]
fn a_link_stands_alone_and_its_life_and_the_command_are_named() {
    let expires_at = "2026-11-24T09:30:00Z".parse().unwrap();
    let url = "https://desk.example.com/reset#token=a&b";
    for (locale, until) in [
        ("en", "Tuesday, 24 November 2026, 09:30 UTC"),
        ("de", "Dienstag, 24. November 2026, 09:30 Uhr (UTC)"),
    ] {
        for message in [
            Message::ResetPassword { url, expires_at },
            Message::Invitation { url, expires_at },
        ] {
            let mail = render(&message, "Ada", locale);
            assert_eq!(mail.text.lines().filter(|line| *line == url).count(), 1);
            let href = "href=\"https://desk.example.com/reset#token=a&amp;b\"";
            assert_eq!(mail.html.matches(href).count(), 2, "{}", mail.html);
            assert_eq!(mail.html.matches("#token=a&amp;b").count(), 3, "{}", mail.html);
            assert!(!mail.html.contains("&#x"), "{}", mail.html);
            for body in [&mail.text, &mail.html] {
                assert!(body.contains(until), "{body}");
                assert!(body.contains("backoffice reset complete"));
            }
        }
    }
}

#[test]
fn a_tag_is_shortened_until_there_are_templates_for_it() {
    for (locale, subject) in [
        ("de", "Ihr Konto ist freigeschaltet"),
        ("de-AT", "Ihr Konto ist freigeschaltet"),
        ("de_CH", "Ihr Konto ist freigeschaltet"),
        ("DE-Latn-DE-x-desk", "Ihr Konto ist freigeschaltet"),
        ("en-GB", "Your account is open"),
        ("fr-CA", "Your account is open"),
        ("deu", "Your account is open"),
    ] {
        assert_eq!(
            render(&Message::AccountOpened, "", locale).subject,
            subject,
            "{locale}"
        );
    }
}

#[test]
fn values_are_escaped_in_html_only() {
    let message = Message::EmailChanged {
        old: "\"<b>\"@example.com",
        new: "new@example.com",
        at: "2026-11-24T09:30:00Z".parse().unwrap(),
    };
    let mail = render(&message, "<i>Ada</i>", "en");
    assert!(mail.html.contains("&lt;i&gt;Ada") && mail.html.contains("&lt;b&gt;"));
    assert!(mail.text.contains("Hello <i>Ada</i>,") && mail.text.contains("\"<b>\"@example.com"));
    let mail = render(&message, "", "en");
    assert!(mail.text.starts_with("Hello,\n"));
}

#[test]
fn a_link_that_is_not_one_line_of_ascii_is_refused() {
    let templates = Templates::built_in();
    for url in ["", "https://x/ y", "https://x/\r\nBcc: a@b", "https://bücher/"] {
        let message = Message::ResetPassword {
            url,
            expires_at: "2026-11-24T09:30:00Z".parse().unwrap(),
        };
        let rendered = templates.render(
            &message,
            &Recipient {
                email: &EmailAddress::parse("ada@example.com").unwrap(),
                first_name: &Name::default(),
                last_name: &Name::default(),
                locale: &Locale::default(),
            },
        );
        assert!(matches!(rendered, Err(TemplateError::BadLink)), "{url:?}");
    }
}
