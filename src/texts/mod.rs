//! Words for people, in every language: mails, and the pages of the listener.
//!
//! A language is a folder of `languages/`. What all languages share (the HTML around the words)
//! stands beside the code that renders it.

mod html;
pub mod mails;
mod moments;
