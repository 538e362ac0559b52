//! The sentences of the pages, from the tables of the languages.

use std::collections::BTreeMap;

use minijinja::{Environment, Error, State, Value};
use serde::Deserialize;

use crate::texts::language::FALLBACK;
use crate::texts::sources::{Source, Sources};

/// A table, or a part of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Sentence(String),
    Entries(BTreeMap<String, Entry>),
}

/// Adds the sentences of all languages, and the function `text`, which returns a sentence to a
/// template.
pub(super) fn add_to(env: &mut Environment<'static>, sources: Sources<'_>) {
    for source in sources.files() {
        for (key, sentence) in read(&source).unwrap_or_default() {
            // A sentence that can't be parsed would be missing when a template needs it. A test
            // reads all.
            let _ = env.add_template_owned(name(source.lang, &key), sentence);
        }
    }
    env.add_function("text", text);
}

/// The sentences of a table, each by its key; `None` if the file is not a table of a page.
pub(in crate::texts) fn read(source: &Source<'_>) -> Option<Vec<(String, String)>> {
    let table = source.path.strip_prefix("pages/")?.strip_suffix(".json")?;
    let mut sentences = Vec::new();
    flatten(table, serde_json::from_str(source.text).ok()?, &mut sentences);
    Some(sentences)
}

fn flatten(key: &str, entry: Entry, sentences: &mut Vec<(String, String)>) {
    match entry {
        Entry::Sentence(sentence) => sentences.push((key.to_owned(), sentence)),
        Entry::Entries(entries) => {
            for (name, entry) in entries {
                flatten(&format!("{key}.{name}"), entry, sentences);
            }
        }
    }
}

fn name(lang: &str, key: &str) -> String {
    format!("{lang}/{key}")
}

/// The sentence in the language of the page, or in English if the language lacks it.
fn text(state: &State<'_, '_>, key: &str) -> Result<String, Error> {
    let value = |name| state.lookup(name).unwrap_or(Value::UNDEFINED);
    let lang = value("lang").to_string();
    let env = state.env();
    let sentence = env.get_template(&name(&lang, key));
    let sentence = sentence.or_else(|_| env.get_template(&name(FALLBACK, key)))?;
    sentence.render(value("page"))
}
