//! The status of a user, and how it can change.

use std::fmt;
use std::str::FromStr;

/// The status of a user. Only an active user can sign in, by any way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The user is created and can't sign in yet.
    Pending,
    /// The user can sign in.
    Active,
    /// The user was active or invited before, and can't sign in any more.
    Deactivated,
    /// The user is hidden. An operator can restore the user, or purge the user for good.
    Deleted,
}

/// A change of the status that the rules don't allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a user who is {from} can't be {to}")]
#[non_exhaustive]
pub struct TransitionRefused {
    /// The status of the user now.
    pub from: Status,
    /// The change that was asked for, as a past participle ("activated").
    pub to: &'static str,
}

impl Status {
    /// Every status, in the order in which a user can get them.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Active, Self::Deactivated, Self::Deleted];

    /// The word for the status in commands, JSON and the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
        }
    }

    /// The status after an activation.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn activate(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("activated")),
            Self::Pending | Self::Deactivated | Self::Active => Ok(Self::Active),
        }
    }

    /// The status after a deactivation. A pending user can be deactivated too: this takes an
    /// invitation back.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn deactivate(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("deactivated")),
            Self::Pending | Self::Active | Self::Deactivated => Ok(Self::Deactivated),
        }
    }

    /// The status after a deletion. Every user can be deleted.
    #[must_use]
    pub fn delete(self) -> Self {
        Self::Deleted
    }

    /// The status after a restoration: deactivated, and never active.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a pending or an active user: they are not deleted.
    pub fn restore(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted | Self::Deactivated => Ok(Self::Deactivated),
            Self::Pending | Self::Active => Err(self.refuse("restored")),
        }
    }

    /// Checks that the user can be purged.
    ///
    /// # Errors
    /// [`TransitionRefused`] if the user isn't deleted.
    pub fn purge(self) -> Result<(), TransitionRefused> {
        match self {
            Self::Deleted => Ok(()),
            Self::Pending | Self::Active | Self::Deactivated => Err(self.refuse("purged")),
        }
    }

    /// Checks that the names, the groups and the password of the user can be changed.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn change(self) -> Result<(), TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("changed")),
            Self::Pending | Self::Active | Self::Deactivated => Ok(()),
        }
    }

    fn refuse(self, to: &'static str) -> TransitionRefused {
        TransitionRefused { from: self, to }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The error for a word that is not a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a status is one of pending, active, deactivated, deleted")]
pub struct UnknownStatus;

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_changes_only_as_the_rules_allow() {
        use Status::{Active, Deactivated, Deleted, Pending};
        for from in Status::ALL {
            let open = from != Deleted;
            assert_eq!(from.activate().is_ok(), open);
            assert_eq!(from.deactivate().is_ok(), open);
            assert_eq!(from.change().is_ok(), open);
            assert_eq!(from.delete(), Deleted);
            assert_eq!(from.purge().is_ok(), !open);
        }
        assert_eq!(Pending.deactivate(), Ok(Deactivated));
        assert_eq!(Deleted.restore(), Ok(Deactivated));
        assert_eq!(Deactivated.restore(), Ok(Deactivated));
        assert!(Active.restore().is_err());
        assert!(Pending.restore().is_err());
    }

    #[test]
    fn a_refused_change_names_both_statuses() {
        let refusal = Status::Deleted.activate().unwrap_err();
        assert_eq!(refusal.to_string(), "a user who is deleted can't be activated");
    }
}
