//! Over real sockets: what may come in while a sign-in waits, and that it goes on waiting.

mod client;
mod endings;
mod intruders;
mod strays;

use std::thread;
use std::time::Duration;

use secrecy::ExposeSecret;

use self::client::Client;
use super::*;
use crate::domain::provider::RedirectHost;
use crate::federation::pages::Person;

const RIGHT: &str = "/callback?code=x&state=right";

fn expected() -> ExpectedCallback {
    ExpectedCallback {
        state: "right".into(),
        issuer: Some("https://id.example.com".to_owned()),
        iss_required: false,
    }
}

fn bound() -> Listener {
    Listener::bind(&Redirect::default()).unwrap()
}

fn success() -> Ending {
    Ending::SignedIn(Person {
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
        provider: "Okta".to_owned(),
    })
}

fn code(arrived: &Arrived) -> String {
    match arrived.callback() {
        Callback::Code(code) => code.expose_secret().to_owned(),
        denied @ Callback::Denied { .. } => panic!("{denied:?}"),
    }
}

/// Lets `stray` happen while a sign-in waits, and then the right callback, which has to be found.
fn goes_on_waiting_after(stray: impl FnOnce(&Client) + Send) {
    goes_on_waiting_for(&expected(), RIGHT, stray);
}

fn goes_on_waiting_for(expected: &ExpectedCallback, right: &str, stray: impl FnOnce(&Client) + Send) {
    let listener = bound();
    let client = Client::of(&listener);
    thread::scope(|scope| {
        let browser = scope.spawn(|| {
            stray(&client);
            client.get(right)
        });
        // Not for a time, but for as long as there is somebody who could still come.
        let remaining = || (!browser.is_finished()).then_some(Duration::from_secs(1));
        match listener.wait(expected, &remaining) {
            Ok(arrived) => {
                assert_eq!(code(&arrived), "x");
                arrived.answer(&success());
            }
            Err(error) => assert!(browser.is_finished(), "{error}"),
        }
        let page = browser.join().unwrap();
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains("ada@example.com"), "{page:?}");
    });
}
