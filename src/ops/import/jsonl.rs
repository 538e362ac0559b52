//! Users as JSON with our names, as an export and a list write them.

use super::error::RowError;
use super::field_names;
use super::format::ReadOptions;
use super::given::{FieldForm, Given, GivenValue};
use super::json::{self, Json, JsonMembers};
use super::objects::Object;
use super::row::RowFailure;
use super::unknown_names::UnknownNames;
use super::user_fields::{self, EMAIL, FIELDS, ImportRow};

use std::borrow::Cow;

pub(super) fn row(object: Object<'_>, options: &ReadOptions) -> Result<ImportRow, RowFailure> {
    let line = object.line;
    let failure = |email: Option<&str>, error| RowFailure::new(line, email, error);
    let bytes = object.bytes.ok_or_else(|| failure(None, RowError::TooLong))?;
    let members = json::object(bytes, line).map_err(|error| failure(None, error))?;
    given(&members, options)
        .and_then(|mut given| user_fields::check(line, &mut given, &options.timezone))
        .map_err(|error| failure(email_in(&members), error))
}

fn email_in<'m>(members: &'m JsonMembers<'_>) -> Option<&'m str> {
    let is_email = |name: &str| field_names::find(name).is_some_and(|place| FIELDS[place].name == EMAIL);
    let found = members.iter().rev().find(|(name, _)| is_email(name));
    found.and_then(|(_, value)| value.as_text())
}

fn given<'m>(members: &'m JsonMembers<'_>, options: &ReadOptions) -> Result<Given<'m>, RowError> {
    let mut given = Given::new(FIELDS.len());
    let mut seen = 0_u32;
    let mut unknown = UnknownNames::default();
    for (name, value) in members {
        let Some(place) = field_names::find(name) else {
            unknown.add(|| field_names::unknown(name));
            continue;
        };
        let bit = 1 << place;
        if seen & bit != 0 {
            let field = FIELDS[place].name;
            return Err(RowError::RepeatedField { field });
        }
        seen |= bit;
        if let Some(value) = read(FIELDS[place].name, FIELDS[place].form, value)? {
            given.set(place, value);
        }
    }
    if unknown.count > 0 && !options.ignore_unknown_columns {
        return Err(RowError::UnknownFields(unknown));
    }
    Ok(given)
}

/// The value of a field; `None` for `null` and for a field that an import ignores.
fn read<'m>(
    field: &'static str,
    form: FieldForm,
    value: &'m Json<'_>,
) -> Result<Option<GivenValue<'m>>, RowError> {
    let wrong = |expected| RowError::WrongType { field, expected };
    Ok(Some(match (form, value) {
        (FieldForm::Shown, _) | (_, Json::Null) => return Ok(None),
        (FieldForm::Flag, Json::Flag(flag)) => GivenValue::Flag(*flag),
        (FieldForm::Flag, _) => return Err(RowError::Flag { field }),
        (FieldForm::Names, Json::List(list)) => GivenValue::Names(texts(list).ok_or(wrong(NAMES))?),
        (FieldForm::Names, _) => return Err(wrong(NAMES)),
        (FieldForm::Identities, Json::List(list)) => {
            let bonds: Option<_> = list.iter().map(bond).collect();
            GivenValue::Identities(bonds.ok_or(wrong(BOND))?)
        }
        (FieldForm::Identities, _) => return Err(wrong(BOND)),
        (FieldForm::Text | FieldForm::Secret, Json::Text(text)) => GivenValue::Text(Cow::Borrowed(text)),
        // The credential of Keycloak is an object, or stands in a list.
        (FieldForm::Secret, Json::Object(_) | Json::List(_)) if field == HASH => {
            GivenValue::Text(Cow::Owned(value.to_value().to_string()))
        }
        (FieldForm::Text | FieldForm::Secret, _) => return Err(wrong("a text")),
    }))
}

/// The field of a hash.
const HASH: &str = "password_hash";
const NAMES: &str = "a list of names";
const BOND: &str = "a list of objects with provider, issuer and subject";

fn texts<'m>(list: &'m [Json<'_>]) -> Option<Vec<Cow<'m, str>>> {
    list.iter()
        .map(|value| value.as_text().map(Cow::Borrowed))
        .collect()
}

fn bond<'m>(value: &'m Json<'_>) -> Option<[Cow<'m, str>; 3]> {
    let Json::Object(members) = value else {
        return None;
    };
    let part = |name| {
        json::member(members, name)
            .and_then(Json::as_text)
            .map(Cow::Borrowed)
    };
    let parts = [part("provider")?, part("issuer")?, part("subject")?];
    (members.len() == parts.len()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::{failure, results, rows, rows_in};
    use super::super::row::ImportedCredential;
    use super::*;

    const USER: &str = r#"{"id":"0193b0e5-7c5e-7000-8000-000000000001","email":"ada@example.com","first_name":"Ada","last_name":"","status":"active","locale":"en","groups":["support"],"password_state":"set","must_change_password":false,"identities":[{"provider":"okta","issuer":"https://id.example.com","subject":"00u1"}],"lock":"slowed","locked_until":"2026-11-24T09:00:00Z","last_login_at":null,"created_at":"2026-11-24T09:00:00.123Z","updated_at":"2026-11-24T09:00:00Z"}"#;

    #[test]
    fn the_user_object_reads_in_by_line_and_by_array() {
        for text in [format!("{USER}\n\n{USER}"), format!("[{USER},\n\n{USER}]")] {
            let rows = rows(&text);
            assert_eq!((rows[0].line, rows[1].line), (1, 3));
            let row = &rows[1];
            assert_eq!(row.first_name.as_ref().unwrap().as_str(), "Ada");
            assert_eq!(row.last_name.as_ref().unwrap().as_str(), "");
            assert_eq!(row.identities[0].subject, "00u1");
            assert_eq!(row.must_change_password, Some(false));
            assert_eq!(row.created_at.unwrap().to_string(), "2026-11-24T09:00:00.123Z");
            // `set`, but without the hash.
            assert!(matches!(row.credential, ImportedCredential::None));
        }
    }

    #[test]
    fn a_state_is_never_taken_for_a_password() {
        let credential = |more: &str| {
            let text = format!("{{\"email\":\"a@example.com\"{more}}}");
            rows(&text).remove(0).credential
        };
        let hash = "\"password_hash\":\"$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m\"";
        assert!(matches!(credential(""), ImportedCredential::Unsaid));
        assert!(matches!(
            credential(",\"password\":null"),
            ImportedCredential::Unsaid
        ));
        assert!(matches!(
            credential(",\"password_state\":\"none\""),
            ImportedCredential::None
        ));
        assert!(matches!(
            credential(",\"password_state\":\"random\""),
            ImportedCredential::Random
        ));
        assert!(matches!(
            credential(&format!(",{hash}")),
            ImportedCredential::Hash(_)
        ));
        let set = format!(",\"password_state\":\"set\",{hash}");
        assert!(matches!(credential(&set), ImportedCredential::Hash(_)));
        assert!(matches!(
            credential(",\"password\":\"x\""),
            ImportedCredential::Plain(_)
        ));
        assert!(matches!(
            credential(",\"password_hash\":\"!x\""),
            ImportedCredential::None
        ));
    }

    #[test]
    fn a_hash_may_be_a_credential_that_is_an_object() {
        let credential = r#"{"secretData":{"value":"b3V0cHV0b3V0cHV0b3V0cHV0","salt":"c2FsdHNhbHQ="},"credentialData":{"hashIterations":27500,"algorithm":"pbkdf2-sha256"}}"#;
        for hash in [credential.to_owned(), format!("[{credential}]")] {
            let text = format!("{{\"email\":\"a@example.com\",\"password_hash\":{hash}}}");
            let phc = "$pbkdf2-sha256$i=27500,l=18$c2FsdHNhbHQ$b3V0cHV0b3V0cHV0b3V0cHV0";
            assert!(
                matches!(&rows(&text)[0].credential, ImportedCredential::Hash(hash) if hash.as_str() == phc)
            );
        }
        let error = |more: &str| failure(&format!("{{\"email\":\"a@example.com\",{more}}}")).error;
        for hash in ["{}", "[1]", "{\"secretData\":1.5}"] {
            let refused = error(&format!("\"password_hash\":{hash}"));
            assert!(matches!(refused, RowError::Hash { .. }), "{hash}");
        }
        assert!(matches!(error("\"password\":{}"), RowError::WrongType { .. }));
        assert!(matches!(error("\"password_hash\":1"), RowError::WrongType { .. }));
    }

    #[test]
    fn each_bad_row_says_why() {
        let error = |more: &str| failure(&format!("{{\"email\":\"a@example.com\",{more}}}")).error;
        let RowError::UnknownFields(unknown) = error("\"frist_name\":\"x\",\"shoe_size\":43") else {
            panic!("unknown keys");
        };
        assert_eq!((unknown.count, unknown.first[0].nearest), (2, Some("first_name")));
        assert_eq!(unknown.to_string(), "`frist_name`, `shoe_size`");
        assert!(matches!(
            error("\"email\":\"x\""),
            RowError::RepeatedField { field: "email" }
        ));
        assert!(matches!(
            error("\"locale\":null,\"locale\":null"),
            RowError::RepeatedField { field: "locale" }
        ));
        assert!(matches!(
            error("\"first_name\":1"),
            RowError::WrongType {
                field: "first_name",
                ..
            }
        ));
        assert!(matches!(
            error("\"first_name\":\"\\u0000\""),
            RowError::Name { .. }
        ));
        assert!(matches!(
            error("\"groups\":\"a;b\""),
            RowError::WrongType { field: "groups", .. }
        ));
        assert!(matches!(
            error("\"groups\":[1]"),
            RowError::WrongType { field: "groups", .. }
        ));
        assert!(matches!(error("\"groups\":[\"\"]"), RowError::Group(_)));
        assert!(matches!(
            error("\"identities\":{}"),
            RowError::WrongType {
                field: "identities",
                ..
            }
        ));
        let bond = "\"identities\":[{\"provider\":\"a\",\"issuer\":\"b\",\"subject\":\"\"}]";
        assert!(matches!(error(bond), RowError::Identity(_)));
        assert!(matches!(
            error("\"must_change_password\":\"true\""),
            RowError::Flag { .. }
        ));
        assert!(matches!(
            error("\"password\":\"a\",\"password_hash\":\"b\""),
            RowError::BothPasswordAndHash
        ));
        assert!(matches!(
            error("\"last_login_at\":\"\""),
            RowError::Timestamp {
                field: "last_login_at"
            }
        ));
        assert!(matches!(
            failure("{\"locale\":\"en\"}").error,
            RowError::MissingField { field: "email" }
        ));
    }

    #[test]
    fn keys_are_taken_as_people_write_them_and_others_passed_over_if_told() {
        let text = "{\"Email\":\"a@example.com\",\"firstName\":\"Ada\",\"shoeSize\":43}";
        let options = ReadOptions {
            ignore_unknown_columns: true,
            ..ReadOptions::default()
        };
        let row = rows_in(text, &options).remove(0);
        assert_eq!(row.first_name.unwrap().as_str(), "Ada");
        let failure = failure(text);
        assert_eq!(failure.email.as_deref(), Some("a@example.com"));
        assert!(matches!(failure.error, RowError::UnknownFields(_)));
    }

    #[test]
    fn objects_that_span_lines_read_in_one_after_the_other_and_in_an_array() {
        let one = "{\n  \"email\": \"a@example.com\",\n  \"groups\": [\n    \"x\"\n  ]\n}";
        let other = one.replace("a@", "b@");
        for text in [format!("{one}\n{other}\n"), format!("[\n{one},\n{other}\n]\n")] {
            let rows = rows(&text);
            let emails: Vec<_> = rows.iter().map(|row| row.email.as_str()).collect();
            assert_eq!(emails, ["a@example.com", "b@example.com"], "{text}");
        }
    }

    #[test]
    fn no_message_quotes_a_value() {
        for text in [
            "{\"email\":\"a@example.com\",\"must_change_password\":\"hunter2\"}",
            "{\"email\":\"a@example.com\",\"password\":[\"hunter2\"]}",
            "{\"email\":\"a@example.com\",\"password_hash\":\"hunter2\"}",
            "{\"email\":\"a@example.com\",\"password\":\"hunter2}",
            "{\"email\":\"hunter2\"}",
        ] {
            let failure = failure(text);
            assert!(
                !format!("{} {failure:?}", failure.error).contains("hunter2"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bad_line_leaves_the_next_ones_readable() {
        let long = "x".repeat(2 << 20);
        let text = format!("{{\"email\":\n{USER}\n{{\"email\":\"{long}\"}}\n{USER}\n");
        let results = results(text.as_bytes());
        let error = |place: usize| &results[place].as_ref().unwrap_err().error;
        assert!(matches!(error(0), RowError::NotJson { line: 1, .. }));
        assert!(matches!(error(2), RowError::TooLong));
        assert!(results[1].is_ok());
        assert_eq!(results[3].as_ref().unwrap().line, 4);
    }
}
