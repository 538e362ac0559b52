//! Who besides its owner can read a file: a secret should have no other readers.

use std::fmt;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;

use nix::unistd::{Gid, Group, User, geteuid};

const READABLE_BY_ALL: u32 = 0o004;
const READABLE_BY_GROUP: u32 = 0o040;
/// The accounts of this machine. Those of a directory service are not in it.
const ACCOUNTS: &str = "/etc/passwd";

/// Who besides its owner, root and the caller can read a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Nobody.
    Nobody,
    /// The members of a group, of whom at least one is somebody else.
    Group {
        /// The group.
        group: String,
        /// A member.
        member: String,
    },
    /// The members of a group that can't be looked up.
    UnknownGroup(String),
    /// Everybody with an account.
    Everybody,
}

impl fmt::Display for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("can be read by its owner only"),
            Self::Group { group, member } => {
                write!(f, "can be read by others: {member} is in its group {group}")
            }
            Self::UnknownGroup(group) => write!(
                f,
                "can be read by its group {group}, whose members can't be looked up"
            ),
            Self::Everybody => f.write_str("can be read by others"),
        }
    }
}

/// Who can read a file. A group of which nobody else is a member (a service's own group, a
/// number that only a container has) makes no reader.
pub(crate) fn readers(metadata: &Metadata) -> Readers {
    let insiders = [0, metadata.uid(), geteuid().as_raw()];
    readers_by(metadata.mode(), || {
        others_in(Gid::from_raw(metadata.gid()), &insiders)
    })
}

fn readers_by(mode: u32, others: impl FnOnce() -> Readers) -> Readers {
    if mode & READABLE_BY_ALL != 0 {
        Readers::Everybody
    } else if mode & READABLE_BY_GROUP != 0 {
        others()
    } else {
        Readers::Nobody
    }
}

/// Whether somebody but `insiders` is in a group: as a member, or because it is the group of
/// their account.
fn others_in(gid: Gid, insiders: &[u32]) -> Readers {
    let Ok(found) = Group::from_gid(gid) else {
        return Readers::UnknownGroup(gid.to_string());
    };
    let (group, members) =
        found.map_or_else(|| (gid.to_string(), Vec::new()), |found| (found.name, found.mem));
    // An account that can't be looked up may be anybody's.
    let is_insider = |name: &str| match User::from_name(name) {
        Ok(Some(user)) => insiders.contains(&user.uid.as_raw()),
        _ => false,
    };
    let listed = members.into_iter().find(|name| !is_insider(name));
    let accounts = || fs::read_to_string(ACCOUNTS).unwrap_or_default();
    match listed.or_else(|| account_in(&accounts(), gid.as_raw(), insiders)) {
        Some(member) => Readers::Group { group, member },
        None => Readers::Nobody,
    }
}

/// The first account of which `gid` is the group, and that is none of `insiders` (passwd(5)).
fn account_in(accounts: &str, gid: u32, insiders: &[u32]) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid: u32 = fields.nth(1)?.parse().ok()?;
        let group: u32 = fields.next()?.parse().ok()?;
        (group == gid && !insiders.contains(&uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNTS: &str = "root:x:0:0:root:/root:/bin/bash\n\
        # a comment\n\
        desk:x:990:990::/var/lib/desk:/usr/sbin/nologin\n\
        kate:x:1000:1000::/home/kate:/bin/bash\n\
        bob:x:1001:1000::/home/bob:/bin/bash\n";

    #[test]
    fn the_permissions_say_whether_a_group_or_everybody_reads() {
        let others = || Readers::UnknownGroup("desk".to_owned());
        for mode in [0o600, 0o400, 0o620] {
            assert_eq!(readers_by(mode, others), Readers::Nobody, "{mode:o}");
        }
        for mode in [0o640, 0o440, 0o660] {
            assert_eq!(readers_by(mode, others), others(), "{mode:o}");
        }
        for mode in [0o644, 0o604, 0o444] {
            assert_eq!(readers_by(mode, others), Readers::Everybody, "{mode:o}");
        }
    }

    #[test]
    fn an_account_of_the_group_is_found_unless_it_is_an_insider() {
        assert_eq!(account_in(ACCOUNTS, 990, &[0, 990]), None);
        assert_eq!(account_in(ACCOUNTS, 990, &[0, 1000]), Some("desk".to_owned()));
        assert_eq!(account_in(ACCOUNTS, 1000, &[0, 1000]), Some("bob".to_owned()));
        assert_eq!(account_in(ACCOUNTS, 2000, &[0]), None);
        assert_eq!(account_in("damaged\n:::\nx:y:z:1\n", 1, &[0]), None);
    }

    #[test]
    fn a_group_that_nobody_has_makes_no_reader() {
        let gid = Gid::from_raw(4_000_000_123);
        assert_eq!(others_in(gid, &[0]), Readers::Nobody);
    }
}
