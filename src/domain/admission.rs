//! Who a provider has vouched for, and whether they may come in.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::email::EmailAddress;
use super::group::GroupName;
use super::user::{Status, User};

/// Claims that everybody with an account has: to require one of them keeps nobody out.
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

/// What happens to somebody unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strategy {
    /// They are refused.
    #[default]
    AcceptExisting,
    /// They become an active user.
    CreateOnFirstLogin,
}

impl Strategy {
    /// The word for it in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AcceptExisting => "accept-existing",
            Self::CreateOnFirstLogin => "create-on-first-login",
        }
    }
}

/// The rules of one provider for who is let in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Admission {
    /// What happens to somebody unknown.
    pub strategy: Strategy,
    /// Groups that a created user is in.
    pub default_groups: Vec<GroupName>,
    /// Domains of which an address must be before it counts for anything; none: any. In their
    /// IDNA form.
    pub email_domains: Vec<String>,
    /// Claims the person must have, each with this value or with a list that holds it.
    pub require_claims: BTreeMap<String, Value>,
    /// Take every address for verified.
    pub trust_unverified_email: bool,
}

/// A person as the provider vouches for them, everything verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Who vouches.
    pub issuer: String,
    /// The person's lasting id there.
    pub subject: String,
    /// Their address there, as it was given.
    pub email: Option<String>,
    /// Whether the provider says that it is theirs.
    pub email_verified: bool,
    /// Their first name, as it was given.
    pub first_name: Option<String>,
    /// Their last name, as it was given.
    pub last_name: Option<String>,
    /// Their language, as it was given.
    pub locale: Option<String>,
    /// What the ID token claims, or for plain OAuth 2.0 the `UserInfo`.
    pub claims: Map<String, Value>,
}

/// What becomes of a person who may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// Their identity is known.
    Known,
    /// Their address is known: the identity is linked.
    Linked,
    /// Nobody knows them: a user of this address is created.
    Created(EmailAddress),
}

/// Why a person whom the provider vouched for may not come in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No user with that identity or address.
    #[error("no user has this sign-in or its e-mail address")]
    Unknown,
    /// The user found by address is an administrator.
    #[error("an administrator is never linked by e-mail address")]
    Administrator,
    /// The user found by address has another identity at the same issuer.
    #[error("the user with this e-mail address is linked to another account there")]
    LinkedToAnother,
    /// A user who was never activated.
    #[error("the user isn't activated yet")]
    Pending,
    /// A deactivated user.
    #[error("the user is deactivated")]
    Deactivated,
    /// A deleted user.
    #[error("the user is deleted")]
    Deleted,
    /// No identity yet, and no address to find somebody by.
    #[error("the provider gave no e-mail address, and nobody is linked to this sign-in yet")]
    EmailMissing,
    /// No identity yet, and an address that anybody could have claimed.
    #[error(
        "the provider doesn't say that the e-mail address is verified, and nobody is linked to this sign-in yet"
    )]
    EmailUnverified,
    /// No identity yet, and what the provider gave is no address of ours.
    #[error("what the provider gave as the e-mail address isn't one")]
    EmailMalformed,
    /// The address only looks like that of a user.
    #[error("the e-mail address only looks like that of a user")]
    LookAlike,
    /// No identity yet, and an address of another domain.
    #[error("the e-mail address is of a domain that isn't let in")]
    EmailDomain,
    /// A required claim isn't there.
    #[error("the provider doesn't give the claim `{0}`, which is required")]
    ClaimMissing(String),
    /// A required claim has another value.
    #[error("the claim `{0}` hasn't the value that is required")]
    ClaimDifferent(String),
}

impl Refusal {
    /// The word that stands in the audit record.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown_user",
            Self::Administrator => "administrator",
            Self::LinkedToAnother => "linked_to_another",
            Self::Pending => "pending",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
            Self::EmailMissing => "email_missing",
            Self::EmailUnverified => "email_unverified",
            Self::EmailMalformed => "email_malformed",
            Self::LookAlike => "look_alike",
            Self::EmailDomain => "email_domain",
            Self::ClaimMissing(_) => "claim_missing",
            Self::ClaimDifferent(_) => "claim_different",
        }
    }

    /// Whether the person could come in once an operator linked them by hand.
    #[must_use]
    pub fn is_mended_by_linking(&self) -> bool {
        match self {
            Self::Unknown
            | Self::Administrator
            | Self::LinkedToAnother
            | Self::EmailMissing
            | Self::EmailUnverified
            | Self::EmailMalformed
            | Self::LookAlike
            | Self::EmailDomain => true,
            Self::Pending
            | Self::Deactivated
            | Self::Deleted
            | Self::ClaimMissing(_)
            | Self::ClaimDifferent(_) => false,
        }
    }
}

/// Why nobody can be let in by these rules: they would let in too many, or to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionFault {
    /// A created user would be in no group.
    #[error("`create-on-first-login` needs `default_groups`, or whoever is created has no rights")]
    NoDefaultGroups,
    /// A created user would be an administrator.
    #[error("`default_groups` must not hold `administrators`: nobody becomes one by signing in")]
    Administrators,
    /// Everybody who has an account there would become a user.
    #[error(
        "`create-on-first-login` needs `email_domains`, or in `require_claims` a claim that not everybody has, or everybody with an account there becomes a user"
    )]
    Everybody,
}

impl Profile {
    /// The address, if the provider gave one that is one.
    #[must_use]
    pub fn address(&self) -> Option<EmailAddress> {
        EmailAddress::parse(self.email.as_deref()?).ok()
    }
}

impl Admission {
    /// Checks that the rules let in neither everybody nor anybody as an administrator. To be asked
    /// before somebody is sent to sign in: the configuration is read for every command, and only
    /// this one must fail.
    ///
    /// # Errors
    /// The [`AdmissionFault`] that stands first.
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

    /// Whether a claim is required that not everybody with an account has.
    pub(super) fn requires_what_few_have(&self) -> bool {
        let mut claims = self.require_claims.keys();
        claims.any(|claim| !OF_EVERYBODY.contains(&claim.as_str()))
    }

    /// Decides about a person: `by_identity` has their identity, `by_email` the canonical form of
    /// their address. Who has the identity is asked first, and the address only if nobody has.
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
                Strategy::CreateOnFirstLogin => Ok(Admitted::Created(address)),
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
                Some(Value::Array(list)) => list.contains(wanted),
                Some(value) => value == wanted,
            };
            if !held {
                return Err(Refusal::ClaimDifferent(name.clone()));
            }
        }
        Ok(())
    }

    /// The address by which somebody may be found or created; the user of any other is nobody's
    /// business.
    ///
    /// # Errors
    /// The [`Refusal`] that says why it counts for nothing.
    pub fn trusted_address(&self, profile: &Profile) -> Result<EmailAddress, Refusal> {
        let given = profile.email.as_deref().filter(|given| !given.is_empty());
        let given = given.ok_or(Refusal::EmailMissing)?;
        if !profile.email_verified && !self.trust_unverified_email {
            return Err(Refusal::EmailUnverified);
        }
        let address = EmailAddress::parse(given).map_err(|_| Refusal::EmailMalformed)?;
        let domain = address
            .canonical()
            .as_str()
            .rsplit_once('@')
            .map(|(_, domain)| domain);
        let fits = |wanted: &String| domain == Some(wanted.as_str());
        if !self.email_domains.is_empty() && !self.email_domains.iter().any(fits) {
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

/// Whether two addresses are one up to ASCII case. The canonical form keeps look-alikes from being
/// stored twice; whoever owns one of them must not come in as the other (CVE-2019-19844).
fn is_same_mailbox(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.canonical() == other.canonical() && one.local_part().eq_ignore_ascii_case(other.local_part())
}

#[cfg(test)]
mod tests;
