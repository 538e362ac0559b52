//! Pages in a browser: one template for all languages, and in each language a table of sentences.
//!
//! A table is a file `pages/<table>.json` in the folder of a language. A template asks for a
//! sentence by its key: `text("listener.endings.over.title")`. A sentence is plain text, and can
//! hold values of the page: `{{ provider }}`.

mod sentences;

#[cfg(test)]
pub(super) use sentences::read;

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::engine;
use super::language::{Language, Languages};
use super::sources::Sources;

const STYLE: &str = include_str!("style.css");
const TEMPLATES: [(&str, &str); 3] = [
    ("style.css", STYLE),
    ("layout.html", include_str!("layout.html")),
    ("listener.html", include_str!("listener.html")),
];

static BUILT_IN: LazyLock<Pages> = LazyLock::new(|| Pages::of(Sources::built_in()));

static STYLE_SOURCE: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(STYLE))));

/// The error for a page that can't be rendered.
#[derive(Debug, thiserror::Error)]
#[error("the page can't be rendered: {0:#}")]
pub struct PageError(#[from] minijinja::Error);

/// The templates and the sentences of all pages.
#[derive(Debug)]
pub struct Pages {
    env: Environment<'static>,
    languages: Languages,
}

impl Pages {
    /// The built-in pages.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    pub(super) fn of(sources: Sources<'_>) -> Self {
        let mut env = engine::pages();
        for (name, source) in TEMPLATES {
            // A template that can't be parsed would be missing when it is rendered. A test renders
            // all.
            let _ = env.add_template(name, source);
        }
        sentences::add_to(&mut env, sources);
        Self {
            env,
            languages: sources.languages(),
        }
    }

    /// The languages of the pages.
    #[must_use]
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    /// Renders the template `name`. The template has `values` under the name `page`; the sentences
    /// have each value under its own name.
    ///
    /// # Errors
    /// [`PageError`] if there is no template with this name, or if it uses a name that `values`
    /// doesn't have.
    pub fn render(
        &self,
        name: &str,
        language: &Language,
        values: &impl Serialize,
    ) -> Result<String, PageError> {
        let page = Value::from(Serde(values));
        let template = self.env.get_template(name)?;
        Ok(template.render(context! { lang => language.tag(), page })?)
    }
}

#[cfg(test)]
impl Pages {
    /// The keys of the sentences in a language.
    pub(crate) fn keys(&self, language: &Language) -> std::collections::BTreeSet<String> {
        let folder = format!("{}/", language.tag());
        let names = self.env.templates().map(|(name, _)| name);
        names
            .filter_map(|name| name.strip_prefix(&folder))
            .map(str::to_owned)
            .collect()
    }
}

/// The source for a `Content-Security-Policy` that allows the style of the pages (CSP Level 3,
/// §2.3.1).
pub fn style_source() -> &'static str {
    &STYLE_SOURCE
}
