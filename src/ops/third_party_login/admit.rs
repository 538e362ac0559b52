//! Decides whether a person is signed in, and writes what follows from it, in one transaction.

use uuid::Uuid;

use super::{Refused, SignedInAtProvider};
use crate::domain::admission::{Admitted, Profile, Refusal};
use crate::domain::audit::{STRANGERS_INTERVAL, Target};
use crate::domain::email::EmailAddress;
use crate::domain::identity::{IdentityBond, RefusedLogin};
use crate::domain::ids::AttemptId;
use crate::domain::password::{Credential, PasswordState};
use crate::domain::provider::{Provider, ProviderName};
use crate::domain::token::PlainToken;
use crate::domain::user::{Name, User};
use crate::federation::Vouched;
use crate::ops::identities::tie;
use crate::ops::sessions::open_session;
use crate::ops::users::{NewPassword, NewUser, add};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Error, LoginRefused, ThirdPartyError, notices};

/// Signs the person in, if the rules of the provider allow it. A refusal is recorded, so the
/// transaction is kept.
pub(super) fn admit(
    tx: &WriteTransaction<'_>,
    provider: &Provider,
    vouched: &Vouched,
    replaces: Option<&PlainToken>,
) -> Result<Refused<SignedInAtProvider>, Error> {
    let (profile, bond) = (vouched.profile(), vouched.bond().clone());
    let by_identity = find_by_identity(tx, &bond)?;
    let by_email = match provider.admission().trusted_address(profile) {
        Ok(address) if by_identity.is_none() => tx.find_user_by_email(address.canonical())?,
        _ => None,
    };
    let decided = provider
        .admission()
        .decide(profile, by_identity.as_ref(), by_email.as_ref());
    let admitted = match decided {
        Ok(admitted) => admitted,
        Err(refusal) => {
            let user = by_identity.or(by_email);
            return refuse(tx, provider, vouched, user.as_ref(), refusal).map(Err);
        }
    };
    let user = match (&admitted, by_identity.or(by_email)) {
        (Admitted::Created(address), _) => {
            let user = create(tx, provider, profile, address.clone())?;
            tie(tx, &user, bond, Some(tx.now))?;
            user
        }
        (Admitted::Known, Some(user)) => {
            tx.store.set_identity_last_login_at(&bond.issuer, &bond.subject)?;
            user
        }
        (Admitted::Linked, Some(user)) => {
            tie(tx, &user, bond, Some(tx.now))?;
            notices::notify_linked(tx, &user, provider.label())?;
            user
        }
        // Only an unknown person is created. Otherwise a user is needed.
        (_, None) => return refuse(tx, provider, vouched, None, Refusal::Unknown).map(Err),
    };
    let means = format!("{}: {}", provider.name(), means(&admitted));
    let signed_in = open_session(tx, user.id, replaces, means)?;
    Ok(Ok(SignedInAtProvider { signed_in, admitted }))
}

fn means(admitted: &Admitted) -> &'static str {
    match admitted {
        Admitted::Known => "identity",
        Admitted::Linked => "linked",
        Admitted::Created(_) => "created",
    }
}

fn find_by_identity(tx: &WriteTransaction<'_>, bond: &IdentityBond) -> Result<Option<User>, Error> {
    match tx.find_user_id_by_identity(&bond.issuer, &bond.subject)? {
        Some(id) => Ok(tx.find_user_by_id(id)?),
        None => Ok(None),
    }
}

/// Creates an active user with the password state `random`.
fn create(
    tx: &WriteTransaction<'_>,
    provider: &Provider,
    profile: &Profile,
    email: EmailAddress,
) -> Result<User, Error> {
    // A name from the provider that breaks another rule is left out.
    let name = |given: &Option<String>| -> Name {
        let given = given.as_deref().unwrap_or_default();
        Name::parse_visible(given).unwrap_or_default()
    };
    let new = NewUser {
        first_name: name(&profile.first_name),
        last_name: name(&profile.last_name),
        locale: profile.locale.as_deref().and_then(|given| given.parse().ok()),
        groups: provider.admission().default_groups.clone(),
        activate: true,
        password: NewPassword::None,
        ..NewUser::new(email)
    };
    let random = Credential {
        state: PasswordState::Random,
        ..Credential::NONE
    };
    Ok(add(tx, &new, &random)?.user)
}

/// Records a refusal, and stores the account if an operator could link it.
fn refuse(
    tx: &WriteTransaction<'_>,
    provider: &Provider,
    vouched: &Vouched,
    user: Option<&User>,
    refusal: Refusal,
) -> Result<Error, Error> {
    let event = match user {
        Some(user) => {
            let reason = format!("{}: {}", provider.name(), refusal.as_str());
            Some(tx.record_refused_login(Target::User(user.id), reason)?)
        }
        None => record_stranger(tx, provider.name(), refusal.as_str())?,
    };
    let attempt = if refusal.is_mended_by_linking() {
        let id = AttemptId(event.map_or_else(|| tx.id(), Ok)?);
        tx.store.add_refused_login(&RefusedLogin {
            id,
            bond: vouched.bond().clone(),
            user_id: user.map(|user| user.id),
            refused_at: tx.now,
        })?;
        Some(id)
    } else {
        None
    };
    let refused = LoginRefused {
        label: provider.label().to_owned(),
        refusal,
        email: vouched.profile().email.as_deref().map(shortened),
        verified_by: provider.protocol().email_verified_by().map(str::to_owned),
        attempt,
    };
    Ok(ThirdPartyError::LoginRefused(refused).into())
}

/// An address of the provider, as much of it as an address can have.
fn shortened(given: &str) -> String {
    const LONGEST: usize = 254;
    given.chars().take(LONGEST).collect()
}

/// Counts the sign-ins of unknown persons over all providers. From time to time an event records the
/// count and the outcome of the last one. Returns the id of the event, if one was recorded.
pub(super) fn record_stranger(
    tx: &WriteTransaction<'_>,
    provider: &ProviderName,
    word: &str,
) -> Result<Option<Uuid>, Error> {
    match tx.store.count_failed_provider(tx.now, STRANGERS_INTERVAL)? {
        Some(count) => {
            let reason = format!("third_party x{count}, the last by {provider}: {word}");
            tx.record_refused_login(Target::Unknown, reason).map(Some)
        }
        None => Ok(None),
    }
}
