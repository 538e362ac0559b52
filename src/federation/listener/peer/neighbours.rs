//! Whether other persons use this machine. A person has an account with a regular user id, and while
//! they use the machine, they have processes or a session.

use std::cell::Cell;
use std::fs;
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

/// The processes, each with its user (proc(5)).
const PROCESSES: &str = "/proc";
/// A folder for each user who has a session (`pam_systemd(8)`).
const SESSIONS: &str = "/run/user";
/// The first uid of a person (login.defs(5), `UID_MIN`).
const FIRST_PERSON: u32 = 1000;
/// Uids that systemd gives to services while they run.
const DYNAMIC: RangeInclusive<u32> = 61_184..=65_519;
/// `nobody`, and what stands for a user without an id in older systems.
const NOBODY: [u32; 2] = [65_534, 65_535];

/// The other persons on this machine. One who was seen once counts until the sign-in ends.
#[derive(Debug)]
pub(in super::super) struct Neighbours {
    processes: PathBuf,
    sessions: PathBuf,
    were_seen: Cell<bool>,
}

impl Default for Neighbours {
    /// Those of this machine.
    fn default() -> Self {
        Self::listed_in(PROCESSES, SESSIONS)
    }
}

impl Neighbours {
    /// Those whose processes and sessions are listed in these folders.
    pub(in super::super) fn listed_in(processes: impl Into<PathBuf>, sessions: impl Into<PathBuf>) -> Self {
        Self {
            processes: processes.into(),
            sessions: sessions.into(),
            were_seen: Cell::new(false),
        }
    }

    /// Looks whether there are other persons. True if there are, or were at an earlier look.
    pub(in super::super) fn look(&self) -> bool {
        self.look_beside(geteuid().as_raw())
    }

    fn look_beside(&self, us: u32) -> bool {
        let is_other_person = |uid: u32| uid != us && is_person(uid);
        let are_here = || {
            owners_of_numbers(&self.processes).any(is_other_person)
                || numbers(&self.sessions).any(is_other_person)
        };
        if !self.were_seen.get() {
            self.were_seen.set(are_here());
        }
        self.were_seen.get()
    }
}

fn is_person(uid: u32) -> bool {
    uid >= FIRST_PERSON && !DYNAMIC.contains(&uid) && !NOBODY.contains(&uid)
}

/// The numbers that are names in a folder.
fn numbers(folder: &Path) -> impl Iterator<Item = u32> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The owners of what has a number as its name.
fn owners_of_numbers(folder: &Path) -> impl Iterator<Item = u32> {
    numbers(folder).filter_map(|number| Some(fs::metadata(folder.join(number.to_string())).ok()?.uid()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_no_persons() {
        for uid in [0, 1, 999, 61_184, 65_519, 65_534, 65_535] {
            assert!(!is_person(uid), "{uid}");
        }
        for uid in [1000, 1001, 60_000, 1_234_567] {
            assert!(is_person(uid), "{uid}");
        }
    }

    #[test]
    fn a_session_of_another_person_is_remembered_and_our_own_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let none = folder.path().join("none");
        let beginning = || Neighbours::listed_in(&none, folder.path());
        let look = |neighbours: &Neighbours| neighbours.look_beside(1000);
        let neighbours = beginning();
        assert!(!look(&neighbours));
        for name in ["1000", "0", "systemd", "1001x"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        assert!(!look(&neighbours));
        let other = folder.path().join("1001");
        fs::create_dir(&other).unwrap();
        assert!(look(&neighbours));
        fs::remove_dir(other).unwrap();
        assert!(look(&neighbours));
        assert!(!look(&beginning()));
    }

    #[test]
    fn a_process_belongs_to_the_owner_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let none = folder.path().join("none");
        fs::create_dir(folder.path().join("4711")).unwrap();
        let owner = geteuid().as_raw();
        assert_eq!(owners_of_numbers(folder.path()).collect::<Vec<_>>(), [owner]);
        // Seen by its owner, it is no neighbour.
        assert!(!Neighbours::listed_in(folder.path(), &none).look_beside(owner));
    }
}
