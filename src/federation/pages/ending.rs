//! How a sign-in by way of a browser can end.

use serde::Serialize;

use crate::domain::admission::Refusal;

/// The error of a provider whose user said no (RFC 6749 §4.1.2.1).
const ACCESS_DENIED: &str = "access_denied";

/// What the browser is told at the end. Texts of strangers are escaped when they are shown, and
/// `provider` is what people call the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// A known user is signed in.
    SignedIn(Person),
    /// A new user was made and is signed in.
    Created(Person),
    /// The account found by address is linked, and its person is signed in.
    Linked(Person),
    /// An account is linked by hand, without a sign-in.
    LinkedByHand(Person),
    /// The provider vouches for the person, and they may not come in.
    Refused {
        /// The provider.
        provider: String,
        /// The rule it was.
        refusal: Refusal,
    },
    /// The provider sent the person back without a code.
    Denied {
        /// The provider.
        provider: String,
        /// The name of its error.
        error: String,
        /// Its own words.
        description: Option<String>,
    },
    /// The provider couldn't be reached, or answered otherwise than it should.
    ProviderFailed {
        /// The provider.
        provider: String,
    },
    /// What the provider answered doesn't hold.
    NotValid {
        /// The provider.
        provider: String,
    },
    /// A rehearsal went well: nothing was kept.
    Rehearsed {
        /// The provider.
        provider: String,
    },
    /// Nothing waits any more: the sign-in is done, or took too long.
    Over,
    /// No answer to the sign-in that waits; it goes on waiting.
    BadLink,
    /// The answer of another provider, or of one that doesn't say who it is; it goes on waiting.
    WrongIssuer,
    /// A browser of another operating-system user; it goes on waiting.
    OtherUser,
    /// The sign-in couldn't be finished on this side.
    Failed,
}

/// Who is signed in, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Their whole name; empty if it isn't known.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Who vouched for them.
    pub provider: String,
}

/// How an ending feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tone {
    Good,
    Neutral,
    Bad,
}

impl Ending {
    /// The status code of the answer (RFC 9110 §15).
    pub(in super::super) fn status(&self) -> u16 {
        match self {
            Self::SignedIn(_)
            | Self::Created(_)
            | Self::Linked(_)
            | Self::LinkedByHand(_)
            | Self::Rehearsed { .. } => 200,
            Self::BadLink | Self::WrongIssuer => 400,
            Self::Refused { .. } | Self::Denied { .. } | Self::OtherUser => 403,
            Self::Over => 410,
            Self::Failed => 500,
            Self::ProviderFailed { .. } | Self::NotValid { .. } => 502,
        }
    }

    pub(super) fn tone(&self) -> Tone {
        match self {
            Self::SignedIn(_) | Self::Created(_) | Self::Linked(_) | Self::LinkedByHand(_) => Tone::Good,
            // Nothing went wrong: the sign-in is done, or the person cancelled it.
            Self::Over | Self::Rehearsed { .. } => Tone::Neutral,
            Self::Denied { error, .. } if error == ACCESS_DENIED => Tone::Neutral,
            _ => Tone::Bad,
        }
    }

    /// Whose page it is, on success.
    pub(super) fn person(&self) -> Option<&Person> {
        match self {
            Self::SignedIn(person)
            | Self::Created(person)
            | Self::Linked(person)
            | Self::LinkedByHand(person) => Some(person),
            _ => None,
        }
    }

    /// What people call the provider, where its page names it.
    pub(super) fn provider(&self) -> Option<&str> {
        match self {
            Self::SignedIn(person)
            | Self::Created(person)
            | Self::Linked(person)
            | Self::LinkedByHand(person) => Some(&person.provider),
            Self::Refused { provider, .. }
            | Self::Denied { provider, .. }
            | Self::ProviderFailed { provider }
            | Self::NotValid { provider }
            | Self::Rehearsed { provider } => Some(provider),
            Self::Over | Self::BadLink | Self::WrongIssuer | Self::OtherUser | Self::Failed => None,
        }
    }

    /// The claim that the person was refused for.
    pub(super) fn claim(&self) -> Option<&str> {
        match self {
            Self::Refused {
                refusal: Refusal::ClaimMissing(claim) | Refusal::ClaimDifferent(claim),
                ..
            } => Some(claim),
            _ => None,
        }
    }

    /// What the provider said.
    pub(super) fn said(&self) -> Option<&str> {
        match self {
            Self::Denied {
                error, description, ..
            } => Some(description.as_deref().unwrap_or(error)),
            _ => None,
        }
    }

    /// The key of the sentences of its page, in the table `listener` of a language.
    pub(super) fn key(&self) -> String {
        let ending = match self {
            Self::Refused { refusal, .. } => return format!("refused.{}", refusal.as_str()),
            Self::SignedIn(_) => "signed_in",
            Self::Created(_) => "created",
            Self::Linked(_) => "linked",
            Self::LinkedByHand(_) => "linked_by_hand",
            Self::Denied { error, .. } if error == ACCESS_DENIED => "access_denied",
            Self::Denied { .. } => "provider_error",
            Self::ProviderFailed { .. } => "provider_failed",
            Self::NotValid { .. } => "not_valid",
            Self::Rehearsed { .. } => "rehearsed",
            Self::Over => "over",
            Self::BadLink => "bad_link",
            Self::WrongIssuer => "wrong_issuer",
            Self::OtherUser => "other_user",
            Self::Failed => "failed",
        };
        format!("endings.{ending}")
    }
}
