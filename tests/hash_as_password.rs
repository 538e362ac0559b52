//! A hash is no password: whoever has a copy of another system's table could sign in with it. Each way
//! in for a new password refuses a hash.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fmt::Write as _;

use backoffice::{
    BackOffice, Caller, Error, ImportError, ImportOptions, ImportProblem, NewPassword, NewUser,
};
use backoffice::{PasswordRefusal, SecretString, SignIn};
use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};
use serde_json::{Value, json};

/// The password behind each of them is [`PASSWORD`], if it is of a kind that can be verified.
const BCRYPT: &str = "$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K";
const ARGON2: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4";
const DJANGO: &str =
    "pbkdf2_sha256$60000$xMlwn0OLtmtjPuo9JaOHcR$lD+r9TMXXgWJjmO3yGJlwnAGfBln7CqYINSl7XvYAe0=";
const MD5: &str = "9f94c65a80581f146ed89f878919025d";
const LDAP: &str = "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr";

const MESSAGE: &str = "the password is a hash, and the password itself is needed";

#[track_caller]
fn is_refused(run: Run) {
    let error = run.ended(6).error();
    assert_eq!(
        (&error["code"], &error["rule"], &error["message"]),
        (&json!("weak_password"), &json!("hash"), &json!(MESSAGE))
    );
    assert!(
        error["hint"].as_str().unwrap().contains("`password_hash`"),
        "{error}"
    );
}

#[test]
fn each_row_with_a_hash_for_a_password_is_refused_and_told_where_a_hash_goes() {
    let desk = Desk::new();
    let hashes = [BCRYPT, ARGON2, DJANGO, MD5, LDAP];
    let mut csv = String::from("email,password\n");
    let mut jsonl = String::new();
    for (number, hash) in hashes.iter().enumerate() {
        let email = format!("user{number}@example.com");
        writeln!(csv, "{email},\"{hash}\"").unwrap();
        writeln!(jsonl, "{}", json!({ "email": email, "password": hash })).unwrap();
    }
    for (kind, text) in [("csv", &csv), ("jsonl", &jsonl)] {
        let refused = desk.pipe(text, ["user", "import", "-"]).ended(6);
        let first = usize::from(kind == "csv") + 1;
        for number in 0..hashes.len() {
            let line = format!(
                "line {} (user{number}@example.com): {MESSAGE}; `password_hash` takes it: put the hash into that field\n",
                first + number
            );
            assert!(refused.stderr.contains(&line), "{refused:?}");
        }
        let hint = "hint: put the hashes into the field `password_hash` instead of `password`\n";
        assert!(refused.stderr.ends_with(hint), "{refused:?}");
        for hash in hashes {
            assert!(!refused.stderr.contains(hash), "{refused:?}");
        }
        let error = desk
            .pipe(text, ["user", "import", "-", "--json"])
            .ended(6)
            .error();
        let failures = error["failures"].as_array().unwrap();
        let rules: Vec<&Value> = failures.iter().map(|failure| &failure["error"]["rule"]).collect();
        assert_eq!(rules, vec![&json!("hash"); hashes.len()]);
    }
    assert_eq!(desk.run(["user", "list", "--count"]).stdout, "0\n");

    writeln!(csv, "ok@example.com,{PASSWORD}").unwrap();
    desk.pipe(&csv, ["user", "import", "-", "--keep-going", "--activate"])
        .ended(9);
    assert_eq!(desk.run(["user", "list", "--count"]).stdout, "1\n");
    desk.token("ok@example.com");
}

#[test]
fn the_field_for_hashes_takes_what_the_field_for_passwords_refuses() {
    let desk = Desk::new();
    let csv = format!("email,status,password_hash\nada@example.com,active,{BCRYPT}\n");
    desk.pipe(&csv, ["user", "import", "-"]).ended(0);
    desk.token("ada@example.com");
    desk.pipe(BCRYPT, ["login", "ada@example.com", "--password-stdin"])
        .ended(5);
}

#[test]
fn no_command_takes_a_hash_for_a_new_password() {
    let desk = Desk::new();
    desk.configure("base_url = \"https://desk.example.com\"\n[login]\nfailure_floor = \"1ms\"\n");
    desk.user("ada@example.com");
    for hash in [BCRYPT, ARGON2, DJANGO, MD5, LDAP] {
        let file = desk.file("secret", &format!("{hash}\n"));
        let file = file.to_str().unwrap();
        for target in [
            ["user", "create", "bob@example.com", "--json"],
            ["password", "set", "ada@example.com", "--json"],
        ] {
            is_refused(desk.pipe(hash, target.iter().chain(&["--password-stdin"])));
            is_refused(desk.run(target.iter().chain(&["--password-file", file])));
            let object = json!({ "password": hash }).to_string();
            is_refused(desk.pipe(&object, target.iter().chain(&["--input", "-"])));
        }
        let change = ["password", "change", "ada@example.com", "--json"];
        let current = desk.file("current", PASSWORD);
        let current = ["--current-password-file", current.to_str().unwrap()];
        is_refused(desk.pipe(
            hash,
            change.iter().chain(&current).chain(&["--new-password-stdin"]),
        ));
        is_refused(
            desk.run(
                change
                    .iter()
                    .chain(&current)
                    .chain(&["--new-password-file", file]),
            ),
        );

        let link = desk.run(["reset", "issue", "ada@example.com"]).ended(0).stdout;
        let token = desk.file("token", &link);
        let complete = [
            "reset",
            "complete",
            "--json",
            "--token-file",
            token.to_str().unwrap(),
        ];
        is_refused(desk.pipe(hash, complete.iter().chain(&["--password-stdin"])));
        let object = json!({ "token": link.trim(), "password": hash }).to_string();
        is_refused(desk.pipe(&object, ["reset", "complete", "--json", "--input", "-"]));

        desk.run(["password", "require-change", "ada@example.com"])
            .ended(0);
        let login = json!({ "email": "ada@example.com", "password": PASSWORD, "new_password": hash });
        is_refused(desk.pipe(&login.to_string(), ["login", "--json", "--input", "-"]));
    }
    desk.run(["user", "exists", "bob@example.com"]).ended(3);
    let change = json!({ "email": "ada@example.com", "password": PASSWORD, "new_password": OTHER_PASSWORD });
    desk.pipe(&change.to_string(), ["login", "--input", "-"]).ended(0);
}

#[test]
fn a_hash_that_is_typed_is_refused_at_once() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let mut pty = desk.at_terminal(&["password", "set", "ada@example.com"]);
    pty.answers("New password for ada@example.com: ", BCRYPT);
    pty.sees(MESSAGE);
    pty.answers("New password for ada@example.com: ", OTHER_PASSWORD);
    pty.answers("New password for ada@example.com, again: ", OTHER_PASSWORD);
    let ended = pty.ends();
    assert_eq!(ended.code, 0, "{ended:?}");
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
}

#[test]
fn a_program_that_uses_the_crate_can_set_no_hash_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backoffice.db");
    let office = BackOffice::init(&path).unwrap();
    let service = Caller::service("tests");
    let desk = office.on_behalf_of(&service);
    let is_hash = |error: &Error| matches!(error, Error::WeakPassword(PasswordRefusal::Hash));
    let hash = SecretString::from(BCRYPT);

    let mut new = NewUser::new("ada@example.com".parse().unwrap());
    new.password = NewPassword::Plain(hash.clone());
    assert!(is_hash(&desk.users().create(new.clone()).unwrap_err()));
    new.password = NewPassword::Plain(PASSWORD.into());
    new.activate = true;
    let id = desk.users().create(new).unwrap().user.id.into();
    let set = desk
        .passwords()
        .set(&id, &NewPassword::Plain(hash.clone()), false);
    assert!(is_hash(&set.unwrap_err()));
    let change = desk
        .passwords()
        .change("ada@example.com", &PASSWORD.into(), &hash);
    assert!(is_hash(&change.unwrap_err()));
    let csv = format!("email,password\nbob@example.com,{BCRYPT}\n");
    let imported = desk
        .users()
        .import(Box::new(csv.as_bytes()), &ImportOptions::default(), &|_| ());
    let Err(ImportError::Refused(report)) = imported else {
        panic!("{imported:?}");
    };
    let [failure] = report.failures.as_slice() else {
        panic!("{report:?}");
    };
    assert!(matches!(&failure.problem, ImportProblem::Refused(error) if is_hash(error)));
    desk.sign_in(&SignIn::new("ada@example.com", &PASSWORD.into()))
        .unwrap();
}

#[test]
fn a_user_who_has_a_hash_for_a_password_still_signs_in() {
    let desk = Desk::new();
    // One as a former version made it, and one that the sign-in replaces with a hash of today's cost.
    for (email, memory) in [("ada@example.com", 19_456), ("bob@example.com", 8192)] {
        let stored = argon2id_of(BCRYPT, memory);
        desk.pipe(
            &stored,
            ["user", "create", email, "--activate", "--password-hash-stdin"],
        )
        .ended(0);
        for _ in 0..2 {
            desk.pipe(BCRYPT, ["login", email, "--password-stdin"]).ended(0);
        }
    }
}

/// A hash of `password` in the form in which the store has it.
fn argon2id_of(password: &str, memory: u32) -> String {
    use base64::Engine as _;
    let encoded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes);
    let params = argon2::Params::new(memory, 2, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let (salt, mut hash) = (b"salt of 16 bytes", [0; 32]);
    argon2
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .unwrap();
    format!(
        "$argon2id$v=19$m={memory},t=2,p=1${}${}",
        encoded(salt),
        encoded(&hash)
    )
}
