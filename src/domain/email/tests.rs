//! Which addresses are accepted, and which are the same.

use super::*;
use proptest::prelude::*;

fn canonical(text: &str) -> String {
    EmailAddress::parse(text).unwrap().canonical().as_str().to_owned()
}

#[test]
fn one_mailbox_has_one_canonical_form() {
    assert_eq!(canonical(" Ada@Example.COM "), "ada@example.com");
    assert_eq!(canonical("ａda@example.com"), canonical("ada@example.com"));
    assert_eq!(canonical("\u{212A}ate@example.com"), "kate@example.com");
    assert_eq!(canonical("ada@bücher.example"), "ada@xn--bcher-kva.example");
    assert_eq!(
        canonical("ada@BÜCHER.example"),
        canonical("ada@xn--bcher-kva.example")
    );
}

#[test]
fn it_is_shown_as_written() {
    assert_eq!(
        EmailAddress::parse("Ada@Example.COM").unwrap().as_str(),
        "Ada@Example.COM"
    );
}

#[test]
fn an_address_that_no_mail_server_accepts_is_refused() {
    use EmailError::{Empty, HiddenCharacter, Malformed, TooLong};
    let long = format!("{}@example.com", "a".repeat(250));
    for (text, error) in [
        ("", Empty),
        ("   ", Empty),
        ("ada", Malformed),
        ("@example.com", Malformed),
        ("ada@", Malformed),
        ("a da@example.com", Malformed),
        ("ada@exa mple.com", Malformed),
        ("ada@example.com, bob@example.com", Malformed),
        ("Ada <ada@example.com>", Malformed),
        ("\"Ada\" <ada@example.com>", Malformed),
        ("ada\n@example.com", HiddenCharacter('\n')),
        ("a\u{200B}da@example.com", HiddenCharacter('\u{200B}')),
        ("a\u{202E}da@example.com", HiddenCharacter('\u{202E}')),
        ("ada@exam\u{AD}ple.com", HiddenCharacter('\u{AD}')),
        ("\u{3164}@example.com", HiddenCharacter('\u{3164}')),
        (long.as_str(), TooLong),
    ] {
        assert_eq!(EmailAddress::parse(text).unwrap_err(), error, "{text:?}");
    }
}

#[test]
fn a_domain_that_is_no_host_name_is_refused() {
    let label = "a".repeat(63);
    let long_label = format!("ada@{label}a.com");
    let long_name = format!("ada@{label}.{label}.{label}.{label}");
    for text in [
        "ada@under_score.example",
        "ada@_dmarc.example.com",
        "ada@-example.com",
        "ada@example-.com",
        "ada@example..com",
        "ada@.example.com",
        "ada@example.com.",
        "ada@example.123",
        "ada@127.1",
        "ada@example.0x7f",
        "ada@exa!mple.com",
        "ada@xn--a",
        long_label.as_str(),
        long_name.as_str(),
    ] {
        let refused = EmailAddress::parse(text).unwrap_err();
        let expected = if text.len() > 254 {
            EmailError::TooLong
        } else {
            EmailError::NoHostName
        };
        assert_eq!(refused, expected, "{text}");
    }
    for text in [
        "ada@example.com",
        "ada@localhost",
        "ada@mail",
        "ada@3com.example",
        "ada@a--b.example",
        "ada@bücher.example",
        "ada@例え.テスト",
        "ada@xn--bcher-kva.example",
        &format!("ada@{label}.com"),
    ] {
        assert!(EmailAddress::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn an_ip_address_and_a_quoted_name_are_refused() {
    for text in [
        "ada@[192.0.2.7]",
        "ada@[IPv6:2001:db8::7]",
        "ada@192.0.2.7",
        "ada@２.0.2.7",
        "ada@2001:db8::7",
    ] {
        assert_eq!(
            EmailAddress::parse(text).unwrap_err(),
            EmailError::AddressLiteral,
            "{text}"
        );
    }
    for text in ["\"ada lovelace\"@example.com", "\"ada\"@example.com"] {
        assert_eq!(
            EmailAddress::parse(text).unwrap_err(),
            EmailError::QuotedLocalPart,
            "{text}"
        );
    }
    assert!(EmailAddress::parse("o'neil+desk@example.com").is_ok());
}

#[test]
fn an_address_holds_no_character_that_is_not_seen() {
    for c in [
        '\u{A0}',
        '\u{2003}',
        '\u{3000}',
        '\u{FFFF}',
        '\u{FDD0}',
        '\u{FFFD}',
        '\u{E000}',
        '\u{200C}',
        '\u{200D}',
        '\u{2060}',
        '\u{FEFF}',
        '\u{E0041}',
        '\u{FE0F}',
        '\u{34F}',
        '\u{2800}',
        '\u{85}',
        '\u{378}',
    ] {
        for text in [format!("a{c}b@example.com"), format!("ada@exam{c}ple.com")] {
            let refused = EmailAddress::parse(&text).unwrap_err();
            assert_eq!(refused, EmailError::HiddenCharacter(c), "{text:?}");
        }
    }
    for text in [
        "josé@example.com",
        "юзер@example.com",
        "名前@example.com",
        "e\u{301}@example.com",
    ] {
        assert!(EmailAddress::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn what_was_stored_before_a_rule_is_still_read_and_found() {
    for (text, canonical) in [
        ("Ada@Under_Score.example", "ada@under_score.example"),
        ("ada@[192.0.2.7]", "ada@[192.0.2.7]"),
        ("ada@192.0.2.7", "ada@192.0.2.7"),
        ("\"Ada Lovelace\"@example.com", "\"ada lovelace\"@example.com"),
        ("ada\u{A0}l@example.com", "ada l@example.com"),
        ("ada\u{FFFF}@example.com", "ada\u{FFFF}@example.com"),
    ] {
        assert!(EmailAddress::parse(text).is_err(), "{text}");
        let address = EmailAddress::parse_existing(text).unwrap();
        assert_eq!(
            (address.as_str(), address.canonical().as_str()),
            (text, canonical)
        );
        assert_eq!(address.check_new(), EmailAddress::parse(text).map(drop), "{text}");
    }
    for text in [
        "",
        "ada",
        "@example.com",
        "ada@",
        "a da@example.com",
        "a\u{200B}@example.com",
    ] {
        assert!(EmailAddress::parse_existing(text).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let _ = EmailAddress::parse(&text);
    }

    #[test]
    fn what_is_stored_reads_back(local in "[a-zA-Zäß.+-]{1,12}", domain in "[a-z]{1,8}\\.[a-z]{2,4}") {
        if let Ok(address) = EmailAddress::parse(&format!("{local}@{domain}")) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address);
        }
    }

    #[test]
    fn each_address_that_a_user_can_get_has_one_form_in_both_readings(text in "\\PC{1,12}@\\PC{1,12}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse_existing(&text), Ok(address.clone()));
            prop_assert_eq!(address.check_new(), Ok(()));
        }
    }
}
