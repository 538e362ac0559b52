use super::*;
use crate::domain::testing::{assert_codes, coded};

#[test]
fn each_code_is_the_one_it_always_was() {
    use ProviderError as E;
    let word = || ("error".to_owned(), None);
    let (not_authorized, no_code, refused, denied) = {
        let (error, description) = word();
        let not_authorized = E::NotAuthorized { error, description };
        let (error, description) = word();
        let no_code = E::NoCode { error, description };
        let (error, description) = word();
        let refused = E::Refused { error, description };
        let (error, description) = word();
        (not_authorized, no_code, refused, E::Denied { error, description })
    };
    let unreachable = E::Unreachable {
        endpoint: Endpoint::Keys,
        why: Unreachable::Silent,
    };
    let certificates = CertificatesError::Unusable {
        path: "ca.pem".into(),
        why: String::new(),
    };
    let codes = coded!(E,
        E::NoRandomness(_) => (E::NoRandomness(NoRandomness), "internal"),
        E::Certificates(_) => (E::Certificates(certificates), "ca_file"),
        E::Unreachable { .. } => (unreachable, "provider_failed"),
        E::OtherIssuer { .. } => (E::OtherIssuer { found: String::new() }, "provider_failed"),
        E::Insecure { .. } => (E::Insecure { endpoint: "" }, "provider_failed"),
        E::Lacks { .. } => (E::Lacks { endpoint: "" }, "provider_failed"),
        E::Address { .. } => (E::Address { what: "" }, "invalid_configuration"),
        E::NotAuthorized { .. } => (not_authorized, "not_authorized"),
        E::UnusableAnswer(_) => (E::UnusableAnswer(UnusableAnswer::Empty), "provider_failed"),
        E::NoCode { .. } => (no_code, "no_device_codes"),
        E::Refused { .. } => (refused, "exchange_refused"),
        E::IdToken { .. } => (E::id_token(TokenFault::Nonce), "id_token_invalid"),
        E::UserInfo(_) => (E::UserInfo(TokenFault::Encrypted), "provider_failed"),
        E::OtherSubject => (E::OtherSubject, "provider_failed"),
        E::NoSubject { .. } => (E::NoSubject { field: String::new() }, "provider_failed"),
        E::BadAccessToken => (E::BadAccessToken, "provider_failed"),
        E::BadSubject => (E::BadSubject, "provider_failed"),
        E::TimedOut => (E::TimedOut, "login_timed_out"),
        E::NoDevice => (E::NoDevice, "no_device_codes"),
        E::DeviceOff => (E::DeviceOff, "device_codes_off"),
        E::Denied { .. } => (denied, "login_denied"),
        E::OtherTransaction => (E::OtherTransaction, "login_other_provider"),
    );
    assert_codes(&codes, &["provider_failed", "no_device_codes"]);
}

#[test]
fn a_proxy_that_is_wrong_in_the_environment_has_a_code_of_its_own() {
    let code = |fault: ProxyFault| {
        let why = Unreachable::Proxy(fault);
        ProviderError::at(Endpoint::Keys)(why).code()
    };
    let variable = "https_proxy";
    let proxy = "proxy.example.com:3128".to_owned();
    assert_eq!(code(ProxyFault::Address { variable }), "proxy_unusable");
    assert_eq!(code(ProxyFault::Kind { variable }), "proxy_unusable");
    assert_eq!(code(ProxyFault::Silent { proxy }), "provider_failed");
}
