//! The rules that say who can sign in with an account at a provider.

mod claim_value;
mod email_domain;
mod profile;
mod refusal;

use std::collections::BTreeMap;

use serde_json::Value;

use super::email::EmailAddress;
use super::group::GroupName;
use super::user::{Status, User};

pub use claim_value::ClaimValue;
pub use email_domain::{EmailDomain, EmailDomainFault};
pub use profile::Profile;
pub use refusal::Refusal;

/// Claims that each account has. A rule that requires only these claims refuses no person.
const OF_EVERYBODY: [&str; 8] = [
    "email_verified",
    "xms_edov",
    "iss",
    "sub",
    "aud",
    "azp",
    "exp",
    "iat",
];

/// What happens to a person who is not a user yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strategy {
    /// The person is refused.
    #[default]
    AcceptExisting,
    /// The person becomes an active user.
    CreateOnFirstLogin,
}

impl Strategy {
    /// The word for the strategy in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AcceptExisting => "accept-existing",
            Self::CreateOnFirstLogin => "create-on-first-login",
        }
    }
}

/// The rules of one provider that say who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Admission {
    /// What happens to a person who is not a user yet.
    pub strategy: Strategy,
    /// The groups of a created user.
    pub default_groups: Vec<GroupName>,
    /// The domains of the addresses that are accepted. If the list is empty, each domain is accepted.
    pub email_domains: Vec<EmailDomain>,
    /// The claims that a person must have. The value of each claim is this one, or a list with this one
    /// in it.
    pub require_claims: BTreeMap<String, ClaimValue>,
    /// Whether each address counts as verified.
    pub trust_unverified_email: bool,
}

/// How a person signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// A user has this identity.
    Known,
    /// A user has this address: the identity is linked to the user.
    Linked,
    /// No user has the identity or the address: a user with this address is created.
    Created(EmailAddress),
}

/// Why these rules can't be used: they would create too many users, or users with the wrong rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdmissionFault {
    /// A created user would be in no group.
    #[error("`create-on-first-login` needs `default_groups`: without a group, a created user has no rights")]
    NoDefaultGroups,
    /// A created user would be an administrator.
    #[error("`default_groups` must not hold `administrators`: nobody becomes one by signing in")]
    Administrators,
    /// Each person with an account at the provider would become a user.
    #[error(
        "`create-on-first-login` needs `email_domains`, or in `require_claims` a claim that not everybody has, or everybody with an account there becomes a user"
    )]
    Everybody,
}

impl Admission {
    /// Checks that the rules don't create a user from each account at the provider, and no
    /// administrator. It is called before a person signs in, and not when the configuration is read:
    /// each command reads the configuration, and only sign-ins must fail.
    ///
    /// # Errors
    /// The first [`AdmissionFault`].
    pub fn check(&self) -> Result<(), AdmissionFault> {
        if self.strategy != Strategy::CreateOnFirstLogin {
            return Ok(());
        }
        if self.default_groups.is_empty() {
            return Err(AdmissionFault::NoDefaultGroups);
        }
        if self.default_groups.iter().any(GroupName::is_administrators) {
            return Err(AdmissionFault::Administrators);
        }
        if self.email_domains.is_empty() && !self.requires_what_few_have() {
            return Err(AdmissionFault::Everybody);
        }
        Ok(())
    }

    /// Whether the rules require a claim that only some accounts have.
    pub(super) fn requires_what_few_have(&self) -> bool {
        let mut claims = self.require_claims.keys();
        claims.any(|claim| !OF_EVERYBODY.contains(&claim.as_str()))
    }

    /// The text that this claim must have.
    pub(super) fn required_text(&self, claim: &str) -> Option<&str> {
        match self.require_claims.get(claim)? {
            ClaimValue::Text(text) => Some(text),
            ClaimValue::Number(_) | ClaimValue::Flag(_) => None,
        }
    }

    /// Decides whether a person can sign in. `by_identity` is the user with the identity of the person;
    /// `by_email` is the user with the canonical form of the address. The address counts only if no
    /// user has the identity.
    ///
    /// # Errors
    /// The [`Refusal`] that says which rule it was.
    pub fn decide(
        &self,
        profile: &Profile,
        by_identity: Option<&User>,
        by_email: Option<&User>,
    ) -> Result<Admitted, Refusal> {
        self.check_claims(profile)?;
        if let Some(user) = by_identity {
            check_status(user)?;
            return Ok(Admitted::Known);
        }
        let address = self.trusted_address(profile)?;
        let Some(user) = by_email else {
            return match self.strategy {
                Strategy::AcceptExisting => Err(Refusal::Unknown),
                Strategy::CreateOnFirstLogin => match address.check_new() {
                    Ok(()) => Ok(Admitted::Created(address)),
                    Err(_) => Err(Refusal::EmailMalformed),
                },
            };
        };
        if !is_same_mailbox(&address, &user.email) {
            return Err(Refusal::LookAlike);
        }
        check_status(user)?;
        if user.is_administrator() {
            return Err(Refusal::Administrator);
        }
        if user.identities.iter().any(|bond| bond.issuer == profile.issuer) {
            return Err(Refusal::LinkedToAnother);
        }
        Ok(Admitted::Linked)
    }

    fn check_claims(&self, profile: &Profile) -> Result<(), Refusal> {
        for (name, wanted) in &self.require_claims {
            let held = match profile.claims.get(name) {
                None | Some(Value::Null) => return Err(Refusal::ClaimMissing(name.clone())),
                Some(Value::Array(list)) => list.iter().any(|value| wanted.is(value)),
                Some(value) => wanted.is(value),
            };
            if !held {
                return Err(Refusal::ClaimDifferent(name.clone()));
            }
        }
        Ok(())
    }

    /// The address by which a user can be found or created.
    ///
    /// # Errors
    /// The [`Refusal`] that says why the address can't be used.
    pub fn trusted_address(&self, profile: &Profile) -> Result<EmailAddress, Refusal> {
        let given = profile.email.as_deref().filter(|given| !given.is_empty());
        let given = given.ok_or(Refusal::EmailMissing)?;
        if !profile.email_verified && !self.trust_unverified_email {
            return Err(Refusal::EmailUnverified);
        }
        let address = EmailAddress::parse_existing(given).map_err(|_| Refusal::EmailMalformed)?;
        let is_accepted = |domain: &EmailDomain| domain.is_of(&address);
        if !self.email_domains.is_empty() && !self.email_domains.iter().any(is_accepted) {
            return Err(Refusal::EmailDomain);
        }
        Ok(address)
    }
}

fn check_status(user: &User) -> Result<(), Refusal> {
    match user.status {
        Status::Active => Ok(()),
        Status::Pending => Err(Refusal::Pending),
        Status::Deactivated => Err(Refusal::Deactivated),
        Status::Deleted => Err(Refusal::Deleted),
    }
}

/// Whether two addresses differ in ASCII case only. Addresses that look alike have one canonical form,
/// but can belong to two people: the owner of one must not sign in as the other (CVE-2019-19844).
fn is_same_mailbox(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.canonical() == other.canonical() && one.local_part().eq_ignore_ascii_case(other.local_part())
}

#[cfg(test)]
mod tests;
