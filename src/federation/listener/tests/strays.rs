//! What isn't a browser on its way back from the provider.

use std::io::Write;

use super::*;

#[test]
fn favicon() {
    goes_on_waiting_after(|client| assert_eq!(client.get("/favicon.ico").status, 404));
}

#[test]
fn root() {
    goes_on_waiting_after(|client| {
        for target in [
            "/",
            "/?code=x&state=right",
            "/callback/?code=x&state=right",
            "//callback?code=x&state=right",
            "/Callback?code=x&state=right",
            "/callback%3Fcode=x&state=right",
        ] {
            assert_eq!(client.get(target).status, 404, "{target}");
        }
    });
}

#[test]
fn head() {
    goes_on_waiting_after(|client| {
        let text = client.text("HEAD", RIGHT, "Connection: close\r\n");
        let page = client.raw(text.as_bytes());
        assert_eq!((page.status, page.body.as_str()), (405, ""));
    });
}

#[test]
fn options_with_the_right_query() {
    goes_on_waiting_after(|client| {
        let lines = "Origin: https://example.com\r\nAccess-Control-Request-Method: GET\r\n";
        let page = client.request("OPTIONS", RIGHT, lines);
        assert_eq!(page.status, 405);
        assert!(
            page.head.contains("\r\nAllow: GET\r\n") && !page.head.contains("Access-Control"),
            "{page:?}"
        );
        assert_eq!(client.request("OPTIONS", "*", "").status, 400);
    });
}

#[test]
fn prefetch() {
    goes_on_waiting_after(|client| {
        for line in [
            "Sec-Purpose: prefetch;prerender\r\n",
            "Purpose: prefetch\r\n",
            "x-moz: prefetch\r\n",
        ] {
            assert_eq!(client.request("GET", RIGHT, line).status, 404, "{line}");
        }
    });
}

#[test]
fn wrong_or_missing_state() {
    goes_on_waiting_after(|client| {
        for query in [
            "code=x&state=wrong",
            "code=x",
            "error=access_denied&state=wrong",
            "error=access_denied",
            "",
        ] {
            let page = client.request("GET", &format!("/callback?{query}"), "Accept-Language: de\r\n");
            assert_eq!(page.status, 400, "{query}");
            assert!(page.body.contains("Dieser Link gehört nicht hierher"), "{page:?}");
        }
        assert_eq!(client.get("/callback").status, 400);
    });
}

#[test]
fn repeated_parameters() {
    goes_on_waiting_after(|client| {
        for query in [
            "code=x&state=right&state=right",
            "code=x&code=y&state=right",
            "code=x&state=right&z=1&z=2",
        ] {
            assert_eq!(client.get(&format!("/callback?{query}")).status, 400, "{query}");
        }
    });
}

#[test]
fn iss_wrong() {
    let right = "/callback?code=x&state=right&iss=https%3A%2F%2Fid.example.com";
    goes_on_waiting_for(&expected(), right, |client| {
        let page = client.get("/callback?code=x&state=right&iss=https%3A%2F%2Fevil.example.com");
        assert_eq!(page.status, 400);
        assert!(page.body.contains("This answer comes from elsewhere"), "{page:?}");
    });
}

#[test]
fn iss_missing_where_announced() {
    let announced = ExpectedCallback {
        iss_required: true,
        ..expected()
    };
    let right = "/callback?code=x&state=right&iss=https%3A%2F%2Fid.example.com";
    goes_on_waiting_for(&announced, right, |client| {
        assert_eq!(client.get(RIGHT).status, 400);
    });
}

#[test]
fn post() {
    goes_on_waiting_after(|client| {
        let body = "code=x&state=right";
        let post = client.text(
            "POST",
            "/callback",
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n",
        );
        assert_eq!(client.raw(format!("{post}{body}").as_bytes()).status, 405);
        let get = client.text("GET", RIGHT, "Content-Length: 18\r\n");
        assert_eq!(client.raw(format!("{get}{body}").as_bytes()).status, 400);
        let chunked = client.text("GET", RIGHT, "Transfer-Encoding: chunked\r\n");
        assert_eq!(client.raw(format!("{chunked}0\r\n\r\n").as_bytes()).status, 400);
    });
}

#[test]
fn a_non_ascii_cookie() {
    goes_on_waiting_after(|client| {
        let page = client.request("GET", RIGHT, "Cookie: name=Jörg\r\n");
        // The library hangs up.
        assert_eq!(page.status, 0);
    });
}

#[test]
fn one_byte_at_a_time() {
    let listener = bound();
    let client = Client::of(&listener);
    let mut slow = client.connect();
    let text = client.text("GET", RIGHT, "");
    let (last, before) = text.as_bytes().split_last().unwrap();
    for byte in before {
        slow.write_all(&[*byte]).unwrap();
        slow.flush().unwrap();
    }
    // Another browser is answered in between, and the slow one after all.
    thread::scope(|scope| {
        let browser = scope.spawn(|| {
            assert_eq!(client.get("/").status, 404);
            slow.write_all(&[*last]).unwrap();
            client::read(&mut slow).status
        });
        let remaining = || (!browser.is_finished()).then_some(Duration::from_secs(1));
        let arrived = wait(&listener, &expected(), &remaining).unwrap();
        arrived.answer(&success());
        assert_eq!(browser.join().unwrap(), 200);
    });
}
