//! `backoffice login`: who gets in, and that nobody can tell why somebody else doesn't.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};

/// These tests look at bytes, not at time: there is no floor to speak of, and a delay after wrong
/// passwords is longer than any test.
const QUICK: &str = "[throttle]\nbase_delay = \"1h\"\nmax_delay = \"1h\"\n[login]\nfailure_floor = \"1ms\"\n";

const REFUSED: &str = "--- stderr\n\
    error: the e-mail address or the password isn't right, or the account can't sign in\n\
    hint: wait a little before you try again; `backoffice user show EMAIL` shows an operator the state of the account\n\
    --- exit 5";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.configure(QUICK);
    desk
}

fn login(desk: &Desk, email: &str, password: &str) -> Run {
    desk.pipe(password, ["login", email, "--password-stdin", "--print-token"])
}

#[track_caller]
fn refused(desk: &Desk, email: &str, password: &str) {
    assert_eq!(login(desk, email, password).to_string(), REFUSED, "{email}");
}

fn signs_in(desk: &Desk, email: &str, password: &str) -> bool {
    login(desk, email, password).code == 0
}

fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The address and password of the active users of `source` that can sign in.
fn known(source: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(data("known-passwords.csv")).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<_> = line.split(',').collect();
        (
            cells[0].to_owned(),
            cells[1].to_owned(),
            cells[2].to_owned(),
            cells[3].to_owned(),
        )
    });
    rows.filter(|(from, _, password, status)| from == source && !password.is_empty() && status == "active")
        .map(|(_, email, password, _)| (email, password))
        .collect()
}

/// Imports real exports; gives one user with a known password for each kind of hash.
fn imported(desk: &Desk) -> Vec<(&'static str, String, String)> {
    for file in ["spryker-spy_user.csv", "django-auth_user.json"] {
        desk.run(["user", "import", &data(file)]).ended(0);
    }
    let people: Vec<_> = known("spryker").into_iter().chain(known("django")).collect();
    let kinds = ["$2y$", "pbkdf2_sha256$", "argon2$", "scrypt$", "bcrypt_sha256$"];
    kinds
        .map(|kind| {
            let of_kind = |email: &str| hash(desk, email).is_some_and(|hash| hash.starts_with(kind));
            let (email, password) = people.iter().find(|(email, _)| of_kind(email)).unwrap();
            (kind, email.clone(), password.clone())
        })
        .to_vec()
}

/// The stored hash of a user.
fn hash(desk: &Desk, email: &str) -> Option<String> {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let sql = "SELECT hash FROM credentials JOIN users ON id = user_id WHERE email = ?1";
    db.query_row(sql, [email], |row| row.get(0)).ok()
}

/// Somebody for each reason to be refused, besides those with an imported hash.
fn shut_out(desk: &Desk) -> Vec<&'static str> {
    for name in ["wrong", "throttled", "deactivated", "deleted", "left"] {
        desk.user(&format!("{name}@example.com"));
    }
    desk.run(["user", "deactivate", "deactivated@example.com"])
        .ended(0);
    desk.run(["user", "delete", "deleted@example.com", "--yes"])
        .ended(0);
    desk.run(["password", "remove", "left@example.com"]).ended(0);
    let pending = ["user", "create", "pending@example.com", "--password-stdin"];
    desk.pipe(PASSWORD, pending).ended(0);
    desk.run(["user", "create", "none@example.com", "--activate"])
        .ended(0);
    for _ in 0..5 {
        refused(desk, "throttled@example.com", OTHER_PASSWORD);
    }
    vec![
        "unknown@example.com",
        "no address",
        "wrong@example.com",
        "none@example.com",
        "left@example.com",
        "pending@example.com",
        "deactivated@example.com",
        "deleted@example.com",
        "throttled@example.com",
    ]
}

#[test]
fn every_refusal_has_the_same_bytes_and_the_same_code() {
    let desk = desk();
    let mut emails: Vec<String> = shut_out(&desk).into_iter().map(str::to_owned).collect();
    emails.extend(imported(&desk).into_iter().map(|(_, email, _)| email));
    for length in [15, 129, 1024 * 1024] {
        for email in &emails {
            refused(&desk, email, &"x".repeat(length));
        }
    }
    for email in shut_out_although_right() {
        refused(&desk, email, PASSWORD);
    }
}

/// Those whose password would be right.
fn shut_out_although_right() -> [&'static str; 4] {
    [
        "pending@example.com",
        "deactivated@example.com",
        "deleted@example.com",
        "throttled@example.com",
    ]
}

#[test]
fn the_refusal_as_json_is_the_same_too_and_the_reason_stands_in_the_record_alone() {
    let desk = desk();
    let lines: Vec<String> = shut_out(&desk)
        .iter()
        .map(|email| {
            let run = desk.pipe(OTHER_PASSWORD, ["login", email, "--password-stdin", "--json"]);
            assert_eq!(run.error()["code"], "denied");
            run.to_string()
        })
        .collect();
    assert!(lines.iter().all(|line| *line == lines[0]), "{lines:?}");
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let sql = "SELECT DISTINCT reason FROM audit_events WHERE action = 'authn_login_fail' ORDER BY reason";
    let mut statement = db.prepare(sql).unwrap();
    let reasons = statement.query_map([], |row| row.get(0)).unwrap();
    let reasons: Vec<String> = reasons.map(Result::unwrap).collect();
    assert_eq!(
        reasons,
        [
            "deactivated",
            "deleted",
            "no_password",
            "pending",
            "throttled x1",
            "unknown_user x1",
            "wrong_password"
        ]
    );
}

#[test]
fn an_imported_hash_is_verified_and_replaced_by_ours_and_a_wrong_password_replaces_none() {
    let desk = desk();
    for (kind, email, password) in imported(&desk) {
        refused(&desk, &email, OTHER_PASSWORD);
        assert!(hash(&desk, &email).unwrap().starts_with(kind));
        login(&desk, &email, &password).ended(0);
        assert!(
            hash(&desk, &email)
                .unwrap()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        login(&desk, &email, &password).ended(0);
    }
}

#[test]
fn an_imported_password_that_breaks_the_policy_must_be_changed() {
    let desk = desk();
    // "password", by another system's bcrypt.
    let row = r#"{"email":"ada@example.com","status":"active","password_hash":"$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96"}"#;
    desk.pipe(row, ["user", "import", "-", "--input-format", "jsonl"])
        .ended(0);
    refused(&desk, "ada@example.com", "passwort");
    let asked = login(&desk, "ada@example.com", "password").ended(5);
    assert!(
        asked.stderr.starts_with("error: the password must be changed"),
        "{asked:?}"
    );
    let user = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    assert_eq!(user["must_change_password"], true);
    assert_eq!(user["lock"], "none");
}

#[test]
fn a_password_that_must_be_changed_gives_no_session_before_it_was() {
    let desk = desk();
    desk.user("ada@example.com");
    desk.run(["password", "require-change", "ada@example.com"])
        .ended(0);
    refused(&desk, "ada@example.com", OTHER_PASSWORD);
    let input = |new: &str| {
        let answers =
            format!(r#"{{"email":"ada@example.com","password":"{PASSWORD}","new_password":{new}}}"#);
        desk.pipe(&answers, ["login", "--input", "-", "--json"])
    };
    let asked = desk.pipe(
        PASSWORD,
        ["login", "ada@example.com", "--password-stdin", "--json"],
    );
    assert_eq!(asked.code, 5);
    assert_eq!(asked.error()["code"], "password_change_required");
    assert_eq!(input(r#""password""#).ended(6).error()["code"], "weak_password");
    let same = format!("\"{PASSWORD}\"");
    assert_eq!(input(&same).ended(6).error()["code"], "password_reused");
    assert_eq!(
        desk.run(["session", "list", "--json"]).json(),
        serde_json::json!([])
    );
    let other = format!("\"{OTHER_PASSWORD}\"");
    let signed_in = input(&other).ended(0).json();
    assert_eq!(signed_in["action"], "logged_in");
    assert_eq!(signed_in["user"]["must_change_password"], false);
    assert!(signs_in(&desk, "ada@example.com", OTHER_PASSWORD));
    refused(&desk, "ada@example.com", PASSWORD);
}

#[test]
fn both_forms_of_an_accent_are_one_password_and_nothing_is_cut_off() {
    let desk = desk();
    let long = format!("e\u{301}{}", "tundra-Monocle7 quartz/".repeat(8));
    let create = [
        "user",
        "create",
        "ada@example.com",
        "--activate",
        "--password-stdin",
    ];
    desk.pipe(&long, create).ended(0);
    assert!(signs_in(
        &desk,
        "ada@example.com",
        &long.replace("e\u{301}", "\u{E9}")
    ));
    refused(&desk, "ada@example.com", &long[..long.len() - 1]);
}

#[test]
fn the_configuration_says_who_may_use_a_password() {
    let desk = desk();
    for email in ["ada@example.com", "eve@example.com"] {
        desk.user(email);
    }
    desk.run(["group", "create", "Support"]).ended(0);
    desk.run(["group", "add-member", "Support", "ada@example.com"])
        .ended(0);
    desk.configure(&format!("{QUICK}password = [\"support\"]\n"));
    assert!(signs_in(&desk, "ada@example.com", PASSWORD));
    refused(&desk, "eve@example.com", PASSWORD);
    desk.configure(&format!("{QUICK}password = \"nobody\"\n"));
    refused(&desk, "ada@example.com", PASSWORD);
    desk.configure(&format!("{QUICK}password = \"everyone\"\n"));
    assert!(signs_in(&desk, "eve@example.com", PASSWORD));
}

#[test]
fn no_password_and_no_token_is_anywhere_in_the_files() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let token = desk.token("a@example.com");
    desk.pipe(OTHER_PASSWORD, ["login", "a@example.com", "--password-stdin"])
        .ended(5);
    desk.pipe(
        OTHER_PASSWORD,
        ["login", &format!("{PASSWORD}@example.com"), "--password-stdin"],
    )
    .ended(5);
    for entry in std::fs::read_dir(desk.store().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in [PASSWORD, OTHER_PASSWORD, token.as_str(), &token[5..48]] {
            assert!(
                !bytes.windows(secret.len()).any(|part| part == secret.as_bytes()),
                "{secret}"
            );
        }
    }
}

#[test]
fn a_login_with_a_provider_needs_some_time_and_a_provider() {
    let desk = Desk::new();
    for arguments in [
        vec!["login", "--with", "okta", "--timeout", "0s"],
        vec!["login", "--with", "okta", "--timeout", "soon"],
        vec!["login", "--with", "okta", "ada@example.com"],
        vec!["login", "--with", "okta", "--paste", "--device"],
        vec!["login", "--paste"],
        vec!["login", "--with", "okta", "--port", "70000"],
    ] {
        desk.run(&arguments).ended(2);
    }
    let unknown = desk.run(["login", "--with", "okta", "--json"]).ended(3);
    assert_eq!(unknown.error()["code"], "provider_not_found");
}
