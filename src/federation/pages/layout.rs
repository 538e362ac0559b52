//! The HTML around the words, and what a browser may do with it.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::ending::{Ending, Tone};
use super::{Labels, Language, labels, words};
use crate::domain::text::is_hostile;

const STYLE: &str = include_str!("page.css");

/// A tick, a bar and a cross, on a field of 48 by 48.
const SIGNS: [&str; 3] = [
    "M15 25l6 6 12-13",
    "M24 14v14M24 34h.01",
    "M17 17l14 14M31 17l-14 14",
];

static SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

/// The `Content-Security-Policy` of every page (CSP Level 3): its own style, and nothing else.
pub(in super::super) fn security_policy() -> &'static str {
    &SECURITY_POLICY
}

/// The page of an ending.
pub(in super::super) fn render(ending: &Ending, language: Language) -> String {
    let (labels, words) = (labels(language), words(ending, language));
    let tone = ending.tone();
    format!(
        include_str!("page.html"),
        lang = language.tag(),
        product = labels.product,
        style = STYLE,
        // A failure is said at once, a success when there is time.
        role = if tone == Tone::Good { "status" } else { "alert" },
        tone = match tone {
            Tone::Good => "good",
            Tone::Neutral => "neutral",
            Tone::Bad => "bad",
        },
        sign = SIGNS[tone as usize],
        title = words.title,
        what = escaped(&words.what),
        details = details(ending, labels),
        next = escaped(&words.next),
        origin = labels.origin,
    )
}

/// Whom it is about, or what the provider said.
fn details(ending: &Ending, labels: &Labels) -> String {
    if let Some(person) = ending.person() {
        let rows = [
            (labels.name, &person.name),
            (labels.email, &person.email),
            (labels.provider, &person.provider),
        ];
        let rows: Vec<String> = rows
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(label, value)| format!("<dt>{label}</dt><dd>{}</dd>", escaped(value)))
            .collect();
        return format!("<dl>\n{}\n</dl>\n", rows.join("\n"));
    }
    let Some((provider, said)) = ending.quoted() else {
        return String::new();
    };
    format!(
        "<figure>\n<figcaption>{} {}</figcaption>\n<blockquote>{}</blockquote>\n</figure>\n",
        escaped(provider),
        labels.says,
        escaped(&without_links(said)),
    )
}

/// Text as the content of an element (HTML Standard §13.3), without characters that turn the
/// direction of what follows.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_hostile(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A stranger's words, each that could be a link left out: nobody is to go where they lead.
fn without_links(words: &str) -> String {
    let shown = |word| if str::contains(word, "://") { "…" } else { word };
    let words: Vec<&str> = words.split_whitespace().map(shown).collect();
    words.join(" ")
}
