use super::*;
use crate::domain::admission::Refusal;
use std::collections::BTreeSet;

const SCRIPT: &str = "<script>alert(\"1\")</script>";

fn refusals(claim: &str) -> Vec<Refusal> {
    vec![
        Refusal::Unknown,
        Refusal::Administrator,
        Refusal::LinkedToAnother,
        Refusal::Pending,
        Refusal::Deactivated,
        Refusal::Deleted,
        Refusal::EmailMissing,
        Refusal::EmailUnverified,
        Refusal::EmailMalformed,
        Refusal::LookAlike,
        Refusal::EmailDomain,
        Refusal::ClaimMissing(claim.to_owned()),
        Refusal::ClaimDifferent(claim.to_owned()),
    ]
}

/// Every ending, with `text` wherever a stranger's can stand.
fn endings(text: &str) -> Vec<Ending> {
    let own = || text.to_owned();
    let person = || Person {
        name: own(),
        email: own(),
        provider: own(),
    };
    let denied = |error: &str, description| Ending::Denied {
        provider: own(),
        error: error.to_owned(),
        description,
    };
    let mut endings = vec![
        Ending::SignedIn(person()),
        Ending::Created(person()),
        Ending::Linked(person()),
        Ending::LinkedByHand(person()),
        denied("access_denied", Some(own())),
        denied("access_denied", None),
        denied("server_error", Some(own())),
        denied(text, None),
        Ending::ProviderFailed { provider: own() },
        Ending::NotValid { provider: own() },
        Ending::Rehearsed { provider: own() },
        Ending::Over,
        Ending::BadLink,
        Ending::WrongIssuer,
        Ending::OtherUser,
        Ending::Failed,
    ];
    endings.extend(refusals(text).into_iter().map(|refusal| Ending::Refused {
        provider: own(),
        refusal,
    }));
    endings
}

/// Each language of ours.
fn languages() -> Vec<Language> {
    let tags = Pages::built_in().languages().tags();
    tags.map(language).collect()
}

fn page(ending: &Ending, lang: &str) -> String {
    render(ending, &language(lang)).unwrap()
}

/// The page of every ending in every language, with the tag of the language.
fn pages(text: &str) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for language in languages() {
        for ending in endings(text) {
            pages.push((language.tag().to_owned(), page(&ending, language.tag())));
        }
    }
    pages
}

#[test]
fn every_page_is_whole() {
    for (lang, page) in pages("Okta") {
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
        for once in ["<title>", "<h1>", "<main>", "name=\"viewport\"", " role=\""] {
            assert_eq!(page.matches(once).count(), 1, "{once}: {page}");
        }
        assert!(!page.contains("<p></p>") && !page.contains("{{"), "{page}");
    }
}

#[test]
fn no_page_holds_anything_but_text_from_outside() {
    for (_, page) in pages(SCRIPT) {
        assert!(
            !page.contains("<script") && !page.contains("alert(\"1\")"),
            "{page}"
        );
    }
    for (_, page) in pages("a\u{202E}b\u{1b}[2Jc") {
        assert!(!page.contains(['\u{202E}', '\u{1b}']), "{page}");
    }
}

#[test]
fn no_page_leads_or_reaches_anywhere() {
    for (_, page) in pages("Okta") {
        for word in [
            "http:", "https:", "url(", "@import", "<a ", "<img", "<link", "style=", "src=", "<form",
        ] {
            assert!(!page.contains(word), "{word}: {page}");
        }
    }
    let denied = Ending::Denied {
        provider: "Okta".to_owned(),
        error: "x".to_owned(),
        description: Some("Call us: https://evil.example.com/?a now".to_owned()),
    };
    let page = page(&denied, "en");
    assert!(page.contains("<blockquote>Call us: … now</blockquote>"), "{page}");
}

#[test]
fn success_says_who_and_with_whom() {
    let person = Person {
        name: "Ada O’Hara & Söhne".to_owned(),
        email: "ada@example.com".to_owned(),
        provider: "Okta".to_owned(),
    };
    for language in languages() {
        let lang = language.tag();
        let with_name = page(&Ending::SignedIn(person.clone()), lang);
        for said in [
            "Ada O’Hara &amp; Söhne",
            "ada@example.com",
            "Okta",
            "Back Office",
            "Terminal",
        ] {
            assert!(
                with_name.to_lowercase().contains(&said.to_lowercase()),
                "{said}: {with_name}"
            );
        }
        let nameless = Person {
            name: " ".to_owned(),
            ..person.clone()
        };
        assert_eq!(with_name.matches("<dt>").count(), 3);
        assert_eq!(page(&Ending::SignedIn(nameless), lang).matches("<dt>").count(), 2);
    }
}

#[test]
fn a_providers_words_are_marked_as_its_own() {
    let denied = Ending::Denied {
        provider: "Okta".to_owned(),
        error: "access_denied".to_owned(),
        description: Some("User said no".to_owned()),
    };
    let page = page(&denied, "de");
    assert!(
        page.contains("<figcaption>Okta schreibt:</figcaption>\n<blockquote>User said no</blockquote>"),
        "{page}"
    );
}

#[test]
fn each_refusal_has_a_page_of_its_own() {
    let of = |refusal| Ending::Refused {
        provider: "Okta".to_owned(),
        refusal,
    };
    for language in languages() {
        let title = |refusal| {
            let page = page(&of(refusal), language.tag());
            let (_, rest) = page.split_once("<h1>").unwrap();
            rest.split_once("</h1>").unwrap().0.to_owned()
        };
        let titles: BTreeSet<String> = refusals("hd").into_iter().map(title).collect();
        assert_eq!(titles.len(), refusals("hd").len(), "{titles:?}");
    }
}

#[test]
fn every_sentence_of_the_table_is_on_some_page_and_none_is_missing() {
    let parts = ["title", "what", "next"];
    let keys = endings("Okta")
        .into_iter()
        .flat_map(|ending| parts.map(|part| format!("listener.{}.{part}", ending.key())));
    let mut wanted: BTreeSet<String> = keys.collect();
    let labels = ["name", "email", "provider", "says", "origin"];
    wanted.extend(labels.map(|label| format!("listener.{label}")));
    wanted.insert("layout.product".to_owned());
    for language in languages() {
        assert_eq!(Pages::built_in().keys(&language), wanted, "{language:?}");
    }
}

#[test]
fn the_policy_lets_in_the_style_of_the_page() {
    use base64::Engine as _;
    use sha2::{Digest as _, Sha256};

    let page = page(&Ending::Over, "en");
    let (_, rest) = page.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
    assert!(security_policy().contains(&format!("style-src 'sha256-{hash}'")));
}
