//! Reset links: absolute URLs that carry a single-use, expiring token.

mod link;

use std::time::Duration;

use super::clock::{Timestamp, is_ahead};
use super::group::GroupName;
use super::ids::{ResetId, UserId};
use super::range::{Durations, OutOfRange};

pub use link::{LinkError, LinkTemplate, check_base, token_in};

/// How a link was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ResetKind {
    /// An operator made it for an active user.
    Operator,
    /// A person typed the address into "forgot password".
    Request,
    /// An operator made it for a pending user, who chooses the first password with it.
    Invite,
}

impl ResetKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Request => "request",
            Self::Invite => "invite",
        }
    }
}

/// Why a link ended before the end of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetEnd {
    /// A password was chosen with it.
    Used,
    /// Another link took its place.
    Superseded,
    /// The link was revoked, or the password or the address of the user changed.
    Revoked,
}

impl ResetEnd {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
        }
    }
}

/// The state of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ResetState {
    /// The link can be used.
    Live,
    /// A password was chosen with it.
    Used,
    /// The life of the link has ended.
    Expired,
    /// Another link took its place.
    Superseded,
    /// The link was revoked, or the password or the address of the user changed.
    Revoked,
}

/// A reset link, without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResetLink {
    /// The id of the link. It doesn't tell the token.
    pub id: ResetId,
    /// The user whose password the link sets.
    pub user_id: UserId,
    /// How it was asked for.
    pub kind: ResetKind,
    /// The time at which the link was made.
    pub created_at: Timestamp,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// The time at which a mail server accepted the mail with the link.
    pub sent_at: Option<Timestamp>,
    /// Why it ended before the end of its life.
    pub end: Option<ResetEnd>,
}

impl ResetLink {
    /// The state of the link at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ResetState {
        match self.end {
            Some(ResetEnd::Used) => ResetState::Used,
            Some(ResetEnd::Superseded) => ResetState::Superseded,
            Some(ResetEnd::Revoked) => ResetState::Revoked,
            // A link from the future was made while the clock was ahead, and would live too long.
            None if now >= self.expires_at || is_ahead(self.created_at, now) => ResetState::Expired,
            None => ResetState::Live,
        }
    }
}

/// The time for which a link can be used.
///
/// No link lives longer than a day (NIST SP 800-63B-4 §4.2.1.2):
///
/// ```
/// use std::time::Duration;
///
/// use backoffice::LinkLife;
///
/// assert!(LinkLife::new(Duration::from_hours(365 * 24)).is_err());
/// assert!(LinkLife::new(Duration::from_hours(24)).is_ok());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkLife(Duration);

impl LinkLife {
    /// The lives that are allowed.
    pub const RANGE: Durations = Durations::up_to(Duration::from_hours(24));
    /// The longest life.
    pub const LONGEST: Self = Self(Self::RANGE.most());

    /// A life above zero, at most 24 hours.
    ///
    /// # Errors
    /// [`OutOfRange`] for any other life.
    pub fn new(life: Duration) -> Result<Self, OutOfRange> {
        let range = Self::RANGE;
        let error = OutOfRange::LinkLife { range };
        range.contains(life).then_some(Self(life)).ok_or(error)
    }

    /// The time itself.
    #[must_use]
    pub fn get(self) -> Duration {
        self.0
    }
}

/// The rules for reset links.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResetPolicy {
    /// The life of a link.
    pub ttl: LinkLife,
    /// The life of an invitation.
    pub invite_ttl: LinkLife,
    /// The groups whose members can't ask for a link themselves.
    pub self_service_except: Vec<GroupName>,
    /// The URL of links. Without it no link can be made.
    pub link: Option<LinkTemplate>,
}

impl Default for ResetPolicy {
    fn default() -> Self {
        Self {
            ttl: LinkLife(Duration::from_mins(30)),
            invite_ttl: LinkLife::LONGEST,
            self_service_except: vec![GroupName::administrators()],
            link: None,
        }
    }
}

/// The number of live links that a user can have from requests.
pub const LIVE_REQUESTS: u64 = 5;
/// The number of requests of one user that are accepted in [`REQUEST_WINDOW`].
pub const REQUESTS_IN_WINDOW: u64 = 5;
/// The time in which requests are counted.
pub const REQUEST_WINDOW: Duration = Duration::from_hours(1);
/// The shortest time between two accepted requests of one user.
pub const REQUEST_PAUSE: Duration = Duration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_lives_for_more_than_nothing_and_at_most_a_day() {
        const A_DAY: Duration = Duration::from_hours(24);
        let least = Duration::from_nanos(1);
        for life in [least, A_DAY] {
            assert_eq!(LinkLife::new(life).map(LinkLife::get), Ok(life));
        }
        for life in [Duration::ZERO, A_DAY + least, Duration::from_hours(365 * 24)] {
            let error = LinkLife::new(life).unwrap_err();
            assert_eq!(
                error.to_string(),
                "a link must live longer than 0 and at most 24h"
            );
            assert_eq!(error.rule(), "must be above zero and at most 1d");
        }
        let usual = ResetPolicy::default();
        assert_eq!(LinkLife::new(Duration::from_mins(30)), Ok(usual.ttl));
        assert_eq!(LinkLife::new(A_DAY), Ok(usual.invite_ttl));
    }
}
