//! Words for people, in every language: mails, and the pages of the listener.
//!
//! A language is a folder of `languages/`, named by its tag in lower case. To add a language, copy
//! the folder `en` and translate its files:
//!
//! - `dates.json`: the names of the weekdays and months, and how a moment is written.
//! - `mails/<message>.subject`, `.txt` and `.html`: the templates of each mail.
//! - `pages/<table>.json`: the sentences of the pages.
//!
//! No Rust code changes: `build.rs` finds the files, and the tests of this room say which text a
//! language lacks. What all languages share (the HTML around the words) stands beside the code that
//! renders it: `mails/layout.html`, `pages/layout.html`.

mod engine;
mod html;
mod language;
#[cfg(feature = "mail")]
pub mod mails;
mod moments;
#[cfg(feature = "federation")]
pub mod pages;
mod sources;

pub use language::Language;

#[cfg(test)]
#[cfg(all(feature = "mail", feature = "federation"))]
mod tests;
