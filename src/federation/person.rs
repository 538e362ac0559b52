//! The profile of a person, from the claims of the ID token and from `UserInfo`.

use serde_json::Value;

use super::error::{Endpoint, ProviderError, TokenFault};
use super::http::Call;
use super::jws::Claims;
use super::keys::KeyRing;
use super::userinfo;
use crate::domain::admission::Profile;
use crate::domain::provider::{OAuth2, Oidc, Provider};

/// What says of an ID token's e-mail address that it is verified (`OpenID` Connect Core §5.1).
const EMAIL_VERIFIED: &str = "email_verified";

/// Where the rest of a person is asked for.
pub(super) struct Further<'a, 'k> {
    /// The address of `UserInfo`, if there is one.
    pub userinfo: Option<&'a str>,
    pub access_token: &'a str,
    /// What verifies it if it is signed.
    pub keys: &'a mut KeyRing<'k>,
}

/// The person of a verified ID token. What it leaves out is asked for at `UserInfo`, with the
/// access token.
pub(super) fn of_id_token(
    provider: &Provider,
    oidc: &Oidc,
    claims: Claims,
    further: Further<'_, '_>,
    call: &Call<'_>,
) -> Result<Profile, ProviderError> {
    let subject = text(&claims, "sub").unwrap_or_default();
    // An address and the word on it come from one place.
    let has_both = has(&claims, "email") && has(&claims, &oidc.email_verified_claim);
    let has_name = has(&claims, "name") || has(&claims, "given_name");
    let told =
        match further.userinfo {
            Some(url) if !has_both || !has_name => {
                let way = (further.keys, call);
                match userinfo::of_subject(url, &subject, further.access_token, provider, oidc, way) {
                    // A missing name is no reason to refuse a person.
                    Err(
                        ProviderError::Unreachable { .. } | ProviderError::UserInfo(TokenFault::Encrypted),
                    ) if has_both => Claims::new(),
                    outcome => outcome?,
                }
            }
            _ => Claims::new(),
        };
    let source = if has_both || !has(&told, "email") {
        &claims
    } else {
        &told
    };
    let either = |name| text(&claims, name).or_else(|| text(&told, name));
    let (first_name, last_name) = names(either("given_name"), either("family_name"), either("name"));
    Ok(Profile {
        issuer: oidc.issuer.clone(),
        subject,
        email: text(source, "email"),
        email_verified: is_verified(source, &oidc.email_verified_claim, oidc.email_verified_as_text),
        first_name,
        last_name,
        locale: either("locale"),
        claims,
    })
}

/// JSON `true` and nothing like it, unless the configuration says that the provider sends texts.
/// Only Entra's own claim also comes as 1.
fn is_verified(claims: &Claims, claim: &str, as_text: bool) -> bool {
    match claims.get(claim) {
        Some(Value::Bool(verified)) => *verified,
        Some(Value::String(text)) if as_text && text == "true" => true,
        Some(Value::Number(one)) if claim != EMAIL_VERIFIED => one.as_u64() == Some(1),
        Some(Value::String(one)) if claim != EMAIL_VERIFIED => one == "1",
        _ => false,
    }
}

/// The person that a plain OAuth 2.0 provider's `UserInfo` is about.
pub(super) fn of_userinfo(
    provider: &Provider,
    oauth2: &OAuth2,
    access_token: &str,
    call: &Call<'_>,
) -> Result<Profile, ProviderError> {
    let url = &oauth2.userinfo_endpoint;
    let claims = userinfo::plain(url, access_token, call)?;
    let subject = lasting_id(claims.get(&oauth2.subject_field));
    let subject = subject.ok_or_else(|| ProviderError::NoSubject {
        field: oauth2.subject_field.clone(),
    })?;
    let (email, email_verified) = if let Some(url) = &oauth2.emails_endpoint {
        let (list, _): (Vec<Value>, _) = call.get(Endpoint::Emails, url, Some(access_token))?;
        primary(&list)
    } else {
        let verified = oauth2.email_verified_field.as_ref();
        let as_text = oauth2.email_verified_as_text;
        let verified = verified.is_some_and(|field| is_verified(&claims, field, as_text));
        (text(&claims, &oauth2.email_field), verified)
    };
    let field = |name: &Option<String>| name.as_ref().and_then(|name| text(&claims, name));
    let (first_name, last_name) = names(
        field(&oauth2.first_name_field),
        field(&oauth2.last_name_field),
        field(&oauth2.name_field),
    );
    Ok(Profile {
        issuer: url.clone(),
        subject: provider.subject(&subject),
        email,
        email_verified,
        first_name,
        last_name,
        locale: text(&claims, "locale"),
        claims,
    })
}

/// An id as a text: GitHub's is a number.
fn lasting_id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        _ => None,
    }
}

/// The primary address of a list as GitHub has it, and whether it is verified.
fn primary(list: &[Value]) -> (Option<String>, bool) {
    let is = |listed: &Value, field| listed.get(field) == Some(&Value::Bool(true));
    let Some(primary) = list.iter().find(|listed| is(listed, "primary")) else {
        return (None, false);
    };
    let email = primary.get("email").and_then(Value::as_str);
    (email.map(str::to_owned), is(primary, "verified"))
}

/// First and last name. A whole name is parted at its last space.
fn names(
    first: Option<String>,
    last: Option<String>,
    whole: Option<String>,
) -> (Option<String>, Option<String>) {
    if first.is_some() || last.is_some() {
        return (first, last);
    }
    let Some(whole) = whole else { return (None, None) };
    match whole.trim().rsplit_once(' ') {
        Some((first, last)) => (Some(first.to_owned()), Some(last.to_owned())),
        None => (Some(whole), None),
    }
}

/// Whether a claim is there; `null` is the same as none.
fn has(claims: &Claims, name: &str) -> bool {
    claims.get(name).is_some_and(|value| !value.is_null())
}

fn text(claims: &Claims, name: &str) -> Option<String> {
    let text = claims.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(claim: &str, value: &Value, as_text: bool) -> bool {
        is_verified(json!({ claim: value }).as_object().unwrap(), claim, as_text)
    }

    #[test]
    fn only_true_is_verified() {
        assert!(said("email_verified", &json!(true), false));
        for value in [
            json!(false),
            json!(null),
            json!("true"),
            json!(1),
            json!("1"),
            json!("True"),
            json!([true]),
        ] {
            assert!(!said("email_verified", &value, false), "{value}");
        }
        assert!(!is_verified(&Claims::new(), "email_verified", true));
        for value in [json!(true), json!(1), json!("1")] {
            assert!(said("xms_edov", &value, false), "{value}");
        }
        for value in [json!(false), json!(0), json!("0"), json!("true"), json!(2)] {
            assert!(!said("xms_edov", &value, false), "{value}");
        }
    }

    #[test]
    fn the_text_true_is_verified_where_the_configuration_says_so() {
        for value in [json!(true), json!("true")] {
            assert!(said("email_verified", &value, true), "{value}");
        }
        for value in [
            json!(false),
            json!("false"),
            json!("True"),
            json!("1"),
            json!(1),
            json!(""),
            json!(null),
        ] {
            assert!(!said("email_verified", &value, true), "{value}");
        }
    }

    #[test]
    fn a_whole_name_is_parted_only_where_there_is_no_other() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            names(None, None, some("Ada King Lovelace")),
            (some("Ada King"), some("Lovelace"))
        );
        assert_eq!(names(None, None, some("Ada")), (some("Ada"), None));
        assert_eq!(names(None, some("L"), some("Ada Lovelace")), (None, some("L")));
    }

    #[test]
    fn the_primary_address_counts_and_no_other() {
        let list = json!([
            {"email": null, "verified": "yes"},
            {"email": "old@example.com", "primary": false, "verified": true},
            {"email": "ada@example.com", "primary": true, "verified": true, "visibility": null},
        ]);
        let list = list.as_array().unwrap();
        assert_eq!(primary(list), (Some("ada@example.com".to_owned()), true));
        assert_eq!(primary(&list[..2]), (None, false));
        assert_eq!(primary(&[]), (None, false));
        let said = json!([{"email": "ada@example.com", "primary": true, "verified": "true"}]);
        let unverified = (Some("ada@example.com".to_owned()), false);
        assert_eq!(primary(said.as_array().unwrap()), unverified);
    }

    #[test]
    fn a_number_is_an_id_and_nothing_is_none() {
        assert_eq!(lasting_id(Some(&json!(583_231))), Some("583231".to_owned()));
        assert_eq!(lasting_id(Some(&json!("00u1"))), Some("00u1".to_owned()));
        for value in [json!(""), json!(null), json!(1.5), json!(-1), json!(["a"])] {
            assert_eq!(lasting_id(Some(&value)), None);
        }
    }
}
