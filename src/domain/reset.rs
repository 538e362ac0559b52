//! Reset links: absolute URLs that carry a single-use, expiring token.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use uuid::Uuid;

use super::clock::{Timestamp, is_ahead};
use super::group::GroupName;
use super::range::{Durations, OutOfRange};
use super::token::{MalformedToken, PlainToken, TokenKind};
use super::user::UserId;

/// A reset link's id; not its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct ResetId(pub Uuid);

impl fmt::Display for ResetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who asked for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
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

/// The URL a link is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTemplate(String);

/// Why a text can't be the URL of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It isn't an absolute URL.
    #[error("an absolute URL is needed, such as https://desk.example.com")]
    NotAbsolute,
    /// Whoever listens on the way could read the token.
    #[error("https is needed; http only leads to this machine itself")]
    NotSecure,
    /// Nowhere to put the token, or more than one place.
    #[error("the link needs `{{token}}` once")]
    NoToken,
    /// A character that no URL has.
    #[error("a URL holds no blanks, quotes or control characters")]
    Character,
}

impl LinkTemplate {
    /// The usual form: the token stands in the fragment, which no server sees
    /// (OWASP ASVS 5.0 14.2.1).
    pub const DEFAULT: &'static str = "{base_url}/reset#token={token}";

    /// Puts `base_url` into `template`.
    ///
    /// # Errors
    /// [`LinkError`] if links made of it could not be trusted or used.
    pub fn new(template: &str, base_url: &str) -> Result<Self, LinkError> {
        check_base(base_url)?;
        let link = template.replace("{base_url}", base_url.trim_end_matches('/'));
        if link.matches("{token}").count() != 1 {
            return Err(LinkError::NoToken);
        }
        check_base(&link.replace("{token}", "x"))?;
        Ok(Self(link))
    }

    /// The link that carries `token`.
    #[must_use]
    pub fn with(&self, token: &PlainToken) -> SecretString {
        self.0.replace("{token}", token.expose()).into()
    }
}

fn check_base(url: &str) -> Result<(), LinkError> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`');
    if url.chars().any(odd) {
        return Err(LinkError::Character);
    }
    let (scheme, rest) = url.split_once("://").ok_or(LinkError::NotAbsolute)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains('@') {
        return Err(LinkError::NotAbsolute);
    }
    match scheme {
        "https" => Ok(()),
        "http" if is_loopback(authority) => Ok(()),
        "http" => Err(LinkError::NotSecure),
        _ => Err(LinkError::NotAbsolute),
    }
}

fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// The reset token in what somebody pasted: the token itself, or the whole link. Only the
/// token counts, whatever stands around it.
///
/// # Errors
/// [`MalformedToken`] if there is none, or part of it is missing.
pub fn token_in(text: &str) -> Result<PlainToken, MalformedToken> {
    let text = text.trim();
    let start = text.find(TokenKind::Reset.prefix()).ok_or(MalformedToken)?;
    let rest = text.get(start..).ok_or(MalformedToken)?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    PlainToken::parse(TokenKind::Reset, rest.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{NoRandomness, RandomSource};
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    struct Fixed;

    impl RandomSource for Fixed {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            buffer.fill(0xA7);
            Ok(())
        }
    }

    fn token() -> PlainToken {
        PlainToken::draw(TokenKind::Reset, &Fixed).unwrap()
    }

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

    #[test]
    fn a_link_leads_over_https_or_to_this_machine() {
        let made = |base| LinkTemplate::new(LinkTemplate::DEFAULT, base);
        for base in [
            "https://desk.example.com",
            "https://desk.example.com/",
            "http://localhost:8080",
            "http://127.0.0.1",
            "http://[::1]:3000",
        ] {
            assert!(made(base).is_ok(), "{base}");
        }
        for (base, error) in [
            ("http://desk.example.com", LinkError::NotSecure),
            ("http://localhost.example.com", LinkError::NotSecure),
            ("http://127.0.0.1@evil.example", LinkError::NotAbsolute),
            ("desk.example.com", LinkError::NotAbsolute),
            ("javascript://x", LinkError::NotAbsolute),
            ("https://", LinkError::NotAbsolute),
            ("https://desk.example.com/a b", LinkError::Character),
            ("https://desk.example.com\r\nBcc: x", LinkError::Character),
        ] {
            assert_eq!(made(base), Err(error), "{base}");
        }
        let twice = LinkTemplate::new("{base_url}/{token}/{token}", "https://desk.example.com");
        assert_eq!(twice, Err(LinkError::NoToken));
    }

    #[test]
    fn the_token_stands_in_the_fragment() {
        let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com/").unwrap();
        let url = link.with(&token());
        let expected = format!("https://desk.example.com/reset#token={}", token().expose());
        assert_eq!(url.expose_secret(), expected);
    }

    #[test]
    fn the_token_is_found_in_what_was_pasted() {
        let plain = token();
        for text in [
            plain.expose().to_owned(),
            format!(" https://desk.example.com/reset#token={}\n", plain.expose()),
            format!("https://evil.example/?a=b&token={}&c=d", plain.expose()),
            format!("<{}>", plain.expose()),
        ] {
            assert_eq!(token_in(&text).unwrap().hash(), plain.hash(), "{text}");
        }
        let cut = &plain.expose()[..40];
        assert!(token_in(cut).is_err());
        let session = PlainToken::draw(TokenKind::Session, &Fixed).unwrap();
        assert!(token_in(session.expose()).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}", base in "\\PC{0,40}") {
            let _ = token_in(&text);
            let _ = token_in(&format!("bo_r_{text}"));
            let _ = LinkTemplate::new(&text, &base);
        }
    }
}
