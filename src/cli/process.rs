//! This process: who runs it, how it is hardened, and how root becomes the store's owner.

use std::ffi::CString;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use nix::errno::Errno;
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::stat::{Mode, umask};
use nix::unistd::{
    Gid, Uid, User, geteuid, getresgid, getresuid, getuid, initgroups, setgroups, setresgid, setresuid,
    setuid,
};
use signal_hook::consts::SIGXFSZ;

use crate::cli::config::Environment;
use crate::domain::audit::Actor;
use crate::domain::text::is_hostile;

/// What the kernel keeps for a process nobody logged in for.
const NO_LOGIN: u32 = u32::MAX;
/// The group `nogroup` of a uid without an account: it opens nothing.
const NO_GROUP: u32 = 65_534;
/// `useradd` takes at most 32 characters; directory services take more.
const LONGEST_NAME: usize = 64;

/// Who ran this process before it became somebody else.
static STARTED_BY: OnceLock<Uid> = OnceLock::new();

/// An operating-system user whom a store belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The uid.
    pub uid: u32,
    /// The login name, if there is an account.
    pub name: Option<String>,
    /// The home folder, if there is an account.
    pub home: Option<PathBuf>,
}

/// Why this process couldn't become another user.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// Only root can.
    #[error("only root can act as another operating-system user")]
    NotRoot,
    /// No such account.
    #[error("there is no operating-system user of that name")]
    UnknownUser,
    /// The accounts can't be looked up.
    #[error("the operating-system users can't be looked up: {0}")]
    Lookup(Errno),
    /// The system refused the change.
    #[error("this process can't become the operating-system user {uid}: {source}")]
    Refused {
        /// Whom it was to become.
        uid: u32,
        /// What the system said.
        source: Errno,
    },
    /// The change could be undone: a bug, or a very unusual system.
    #[error("this process became the operating-system user {uid}, and could still go back")]
    NotForGood {
        /// Whom it became.
        uid: u32,
    },
}

/// Keeps memory out of core dumps and away from the user's other processes, and makes a file
/// size limit an error of the write instead of the end of the process. What the system
/// refuses is left as it is.
pub fn harden() {
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    let _ = prctl::set_dumpable(false);
}

/// Whether this process may do anything.
#[must_use]
pub fn is_root() -> bool {
    geteuid().is_root()
}

/// Who acts: the login uid the kernel keeps, else whoever started this process.
/// Asks the accounts of the system, so call it when the answer is needed.
#[must_use]
pub fn actor(env: &Environment) -> Actor {
    let uid = fs::read_to_string("/proc/self/loginuid")
        .ok()
        .and_then(|text| login_uid(&text))
        .unwrap_or_else(|| STARTED_BY.get().copied().unwrap_or_else(getuid).as_raw());
    Actor::Os {
        name: name_of(uid),
        uid,
        claimed: claimed(env),
    }
}

fn login_uid(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|uid| *uid != NO_LOGIN)
}

fn claimed(env: &Environment) -> Option<String> {
    let name = env.get("SUDO_USER")?.into_string().ok()?;
    let sane = name.chars().count() <= LONGEST_NAME && !name.chars().any(is_hostile);
    sane.then_some(name)
}

/// The login name of a uid, if there is an account.
#[must_use]
pub fn name_of(uid: u32) -> Option<String> {
    User::from_uid(Uid::from_raw(uid)).ok()?.map(|user| user.name)
}

/// The account of a login name.
///
/// # Errors
/// [`ProcessError::UnknownUser`], or [`ProcessError::Lookup`] if that can't be known.
pub fn owner_by_name(name: &str) -> Result<Owner, ProcessError> {
    let user = User::from_name(name).map_err(ProcessError::Lookup)?;
    let user = user.ok_or(ProcessError::UnknownUser)?;
    Ok(Owner::from_account(user.uid, Some(&user)))
}

impl Owner {
    fn from_account(uid: Uid, account: Option<&User>) -> Self {
        Self {
            uid: uid.as_raw(),
            name: account.map(|user| user.name.clone()),
            home: account.map(|user| user.dir.clone()),
        }
    }
}

/// Turns a process of root into one of `uid`, for good: with that user's groups, and a mask
/// that keeps new files private. For whoever it is already nothing changes.
///
/// # Errors
/// [`ProcessError`]. After one, the process may be half changed and should end.
pub fn become_owner(uid: u32) -> Result<Owner, ProcessError> {
    let target = Uid::from_raw(uid);
    if !is_root() && target != geteuid() {
        return Err(ProcessError::NotRoot);
    }
    let account = User::from_uid(target).map_err(ProcessError::Lookup)?;
    let owner = Owner::from_account(target, account.as_ref());
    if target == geteuid() {
        return Ok(owner);
    }
    STARTED_BY.get_or_init(getuid);
    switch(target, account.as_ref()).map_err(|source| ProcessError::Refused { uid, source })?;
    if !is_for_good(target) {
        return Err(ProcessError::NotForGood { uid });
    }
    umask(Mode::S_IRWXG | Mode::S_IRWXO);
    // A change of user makes the kernel decide anew about dumps.
    harden();
    Ok(owner)
}

/// Groups first: without root they can't be changed any more.
fn switch(uid: Uid, account: Option<&User>) -> nix::Result<()> {
    let group = account.map_or(Gid::from_raw(NO_GROUP), |user| user.gid);
    match account {
        Some(user) => {
            let name = CString::new(user.name.as_str()).map_err(|_| Errno::EINVAL)?;
            initgroups(&name, group)?;
        }
        None => setgroups(&[])?,
    }
    setresgid(group, group, group)?;
    setresuid(uid, uid, uid)
}

fn is_for_good(uid: Uid) -> bool {
    let all_are = getresuid().is_ok_and(|ids| [ids.real, ids.effective, ids.saved] == [uid; 3]);
    let no_root_group = getresgid().is_ok_and(|ids| ids.saved == ids.real && ids.effective == ids.real);
    all_are && no_root_group && setuid(Uid::from_raw(0)).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_uid_is_taken_only_where_it_is_set() {
        assert_eq!(login_uid("1000"), Some(1000));
        assert_eq!(login_uid("0\n"), Some(0));
        assert_eq!(login_uid("4294967295"), None);
        assert_eq!(login_uid(""), None);
        assert_eq!(login_uid("-1"), None);
    }

    #[test]
    fn a_claim_is_taken_only_where_it_is_sane() {
        let claim = |name: &str| claimed(&Environment::from_pairs([("SUDO_USER", name)]));
        assert_eq!(claim("kate"), Some("kate".to_owned()));
        assert_eq!(claim("ka\nte"), None);
        assert_eq!(claim("ka\u{202E}te"), None);
        assert_eq!(claim(&"k".repeat(65)), None);
        assert_eq!(claim(""), None);
        assert_eq!(claimed(&Environment::from_pairs::<&str, &str>([])), None);
    }

    #[test]
    fn accounts_are_found_by_name_and_uid() {
        let root = owner_by_name("root").unwrap();
        assert_eq!(root.uid, 0);
        assert!(root.home.is_some());
        assert_eq!(name_of(0), Some("root".to_owned()));
        assert_eq!(name_of(4_000_000_123), None);
        for name in ["no-such-user-here", "", "a\0b"] {
            assert!(
                matches!(owner_by_name(name), Err(ProcessError::UnknownUser)),
                "{name:?}"
            );
        }
    }

    #[test]
    fn becoming_root_changes_nothing_and_others_cannot_become_anybody() {
        let outcome = become_owner(0);
        if is_root() {
            assert_eq!(outcome.unwrap().name.as_deref(), Some("root"));
        } else {
            assert!(matches!(outcome, Err(ProcessError::NotRoot)));
        }
    }

    #[test]
    fn a_hardened_process_dumps_no_core() {
        harden();
        assert_eq!(prctl::get_dumpable(), Ok(false));
        assert_eq!(nix::sys::resource::getrlimit(Resource::RLIMIT_CORE), Ok((0, 0)));
    }

    #[test]
    fn somebody_always_acts() {
        let actor = actor(&Environment::from_pairs([("SUDO_USER", "kate")]));
        let Actor::Os { claimed, .. } = actor else {
            panic!("{actor:?}");
        };
        assert_eq!(claimed.as_deref(), Some("kate"));
    }
}
