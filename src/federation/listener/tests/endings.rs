//! How a sign-in ends for the browser, and for the port.

use std::cell::Cell;
use std::io::Write;
use std::net::{Ipv6Addr, TcpListener, TcpStream};

use super::*;

/// Sends the right callback on a connection of its own, whose answer is read later.
fn come_back(client: &Client) -> TcpStream {
    let mut browser = client.connect();
    browser
        .write_all(client.text("GET", RIGHT, "").as_bytes())
        .unwrap();
    browser
}

/// Waits for a client that is on the way.
fn arrival(listener: &Listener) -> Arrived {
    wait(listener, &expected(), &|| Some(Duration::from_secs(1))).unwrap()
}

#[test]
fn a_second_valid_callback_is_told_that_it_is_over() {
    let mut listener = bound();
    let client = Client::of(&listener);
    let mut first = come_back(&client);
    let arrived = arrival(&listener);
    let mut second = come_back(&client);
    let mut icon = client.connect();
    icon.write_all(client.text("GET", "/favicon.ico", "").as_bytes())
        .unwrap();
    have_come(&mut listener, 2);
    arrived.answer(&success());
    assert_eq!(client::read(&mut first).status, 200);
    drop(listener);
    let over = client::read(&mut second);
    assert_eq!(over.status, 410);
    assert!(over.body.contains("This sign-in is over"), "{over:?}");
    assert_eq!(client::read(&mut icon).status, 404);
}

#[test]
fn a_closed_port_is_free_at_once() {
    for host in [RedirectHost::Ipv4, RedirectHost::Localhost] {
        let listener = bound_to(host);
        let client = Client::of(&listener);
        let mut idle = client.connect();
        idle.write_all(b"GET /").unwrap();
        drop(listener);
        let refused = TcpStream::connect(client.address).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        TcpListener::bind(client.address).unwrap();
    }
}

#[test]
fn the_time_is_the_callers() {
    let listener = bound();
    let asked = Cell::new(0);
    let remaining = || {
        asked.set(asked.get() + 1);
        (asked.get() < 4).then_some(Duration::ZERO)
    };
    let outcome = wait(&listener, &expected(), &remaining);
    assert!(
        matches!(outcome, Err(WaitError::TimedOut { refused: None })),
        "{outcome:?}"
    );
    assert_eq!(asked.get(), 4);
}

#[test]
fn a_wait_that_times_out_says_what_was_wrong_with_the_last_answer() {
    let listener = bound();
    let client = Client::of(&listener);
    thread::scope(|scope| {
        let browser = scope.spawn(|| {
            client
                .get("/callback?code=x&state=right&iss=https%3A%2F%2Fevil")
                .status
        });
        let remaining = || (!browser.is_finished()).then_some(Duration::from_secs(1));
        let outcome = wait(&listener, &expected(), &remaining);
        let Err(WaitError::TimedOut { refused }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(refused, Some(CallbackFault::IssuerWrong.into()));
    });
}

#[test]
fn a_page_is_locked_up_and_holds_neither_code_nor_state() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut browser = client.connect();
    let request = client.text(
        "GET",
        "/callback?code=the-code&state=right",
        "Accept-Language: de-DE,de;q=0.9\r\n",
    );
    browser.write_all(request.as_bytes()).unwrap();
    let arrived = arrival(&listener);
    arrived.answer(&success());
    let page = client::read(&mut browser);
    assert!(page.body.contains("<html lang=\"de\">"), "{page:?}");
    assert!(
        !page.body.contains("the-code") && !page.body.contains("right\""),
        "{page:?}"
    );
    for line in [
        "Content-Security-Policy: default-src 'none'; style-src 'sha256-",
        "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "Cache-Control: no-store\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "Connection: close\r\n",
    ] {
        assert!(page.head.contains(line), "{line}: {page:?}");
    }
}

#[test]
fn an_answer_that_is_forgotten_says_that_it_failed() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut browser = come_back(&client);
    drop(arrival(&listener));
    assert_eq!(client::read(&mut browser).status, 500);
}

#[test]
fn an_error_of_the_provider_arrives_too() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut browser = client.connect();
    let target = "/callback?error=access_denied&error_description=no&state=right";
    browser
        .write_all(client.text("GET", target, "").as_bytes())
        .unwrap();
    let arrived = arrival(&listener);
    let Callback::Denied { error, description } = arrived.callback().clone() else {
        panic!("{arrived:?}");
    };
    let provider = "Okta".to_owned();
    arrived.answer(&Ending::Denied {
        provider,
        error,
        description,
    });
    assert_eq!(client::read(&mut browser).status, 403);
}

#[test]
fn the_answer_to_our_request_that_cannot_be_used_arrives_too() {
    let long = "c".repeat(16 * 1024 + 1);
    for (query, why) in [
        ("state=right", UnusableAnswer::Empty),
        ("state=right&code=x&error=y", UnusableAnswer::Both),
        (&format!("state=right&code={long}"), UnusableAnswer::LongCode),
    ] {
        let listener = bound();
        let client = Client::of(&listener);
        let mut browser = client.connect();
        let target = format!("/callback?{query}");
        browser
            .write_all(client.text("GET", &target, "").as_bytes())
            .unwrap();
        let arrived = arrival(&listener);
        assert!(
            matches!(arrived.callback(), Callback::Unusable(found) if *found == why),
            "{arrived:?}"
        );
    }
}

#[test]
fn the_longest_code_arrives_even_if_each_byte_of_it_is_encoded() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut browser = client.connect();
    let target = format!("/callback?state=right&code={}", "%2F".repeat(16 * 1024));
    browser
        .write_all(client.text("GET", &target, "").as_bytes())
        .unwrap();
    assert_eq!(code(&arrival(&listener)), "/".repeat(16 * 1024));
}

#[test]
fn a_browser_that_hangs_up_after_its_answer_has_answered() {
    for _ in 0..20 {
        let listener = bound();
        drop(come_back(&Client::of(&listener)));
        let arrived = arrival(&listener);
        assert_eq!(code(&arrived), "x");
        arrived.answer(&success());
    }
}

#[test]
fn requests_behind_the_callback_hold_nothing_up() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut browser = client.connect();
    let both = client.text("GET", RIGHT, "") + &client.text("GET", RIGHT, "");
    browser.write_all(both.as_bytes()).unwrap();
    let arrived = arrival(&listener);
    drop(listener);
    arrived.answer(&success());
    assert_eq!(client::read(&mut browser).status, 200);
}

#[test]
fn localhost_is_answered_on_both_addresses() {
    let listener = bound_to(RedirectHost::Localhost);
    let port = listener.port();
    assert_eq!(
        listener.redirect_uri(),
        format!("http://localhost:{port}/callback")
    );
    let mut client = Client::of(&listener);
    client.host = format!("localhost:{port}");
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        client.address = (Ipv6Addr::LOCALHOST, port).into();
        let mut browser = come_back(&client);
        arrival(&listener).answer(&success());
        assert_eq!(client::read(&mut browser).status, 200);
        client.address = Client::of(&listener).address;
    }
    let mut browser = come_back(&client);
    arrival(&listener).answer(&success());
    assert_eq!(client::read(&mut browser).status, 200);
}
