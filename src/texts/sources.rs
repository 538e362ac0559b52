//! The files of the languages.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::language::Languages;

/// The files that `build.rs` finds in `languages/`: the path and the text of each.
const BUILT_IN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Files of languages. The path of each is the tag of its language, and the path in the folder of
/// the language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'s>(pub(super) &'s [(&'s str, &'s str)]);

/// One file of a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) lang: &'s str,
    /// The path in the folder of the language.
    pub(super) path: &'s str,
    pub(super) text: &'s str,
}

impl Sources<'static> {
    /// The languages that come with the program.
    pub(super) const fn built_in() -> Self {
        Self(BUILT_IN)
    }
}

impl<'s> Sources<'s> {
    pub(super) fn languages(self) -> Languages {
        self.files().map(|source| source.lang.to_owned()).collect()
    }

    pub(super) fn files(self) -> impl Iterator<Item = Source<'s>> {
        let parts = |(path, text): &(&'s str, &'s str)| {
            let (lang, path) = path.split_once('/')?;
            Some(Source { lang, path, text })
        };
        self.0.iter().filter_map(parts)
    }

    /// The file with this path, of each language, parsed as JSON. A language whose file can't be
    /// parsed is left out; a test parses the files of all languages.
    pub(super) fn tables<T: DeserializeOwned>(self, path: &str) -> BTreeMap<String, T> {
        self.files()
            .filter(|source| source.path == path)
            .filter_map(|source| Some((source.lang.to_owned(), serde_json::from_str(source.text).ok()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn count(folder: &Path) -> usize {
        let mut found = 0;
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                found += count(&entry.path());
            } else if !entry.file_name().to_string_lossy().starts_with('.') {
                found += 1;
            }
        }
        found
    }

    #[test]
    fn every_file_of_every_language_is_built_in() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts/languages");
        for (path, text) in BUILT_IN {
            assert_eq!(fs::read_to_string(root.join(path)).unwrap(), *text, "{path}");
        }
        assert_eq!(BUILT_IN.len(), count(&root));
    }
}
