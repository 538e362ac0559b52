//! Every setting that is declared, whatever it is: what its declaration says is true.

use super::*;
use crate::cli::config::explained::{Explanation, explanations};
use crate::domain::provider::ProviderKind;
use serde_json::Value;

/// A file that sets `key` to `value`, beside what else the section needs.
fn file_with(setting: &Explanation, value: &str) -> String {
    let (section, name) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
    if section != "provider.NAME" {
        let section = setting.section.as_deref().unwrap_or_default();
        return format!("{section}\n{name} = {value}\n");
    }
    let needed = match setting.kind {
        Some(ProviderKind::OAuth2) => provider::OAUTH2,
        _ => provider::OIDC,
    };
    let begins_with_name = |line: &&str| line.split(' ').next() != Some(name);
    let lines: Vec<&str> = needed.lines().filter(begins_with_name).collect();
    format!("{}\n{name} = {value}\n", lines.join("\n"))
}

/// The key as the file of [`file_with`] has it.
fn key_in_file(setting: &Explanation) -> String {
    setting.key.replace("NAME", "id")
}

#[test]
fn each_is_read_from_the_file() {
    for setting in explanations() {
        // No form takes a list of lists.
        let (.., what, _) = complaint(&file_with(&setting, "[[]]"));
        let key = key_in_file(&setting);
        assert!(what.starts_with(&format!("`{key}` must be ")), "{key}: {what}");
        if !setting.rule.contains("; it ") {
            assert_eq!(what, format!("`{key}` {}", setting.rule));
        }
    }
}

#[test]
fn each_is_shown_as_the_sample_sets_it() {
    let config = Home::with(&sample())
        .load()
        .unwrap_or_else(|error| panic!("{error}"));
    let shown = config.shown();
    for setting in explanations().into_iter().filter(|setting| !setting.is_alone) {
        let name = match setting.kind {
            Some(ProviderKind::OAuth2) => "plain",
            _ => "example",
        };
        let key = setting.key.replace("NAME", name);
        let shown = shown.iter().find(|shown| shown.key == key);
        let shown = shown.unwrap_or_else(|| panic!("{key} is not shown"));
        assert_ne!(shown.value, Value::Null, "{key}");
        assert!(shown.origin.starts_with("file "), "{key}: {}", shown.origin);
        let (_, example) = setting.example.split_once(" = ").unwrap();
        if !example.starts_with('{') {
            assert_eq!(explained::in_toml(&shown.value), example, "{key}");
        }
        if let Some(default) = &setting.default {
            assert_eq!(shown.value, *default, "{key}");
        }
    }
}

#[test]
fn an_example_that_stands_alone_is_right_beside_what_it_needs() {
    let alone: Vec<_> = explanations()
        .into_iter()
        .filter(|setting| setting.is_alone)
        .collect();
    assert_eq!(alone.len(), 3);
    for setting in alone {
        let (_, value) = setting.example.split_once(" = ").unwrap();
        let needed = match setting.key {
            "provider.NAME.preset" => "",
            _ => "auth = 'xoauth2'\nusername = 'desk'\n",
        };
        let content = format!("{}{needed}", file_with(&setting, value));
        assert!(is_taken(&content), "{content}");
    }
}

#[test]
fn one_without_a_default_is_nothing_unless_it_is_set() {
    let config = Home::with("").load().unwrap();
    let shown = config.shown();
    for setting in explanations() {
        let is_set_by_itself = setting.default.is_some() || setting.key == "store";
        if let Some(shown) = shown.iter().find(|shown| shown.key == setting.key) {
            assert_eq!(shown.value.is_null(), !is_set_by_itself, "{}", setting.key);
        }
    }
    assert_eq!(
        shown.len(),
        explanations()
            .iter()
            .filter(|setting| !setting.key.contains("NAME"))
            .count()
    );
}

#[test]
fn each_is_declared_once_and_in_words() {
    let mut keys: Vec<&str> = explanations().iter().map(|setting| setting.key).collect();
    for setting in explanations() {
        assert!(setting.meaning.ends_with('.'), "{}", setting.key);
        let rule = setting.rule.strip_prefix("must be ");
        let rule = rule.unwrap_or_else(|| panic!("{}", setting.key));
        let words = rule.strip_prefix("one of ").unwrap_or_default();
        for word in words.split(", ") {
            assert!(setting.meaning.contains(word), "{}: {word}", setting.key);
        }
    }
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

#[test]
fn a_preset_gives_only_settings_that_there_are() {
    use crate::domain::provider::Preset;
    for preset in Preset::ALL {
        let content = format!(
            "[provider.id]\npreset = '{}'\nclient_id = 'x'\nissuer = 'https://login.microsoftonline.com/t.example/v2.0'\n",
            preset.as_str()
        );
        let content = match preset {
            Preset::GitHub => content.replace("issuer", "# issuer"),
            _ => content,
        };
        let config = Home::with(&content)
            .load()
            .unwrap_or_else(|error| panic!("{error}"));
        let shown = config.shown();
        for (name, _) in settings::provider::facts(preset) {
            let key = format!("provider.id.{name}");
            let setting = shown.iter().find(|setting| setting.key == key);
            let origin = &setting.unwrap_or_else(|| panic!("{key}")).origin;
            let is_given = *origin == format!("preset {}", preset.as_str());
            assert!(is_given || *name == "issuer", "{key}: {origin}");
        }
    }
}

#[test]
fn an_explanation_is_found_by_the_name_of_any_provider() {
    let explained = |key: &str| explain(key).map(|setting| setting.key);
    assert_eq!(explained("session.idle"), Ok("session.idle"));
    assert_eq!(explained("provider.NAME.issuer"), Ok("provider.NAME.issuer"));
    assert_eq!(explained("provider.okta.issuer"), Ok("provider.NAME.issuer"));
    let hint = |key: &str| explain(key).unwrap_err().hint();
    assert_eq!(hint("sesion.idle"), "did you mean session.idle?");
    assert_eq!(hint("provider.okta.isuer"), "did you mean provider.NAME.issuer?");
    assert_eq!(hint("x"), "`backoffice config show` lists the settings");
}

#[test]
#[should_panic(expected = "`session.idel` is read, but stands in the list of no section")]
fn one_that_is_read_and_not_listed_fails_each_test_that_reads_a_file() {
    let document = Document::parse(Path::new("/config.toml"), "", settings::keys()).unwrap();
    let _ = document.read("session.idel", &settings::form::OneLine, "");
}
