//! Why a store can't be used: its exit code, and what to do next.

use std::path::Path;

use super::{Exit, Failure, quoted, quoted_path};
use crate::cli::process;
use crate::store::{StoreError, StoreFileFault};

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        use StoreError as E;
        let failure = |exit| Self::new(exit, error.code(), error.to_string());
        match &error {
            E::Missing { path } => failure(Exit::Store).hint(format!(
                "`backoffice init --store {}` makes one",
                quoted_path(path)
            )),
            E::File(fault) => failure(Exit::Store).hint(file_hint(fault)),
            E::NotOurs { .. } => failure(Exit::Store).hint("check the path; the file was not changed"),
            E::Newer { .. } => {
                failure(Exit::Store).hint("use the version of backoffice that made it, or a newer version")
            }
            E::Damaged { .. } => failure(Exit::Store)
                .hint("copy the file and the files beside it to a safe place, then restore a backup"),
            E::Busy => failure(Exit::Store).hint("try again, or wait longer with `--lock-timeout 30s`"),
            E::ReadOnly => failure(Exit::Store).hint(
                "look at the permissions of the file and its folder, and at how the file system is mounted",
            ),
            E::Full => failure(Exit::Store).hint(
                "make room (`df -h`), or raise the limit (`ulimit -f`, quota), and run the command again",
            ),
            E::Io(_) => failure(Exit::Store)
                .hint("nothing was changed; look at the system's log: the disk may be failing"),
            E::OldSqlite(_) | E::Broken(_) => failure(Exit::Internal),
        }
    }
}

/// What to do about the file of a store, or about what stands around it.
fn file_hint(fault: &StoreFileFault) -> String {
    use StoreFileFault as F;
    match fault {
        F::Folder { path, .. } => format!(
            "`ls -ld {}` shows whose it is; `--store PATH` names another place",
            quoted_path(path)
        ),
        F::UnsafeFolder { path, owner, .. } => format!(
            "`chmod go-w {}` if it is yours{}; or keep the store in a folder of its own",
            quoted_path(path),
            process::name_of(*owner)
                .map(|name| format!(" (it belongs to {name})"))
                .unwrap_or_default()
        ),
        F::WritableByOthers { path } => format!(
            "see who could have changed it, then `chmod 600 {}`",
            quoted_path(path)
        ),
        F::Link { .. } => "name the file itself, and not the link".to_owned(),
        F::NotAFile { .. } => "name a file, or a path at which a file can be made".to_owned(),
        F::ForeignOwner { path, owner } => match store_beside(path) {
            Some(store) => format!(
                "as root, give the file to the owner of the store: `chown --reference={} {}`",
                quoted(store),
                quoted_path(path)
            ),
            None => format!("run it as root, or as the user with the uid {owner}"),
        },
        F::NetworkFileSystem { .. } => {
            "keep the store on a local disk and run backoffice on that machine".to_owned()
        }
        F::TwoNames { path } => format!(
            "`find FOLDER -samefile {0}` finds the other name; give the other one a file of its own (`cp OTHER OTHER.copy && mv OTHER.copy OTHER`), or remove it",
            quoted_path(path)
        ),
        F::Replaced { .. } => "run the command again".to_owned(),
        F::LogWithoutStore { log } => format!(
            "it may hold the last changes of a store that was moved or removed: bring that store back, or move {} away",
            quoted_path(log)
        ),
        F::NameOfALog { .. } => "choose another name, such as backoffice.db".to_owned(),
    }
}

/// The store of a file that SQLite keeps beside it; none for any other file.
fn store_beside(path: &Path) -> Option<&str> {
    let path = path.to_str()?;
    ["-wal", "-shm", "-journal"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
}

/// Whether SQLite keeps this file beside a store. No store has such a name.
#[must_use]
pub fn is_beside_a_store(path: &Path) -> bool {
    store_beside(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_of_another_user_goes_to_the_owner_of_the_store() {
        let foreign = |path: &str| {
            let path = path.into();
            file_hint(&StoreFileFault::ForeignOwner { path, owner: 1 })
        };
        assert_eq!(
            foreign("/a b/desk.db-wal"),
            "as root, give the file to the owner of the store: \
             `chown --reference='/a b/desk.db' '/a b/desk.db-wal'`"
        );
        assert!(foreign("/srv/desk.db").contains("the uid 1"));
        assert!(is_beside_a_store(Path::new("x.db-shm")) && !is_beside_a_store(Path::new("x.db")));
    }
}
