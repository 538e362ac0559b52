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
use crate::federation::callback::UnusableAnswer;
use crate::federation::pages::Person;

const RIGHT: &str = "/callback?code=x&state=right";

fn expected() -> ExpectedCallback {
    ExpectedCallback {
        state: "right".into(),
        issuer: Some("https://id.example.com".to_owned()),
        iss_required: false,
    }
}

/// A listener on a machine that no other person uses, whoever is on the machine of the test.
fn bound() -> Listener {
    bound_to(RedirectHost::Ipv4)
}

fn bound_to(host: RedirectHost) -> Listener {
    let redirect = Redirect {
        host,
        ..Redirect::default()
    };
    let mut listener = Listener::bind(&redirect).unwrap();
    listener.neighbours = Neighbours::listed_in("/nonexistent", "/nonexistent");
    listener
}

/// A wait that is told nothing.
fn wait(
    listener: &Listener,
    expected: &ExpectedCallback,
    remaining: &dyn Fn() -> Option<Duration>,
) -> Result<Arrived, WaitError> {
    listener.wait(expected, remaining, &|fault| panic!("{fault}"))
}

fn success() -> Ending {
    Ending::SignedIn(Person {
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
        provider: "Okta".to_owned(),
    })
}

/// Waits until so many requests are in, and none was looked at.
fn have_come(listener: &mut Listener, count: usize) {
    let (again, requests) = mpsc::channel();
    for _ in 0..count {
        let request = listener.requests.recv_timeout(Duration::from_secs(20)).unwrap();
        again.send(request).unwrap();
    }
    listener.requests = requests;
}

fn code(arrived: &Arrived) -> String {
    match arrived.callback() {
        Callback::Code(code) => code.expose_secret().to_owned(),
        other => panic!("{other:?}"),
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
        match wait(&listener, expected, &remaining) {
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
