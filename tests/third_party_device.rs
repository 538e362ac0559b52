//! A third-party login by a code that is typed in on another machine (RFC 8628).

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::time::Duration;

use common::rogue::{CLIENT_ID, CLIENT_SECRET, DEVICE_CODE, Instead, Manners, Rogue, USER_CODE};
use common::{Desk, Run};
use serde_json::json;

const ADA: &str = "ada@example.com";

/// A provider, and a home with Ada that has a secret and may use codes.
fn office(change: impl FnOnce(&mut Manners)) -> (Rogue, Desk) {
    let rogue = Rogue::start(change);
    let settings = "device = true\nclient_secret_file = \"client-secret\"\n";
    let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
    desk.client_secret(CLIENT_SECRET);
    desk.user(ADA);
    (rogue, desk)
}

fn login(desk: &Desk, flags: &[&str]) -> Run {
    desk.run([&["login", "--with", "desk", "--device"], flags].concat())
}

/// A login that ends at the token endpoint, which is asked once.
#[track_caller]
fn ends_at_once(code: i32, words: &[&str], change: impl FnOnce(&mut Manners)) {
    let (rogue, desk) = office(change);
    let run = login(&desk, &["--json"]);
    says(&run, code, words);
    assert_eq!(rogue.seen().exchanges.len(), 1);
}

/// A login that ends before there is a code to show.
#[track_caller]
fn shows_no_code(words: &[&str], change: impl FnOnce(&mut Manners)) {
    let (rogue, desk) = office(change);
    let run = login(&desk, &["--json"]);
    says(&run, 8, words);
    assert!(!run.stderr.contains(USER_CODE), "{run:?}");
    assert_eq!(rogue.seen().exchanges.len(), 0);
}

#[track_caller]
fn says(run: &Run, code: i32, words: &[&str]) {
    let why = run.refused(code);
    for word in words {
        assert!(why.contains(word), "{word:?} is not in {why:?}");
    }
}

#[test]
fn a_code_that_is_typed_in_signs_in() {
    let (rogue, desk) = office(|rogue| rogue.device = ["authorization_pending"].into());
    let run = login(&desk, &["--verbose"]).ended(0);
    assert!(
        run.stderr.lines().any(|line| line == USER_CODE)
            && run
                .stderr
                .lines()
                .any(|line| line == format!("{}/activate", rogue.issuer())),
        "{run:?}"
    );
    for secret in [DEVICE_CODE, CLIENT_SECRET, &rogue.seen().id_token] {
        assert!(!run.to_string().contains(secret), "{run:?}");
    }
    let exchanges = rogue.seen().exchanges;
    assert_eq!(exchanges.len(), 2);
    assert!(exchanges.iter().all(|exchange| exchange.right));
    assert_eq!(
        desk.run(["whoami", "--json"]).ended(0).json()["user"]["email"],
        ADA
    );
}

/// What a camera reads in the lines of a QR code, of two rows of modules each.
fn seen_by_a_camera(lines: &[&str]) -> String {
    const SCALE: usize = 4;
    let (width, height) = (lines[0].chars().count(), 2 * lines.len());
    let mut picture = format!("P5 {} {} 255\n", width * SCALE, height * SCALE).into_bytes();
    for y in 0..height * SCALE {
        for module in lines[y / SCALE / 2].chars() {
            let is_dark = matches!((module, y / SCALE % 2), ('█', _) | ('▀', 0) | ('▄', 1));
            picture.extend([if is_dark { 0 } else { 255 }; SCALE]);
        }
    }
    let file = tempfile::Builder::new().suffix(".pgm").tempfile().unwrap();
    std::fs::write(file.path(), picture).unwrap();
    let read = std::process::Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(file.path())
        .output()
        .unwrap();
    String::from_utf8(read.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn an_address_with_the_code_in_it_is_shown_and_at_a_terminal_as_a_qr_code() {
    let whole = "https://id.example.com/activate?user_code=WDJB-MJHT";
    let offered = || {
        office(|rogue| {
            rogue.device_code.set("verification_uri_complete", whole);
        })
    };
    let (_rogue, desk) = offered();
    let run = login(&desk, &[]).ended(0);
    assert!(run.stderr.lines().any(|line| line == whole), "{run:?}");
    assert!(!run.stderr.contains('█'), "{run:?}");
    let at_terminal = |more: &[&str]| {
        let (_rogue, desk) = offered();
        let variables = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
        let arguments = [&["login", "--with", "desk", "--device"], more].concat();
        let ended = desk.at_terminal_with(&variables, &arguments).ends();
        assert_eq!(ended.code, 0, "{ended:?}");
        ended
    };
    let ended = at_terminal(&[]);
    let lines: Vec<&str> = ended
        .shown
        .lines()
        .filter_map(|line| line.strip_prefix("\u{1b}[30;47m")?.strip_suffix("\u{1b}[0m"))
        .collect();
    assert!(!lines.is_empty(), "{ended:?}");
    assert_eq!(seen_by_a_camera(&lines), whole);
    for more in [["--quiet"], ["--json"], ["--color=never"]] {
        let ended = at_terminal(&more);
        assert!(
            ended.shown.contains(whole) && !ended.shown.contains('█'),
            "{ended:?}"
        );
    }
}

#[test]
fn an_address_with_the_code_in_it_to_which_nobody_may_be_sent_is_left_out() {
    for address in ["javascript:alert(1)", "http://id.example.com/activate"] {
        let (_rogue, desk) = office(|rogue| {
            rogue.device_code.set("verification_uri_complete", address);
        });
        let run = login(&desk, &[]).ended(0);
        assert!(!run.stderr.contains(address), "{run:?}");
    }
}

#[test]
fn the_client_names_itself_in_the_body_however_it_signs_in() {
    for (way, in_header) in [("basic", true), ("post", false)] {
        let rogue = Rogue::start(|_| ());
        let settings =
            format!("device = true\nclient_secret_file = \"client-secret\"\nclient_auth = \"{way}\"\n");
        let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
        desk.client_secret(CLIENT_SECRET);
        desk.user(ADA);
        login(&desk, &[]).succeeded();
        let seen = rogue.seen();
        for request in seen.devices.iter().chain(&seen.exchanges) {
            assert_eq!(request.fields["client_id"], CLIENT_ID);
            assert_eq!(request.authorization.is_some(), in_header);
            assert_eq!(request.fields.contains_key("client_secret"), !in_header);
        }
        assert_eq!(seen.devices[0].fields["scope"], "openid email profile");
    }
}

#[test]
fn the_answer_with_the_code_may_have_odd_forms() {
    let (_rogue, desk) = office(|rogue| {
        rogue
            .device_code
            .set("expires_in", "600")
            .set("interval", "1")
            .set("message", json!({"en": "To sign in, …"}))
            .set("verification_uri_complete", 5);
    });
    login(&desk, &[]).succeeded();
}

#[test]
fn an_answer_without_a_code_is_refused_with_the_name_of_the_field() {
    for field in ["device_code", "user_code", "verification_uri"] {
        shows_no_code(&["device authorization endpoint", field], |rogue| {
            rogue.device_code.remove(field);
        });
    }
}

#[test]
fn slow_down_is_obeyed() {
    let (rogue, desk) = office(|rogue| rogue.device = ["slow_down"].into());
    // Five seconds more than the one it was: too many for this login.
    says(&login(&desk, &["--json", "--timeout", "4s"]), 8, &["in time"]);
    assert_eq!(rogue.seen().exchanges.len(), 1);
    // By now there is nothing that it would have to wait for.
    login(&desk, &[]).succeeded();
}

#[test]
fn numbers_beyond_all_measure_end_with_the_time() {
    for name in ["expires_in", "interval"] {
        let (rogue, desk) = office(|rogue| {
            rogue.device_code.set(name, u64::MAX);
            // A second after the start nothing can be added to such a number any more.
            rogue.device_code_after = Duration::from_secs(1);
            rogue.device = ["authorization_pending"; 10].into();
        });
        let run = login(&desk, &["--json", "--timeout", "4s"]);
        says(&run, 8, &["in time"]);
        assert!(rogue.seen().exchanges.len() <= 3);
    }
}

#[test]
fn a_code_that_lives_for_no_time_is_over_at_once() {
    let (rogue, desk) = office(|rogue| {
        rogue.device_code.set("expires_in", 0);
    });
    says(&login(&desk, &["--json"]), 8, &["in time"]);
    assert_eq!(rogue.seen().exchanges.len(), 0);
}

/// A provider that is busy, or is being repaired, while the person types in the code.
#[test]
fn a_fault_that_passes_is_waited_out() {
    for instead in [
        Instead::Html(500),
        Instead::Html(503),
        Instead::Html(200),
        Instead::Html(429),
        Instead::Json(429, json!({"error": "too_many_requests"})),
    ] {
        let (rogue, desk) = office(|rogue| rogue.device_instead = [instead].into());
        login(&desk, &[]).succeeded();
        assert_eq!(rogue.seen().exchanges.len(), 2);
    }
}

#[test]
fn a_fault_that_does_not_pass_ends_with_the_time() {
    let (rogue, desk) = office(|rogue| rogue.token = Instead::Html(503));
    let run = login(&desk, &["--json", "--timeout", "4s"]);
    says(&run, 8, &["in time", "try again"]);
    assert!(!rogue.seen().exchanges.is_empty());
}

#[test]
fn token_endpoint_404() {
    ends_at_once(8, &["token endpoint", "404"], |rogue| {
        rogue.token = Instead::Html(404);
    });
}

#[test]
fn token_endpoint_302() {
    ends_at_once(8, &["token endpoint", "is a redirect"], |rogue| {
        rogue.token = Instead::Redirect;
    });
}

#[test]
fn access_denied() {
    // The second one is Entra's word.
    for error in ["access_denied", "authorization_declined"] {
        ends_at_once(5, &[error], |rogue| {
            rogue.device = [error].into();
        });
    }
}

#[test]
fn expired_token() {
    ends_at_once(8, &["in time", "try again"], |rogue| {
        rogue.device = ["expired_token"].into();
    });
}

#[test]
fn an_error_that_nobody_knows() {
    ends_at_once(8, &["invalid_client", "`client_id`"], |rogue| {
        rogue.device = ["invalid_client"].into();
    });
}

#[test]
fn the_address_for_the_code_is_one_that_people_may_be_sent_to() {
    for address in [
        "javascript:alert(1)",
        "http://id.example.com/activate",
        "file:///etc/passwd",
    ] {
        shows_no_code(&["address for the code", "https"], |rogue| {
            rogue.device_code.set("verification_uri", address);
        });
    }
}

#[test]
fn codes_that_are_not_allowed_for_the_client() {
    for error in ["device_flow_disabled", "unauthorized_client"] {
        shows_no_code(&[error, "allow device codes for this client"], |rogue| {
            rogue.device_code_instead = Instead::Json(400, json!({ "error": error }));
        });
    }
}

#[test]
fn device_endpoint_500_html_302() {
    for (word, instead) in [
        ("500", Instead::Html(500)),
        ("JSON", Instead::Html(200)),
        ("is a redirect", Instead::Redirect),
    ] {
        shows_no_code(&["device authorization endpoint", word], |rogue| {
            rogue.device_code_instead = instead;
        });
    }
}

#[test]
fn secrets_that_are_echoed_are_shown_nowhere() {
    let ways: [fn(&mut Manners); 2] = [
        |rogue| rogue.token = Instead::Echo,
        |rogue| rogue.device_code_instead = Instead::Echo,
    ];
    for way in ways {
        let (rogue, desk) = office(way);
        let run = login(&desk, &["--verbose"]).ended(8);
        assert!(run.stderr.contains("invalid_client"), "{run:?}");
        assert!(run.stderr.len() < 5_000, "{} bytes", run.stderr.len());
        let exchanges = rogue.seen().exchanges;
        let credentials = exchanges
            .first()
            .and_then(|exchange| exchange.authorization.as_deref());
        let secrets = [DEVICE_CODE, CLIENT_SECRET].into_iter().chain(credentials);
        for secret in secrets {
            assert!(!run.to_string().contains(secret), "{secret:?}: {run:?}");
        }
    }
}
