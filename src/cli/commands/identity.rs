//! `backoffice identity …`.

use clap::{Args, Subcommand};
use uuid::Uuid;

use crate::cli::answer::Answer;
use crate::cli::batch::user_ref;
use crate::cli::browser::person;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::shapes::{OfUser, ShownIdentity};
use crate::cli::third_party::WayArgs;
use crate::cli::whose;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::AttemptId;
use crate::domain::provider::ProviderName;
use crate::domain::third_party::Purpose;
use crate::domain::user::UserRef;
use crate::federation::Ending;
use crate::ops::identities::Other;
use crate::ops::{self, IdentityError, Written};

/// What can be done with identities.
#[derive(Debug, Subcommand)]
pub enum IdentityCommand {
    List(ListIdentities),
    Link(LinkIdentity),
    Unlink(UnlinkIdentity),
}

/// List the accounts at providers that are linked to users
#[derive(Debug, Args)]
pub struct ListIdentities {
    /// Only of this user
    user: Option<String>,
}

/// Link a user to their account at a provider
///
/// There are three ways. With `--with`, the user signs in at the provider now. With `--attempt`, the
/// account of a refused sign-in is linked, by the id that the refusal named. With `--provider` and
/// `--subject`, the lasting id of the account is known. The user gets a mail about it, where mail is
/// configured.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct LinkIdentity {
    /// An e-mail or an id
    user: String,
    /// Open the sign-in page of this provider, and link the account that signs in
    #[arg(long, value_name = "PROVIDER", group = "what")]
    with: Option<String>,
    /// Link the account of the refused sign-in with this id
    #[arg(long, value_name = "ID", group = "what")]
    attempt: Option<Uuid>,
    /// The provider that the account of `--subject` belongs to
    #[arg(long, value_name = "PROVIDER", requires = "subject", group = "what")]
    provider: Option<String>,
    /// The lasting id of the account at the provider; not an e-mail address
    #[arg(long, value_name = "SUBJECT", requires = "provider")]
    subject: Option<String>,
    /// Replace another account of the user at this provider
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    way: WayArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Unlink a user from their account at a provider
///
/// The command refuses to take the last way to sign in away: give the user a password first
/// (`reset issue`), or link another account (`identity link --replace`). A user whose e-mail the
/// provider still confirms is linked again at the next sign-in. To block a user, use
/// `user deactivate`.
#[derive(Debug, Args)]
pub struct UnlinkIdentity {
    /// An e-mail or an id
    user: String,
    /// The provider
    #[arg(long, value_name = "PROVIDER")]
    provider: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl IdentityCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::List(list) => list.run(context),
            Self::Link(link) => link.run(context),
            Self::Unlink(unlink) => unlink.run(context),
        }
    }
}

impl ListIdentities {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<OfUser<ShownIdentity>>()?;
        let who = self.user.as_deref().map(user_ref).transpose()?;
        let office = context.office()?;
        let found = office.identities().list(who.as_ref())?;
        let identities = found
            .iter()
            .map(|identity| (Some(identity.user_id), ShownIdentity::from(identity)))
            .collect();
        whose::list(context, &office, identities, "no user is linked to a provider")
    }
}

impl LinkIdentity {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let who = user_ref(&self.user)?;
        let other = if self.replace { Other::Replace } else { Other::Keep };
        let written = if let Some(provider) = &self.with {
            self.with_provider(context, provider, &who, other)?
        } else if let Some(attempt) = self.attempt {
            let config = context.config()?;
            let label_of = |name: &str| match config.provider(name) {
                Ok(provider) => provider.label().to_owned(),
                Err(_) => name.to_owned(),
            };
            let office = context.office_for(self.write)?;
            office
                .identities()
                .link_attempt(&who, AttemptId(attempt), label_of, other)?
        } else {
            let name = self.provider.unwrap_or_default();
            let provider = context.config()?.provider(&name)?;
            let id = self.subject.filter(|id| !id.is_empty());
            let subject = id.map(|id| provider.subject(&id)).unwrap_or_default();
            let bond = IdentityBond::new(provider.name().to_string(), provider.issuer().to_owned(), subject)
                .map_err(|error| Failure::new(Exit::Invalid, "invalid_identity", error.to_string()))?;
            let office = context.office_for(self.write)?;
            office.identities().link(&who, &bond, provider.label(), other)?
        };
        answer(context, &written, self.write, "is linked to this account already")
    }

    fn with_provider(
        &self,
        context: &Context<'_>,
        provider: &str,
        who: &UserRef,
        other: Other,
    ) -> Result<Written, Failure> {
        let client = self.way.client(context, provider)?;
        let office = context.office_for(self.write)?;
        let user = office.users().get(who)?;
        let mut returned = self.way.go(context, &client, Purpose::Link(user.id), office)?;
        let office = context.office_for(self.write)?;
        let completed = office.third_party(&client).link(returned.vouched, other);
        let written = returned.browser.hears(completed)?;
        let label = client.provider().label();
        returned.browser.shows(&if self.write.dry_run {
            Ending::Rehearsed {
                provider: label.to_owned(),
            }
        } else {
            Ending::LinkedByHand(person(&written.user, label))
        });
        Ok(written)
    }
}

impl UnlinkIdentity {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let who = user_ref(&self.user)?;
        let configured = context.config()?.provider(&self.provider);
        // A provider that is no longer configured can be unlinked, and has the name of a provider.
        let name = match (&configured, ProviderName::parse(&self.provider)) {
            (_, Ok(name)) => name,
            (Ok(provider), Err(_)) => provider.name().clone(),
            (Err(unknown), Err(_)) => return Err(unknown.clone().into()),
        };
        let issuer = configured.as_ref().ok().map(|provider| provider.issuer());
        let office = context.office_for(self.write)?;
        let unlinked = office.identities().unlink(&who, &name, issuer);
        let written = unlinked.map_err(|error| match (error, &configured) {
            (ops::Error::Identity(error @ IdentityError::NotLinked { .. }), Err(unknown)) => {
                let failure = Failure::from(error);
                match unknown.proposal() {
                    Some(proposal) => failure.hint(proposal),
                    None => failure,
                }
            }
            (error, _) => error.into(),
        })?;
        let holds = format!("is not linked to {name}");
        answer(context, &written, self.write, &holds)
    }
}

/// Answers; `holds` is what is said of a user for whom nothing changed.
fn answer(context: &Context<'_>, written: &Written, write: WriteArgs, holds: &str) -> Result<Exit, Failure> {
    let answer = Answer::of_user(written, write).holding(format!("{} {holds}", written.user.email));
    context.terminal.answer(&answer)?;
    Ok(Exit::Done)
}
