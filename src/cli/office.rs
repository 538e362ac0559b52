//! The back office on behalf of the user who runs the command.

use std::ops::Deref;

use secrecy::SecretString;

use crate::domain::user::User;
use crate::federation::Client;
use crate::ops::sessions::SignedIn;
use crate::ops::sign_in::SignIn;
use crate::ops::{Acting, BackOffice, Caller, Error};
use crate::ops::{audit, groups, identities, mail, passwords, resets, sessions, third_party_login, users};

/// An open store, and the user who acts.
pub struct Office {
    back_office: BackOffice,
    caller: Caller,
}

impl Deref for Office {
    type Target = BackOffice;

    fn deref(&self) -> &BackOffice {
        &self.back_office
    }
}

impl Office {
    pub fn new(back_office: BackOffice, caller: Caller) -> Self {
        Self { back_office, caller }
    }

    fn acting(&self) -> Acting<'_> {
        self.back_office.on_behalf_of(&self.caller)
    }

    pub fn users(&self) -> users::Users<'_> {
        self.acting().users()
    }

    pub fn groups(&self) -> groups::Groups<'_> {
        self.acting().groups()
    }

    pub fn passwords(&self) -> passwords::Passwords<'_> {
        self.acting().passwords()
    }

    pub fn resets(&self) -> resets::Resets<'_> {
        self.acting().resets()
    }

    pub fn mail(&self) -> mail::MailQueue<'_> {
        self.acting().mail()
    }

    pub fn identities(&self) -> identities::Identities<'_> {
        self.acting().identities()
    }

    pub fn audit(&self) -> audit::AuditRecord<'_> {
        self.acting().audit()
    }

    pub fn sessions(&self) -> sessions::Sessions<'_> {
        self.acting().sessions()
    }

    pub fn third_party<'o>(&'o self, client: &'o Client) -> third_party_login::ThirdParty<'o> {
        self.acting().third_party(client)
    }

    pub fn sign_in(&self, request: &SignIn<'_>) -> Result<SignedIn, Error> {
        self.acting().sign_in(request)
    }

    pub fn check_choice(&self, user: &User, plain: &SecretString) -> Result<(), Error> {
        self.acting().check_choice(user, plain)
    }
}
