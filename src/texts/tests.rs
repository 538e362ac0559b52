//! Every language has all texts, and another language is only more files.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Environment;
use serde_json::Value;

use super::language::FALLBACK;
use super::mails::{Message, Recipient, RenderedMail, Templates};
use super::pages::{Pages, read};
use super::sources::{Source, Sources};
use crate::domain::email::EmailAddress;
use crate::domain::user::{Locale, Name};

type Files = BTreeMap<String, String>;

/// The built-in languages and a made-up one, `xx`: English with a mark before each text.
fn with_a_third() -> Files {
    let mut files = Files::new();
    for source in Sources::built_in().files() {
        let path = |lang: &str| format!("{lang}/{}", source.path);
        files.insert(path(source.lang), source.text.to_owned());
        if source.lang == FALLBACK {
            files.insert(path("xx"), marked(&source));
        }
    }
    files
}

fn marked(source: &Source<'_>) -> String {
    match source.path.rsplit_once('.').unwrap().1 {
        "json" => marked_json(serde_json::from_str(source.text).unwrap()).to_string(),
        "html" => source.text.replace("{% block title %}", "{% block title %}xx: "),
        _ => format!("xx: {}", source.text),
    }
}

fn marked_json(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(format!("xx: {text}")),
        Value::Array(list) => list.into_iter().map(marked_json).collect(),
        Value::Object(table) => table
            .into_iter()
            .map(|(key, value)| (key, marked_json(value)))
            .collect(),
        other => other,
    }
}

/// Hands the files over as the program hands over its own.
fn with_sources<T>(files: &Files, then: impl FnOnce(Sources<'_>) -> T) -> T {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    then(Sources(&files))
}

/// What a language lacks of the texts of English, and what it has more.
fn differences(files: &Files) -> Vec<String> {
    with_sources(files, |sources| {
        let texts = |lang: &str| -> BTreeSet<String> {
            let own = sources.files().filter(|source| source.lang == lang);
            own.flat_map(|source| names(&source)).collect()
        };
        let english = texts(FALLBACK);
        let mut differences = Vec::new();
        for lang in sources.languages().tags() {
            let own = texts(lang);
            differences.extend(
                english
                    .difference(&own)
                    .map(|name| format!("{lang} lacks {name}")),
            );
            differences.extend(own.difference(&english).map(|name| format!("{lang} has {name}")));
        }
        differences
    })
}

/// The names of the texts in a file: of a table of sentences, each sentence that is a template.
fn names(source: &Source<'_>) -> Vec<String> {
    let env = Environment::new();
    let is_template = |text: &str| env.template_from_str(text).is_ok();
    if let Some(sentences) = read(source) {
        let whole = sentences.into_iter().filter(|(_, text)| is_template(text));
        return whole.map(|(key, _)| key).collect();
    }
    let is_whole = is_template(source.text) && !source.path.starts_with("pages/");
    is_whole.then(|| source.path.to_owned()).into_iter().collect()
}

fn mail(templates: &Templates, message: &Message<'_>, locale: &str) -> RenderedMail {
    let to = Recipient {
        email: &EmailAddress::parse("ada@example.com").unwrap(),
        first_name: &Name::parse("Ada").unwrap(),
        last_name: &Name::default(),
        locale: &Locale::parse(locale).unwrap(),
    };
    templates.render(message, &to).unwrap()
}

fn page(pages: &Pages, header: &str) -> String {
    let values = BTreeMap::from([("ending", "endings.over"), ("tone", "neutral")]);
    let language = pages.languages().preferred(header);
    pages.render("listener.html", &language, &values).unwrap()
}

#[test]
fn every_language_has_the_texts_of_english() {
    let ours: Files = Sources::built_in()
        .files()
        .map(|source| (format!("{}/{}", source.lang, source.path), source.text.to_owned()))
        .collect();
    assert_eq!(differences(&ours), [""; 0]);
    let mut needed: BTreeSet<String> = ["dates.json", "pages/layout.json", "pages/listener.json"]
        .map(|path| format!("{FALLBACK}/{path}"))
        .into();
    for message in Message::ALL_NAMES {
        needed.extend(["subject", "txt", "html"].map(|part| format!("{FALLBACK}/mails/{message}.{part}")));
    }
    let there = ours.into_keys().filter(|path| path.starts_with(FALLBACK));
    assert_eq!(there.collect::<BTreeSet<_>>(), needed);
}

#[test]
fn a_new_language_needs_files_only() {
    let files = with_a_third();
    assert_eq!(differences(&files), [""; 0]);
    with_sources(&files, |sources| {
        let templates = Templates::of(sources);
        let at = "2026-11-24T09:05:00Z".parse().unwrap();
        let third = mail(&templates, &Message::PasswordChanged { at }, "xx-CH");
        assert_eq!(third.subject, "xx: Your password was changed");
        assert!(third.text.starts_with("xx: Hello Ada,"), "{}", third.text);
        assert!(
            third
                .text
                .contains("xx: xx: Tuesday, 24 xx: November 2026, 09:05 UTC")
        );
        assert!(third.html.contains("<html lang=\"xx\">") && third.html.contains(">xx: Your password"));
        let german = mail(&templates, &Message::AccountOpened, "de");
        assert_eq!(german.subject, "Ihr Konto ist freigeschaltet");

        let pages = Pages::of(sources);
        let third = page(&pages, "xx, de;q=0.9");
        assert!(third.contains("<html lang=\"xx\">"), "{third}");
        assert!(third.contains("<h1>xx: This sign-in is over</h1>"), "{third}");
        assert!(third.contains("<title>xx: This sign-in is over · xx: Back Office</title>"));
        assert!(page(&pages, "yy, de;q=0.9").contains("<h1>Diese Anmeldung ist beendet</h1>"));
    });
}

#[test]
fn a_text_that_a_language_lacks_is_found() {
    let spoilt = |spoil: &dyn Fn(&mut Files)| {
        let mut files = with_a_third();
        spoil(&mut files);
        differences(&files)
    };
    let without = |path: &'static str| spoilt(&|files| drop(files.remove(path).unwrap()));
    assert_eq!(without("xx/dates.json"), ["xx lacks dates.json"]);
    assert_eq!(
        without("xx/mails/invitation.txt"),
        ["xx lacks mails/invitation.txt"]
    );
    assert_eq!(without("xx/pages/layout.json"), ["xx lacks layout.product"]);
    let replaced = |from: &'static str, to: &'static str| {
        spoilt(&|files| {
            let table = files.get_mut("xx/pages/listener.json").unwrap();
            assert!(table.contains(from));
            *table = table.replace(from, to);
        })
    };
    assert_eq!(
        replaced("\"over\":", "\"ovr\":"),
        [
            "xx lacks listener.endings.over.next",
            "xx lacks listener.endings.over.title",
            "xx lacks listener.endings.over.what",
            "xx has listener.endings.ovr.next",
            "xx has listener.endings.ovr.title",
            "xx has listener.endings.ovr.what",
        ]
    );
    assert_eq!(
        replaced("xx: {{ provider }} says:", "{{ provider says:"),
        ["xx lacks listener.says"]
    );
    assert!(replaced("\"over\":", "over:").len() > 50);
}

#[test]
fn a_page_without_a_value_that_its_sentences_name_is_refused() {
    let pages = Pages::built_in();
    let render = |values: &[(&str, &str)]| {
        let values: BTreeMap<_, _> = values.iter().copied().collect();
        pages.render("listener.html", &pages.languages().preferred("de"), &values)
    };
    let whole = [
        ("ending", "endings.not_valid"),
        ("tone", "bad"),
        ("provider", "Okta"),
    ];
    assert!(render(&whole).unwrap().contains("Die Antwort von Okta"));
    assert!(render(&whole[..2]).is_err());
    assert!(render(&[("ending", "endings.unheard_of"), ("tone", "bad")]).is_err());
}

#[test]
fn a_sentence_that_a_language_lacks_is_shown_in_english() {
    let mut files = with_a_third();
    files.remove("xx/pages/layout.json");
    with_sources(&files, |sources| {
        let page = page(&Pages::of(sources), "xx");
        assert!(
            page.contains("<title>xx: This sign-in is over · Back Office</title>"),
            "{page}"
        );
    });
}
