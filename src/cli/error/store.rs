//! Why a store can't be used: its exit code, and what to do next.

use super::{Exit, Failure, quoted_path};
use crate::cli::process;
use crate::store::StoreError;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        use StoreError as E;
        let failure = |exit| Self::new(exit, error.code(), error.to_string());
        match &error {
            E::Missing { path } => failure(Exit::Store).hint(format!(
                "`backoffice init --store {}` makes one",
                quoted_path(path)
            )),
            E::Folder { path, .. } => failure(Exit::Store).hint(format!(
                "`ls -ld {}` shows whose it is; `--store PATH` names another place",
                quoted_path(path)
            )),
            E::UnsafeFolder { path, owner, .. } => failure(Exit::Store).hint(format!(
                "`chmod go-w {}` if it is yours{}; or keep the store in a folder of its own",
                quoted_path(path),
                process::name_of(*owner)
                    .map(|name| format!(" (it belongs to {name})"))
                    .unwrap_or_default()
            )),
            E::WritableByOthers { path } => failure(Exit::Store).hint(format!(
                "see who could have changed it, then `chmod 600 {}`",
                quoted_path(path)
            )),
            E::Link { .. } => failure(Exit::Store).hint("name the file itself, and not the link"),
            E::NotAFile { .. } => failure(Exit::Store).hint("name a file, or a path at which a file can be made"),
            E::ForeignOwner { owner, .. } => failure(Exit::Store)
                .hint(format!("run it as root, or as the user with the uid {owner}")),
            E::NotOurs { .. } => failure(Exit::Store).hint("check the path; the file was not changed"),
            E::Newer { .. } => failure(Exit::Store).hint("use the version of backoffice that made it, or a newer version"),
            E::Damaged { .. } => failure(Exit::Store)
                .hint("copy the file and the files beside it to a safe place, then restore a backup"),
            E::NetworkFileSystem { .. } => failure(Exit::Store)
                .hint("keep the store on a local disk and run backoffice on that machine"),
            E::Busy => failure(Exit::Store).hint("try again, or wait longer with `--lock-timeout 30s`"),
            E::ReadOnly => failure(Exit::Store).hint(
                "look at the permissions of the file and its folder, and at how the file system is mounted",
            ),
            E::Full => failure(Exit::Store)
                .hint("make room (`df -h`), or raise the limit (`ulimit -f`, quota), and run the command again"),
            E::TwoNames { path } => failure(Exit::Store).hint(format!(
                "`find FOLDER -samefile {0}` finds the other name; give the other one a file of its own (`cp OTHER OTHER.copy && mv OTHER.copy OTHER`), or remove it",
                quoted_path(path)
            )),
            E::Replaced { .. } => failure(Exit::Store).hint("run the command again"),
            E::LogWithoutStore { log } => failure(Exit::Store).hint(format!(
                "it may hold the last changes of a store that was moved or removed: bring that store back, or move {} away",
                quoted_path(log)
            )),
            E::NameOfALog { .. } => failure(Exit::Store).hint("choose another name, such as backoffice.db"),
            E::Io(_) => failure(Exit::Store).hint(
                "nothing was changed; look at the system's log: the disk may be failing",
            ),
            E::OldSqlite(_) | E::Broken(_) => failure(Exit::Internal),
        }
    }
}
