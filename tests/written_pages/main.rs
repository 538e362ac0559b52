//! The manual pages that are written by hand: what they tell a person to type and to enter is done.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

#[path = "../common/mod.rs"]
mod common;
mod examples;
mod packaging;
mod providers;
mod server;
