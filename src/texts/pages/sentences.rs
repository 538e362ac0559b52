//! The sentences of the pages, from the tables of the languages.

use std::collections::BTreeMap;

use minijinja::{Environment, Error, State, Value};
use serde::Deserialize;

use crate::texts::language::FALLBACK;
use crate::texts::sources::{Source, Sources};

/// A part of a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Sentence(String),
    Entries(BTreeMap<String, Entry>),
}

/// Adds the sentences of all languages, and the function `text` by which a template asks for one.
pub(super) fn add_to(env: &mut Environment<'static>, sources: Sources<'_>) {
    for source in sources.files() {
        for (key, sentence) in read(&source).unwrap_or_default() {
            // One that can't be read would be missing when it is asked for; a test asks for all.
            let _ = env.add_template_owned(name(source.lang, &key), sentence);
        }
    }
    env.add_function("text", text);
}

/// The sentences of a table, each by its key. `None` for a file that is no table of a page.
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

/// The sentence in the language of the page; in English if that language lacks it.
fn text(state: &State<'_, '_>, key: &str) -> Result<String, Error> {
    let value = |name| state.lookup(name).unwrap_or(Value::UNDEFINED);
    let lang = value("lang").to_string();
    let env = state.env();
    let sentence = env.get_template(&name(&lang, key));
    let sentence = sentence.or_else(|_| env.get_template(&name(FALLBACK, key)))?;
    sentence.render(value("page"))
}
