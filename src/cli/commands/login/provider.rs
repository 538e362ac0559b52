//! `backoffice login --with PROVIDER`.

use super::Login;
use crate::cli::browser::person;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::domain::admission::Admitted;
use crate::domain::third_party::Purpose;
use crate::federation::Ending;
use crate::ops::third_party_login::SignedInAtProvider;

impl Login {
    pub(super) fn with_provider(&self, context: &Context<'_>, provider: &str) -> Result<Exit, Failure> {
        let client = self.way.client(context, provider)?;
        let office = context.office_to_change()?;
        if !self.print_token {
            // Without a place to keep the new session, nobody is sent to the provider.
            context.local()?;
        }
        let mut returned = self.way.go(context, &client, Purpose::SignIn, office)?;
        let office = context.office()?;
        let replaces = self.replaced(context, &office)?;
        let completed = office
            .third_party(&client)
            .sign_in(returned.vouched, replaces.as_ref());
        let done = returned.browser.hears(completed)?;
        self.keep(context, &office, &done.signed_in)?;
        let label = client.provider().label();
        returned.browser.shows(&ending(&done, label));
        let how = match done.admitted {
            Admitted::Known => "",
            Admitted::Linked => ", linked from now on",
            Admitted::Created(_) => ", a new user",
        };
        let sentence = format!("signed in as {}, by {label}{how}", done.signed_in.user.email);
        self.answer(context, &office, &done.signed_in, Some(sentence))
    }
}

/// What the browser shows.
fn ending(done: &SignedInAtProvider, label: &str) -> Ending {
    let person = person(&done.signed_in.user, label);
    match done.admitted {
        Admitted::Known => Ending::SignedIn(person),
        Admitted::Linked => Ending::Linked(person),
        Admitted::Created(_) => Ending::Created(person),
    }
}
