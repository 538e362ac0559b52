//! One file a noun: its arguments, whose doc comments are the help text, and a handler that fills in
//! a request and calls a use case. The path is the command.

pub(super) mod audit;
pub(super) mod completions;
pub(super) mod config;
pub(super) mod group;
pub(super) mod help;
pub(super) mod identity;
pub(super) mod init;
pub(super) mod login;
pub(super) mod mail;
pub(super) mod password;
pub(super) mod provider;
pub(super) mod reset;
pub(super) mod session;
pub(super) mod user;
