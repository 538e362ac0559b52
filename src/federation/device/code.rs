//! What a provider answers that is asked for a device code (RFC 8628 §3.2).

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::super::error::{ProviderError, Unreachable};
use crate::domain::provider::check_endpoint;

/// No code lives longer, even if the provider says so.
pub(super) const LONGEST: Duration = Duration::from_hours(1);
/// Between two questions, if the provider says nothing.
const INTERVAL: Duration = Duration::from_secs(5);

/// A device code, and what the person needs to confirm it.
pub(super) struct DeviceCode {
    /// What the provider is asked with.
    secret: SecretString,
    pub user_code: String,
    pub verification_uri: String,
    /// The address with the code in it.
    pub complete_uri: Option<String>,
    pub expires_in: Duration,
    pub interval: Duration,
}

impl DeviceCode {
    /// Reads the fields that are used; every other one may be anything.
    pub fn read(body: &[u8]) -> Result<Self, Unreachable> {
        let answer: Map<String, Value> = serde_json::from_slice(body).map_err(|_| Unreachable::Malformed)?;
        let text = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| answer.get(*name)?.as_str());
            found.find(|text| !text.is_empty()).map(str::to_owned)
        };
        let needed = |name: &'static str| Unreachable::Lacks(name);
        // The names with `url` are those of a draft, which Google keeps.
        let uri = text(&["verification_uri", "verification_url"]);
        Ok(Self {
            secret: text(&["device_code"]).ok_or(needed("device_code"))?.into(),
            user_code: text(&["user_code"]).ok_or(needed("user_code"))?,
            verification_uri: uri.ok_or(needed("verification_uri"))?,
            complete_uri: text(&["verification_uri_complete", "verification_url_complete"]),
            expires_in: seconds(answer.get("expires_in")).unwrap_or(LONGEST),
            interval: seconds(answer.get("interval")).unwrap_or(INTERVAL),
        })
    }

    /// The code, if people may be sent to its address. The address with the code in it is left out
    /// if it isn't one of these.
    pub fn checked(mut self) -> Result<Self, ProviderError> {
        if check_endpoint(&self.verification_uri).is_err() {
            return Err(ProviderError::Insecure {
                endpoint: "address for the code",
            });
        }
        self.complete_uri = self.complete_uri.filter(|uri| check_endpoint(uri).is_ok());
        Ok(self)
    }

    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// A number of seconds, also as a text; nothing above what any code lives.
fn seconds(value: Option<&Value>) -> Option<Duration> {
    let seconds = match value? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let seconds = seconds.clamp(0.0, LONGEST.as_secs_f64());
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(change: &Value) -> Result<DeviceCode, Unreachable> {
        let mut answer = json!({
            "device_code": "secret", "user_code": "WDJB-MJHT", "verification_uri": "https://id.example.com/d",
        });
        for (name, value) in change.as_object().unwrap() {
            answer[name] = value.clone();
        }
        DeviceCode::read(answer.to_string().as_bytes())
    }

    #[test]
    fn times_are_read_in_any_form_and_have_a_limit() {
        for (value, expected) in [
            (json!(60), Some(60)),
            (json!(60.0), Some(60)),
            (json!("60"), Some(60)),
            (json!(0), Some(0)),
            (json!(-5), Some(0)),
            (json!(u64::MAX), Some(3600)),
            (json!("1e300"), Some(3600)),
            (json!("soon"), None),
            (json!("NaN"), None),
            (json!(null), None),
            (json!([60]), None),
        ] {
            let code = read(&json!({"expires_in": value, "interval": value}))
                .ok()
                .unwrap();
            let expected = expected.map(Duration::from_secs);
            assert_eq!(code.expires_in, expected.unwrap_or(LONGEST), "{value}");
            assert_eq!(code.interval, expected.unwrap_or(INTERVAL), "{value}");
        }
        assert_eq!(read(&json!({})).ok().unwrap().interval, INTERVAL);
    }

    #[test]
    fn an_address_has_one_of_two_names() {
        let code = read(&json!({
            "verification_uri": null,
            "verification_url": "https://id.example.com/u",
            "verification_url_complete": "https://id.example.com/u?code=WDJB-MJHT",
        }));
        let code = code.ok().unwrap();
        assert_eq!(code.verification_uri, "https://id.example.com/u");
        let complete = code.complete_uri.as_deref();
        assert_eq!(complete, Some("https://id.example.com/u?code=WDJB-MJHT"));
        assert_eq!(
            read(&json!({"verification_uri_complete": 5}))
                .ok()
                .unwrap()
                .complete_uri,
            None
        );
    }

    #[test]
    fn nobody_is_sent_to_an_address_that_is_not_protected() {
        let complete = |uri: &str| {
            let code = read(&json!({ "verification_uri_complete": uri })).ok().unwrap();
            code.checked().ok().unwrap().complete_uri
        };
        let good = "https://id.example.com/d?code=WDJB-MJHT";
        assert_eq!(complete(good).as_deref(), Some(good));
        for bad in ["javascript:alert(1)", "http://id.example.com/d", "WDJB-MJHT"] {
            assert_eq!(complete(bad), None, "{bad}");
            let code = read(&json!({ "verification_uri": bad })).ok().unwrap();
            assert!(code.checked().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_field_that_is_needed_is_named() {
        for name in ["device_code", "user_code", "verification_uri"] {
            for value in [json!(null), json!(""), json!(5)] {
                let fault = read(&json!({ name: value })).err();
                assert_eq!(fault, Some(Unreachable::Lacks(name)));
            }
        }
        assert_eq!(DeviceCode::read(b"<html>").err(), Some(Unreachable::Malformed));
    }
}
