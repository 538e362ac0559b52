//! One id at one endpoint is one person.

use std::collections::BTreeMap;

use super::protocol::Protocol;
use super::{Provider, ProviderName};

/// The names of two plain OAuth 2.0 providers that take different ids from one endpoint. An identity is
/// the endpoint and the id: the user name of one person could be the number of another.
#[must_use]
pub fn different_subjects(providers: &[Provider]) -> Option<(&ProviderName, &ProviderName)> {
    let mut seen = BTreeMap::new();
    for provider in providers {
        let Protocol::OAuth2(oauth2) = provider.protocol() else {
            continue;
        };
        let this = (provider.name(), &oauth2.subject_field);
        let first = *seen.entry(&oauth2.userinfo_endpoint).or_insert(this);
        if first.1 != this.1 {
            return Some((this.0, first.0));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::provider::{OAuth2, ProviderDescription};

    fn provider(name: &str, userinfo: &str, field: &str) -> Provider {
        let at = |path: &str| format!("https://id.example.com/{path}");
        let mut oauth2 = OAuth2::new(at("authorize"), at("token"), at(userinfo));
        oauth2.subject_field = field.to_owned();
        let name = ProviderName::parse(name).unwrap();
        let protocol = Protocol::OAuth2(Box::new(oauth2));
        Provider::new(ProviderDescription::new(name, "desk", protocol)).unwrap()
    }

    #[test]
    fn an_endpoint_is_asked_for_one_id() {
        let fine = [
            provider("a", "me", "id"),
            provider("b", "me", "id"),
            provider("c", "other", "sub"),
        ];
        assert_eq!(different_subjects(&fine), None);
        let two = [provider("a", "me", "id"), provider("b", "me", "login")];
        let found = different_subjects(&two).map(|(one, other)| (one.as_str(), other.as_str()));
        assert_eq!(found, Some(("b", "a")));
    }
}
