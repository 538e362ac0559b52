//! `user list`.

use std::ops::ControlFlow;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::cli::answer::counted;
use crate::cli::arguments::{group, limited, moment_or_ago, whole_number};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::duration;
use crate::cli::office::Office;
use crate::domain::clock::{Clock, earlier};
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::user::{Status, User};
use crate::ops::system::SystemClock;
use crate::ops::users::{Listing, Users};
use crate::store::{SortField, UserFilter, UserOrder};

/// List users
///
/// The users are in order of creation. Deleted users are left out. A hint says so if a search matches
/// deleted users. `--after` takes the id of the last row.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ListUsers {
    /// Only users of this status; several are separated by commas, or given one by one
    #[arg(long, value_enum, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<StatusWord>,
    /// Deleted users too
    #[arg(long, conflicts_with = "status")]
    all: bool,
    /// Only members of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only users with this text in the address or a name
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only users who are linked to this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<String>,
    /// Only users whose password is in this state (random: made at a sign-in with a provider, and not known to the user)
    #[arg(long, value_enum, value_name = "STATE")]
    password: Option<PasswordWord>,
    /// Only users whose account is slowed or stopped by wrong passwords
    #[arg(long)]
    locked: bool,
    /// Only users who never signed in
    #[arg(long)]
    never_logged_in: bool,
    /// Only users who did not sign in for at least this time, such as 90d
    #[arg(long, value_name = "TIME", value_parser = duration)]
    inactive_for: Option<Duration>,
    /// Only users created at or after this time or date, or so long ago: 7d
    #[arg(long, value_name = "WHEN")]
    created_since: Option<String>,
    /// The order: a field, and `:desc` for the greatest first
    #[arg(long, value_name = "FIELD[:desc]", value_parser = order())]
    sort: Option<UserOrder>,
    /// At most this number of users
    #[arg(long, value_name = "N", value_parser = whole_number)]
    limit: Option<u64>,
    /// Only users that come after the user with this id
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    /// Print only how many there are
    #[arg(long)]
    count: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StatusWord {
    Pending,
    Active,
    Deactivated,
    Deleted,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PasswordWord {
    None,
    Set,
    Random,
}

impl ListUsers {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<User>()?;
        let listing = self.listing()?;
        let office = context.office()?;
        self.check_provider(context, &office.users())?;
        if self.count {
            let count = office.users().count(&listing)?;
            context.terminal.text(&format!("{count}\n"))?;
            self.tell_deleted(context, &office, listing)?;
            return Ok(Exit::Done);
        }
        self.list(context, &office, listing)
    }

    fn list(&self, context: &Context<'_>, office: &Office, mut listing: Listing) -> Result<Exit, Failure> {
        let mut list = context.terminal.list::<User>()?.when_empty("no user matches");
        // One more is looked for, so that it is known whether there are more.
        let limit = listing.limit.filter(|limit| *limit > 0);
        listing.limit = limit.map(|limit| limit.saturating_add(1)).or(listing.limit);
        let (mut count, mut last, mut has_more) = (0, None, false);
        office.users().for_each(&listing, |user| {
            if Some(count) == limit {
                has_more = true;
                return Ok(ControlFlow::Break(()));
            }
            count += 1;
            last = Some(user.id);
            Ok::<_, Failure>(list.row(user)?)
        })?;
        list.finish()?;
        if let Some(last) = last.filter(|_| has_more && !context.terminal.format().is_json()) {
            let next = context.again_with("--after", &last.to_string());
            context
                .terminal
                .hint(&format!("there are more users: `{next}` lists the next ones"));
        }
        self.tell_deleted(context, office, listing)?;
        Ok(Exit::Done)
    }

    /// Says that deleted users match a search, which the list leaves out.
    fn tell_deleted(
        &self,
        context: &Context<'_>,
        office: &Office,
        mut listing: Listing,
    ) -> Result<(), Failure> {
        if self.search.is_none() || self.all || !self.status.is_empty() {
            return Ok(());
        }
        listing.filter.statuses = vec![Status::Deleted];
        listing.limit = None;
        let count = office.users().count(&listing)?;
        if count > 0 {
            let users = counted(count, "deleted user matches", "deleted users match");
            context
                .terminal
                .hint(&format!("{users} the search: `--all` lists deleted users too"));
        }
        Ok(())
    }

    /// Refuses a provider that is not in the configuration, and that no user is linked to.
    fn check_provider(&self, context: &Context<'_>, users: &Users<'_>) -> Result<(), Failure> {
        let Some(name) = &self.provider else {
            return Ok(());
        };
        let Err(unknown) = context.config()?.provider(name) else {
            return Ok(());
        };
        let linked = Listing {
            filter: UserFilter {
                statuses: Status::ALL.to_vec(),
                provider: Some(name.clone()),
                ..UserFilter::default()
            },
            ..Listing::default()
        };
        match users.count(&linked)? {
            0 => Err(unknown.into()),
            _ => Ok(()),
        }
    }

    fn listing(&self) -> Result<Listing, Failure> {
        let statuses = if self.all {
            Status::ALL.to_vec()
        } else {
            self.status.iter().map(|word| word.status()).collect()
        };
        let now = SystemClock::start().now();
        let filter = UserFilter {
            statuses,
            group: self.group.as_deref().map(group).transpose()?,
            provider: self.provider.clone(),
            password: self.password.map(PasswordWord::state),
            locked: self.locked,
            never_logged_in: self.never_logged_in,
            inactive_since: self.inactive_for.map(|time| earlier(now, time)),
            created_since: self
                .created_since
                .as_deref()
                .map(|text| moment_or_ago("--created-since", text, now))
                .transpose()?,
            after: self.after.as_deref().map(cursor).transpose()?,
            order: self.sort.unwrap_or_default(),
        };
        Ok(Listing {
            filter,
            search: self.search.clone(),
            limit: self.limit,
        })
    }
}

impl StatusWord {
    fn status(self) -> Status {
        match self {
            Self::Pending => Status::Pending,
            Self::Active => Status::Active,
            Self::Deactivated => Status::Deactivated,
            Self::Deleted => Status::Deleted,
        }
    }
}

impl PasswordWord {
    fn state(self) -> PasswordState {
        match self {
            Self::None => PasswordState::None,
            Self::Set => PasswordState::Set,
            Self::Random => PasswordState::Random,
        }
    }
}

fn cursor(text: &str) -> Result<UserId, Failure> {
    uuid::Uuid::try_parse(text).map(UserId).map_err(|_| {
        Failure::new(
            Exit::Invalid,
            "invalid_cursor",
            format!("`--after` takes the id of a user, and not `{}`", limited(text)),
        )
        .hint("`backoffice user list --fields id,email` shows the ids; take the id of the last row")
    })
}

/// What users can be sorted by.
const SORT_FIELDS: [(&str, SortField); 8] = [
    ("id", SortField::Id),
    ("email", SortField::Email),
    ("first_name", SortField::FirstName),
    ("last_name", SortField::LastName),
    ("status", SortField::Status),
    ("last_login_at", SortField::LastLoginAt),
    ("created_at", SortField::CreatedAt),
    ("updated_at", SortField::UpdatedAt),
];

/// Takes a field, alone or with its direction. Help and completions show the fields.
fn order() -> impl TypedValueParser<Value = UserOrder> {
    let values = SORT_FIELDS.iter().flat_map(|(name, _)| {
        let directed =
            [":asc", ":desc"].map(|direction| PossibleValue::new(format!("{name}{direction}")).hide(true));
        [PossibleValue::new(*name)].into_iter().chain(directed)
    });
    PossibleValuesParser::new(values).try_map(|text| order_of(&text).ok_or("no field is sorted by this name"))
}

fn order_of(text: &str) -> Option<UserOrder> {
    let (name, direction) = text.split_once(':').unwrap_or((text, "asc"));
    let (_, by) = SORT_FIELDS.iter().find(|(known, _)| *known == name)?;
    Some(UserOrder {
        by: *by,
        descending: direction == "desc",
    })
}
