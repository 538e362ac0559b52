//! Why the store could not be opened, with what only the command line knows.

use std::path::Path;

use super::Context;
use crate::cli::config::StoreOrigin;
use crate::cli::error::{Failure, is_beside_a_store, quoted, quoted_path};
use crate::cli::process;
use crate::ops;
use crate::store::{StoreError, StoreFileFault};

impl Context<'_> {
    /// Adds what the store can't know: which setting named it, and the command line with which its
    /// owner runs this command.
    pub(super) fn explain(&self, error: ops::Error) -> Failure {
        let ops::Error::Store(store) = error else {
            return error.into();
        };
        let owner = match &store {
            StoreError::File(
                StoreFileFault::ForeignOwner { owner, .. } | StoreFileFault::UnsafeFolder { owner, .. },
            ) => Some(*owner),
            _ => None,
        };
        let missing = matches!(store, StoreError::Missing { .. });
        // A file beside the store that belongs to another user is no reason to become that user.
        let is_foreign = matches!(
            &store,
            StoreError::File(StoreFileFault::ForeignOwner { path, .. }) if !is_beside_a_store(path)
        );
        let mut failure = Failure::from(store);
        let Some(named) = self.config.get().and_then(|config| config.store().ok()) else {
            return failure;
        };
        if missing {
            failure.message = format!("{}, which {} names", failure.message, named.origin);
            if matches!(named.origin, StoreOrigin::Default) {
                failure.message = format!("there is no store yet at {}", named.path.display());
                failure.hint =
                    Some("`backoffice init` or the first `backoffice user create` makes it".to_owned());
            }
        }
        if is_foreign && let Some(name) = owner.and_then(process::name_of) {
            failure.hint = Some(self.line_for(&name, &named.path));
        }
        failure
    }

    /// This command line, with this value for `flag` instead of an earlier one.
    pub(in crate::cli) fn again_with(&self, flag: &str, value: &str) -> String {
        let mut words = vec!["backoffice".to_owned()];
        let mut typed = self.arguments.iter().skip(1).map(|word| word.to_string_lossy());
        while let Some(word) = typed.next() {
            if word == flag {
                typed.next();
            } else if !word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')) {
                words.push(argument(&word));
            }
        }
        words.extend([flag.to_owned(), quoted(value)]);
        words.join(" ")
    }

    /// This command line, run by the owner of the store.
    fn line_for(&self, owner: &str, store: &Path) -> String {
        let mut words = vec![
            "sudo".to_owned(),
            "-u".to_owned(),
            quoted(owner),
            "backoffice".to_owned(),
        ];
        words.extend(
            self.arguments
                .iter()
                .skip(1)
                .map(|word| argument(&word.to_string_lossy())),
        );
        if self.global.store.is_none() {
            words.extend(["--store".to_owned(), quoted_path(store)]);
        }
        format!("`{}`", words.join(" "))
    }
}

/// An argument in the quotes that a shell needs. The dashes of a flag need none.
fn argument(text: &str) -> String {
    let rest = text.trim_start_matches('-');
    if rest.is_empty() || rest.len() == text.len() {
        return quoted(text);
    }
    format!("{}{}", &text[..text.len() - rest.len()], quoted(rest))
}
