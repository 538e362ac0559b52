//! The template engine. An unknown name is an error.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use super::html;

/// The engine for mails.
pub(super) fn mails() -> Environment<'static> {
    environment(false, html::escaped)
}

/// The engine for pages in a browser. A page ends with a line break. Characters that hide the text
/// after them, or change its direction, are not shown.
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

/// The engine for text that is not HTML.
pub(super) fn plain_text() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env
}
