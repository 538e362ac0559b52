//! The credential of Keycloak, an object in JSON. Its hash is stored in the PHC string format.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;

use super::error::HashRefusal;
use super::form::{base64, decimal};
use super::limits::LONGEST_CREDENTIAL;

/// Whether a text is JSON, and not a hash after braces such as `{SSHA}`.
pub(super) fn is_credential(text: &str) -> bool {
    let object = text.strip_prefix('{').map(str::trim_start);
    text.starts_with('[') || object.is_some_and(|rest| rest.starts_with(['"', '}']))
}

/// The hash of a credential, or of the first password in a list of credentials, in the PHC string
/// format.
pub(super) fn in_phc_format(text: &str) -> Result<String, HashRefusal> {
    if text.len() > LONGEST_CREDENTIAL {
        return Err(HashRefusal::Malformed);
    }
    let given: Value = serde_json::from_str(text).map_err(|_| HashRefusal::Malformed)?;
    let credential = match &given {
        Value::Array(list) => list.iter().find(|one| is_password(one)),
        one => Some(one).filter(|one| is_password(one)),
    };
    phc(credential.ok_or(HashRefusal::Malformed)?)
}

/// A credential can also be a one-time password or a passkey.
fn is_password(credential: &Value) -> bool {
    credential.is_object() && credential.get("type").is_none_or(|kind| kind == "password")
}

fn phc(credential: &Value) -> Result<String, HashRefusal> {
    let secret = part(credential, "secretData")?;
    let data = part(credential, "credentialData")?;
    // Keycloak 7 and older wrote `hashedSaltedValue`.
    let output = base64(text(&secret, "value").or_else(|_| text(&secret, "hashedSaltedValue"))?)?;
    let salt = STANDARD_NO_PAD.encode(base64(text(&secret, "salt")?)?);
    let rounds = number(&data, "hashIterations")?;
    let (algorithm, length) = (text(&data, "algorithm")?, output.len());
    let output = STANDARD_NO_PAD.encode(output);
    match algorithm {
        "pbkdf2" => Ok(format!("$pbkdf2-sha1$i={rounds},l={length}${salt}${output}")),
        "pbkdf2-sha256" | "pbkdf2-sha512" => {
            Ok(format!("${algorithm}$i={rounds},l={length}${salt}${output}"))
        }
        "argon2" => {
            let parameter = |name| parameter(&data, name).ok_or(HashRefusal::Malformed);
            let kind = parameter("type")?;
            let version = match parameter("version")? {
                "1.0" => "16",
                "1.3" => "19",
                _ => return Err(HashRefusal::Malformed),
            };
            let (memory, lanes) = (
                decimal(parameter("memory")?)?,
                decimal(parameter("parallelism")?)?,
            );
            Ok(format!(
                "$argon2{kind}$v={version}$m={memory},t={rounds},p={lanes}${salt}${output}"
            ))
        }
        _ => Err(HashRefusal::UnknownKind),
    }
}

/// A part of the credential: an object, or a text that holds the object. Keycloak 7 and older had its
/// fields in the credential itself.
fn part<'v>(credential: &'v Value, name: &str) -> Result<Cow<'v, Value>, HashRefusal> {
    match credential.get(name) {
        None => Ok(Cow::Borrowed(credential)),
        Some(Value::String(text)) => serde_json::from_str(text)
            .map(Cow::Owned)
            .map_err(|_| HashRefusal::Malformed),
        Some(part) => Ok(Cow::Borrowed(part)),
    }
}

fn text<'v>(object: &'v Value, name: &str) -> Result<&'v str, HashRefusal> {
    object
        .get(name)
        .and_then(Value::as_str)
        .ok_or(HashRefusal::Malformed)
}

fn number(object: &Value, name: &str) -> Result<u64, HashRefusal> {
    match object.get(name) {
        Some(Value::String(digits)) => decimal(digits),
        Some(Value::Number(number)) => number.as_u64().ok_or(HashRefusal::Malformed),
        _ => Err(HashRefusal::Malformed),
    }
}

/// A parameter of Argon2. Keycloak writes each as a list with one text.
fn parameter<'v>(data: &'v Value, name: &str) -> Option<&'v str> {
    match data.get("additionalParameters")?.get(name)? {
        Value::Array(list) => list.first()?.as_str(),
        one => one.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = "c2FsdHNhbHQ";
    const OUTPUT: &str = "b3V0cHV0b3V0cHV0b3V0cHV0";
    const DATA: &str = r#"{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}"#;
    const ARGON2: &str = r#"{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["18"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}"#;

    fn secret() -> String {
        format!(r#"{{"value":"{OUTPUT}","salt":"{SALT}=","additionalParameters":{{}}}}"#)
    }

    fn credential(data: &str) -> String {
        format!(
            r#"{{"type":"password","secretData":{},"credentialData":{data}}}"#,
            secret()
        )
    }

    #[test]
    fn the_parts_are_objects_or_texts_and_one_of_a_list() {
        let phc = format!("$pbkdf2-sha256$i=27500,l=18${SALT}${OUTPUT}");
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let texts = format!(
            r#"{{ "id":"1","type":"password","userLabel":null,"secretData":{},"credentialData":{}}}"#,
            quoted(&secret()),
            quoted(DATA)
        );
        let list = format!(r#"[{{"type":"otp"}},{texts}]"#);
        let old = format!(
            r#"{{"hashedSaltedValue":"{OUTPUT}","salt":"{SALT}","hashIterations":"27500","algorithm":"pbkdf2-sha256"}}"#
        );
        for text in [credential(DATA), texts, list, old] {
            assert!(is_credential(&text), "{text}");
            assert_eq!(in_phc_format(&text), Ok(phc.clone()), "{text}");
        }
    }

    #[test]
    fn the_algorithm_decides_the_form() {
        let sha1 = DATA.replace("pbkdf2-sha256", "pbkdf2");
        assert_eq!(
            in_phc_format(&credential(&sha1)),
            Ok(format!("$pbkdf2-sha1$i=27500,l=18${SALT}${OUTPUT}"))
        );
        assert_eq!(
            in_phc_format(&credential(ARGON2)),
            Ok(format!("$argon2id$v=19$m=7168,t=5,p=1${SALT}${OUTPUT}"))
        );
        let other = DATA.replace("pbkdf2-sha256", "scrypt");
        assert_eq!(in_phc_format(&credential(&other)), Err(HashRefusal::UnknownKind));
    }

    #[test]
    fn a_part_that_is_missing_or_of_a_wrong_type_is_malformed() {
        let long = format!("[{}]", " ".repeat(LONGEST_CREDENTIAL));
        for text in [
            "{}".to_owned(),
            "[]".to_owned(),
            "[1]".to_owned(),
            "{\"".to_owned(),
            "[".repeat(5000),
            long,
            credential("1"),
            credential("\"x\""),
            credential(&DATA.replace("27500", "-1")),
            credential(&DATA.replace("27500", "[27500]")),
            credential(&ARGON2.replace("1.3", "2")),
            credential(&ARGON2.replace("[\"7168\"]", "[]")),
            credential(&ARGON2.replace("memory", "m")),
            credential(DATA).replace("password", "otp"),
            credential(DATA).replace("salt", "s"),
            credential(DATA).replace(SALT, "*"),
        ] {
            assert_eq!(in_phc_format(&text), Err(HashRefusal::Malformed), "{text}");
        }
    }
}
