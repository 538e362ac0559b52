//! Addresses and names: what is refused for a new user, and that what was stored before stays usable.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use backoffice::{BackOffice, Caller, EmailError, Error, NewUser, UserEdit, UserRef};
use common::{Desk, OTHER_PASSWORD, PASSWORD};
use serde_json::{Value, json};

const ID: &str = "0193b0e5-7c5e-7000-8000-000000000001";

/// A store with one user, as a former version could have stored it.
fn desk_with(user: &Value) -> Desk {
    let desk = Desk::new();
    desk.pipe(&user.to_string(), ["user", "import", "-"]).ended(0);
    desk
}

fn user_of(email: &str) -> Value {
    json!({
        "id": ID, "email": email, "first_name": "Ada\u{200B}", "last_name": "Lovelace\u{E0041}",
        "status": "active", "password": PASSWORD,
    })
}

/// Whether the message of an error begins with `message`; the text that was refused can follow.
fn says(error: &Value, message: &str) -> bool {
    error["message"].as_str().unwrap().starts_with(message)
}

/// Addresses that were accepted once.
const OLD: [&str; 7] = [
    "ada@under_score.example",
    "ada@[192.0.2.7]",
    "ada@192.0.2.7",
    "\"ada lovelace\"@example.com",
    "ada\u{A0}b@example.com",
    "ada\u{FFFF}@example.com",
    "ada\u{FE0F}@example.com",
];

#[test]
fn a_new_address_to_which_no_mail_can_be_sent_is_refused_with_the_reason() {
    let desk = Desk::new();
    desk.user("bob@example.com");
    let host = "the part of the e-mail address after the `@` is not the name of a domain";
    let literal =
        "the part of the e-mail address after the `@` is an IP address, and not the name of a domain";
    let quoted = "the part of the e-mail address before the `@` is in quotes";
    for (email, message) in [
        ("ada@under_score.example", host),
        ("ada@-example.com", host),
        ("ada@example..com", host),
        ("ada@example.123", host),
        ("ada@[192.0.2.7]", literal),
        ("ada@192.0.2.7", literal),
        ("\"ada lovelace\"@example.com", quoted),
        (
            "ada\u{A0}b@example.com",
            "an e-mail address can't hold the character U+00A0",
        ),
        (
            "ada\u{FFFF}@example.com",
            "an e-mail address can't hold the character U+FFFF",
        ),
        (
            "ada\u{200B}@example.com",
            "an e-mail address can't hold the character U+200B",
        ),
        (
            "ada@exam\u{AD}ple.com",
            "an e-mail address can't hold the character U+00AD",
        ),
    ] {
        let created = desk.run(["user", "create", email, "--json"]).ended(6).error();
        assert_eq!(created["code"], "invalid_email");
        assert!(
            says(&created, message) && created["hint"].is_string(),
            "{created}"
        );
        let edit = ["user", "edit", "bob@example.com", "--email", email, "--json"];
        let edited = desk.run(edit).ended(6).error();
        assert!(says(&edited, message), "{edited}");
        let row = json!({ "email": email }).to_string();
        let imported = desk.pipe(&row, ["user", "import", "-"]).ended(6);
        assert!(
            imported.stderr.contains(&format!(": `email`: {message}")),
            "{imported:?}"
        );
    }
    for email in [
        "root@localhost",
        "o'neil+desk@mail.example.com",
        "jürgen@bücher.example",
    ] {
        desk.run(["user", "create", email]).ended(0);
    }
}

#[test]
fn a_user_with_an_address_of_before_is_shown_found_signed_in_and_changed() {
    for email in OLD {
        let desk = desk_with(&user_of(email));
        for who in [email, ID] {
            let user = desk.run(["user", "show", who, "--json"]).ended(0).json();
            assert_eq!((&user["id"], &user["email"]), (&json!(ID), &json!(email)));
        }
        desk.run(["user", "exists", email]).ended(0);
        let found = desk.run(["user", "list", "--search", email, "--format", "ids"]);
        assert_eq!(found.stdout.trim(), ID, "{email}");
        desk.token(email);
        desk.run(["user", "edit", email, "--first-name", "Ada"]).ended(0);
        desk.pipe(OTHER_PASSWORD, ["password", "set", email, "--password-stdin"])
            .ended(0);
        desk.run(["user", "deactivate", email]).ended(0);
        for more in [["--json"].as_slice(), &["--json", "--if-exists", "skip"]] {
            let other = Desk::new();
            let created = other.run(["user", "create", email].iter().chain(more));
            assert_eq!(created.ended(6).error()["code"], "invalid_email");
        }
        let same = ["user", "create", email, "--if-exists", "skip", "--json"];
        assert_eq!(desk.run(same).ended(0).json()["action"], "skipped");
        desk.run(["user", "edit", email, "--email", "ada@example.com"])
            .ended(0);
    }
}

#[test]
fn an_export_of_addresses_and_names_of_before_comes_back_byte_for_byte() {
    for email in OLD {
        let desk = desk_with(&user_of(email));
        let export = desk.run(["user", "export", "--include-hashes"]).ended(0).stdout;
        let row: Value = serde_json::from_str(&export).unwrap();
        assert_eq!(row["email"], email);
        assert_eq!(row["first_name"], "Ada\u{200B}");
        let other = Desk::new();
        other.pipe(&export, ["user", "import", "-"]).ended(0);
        let again = other.run(["user", "export", "--include-hashes"]).ended(0).stdout;
        assert_eq!(again, export);
        // A row without the id makes a new user, and a new user can't have them.
        let new = json!({ "email": email });
        Desk::new()
            .pipe(&new.to_string(), ["user", "import", "-"])
            .ended(6);
    }
}

#[test]
fn mail_goes_to_an_address_of_before_where_a_mail_server_takes_it() {
    let desk = Desk::new();
    let spool = desk.path().join("spool");
    desk.configure(&format!(
        "base_url = \"https://desk.example.com\"\n[mail]\ntransport = \"directory\"\n\
         directory = {spool:?}\nfrom = \"desk@under_score.example\"\n",
    ));
    for (number, email) in OLD.iter().enumerate() {
        let mut user = user_of(email);
        user["id"] = json!(format!("0193b0e5-7c5e-7000-8000-00000000000{number}"));
        desk.pipe(&user.to_string(), ["user", "import", "-"]).ended(0);
        desk.run(["reset", "issue", email, "--send"]).ended(0);
        // A notice waits in the queue with the address in it.
        desk.run([
            "user",
            "edit",
            email,
            "--email",
            &format!("new{number}@example.com"),
        ])
        .ended(0);
    }
    let flushed = desk.run(["mail", "queue", "flush", "--json"]).ended(0);
    assert!(!flushed.stdout.contains("\"sent\":false"), "{flushed:?}");
    assert_eq!(desk.run(["mail", "queue", "list", "--format", "ids"]).stdout, "");
    let spool = std::fs::read_dir(spool).unwrap();
    let mails: Vec<String> = spool
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let to = |address: &str| {
        let line = format!("To: {address}\r\n");
        mails.iter().filter(|mail| mail.contains(&line)).count()
    };
    assert_eq!(to("ada@under_score.example"), 2, "{mails:?}");
    assert_eq!(to("new0@example.com"), 1);
    assert_eq!(mails.len(), 3 * OLD.len());
    desk.run(["mail", "check", "ada@under_score.example"]).ended(0);
}

#[test]
fn names_hold_the_letters_of_every_script_and_nothing_unseen() {
    let desk = Desk::new();
    for (number, name) in [
        "می\u{200C}خواهم",
        "क्\u{200D}ष",
        "ශ්\u{200D}රී",
        "渡邉\u{E0102}",
        "Nguyễn Văn Đức",
        "O’Neil-Müller",
    ]
    .iter()
    .enumerate()
    {
        let email = format!("user{number}@example.com");
        let made = desk
            .run(["user", "create", &email, "--first-name", name, "--json"])
            .ended(0);
        assert_eq!(made.json()["user"]["first_name"], *name);
        let shown = desk.run(["user", "show", &email]).ended(0).stdout;
        assert!(shown.contains(name), "{shown}");
    }
    for (name, code) in [
        ("Ada\u{200B}", "U+200B"),
        ("\u{FEFF}Ada", "U+FEFF"),
        ("Ada\u{2060}", "U+2060"),
        ("Ada\u{E0041}", "U+E0041"),
        ("Ada\u{200D}", "U+200D"),
        ("Ada\u{200C}B", "U+200C"),
        ("Ada\u{FE0F}", "U+FE0F"),
        ("Ada\u{202E}", "U+202E"),
        ("Ada\u{FFFF}", "U+FFFF"),
        ("\u{3164}", "U+3164"),
    ] {
        let message = format!("a name can't hold the character {code}, which is invisible");
        let refused = desk.run(["user", "create", "x@example.com", "--last-name", name, "--json"]);
        let error = refused.ended(6).error();
        assert_eq!(error["code"], "invalid_name");
        assert!(says(&error, &message), "{error}");
        let row = json!({ "email": "x@example.com", "last_name": name }).to_string();
        let imported = desk.pipe(&row, ["user", "import", "-"]).ended(6);
        assert!(imported.stderr.contains(&message), "{imported:?}");
    }
}

#[test]
fn what_is_not_seen_is_spelt_out_in_every_format() {
    let desk = desk_with(&user_of("ada\u{A0}b@example.com"));
    for (format, email, name) in [
        ("table", "ada\\u{a0}b@example.com", "Ada\\u{200b}"),
        ("csv", "ada\\u{a0}b@example.com", "Ada\\u{200b}"),
        ("json", "ada\\u00a0b@example.com", "Ada\\u200b"),
        ("jsonl", "ada\\u00a0b@example.com", "Ada\\u200b"),
    ] {
        let fields = ["--fields", "email,first_name", "--format", format];
        for command in [["user", "list"].as_slice(), &["user", "show", ID]] {
            let shown = desk.run(command.iter().chain(&fields)).ended(0).stdout;
            assert!(shown.contains(email) && shown.contains(name), "{shown}");
            assert!(!shown.contains(['\u{A0}', '\u{200B}']), "{shown}");
        }
    }
    let exported = desk.run(["user", "export"]).ended(0).stdout;
    assert!(exported.contains("Lovelace\\udb40\\udc41"), "{exported}");
}

#[test]
fn a_program_can_give_a_new_user_no_address_by_which_another_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let office = BackOffice::init(&folder.path().join("backoffice.db")).unwrap();
    let service = Caller::service("tests");
    let desk = office.on_behalf_of(&service);
    let Ok(UserRef::Email(old)) = "ada@under_score.example".parse() else {
        panic!("no reference");
    };
    let created = desk.users().create(NewUser::new(old.clone()));
    assert!(
        matches!(created, Err(Error::Email(EmailError::NoHostName))),
        "{created:?}"
    );
    let ada = desk
        .users()
        .create(NewUser::new("ada@example.com".parse().unwrap()))
        .unwrap();
    let mut edit = UserEdit::default();
    edit.email = Some(old);
    let edited = desk.users().edit(&ada.user.id.into(), &edit);
    assert!(
        matches!(edited, Err(Error::Email(EmailError::NoHostName))),
        "{edited:?}"
    );
}
