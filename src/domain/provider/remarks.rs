//! Remarks on settings that are allowed and can be dangerous.

use url::Url;

use super::endpoint::is_entra;
use super::{Preset, Protocol, Provider};
use crate::domain::admission::Strategy;

const GOOGLE: &str = "https://accounts.google.com";

impl Provider {
    /// The remarks. Each says what can happen, and which setting is better.
    #[must_use]
    pub fn remarks(&self) -> Vec<&'static str> {
        let remarks = [
            (
                self.believes_any_address(),
                "`trust_unverified_email` takes every address for verified: a person who can enter an address at the provider signs in as the user with this address. Limit the accounts with `require_claims`.",
            ),
            (
                self.creates_owners_of_old_accounts(),
                "A private Google account that was once made with an address of your company stays verified, even after its owner left. `require_claims = { hd = \"example.com\" }`, with your domain, lets in accounts of your Workspace alone.",
            ),
            (
                self.lacks_preset_of_entra(),
                "The issuer is Entra ID, which sends no `email_verified`: with `preset = \"entra\"` the claim that it sends instead counts.",
            ),
        ];
        let apply = remarks.into_iter().filter(|(applies, _)| *applies);
        apply.map(|(_, remark)| remark).collect()
    }

    fn believes_any_address(&self) -> bool {
        self.admission().trust_unverified_email && !self.admission().requires_what_few_have()
    }

    fn creates_owners_of_old_accounts(&self) -> bool {
        self.issuer() == GOOGLE
            && self.admission().strategy == Strategy::CreateOnFirstLogin
            && !self.admission().require_claims.contains_key("hd")
    }

    fn lacks_preset_of_entra(&self) -> bool {
        let Protocol::Oidc(oidc) = self.protocol() else {
            return false;
        };
        self.preset() != Some(Preset::Entra) && Url::parse(&oidc.issuer).is_ok_and(|url| is_entra(&url))
    }
}
