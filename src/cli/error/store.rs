//! Why a store can't be used: its exit code, and what to do next.

use super::{Exit, Failure, quoted_path};
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
        F::ForeignOwner { owner, .. } => {
            format!("run it as root, or as the user with the uid {owner}")
        }
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
