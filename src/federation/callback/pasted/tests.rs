use proptest::prelude::*;

use super::*;

const URI: &str = "http://127.0.0.1:4711/callback";
const RIGHT: &str = "http://127.0.0.1:4711/callback?code=x&state=right";

fn expected() -> ExpectedCallback {
    ExpectedCallback {
        state: "right".into(),
        issuer: Some("https://id.example.com".to_owned()),
        iss_required: false,
    }
}

fn pasted(text: &str) -> Result<Callback, CallbackFault> {
    Callback::from_pasted(text, URI, &expected())
}

#[track_caller]
fn code(callback: Result<Callback, CallbackFault>) -> String {
    match callback {
        Ok(Callback::Code(code)) => code.expose_secret().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_address_is_pasted_in_many_ways() {
    for text in [
        RIGHT,
        &format!("  {RIGHT}\r\n"),
        "127.0.0.1:4711/callback?code=x&state=right",
        "HTTP://127.0.0.1:4711/callback?code=x&state=right",
        "http://127.0.0.1:4711/callback?code=x&sta\nte=right",
        "http://127.0.0.1:4711/call\r\nback?code=x\n   &state=ri\nght",
        &format!("{RIGHT}#"),
        &format!("{RIGHT}#_=_"),
        "?code=x&state=right",
        "code=x&state=right",
    ] {
        assert_eq!(code(pasted(text)), "x", "{text:?}");
    }
}

#[test]
fn what_stands_around_an_address_is_left_out() {
    for (before, after) in [
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("<", ">"),
        ("(", ")"),
        ("\u{201c}", "\u{201d}"),
        ("\u{201e}", "\u{201c}"),
        ("\u{ab}", "\u{bb}"),
        ("(<", ">)"),
        ("", "\""),
        ("\u{1b}[200~", "\u{1b}[201~"),
        ("\u{1b}[200~'", "'\u{1b}[201~\n"),
    ] {
        assert_eq!(
            code(pasted(&format!("{before}{RIGHT}{after}"))),
            "x",
            "{before}{after}"
        );
    }
    // These may be part of a code, and stay if nothing stands at the beginning.
    for last in ["'", ")", "`"] {
        let text = format!("http://127.0.0.1:4711/callback?state=right&code=x{last}");
        assert_eq!(code(pasted(&text)), format!("x{last}"));
    }
}

#[test]
fn an_ampersand_may_be_written_as_in_a_web_page_or_for_a_shell() {
    for ampersand in ["&amp;", "&#38;", "&#x26;", "\\&"] {
        assert_eq!(code(pasted(&RIGHT.replace('&', ampersand))), "x", "{ampersand}");
    }
    assert_eq!(code(pasted(&RIGHT.replace('?', "\\?").replace('=', "\\="))), "x");
}

#[test]
fn each_name_of_this_machine_will_do() {
    let hosts = ["127.0.0.1", "localhost", "[::1]", "LocalHost"];
    for host in hosts {
        for other in ["127.0.0.1", "localhost", "[::1]"] {
            let uri = format!("http://{other}:4711/callback");
            let text = RIGHT.replace("127.0.0.1", host);
            assert_eq!(
                code(Callback::from_pasted(&text, &uri, &expected())),
                "x",
                "{host} for {other}"
            );
        }
    }
}

#[test]
fn a_code_and_a_state_with_a_number_sign_between_them() {
    assert_eq!(code(pasted("a/code=+%41#right")), "a/code=+%41");
    assert_eq!(code(pasted("'x#right'\n")), "x");
    let page = CallbackFault::OtherPage {
        redirect_uri: URI.to_owned(),
    };
    assert_eq!(pasted("x#wrong").unwrap_err(), page);
    assert!(matches!(
        pasted("#right"),
        Ok(Callback::Unusable(super::super::UnusableAnswer::EmptyCode))
    ));
    // Such a text has no `iss`.
    let announced = ExpectedCallback {
        iss_required: true,
        ..expected()
    };
    let outcome = Callback::from_pasted("x#right", URI, &announced);
    assert_eq!(outcome.unwrap_err(), CallbackFault::IssuerMissing);
}

#[test]
fn another_address_is_named_as_such() {
    for text in [
        "",
        "hello",
        "https://id.example.com/authorize?state=right&code=x",
        "https://127.0.0.1:4711/callback?code=x&state=right",
        "http://127.0.0.1:4711/callback/?code=x&state=right",
        "http://127.0.0.1:4711/callbackx?code=x&state=right",
        "http://127.0.0.1:47110/callback?code=x&state=right",
        "http://localhost.example.com:4711/callback?code=x&state=right",
        "http://192.0.2.1:4711/callback?code=x&state=right",
        "http://evil.example.com/?code=x&state=right",
    ] {
        let redirect_uri = URI.to_owned();
        assert_eq!(
            pasted(text).unwrap_err(),
            CallbackFault::OtherPage { redirect_uri },
            "{text:?}"
        );
    }
    assert_eq!(pasted(URI).unwrap_err(), CallbackFault::StateMissing);
    assert_eq!(
        pasted("?state=wrong&code=x").unwrap_err(),
        CallbackFault::StateWrong
    );
}

#[test]
fn a_long_address_is_read_and_one_without_an_end_is_not() {
    let long = "c".repeat(16 * 1024);
    assert_eq!(
        code(pasted(&RIGHT.replace("code=x", &format!("code={long}")))),
        long
    );
    let endless = format!("{RIGHT}&more={}", "x".repeat(LONGEST_TEXT));
    assert_eq!(pasted(&endless).unwrap_err(), CallbackFault::TooLong);
}

proptest! {
    #[test]
    fn no_text_is_the_answer_by_accident(text in "\\PC{0,200}|[a-z=&?#%:/0-9\\\\'\"<>]{0,200}") {
        prop_assert!(pasted(&text).is_err());
    }

    #[test]
    fn any_code_is_read_back_from_an_address_in_quotes(given in "[!-~]{1,80}") {
        let address = url::Url::parse_with_params(URI, [("code", given.as_str()), ("state", "right")]).unwrap();
        prop_assert_eq!(code(pasted(&format!("\"{address}\""))), given);
    }
}
