//! `backoffice user import` and hashes: the kinds that are taken, those that are refused, and what
//! the answer says of weak ones.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, Run};
use serde_json::{Value, json};

/// One hash of each kind, made by the programs that write them.
const PEERS: &str = include_str!("data/hashes.jsonl");
/// A password of the file that keeps the policy.
const KEPT: &str = "Grüße aus Łódź, 東京";
const HINT: &str = "leave the hash out, and let the user choose a password: `backoffice reset issue USER --send` \
                    mails the user a link";
/// MD5-crypt of "password".
const MD5_CRYPT: &str = "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/";

fn import(desk: &Desk, rows: &str, more: &[&str]) -> Run {
    desk.pipe(rows, ["user", "import", "-"].iter().chain(more))
}

/// A row in JSONL.
fn row(name: &str, hash: &Value) -> String {
    let email = format!("{name}@example.com");
    format!(
        "{}\n",
        json!({"email": email, "status": "active", "password_hash": hash})
    )
}

/// One hash of each kind, made of [`KEPT`]: its kind and the hash as a text.
fn kinds() -> Vec<(String, String)> {
    let rows = PEERS
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|made| made["password"] == KEPT)
        .map(|made| {
            let hash = &made["hash"];
            let text = hash.as_str().map_or_else(|| hash.to_string(), str::to_owned);
            (made["kind"].as_str().unwrap().to_owned(), text)
        })
        .collect()
}

/// The hash of a kind.
fn of_kind(kind: &str) -> Value {
    let found = kinds().into_iter().find(|(found, _)| found == kind);
    json!(found.unwrap().1)
}

fn hash_of(desk: &Desk, email: &str) -> String {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let sql = "SELECT hash FROM credentials JOIN users ON id = user_id WHERE email = ?1";
    db.query_row(sql, [email], |row| row.get(0)).unwrap()
}

fn number(desk: &Desk, sql: &str) -> i64 {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn login(desk: &Desk, email: &str, password: &str) -> Run {
    desk.pipe(password, ["login", email, "--password-stdin", "--print-token"])
}

#[test]
fn each_kind_signs_in_once_and_is_ours_afterwards() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let kinds = kinds();
    let rows: String = (0..)
        .zip(&kinds)
        .map(|(n, (_, hash))| row(&format!("u{n}"), &json!(hash)))
        .collect();
    import(&desk, &rows, &[]).ended(0);
    let counted = "SELECT sum(users) FROM hash_costs WHERE time IS NOT NULL";
    assert_eq!(
        number(&desk, counted),
        i64::try_from(kinds.len()).unwrap(),
        "each cost was measured"
    );
    for (n, (kind, _)) in kinds.iter().enumerate() {
        let email = format!("u{n}@example.com");
        // A refusal waits, so a few are enough: the unit tests try a wrong password with each kind.
        if n % 8 == 0 {
            let before = hash_of(&desk, &email);
            login(&desk, &email, &format!("{KEPT}x")).ended(5);
            assert_eq!(
                hash_of(&desk, &email),
                before,
                "{kind}: a wrong password replaces nothing"
            );
        }
        login(&desk, &email, KEPT).ended(0);
        assert!(
            hash_of(&desk, &email).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kind}"
        );
    }
    let ours = "SELECT sum(users) FROM hash_costs WHERE cost = 'argon2id m=19456,t=2,p=1'";
    assert_eq!(number(&desk, ours), i64::try_from(kinds.len()).unwrap());
}

#[test]
fn a_kind_that_is_not_taken_is_named_and_the_hint_says_what_to_do() {
    let desk = Desk::new();
    for (hash, message) in [
        (
            MD5_CRYPT,
            "the hash is of a kind that is too weak to be taken: MD5-crypt",
        ),
        (
            "$apr1$saltsalt$Ne41nSCDZzzVOVAbpIcOc/",
            "the hash is of a kind that is too weak to be taken: MD5 of Apache (apr1)",
        ),
        (
            "5f4dcc3b5aa765d61d8327deb882cf99",
            "the hash is of a kind that is too weak to be taken: MD5 without a salt, or NT hash",
        ),
        (
            "$y$j9T$saltsaltsalt$oB2NNeLMHzV0O2LLpJ7tm9DpZtiZlJ4hqDaIp5P0rn5",
            "the hash is of a kind that can't be verified here: yescrypt",
        ),
        ("umbrella", "the hash is of no kind that can be verified"),
        (
            "$6$salt$short",
            "the hash is damaged or not written as its kind is",
        ),
    ] {
        let refused = import(&desk, &row("a", &json!(hash)), &[]).ended(6);
        let line = format!("line 1 (a@example.com): `password_hash`: {message}; {HINT}\n");
        assert!(refused.stderr.starts_with(&line), "{refused}");
        let create = ["user", "create", "a@example.com", "--password-hash-stdin"];
        assert_eq!(
            desk.pipe(hash, create).ended(6).stderr,
            format!("error: {message}\nhint: {HINT}\n")
        );
    }
}

#[test]
fn an_import_of_refused_hashes_says_how_to_go_on() {
    let desk = Desk::new();
    let rows = row("a", &json!(MD5_CRYPT)) + &row("b", &json!(MD5_CRYPT));
    let refused = import(&desk, &rows, &["--json"]).ended(6);
    let error: Value = serde_json::from_str(&refused.stderr).unwrap();
    let hint = error["error"]["hint"].as_str().unwrap();
    assert!(
        hint.contains(
            "`backoffice user list --password none --format ids | backoffice reset issue - --send`"
        )
    );
    assert_eq!(error["error"]["failures"][1]["error"]["hint"], HINT);
    let kept = import(&desk, &rows, &["--json", "--keep-going"]).ended(9).json();
    assert_eq!(kept["failures"][0]["error"]["hint"], HINT);
}

#[test]
fn weak_hashes_are_counted() {
    let desk = Desk::new();
    let sha1 = of_kind("passlib ldap_salted_sha1");
    let rows = row("a", &sha1)
        + &row("b", &of_kind("wordpress phpass"))
        + &row("c", &of_kind("php bcrypt"))
        + &row("d", &json!(MD5_CRYPT));
    let told = import(&desk, &rows, &["--keep-going", "--dry-run"]).ended(9);
    let note = "2 passwords are protected by a weak hash (MD5, SHA-1 or too few rounds) until the user signs in: \
                the first sign-in replaces the hash by a strong one";
    assert!(told.stderr.contains(note), "{told}");
    let answer = import(&desk, &rows, &["--keep-going", "--json"]).ended(9).json();
    assert_eq!(
        (&answer["created"], &answer["weak_hashes"]),
        (&json!(3), &json!(2))
    );
    let update = ["--if-exists", "update", "--reset-passwords", "--json"];
    let again = import(&desk, &row("c", &sha1), &update).ended(0).json();
    assert_eq!(again["weak_hashes"], json!(1));
    let same = import(&desk, &row("c", &sha1), &update).ended(0);
    assert_eq!(same.json()["weak_hashes"], json!(0));
    let none = import(&desk, &row("e", &json!("!")), &[]).ended(0);
    assert!(!none.stderr.contains("weak"), "{none}");
}

#[test]
fn a_text_that_locks_an_account_gives_a_user_without_a_password() {
    let desk = Desk::new();
    let rows = row("a", &json!("!")) + &row("b", &json!("*")) + &row("c", &json!(""));
    import(&desk, &rows, &[]).ended(0);
    for name in ["a", "b", "c"] {
        let email = format!("{name}@example.com");
        let user = desk.run(["user", "show", &email, "--json"]).ended(0).json();
        assert_eq!(user["password_state"], "none", "{name}");
    }
}

#[test]
fn the_hash_of_a_keycloak_credential_comes_back_from_an_export() {
    let desk = Desk::new();
    import(&desk, &row("a", &of_kind("keycloak pbkdf2-sha256")), &[]).ended(0);
    let exported = desk.run(["user", "export", "--include-hashes"]).ended(0).stdout;
    let user: Value = serde_json::from_str(&exported).unwrap();
    let hash = user["password_hash"].as_str().unwrap();
    assert!(hash.starts_with("$pbkdf2-sha256$i=12000,l=64$"), "{hash}");
    let other = Desk::new();
    import(&other, &exported, &[]).ended(0);
    assert_eq!(
        other.run(["user", "export", "--include-hashes"]).ended(0).stdout,
        exported
    );
}
