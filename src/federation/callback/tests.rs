use proptest::prelude::*;

use super::*;

fn expected() -> ExpectedCallback {
    ExpectedCallback {
        state: "right".into(),
        issuer: Some("https://id.example.com".to_owned()),
        iss_required: false,
    }
}

fn code(callback: Result<Callback, CallbackFault>) -> String {
    match callback.unwrap() {
        Callback::Code(code) => code.expose_secret().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn fault(query: &str) -> CallbackFault {
    Callback::from_query(query, &expected()).unwrap_err()
}

#[test]
fn a_code_comes_with_its_state() {
    let read = |query| code(Callback::from_query(query, &expected()));
    assert_eq!(read("code=4%2F0Ab+c&state=right"), "4/0Ab c");
    assert_eq!(read("state=right&session_state=7&code=x"), "x");
    assert_eq!(read("code=x&state=right&iss=https%3A%2F%2Fid.example.com"), "x");
}

#[test]
fn an_error_keeps_the_providers_words() {
    let query = "error=access_denied&error_description=%3Cb%3E%20no&state=right";
    let Callback::Denied { error, description } = Callback::from_query(query, &expected()).unwrap() else {
        panic!("a code?");
    };
    assert_eq!(error, "access_denied");
    assert_eq!(description.as_deref(), Some("<b> no"));

    let long = format!("state=right&error=e&error_description={}", "ä".repeat(900));
    let Callback::Denied { description, .. } = Callback::from_query(&long, &expected()).unwrap() else {
        panic!("a code?");
    };
    assert_eq!(description.unwrap(), format!("{}…", "ä".repeat(500)));
}

#[test]
fn state_is_compared_before_anything_else() {
    for query in ["", "code=x", "error=access_denied"] {
        assert_eq!(fault(query), CallbackFault::StateMissing, "{query}");
    }
    for query in [
        "state=wrong&code=x",
        "state=wrong&error=access_denied",
        "state=&code=x",
        "state=right%00&code=x",
        "state=Right&code=x",
        "state=wrong&code=x&code=y",
        "state=wrong&iss=https://evil.example.com",
    ] {
        assert_eq!(fault(query), CallbackFault::StateWrong, "{query}");
    }
    let nothing_expected = ExpectedCallback {
        state: "".into(),
        ..expected()
    };
    let outcome = Callback::from_query("state=&code=x", &nothing_expected);
    assert_eq!(outcome.unwrap_err(), CallbackFault::StateWrong);
}

#[test]
fn a_repeated_parameter_is_a_fault() {
    for query in [
        "state=right&state=right&code=x",
        "state=right&state=wrong&code=x",
        "state=right&code=x&code=x",
        "state=right&code=x&%63ode=y",
        "state=right&error=a&error=a",
        "state=right&code=x&unknown=1&unknown=2",
        "state=right&code=x&iss=https://id.example.com&iss=https://id.example.com",
    ] {
        assert_eq!(fault(query), CallbackFault::Repeated, "{query}");
    }
}

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    for iss in [
        "https://id.example.com/",
        "https://ID.example.com",
        "",
        "https://evil.example.com",
    ] {
        let query = format!("state=right&code=x&iss={iss}");
        assert_eq!(fault(&query), CallbackFault::IssuerWrong, "{iss}");
        let query = format!("state=right&error=x&iss={iss}");
        assert_eq!(fault(&query), CallbackFault::IssuerWrong, "{iss}");
    }
    let announced = ExpectedCallback {
        iss_required: true,
        ..expected()
    };
    let outcome = Callback::from_query("state=right&code=x", &announced);
    assert_eq!(outcome.unwrap_err(), CallbackFault::IssuerMissing);
    let plain = ExpectedCallback {
        issuer: None,
        ..expected()
    };
    let query = "state=right&code=x&iss=https://github.com";
    assert_eq!(code(Callback::from_query(query, &plain)), "x");
}

fn unusable(query: &str) -> UnusableAnswer {
    match Callback::from_query(query, &expected()).unwrap() {
        Callback::Unusable(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_to_our_request_that_cannot_be_used_says_why() {
    assert_eq!(unusable("state=right"), UnusableAnswer::Empty);
    assert_eq!(unusable("state=right&code=x&error=y"), UnusableAnswer::Both);
    assert_eq!(unusable("state=right&code="), UnusableAnswer::EmptyCode);
    for code in ["a%00b", "a%0D%0Ab", "%1B%5B2J", "%C3%A4", "%FF"] {
        let query = format!("state=right&code={code}");
        assert_eq!(unusable(&query), UnusableAnswer::CodeCharacters, "{code}");
    }
    let longest = format!("state=right&code={}", "c".repeat(LONGEST_CODE));
    assert!(code(Callback::from_query(&longest, &expected())).len() == LONGEST_CODE);
    assert_eq!(unusable(&format!("{longest}c")), UnusableAnswer::LongCode);
    let encoded = format!("state=right&code={}", "%2F".repeat(LONGEST_CODE));
    assert!(code(Callback::from_query(&encoded, &expected())).len() == LONGEST_CODE);
    assert_eq!(fault(&"x".repeat(LONGEST_QUERY + 1)), CallbackFault::TooLong);
}

#[test]
fn an_answer_that_may_be_forged_is_never_taken_for_the_one_that_ends_the_sign_in() {
    assert_eq!(fault("state=wrong"), CallbackFault::StateWrong);
    assert_eq!(fault("state=right&code=x&code=y"), CallbackFault::Repeated);
    let other = "state=right&iss=https://evil.example.com";
    assert_eq!(fault(other), CallbackFault::IssuerWrong);
}

#[test]
fn debug_shows_neither_code_nor_state() {
    let expected = expected();
    let callback = Callback::from_query("state=right&code=hidden", &expected).unwrap();
    let shown = format!("{callback:?} {expected:?}");
    assert!(!shown.contains("hidden") && !shown.contains("right"), "{shown}");
}

proptest! {
    #[test]
    fn no_text_is_the_answer_by_accident(text in "\\PC{0,200}|[a-z=&?#%:/0-9]{0,200}") {
        prop_assert!(Callback::from_query(&text, &expected()).is_err());
    }

    #[test]
    fn any_text_as_a_value_is_read_back_or_refused(text in any::<String>()) {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("state", "right")
            .append_pair("code", &text)
            .finish();
        match Callback::from_query(&query, &expected()) {
            Ok(Callback::Code(code)) => prop_assert_eq!(code.expose_secret(), &text),
            Ok(Callback::Unusable(why)) => {
                let whys = [UnusableAnswer::EmptyCode, UnusableAnswer::CodeCharacters];
                prop_assert!(whys.contains(&why));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
