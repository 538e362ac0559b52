//! `backoffice login --with PROVIDER`.

use super::Login;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::third_party::{Outcome, Purpose, Way};
use crate::domain::admission::Admitted;

impl Login {
    pub(super) fn with_provider(&self, context: &Context<'_>, provider: &str) -> Result<Exit, Failure> {
        let client = self.way.client(context, provider)?;
        let office = context.office()?;
        let way = Way {
            arguments: &self.way,
            client: &client,
            purpose: Purpose::SignIn(self.replaced(context, &office)?),
            dry_run: false,
        };
        let outcome = way.go(context, &office, |office, outcome| match outcome {
            Outcome::SignedIn(signed_in, _) => self.keep(context, office, signed_in),
            Outcome::Linked(_) | Outcome::Rehearsed(_) => Ok(()),
        })?;
        let Outcome::SignedIn(signed_in, admitted) = outcome else {
            return Err(Failure::new(Exit::Internal, "internal", "nobody was signed in"));
        };
        let label = &client.provider().label;
        let how = match admitted {
            Admitted::Known => String::new(),
            Admitted::Linked => ", linked from now on".to_owned(),
            Admitted::Created(_) => ", a new user".to_owned(),
        };
        let sentence = format!("signed in as {}, by {label}{how}", signed_in.user.email);
        self.answer(context, &office, &signed_in, Some(sentence))
    }
}
