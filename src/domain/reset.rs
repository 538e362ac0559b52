//! Reset links: absolute URLs that carry a single-use, expiring token.

mod link;

use std::time::Duration;

use super::clock::{Timestamp, is_ahead};
use super::group::GroupName;
use super::ids::{ResetId, UserId};
use super::range::{Durations, OutOfRange};

pub use link::{LinkError, LinkTemplate, check_base, token_in};

/// Who asked for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ResetKind {
    /// An operator, for an active user.
    Operator,
    /// Whoever typed an address into "forgot password".
    Request,
    /// An operator, for somebody who is still pending: they choose their first password.
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

/// How a link ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetEnd {
    /// A password was chosen with it.
    Used,
    /// Another link took its place.
    Superseded,
    /// It was taken back, or what it was made for changed.
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

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ResetState {
    /// It can be used.
    Live,
    /// A password was chosen with it.
    Used,
    /// Its time ran out.
    Expired,
    /// Another link took its place.
    Superseded,
    /// It was taken back, or what it was made for changed.
    Revoked,
}

/// A reset link, without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResetLink {
    /// Names the link; the token can't be found from it.
    pub id: ResetId,
    /// Whose password it sets.
    pub user_id: UserId,
    /// Who asked for it.
    pub kind: ResetKind,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When a mail server took it over, if it was mailed.
    pub sent_at: Option<Timestamp>,
    /// How it ended before its time.
    pub end: Option<ResetEnd>,
}

impl ResetLink {
    /// Where it stands at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ResetState {
        match self.end {
            Some(ResetEnd::Used) => ResetState::Used,
            Some(ResetEnd::Superseded) => ResetState::Superseded,
            Some(ResetEnd::Revoked) => ResetState::Revoked,
            // One from the future was made while the clock was ahead, and would live too long.
            None if now >= self.expires_at || is_ahead(self.created_at, now) => ResetState::Expired,
            None => ResetState::Live,
        }
    }
}

/// How long a link lives.
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
    /// [`OutOfRange`] for any other.
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
    /// How long a link lives.
    pub ttl: LinkLife,
    /// How long an invitation lives.
    pub invite_ttl: LinkLife,
    /// Groups whose members can't ask for a link themselves.
    pub self_service_except: Vec<GroupName>,
    /// Where links lead; none can be made without.
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

/// Links one user can have alive by their own requests.
pub const LIVE_REQUESTS: u64 = 5;
/// Requests of one user that are heard in [`REQUEST_WINDOW`].
pub const REQUESTS_IN_WINDOW: u64 = 5;
/// The time in which requests are counted.
pub const REQUEST_WINDOW: Duration = Duration::from_hours(1);
/// The shortest time between two requests of one user that are heard.
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
                "a link lives for more than nothing and at most 24h"
            );
            assert_eq!(error.rule(), "must be above zero and at most 1d");
        }
        let usual = ResetPolicy::default();
        assert_eq!(LinkLife::new(Duration::from_mins(30)), Ok(usual.ttl));
        assert_eq!(LinkLife::new(A_DAY), Ok(usual.invite_ttl));
    }
}
