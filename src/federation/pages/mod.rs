//! The page the browser shows at the end of a sign-in: static, without a script, and with nothing
//! from outside but text. `texts` has its words and its look.

mod ending;

use std::sync::LazyLock;

use serde::Serialize;

use crate::texts::Language;
use crate::texts::pages::{PageError, Pages, style_source};

use ending::Tone;
pub use ending::{Ending, Person};

static SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = style_source();
    format!(
        "default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

/// The `Content-Security-Policy` of every page (CSP Level 3): its own style, and nothing else.
pub(super) fn security_policy() -> &'static str {
    &SECURITY_POLICY
}

/// The language for a value of `Accept-Language`.
pub(super) fn language(header: &str) -> Language {
    Pages::built_in().languages().preferred(header)
}

/// The page of an ending.
pub(super) fn render(ending: &Ending, language: &Language) -> Result<String, PageError> {
    Pages::built_in().render("listener.html", language, &PageValues::of(ending))
}

/// What the template and the sentences of a page may name.
#[derive(Serialize)]
struct PageValues<'e> {
    /// The key of its sentences.
    ending: String,
    tone: Tone,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'e Person>,
    /// What the provider said, without links.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

impl<'e> PageValues<'e> {
    fn of(ending: &'e Ending) -> Self {
        Self {
            ending: ending.key(),
            tone: ending.tone(),
            provider: ending.provider(),
            claim: ending.claim(),
            person: ending.person(),
            said: ending.said().map(without_links),
        }
    }
}

/// Words from outside, without those that could be a link, so that no reader follows one.
fn without_links(words: &str) -> String {
    let shown = |word| if str::contains(word, "://") { "…" } else { word };
    let words: Vec<&str> = words.split_whitespace().map(shown).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
