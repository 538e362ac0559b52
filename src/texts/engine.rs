//! The template engine: strict about names that don't exist.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use super::html;

/// For mails.
pub(super) fn mails() -> Environment<'static> {
    environment(false, html::escaped)
}

/// For pages in a browser: they end with a line break, and show no character that hides or turns
/// the text after it.
pub(super) fn pages() -> Environment<'static> {
    environment(true, html::escaped_and_plain)
}

fn environment(keep_last_line_break: bool, escaped: fn(&str) -> String) -> Environment<'static> {
    let mut env = plain_text();
    html::set_up(&mut env, escaped);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .keep_trailing_newline(keep_last_line_break)
        .build();
    if let Ok(syntax) = syntax {
        env.set_syntax(syntax);
    }
    env
}

/// For text that is not HTML.
pub(super) fn plain_text() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env
}
