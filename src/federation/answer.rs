//! What an OAuth endpoint answers to a form (RFC 6749 §5): an answer, or an error of its own. What
//! this program doesn't read may be of any type, and is left out before the library reads the rest.

use oauth2::HttpResponse;
use oauth2::http::header::CONTENT_TYPE;
use oauth2::http::{HeaderValue, StatusCode};
use serde_json::{Map, Value};

use super::error::Unreachable;

type Object = Map<String, Value>;

/// The answer in the form that the library takes: a success has status 200. An error has another
/// status, and is made of texts, also where the provider sent it with a status of success (GitHub)
/// or as an object (Facebook).
pub(super) fn normal(mut response: HttpResponse) -> Result<HttpResponse, Unreachable> {
    let status = response.status();
    if status.is_redirection() {
        return Err(Unreachable::Redirected);
    }
    let object: Option<Object> = serde_json::from_slice(response.body()).ok();
    let Some(object) = object else {
        return Err(if status.is_success() {
            Unreachable::Malformed
        } else {
            Unreachable::Status(status.as_u16())
        });
    };
    if let Some(error) = error_of(&object) {
        *response.body_mut() = serde_json::to_vec(&error).unwrap_or_default();
        if status.is_success() {
            *response.status_mut() = StatusCode::BAD_REQUEST;
        }
    } else if status.is_success() {
        *response.status_mut() = StatusCode::OK;
    } else {
        return Err(Unreachable::Status(status.as_u16()));
    }
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

/// The error in an answer, with the words of the provider.
fn error_of(object: &Object) -> Option<Object> {
    const WORDS: [&str; 4] = ["type", "status", "code", "error"];
    const SENTENCES: [&str; 4] = ["error_description", "message", "error_message", "description"];
    let (word, sentence) = match object.get("error")? {
        Value::Null | Value::Bool(false) => return None,
        Value::String(word) if word.is_empty() => return None,
        Value::String(word) => (Some(word.clone()), first_text(object, &SENTENCES)),
        Value::Object(error) => (
            first_text(error, &WORDS),
            first_text(error, &SENTENCES).or_else(|| first_text(object, &SENTENCES)),
        ),
        other => (Some(other.to_string()), first_text(object, &SENTENCES)),
    };
    let mut error = Object::new();
    error.insert(
        "error".to_owned(),
        word.unwrap_or_else(|| "error".to_owned()).into(),
    );
    if let Some(sentence) = sentence {
        error.insert("error_description".to_owned(), sentence.into());
    }
    Some(error)
}

/// The first of these fields that is a text, or a number as one.
fn first_text(object: &Object, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oauth2::http::Response;

    fn answer(status: u16, body: &str) -> Result<(u16, String), Unreachable> {
        let response = Response::builder()
            .status(status)
            .header(CONTENT_TYPE, "text/plain")
            .body(body.as_bytes().to_vec())
            .unwrap();
        let response = normal(response)?;
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
        let body = String::from_utf8(response.body().clone()).unwrap();
        Ok((response.status().as_u16(), body))
    }

    #[test]
    fn every_status_of_success_is_one() {
        for status in [200, 201, 202] {
            let body = r#"{"access_token":"a"}"#;
            assert_eq!(answer(status, body), Ok((200, body.to_owned())));
        }
    }

    #[test]
    fn an_error_that_says_nothing_is_none() {
        for nothing in ["null", "\"\"", "false"] {
            let body = format!(r#"{{"access_token":"a","error":{nothing}}}"#);
            assert_eq!(answer(200, &body), Ok((200, body.clone())), "{body}");
            assert_eq!(answer(500, &body), Err(Unreachable::Status(500)), "{body}");
        }
    }

    #[test]
    fn an_error_keeps_the_words_of_the_provider_whatever_its_form() {
        for (body, word, sentence) in [
            (r#"{"error":"invalid_grant"}"#, "invalid_grant", None),
            (
                r#"{"error":"invalid_grant","error_description":"used","error_uri":5}"#,
                "invalid_grant",
                Some("used"),
            ),
            (
                r#"{"error":"invalid_grant","error_description":["used"]}"#,
                "invalid_grant",
                None,
            ),
            (
                r#"{"error":{"message":"Wrong secret.","type":"OAuthException","code":1}}"#,
                "OAuthException",
                Some("Wrong secret."),
            ),
            (
                r#"{"error":{"code":401,"message":"Not you."}}"#,
                "401",
                Some("Not you."),
            ),
            (r#"{"error":{}}"#, "error", None),
            (r#"{"error":true,"message":"Wrong."}"#, "true", Some("Wrong.")),
        ] {
            for (status, becomes) in [(200, 400), (401, 401), (503, 503)] {
                let (found, told) = answer(status, body).unwrap();
                assert_eq!(found, becomes, "{body}");
                let told: Value = serde_json::from_str(&told).unwrap();
                assert_eq!(told["error"], word, "{body}");
                let said = told.get("error_description").and_then(Value::as_str);
                assert_eq!(said, sentence, "{body}");
            }
        }
    }

    #[test]
    fn what_is_no_answer_is_called_what_it_is() {
        assert_eq!(answer(302, "{}"), Err(Unreachable::Redirected));
        assert_eq!(answer(200, "<html>"), Err(Unreachable::Malformed));
        assert_eq!(answer(200, "[]"), Err(Unreachable::Malformed));
        assert_eq!(answer(502, "<html>"), Err(Unreachable::Status(502)));
        assert_eq!(answer(404, "{}"), Err(Unreachable::Status(404)));
    }
}
