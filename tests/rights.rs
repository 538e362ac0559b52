//! Who may do what: every command, on behalf of an administrator and of another user, and what a
//! program that uses the crate may do for whom.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::path::PathBuf;

use backoffice::{BackOffice, Caller, Error, NewUser, SecretString, SignIn};
use common::{Desk, OTHER_PASSWORD, PASSWORD};
use rusqlite::Connection;

const HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY$ZmFrZWZha2VmYWtlZmFrZWZha2VmYWtlZmFrZWZha2U";

/// What a command is expected to do for whom.
struct Case {
    arguments: &'static str,
    administrator: bool,
    user: bool,
}

/// The commands that both may use are those about the own account.
const fn case(arguments: &'static str, administrator: bool, user: bool) -> Case {
    Case {
        arguments,
        administrator,
        user,
    }
}

/// `ada` is the administrator who acts, `grace` another one; `bob` is the user who acts, `eve`
/// another one; `zed` is deleted. Writes are rehearsed, so that each meets the same store.
const CASES: &[Case] = &[
    case("user list", true, false),
    case("user list --count", true, false),
    case("user show eve@example.com", true, false),
    case("user show nobody@example.com", true, false),
    case("user show bob@example.com", true, true),
    case("user exists eve@example.com", true, false),
    case("user exists bob@example.com", true, true),
    case("user create new@example.com --dry-run", true, false),
    case(
        "user create eve@example.com --if-exists update --last-name E --dry-run",
        true,
        false,
    ),
    case(
        "user create new@example.com --password-hash-stdin --dry-run",
        false,
        false,
    ),
    case("user import people.csv --dry-run", true, false),
    case("user import hashes.csv --dry-run", false, false),
    case(
        "user import passwords.csv --if-exists update --reset-passwords --dry-run",
        true,
        false,
    ),
    case("user export", true, false),
    case("user export --include-hashes", false, false),
    case(
        "user edit eve@example.com --first-name Eve --dry-run",
        true,
        false,
    ),
    case(
        "user edit eve@example.com --email e@example.com --dry-run",
        true,
        false,
    ),
    case(
        "user edit grace@example.com --first-name Grace --dry-run",
        true,
        false,
    ),
    case(
        "user edit grace@example.com --email g@example.com --dry-run",
        false,
        false,
    ),
    case(
        "user edit ada@example.com --email a@example.com --dry-run",
        true,
        false,
    ),
    case(
        "user edit bob@example.com --email b@example.com --dry-run",
        true,
        false,
    ),
    case(
        "user edit bob@example.com --add-group administrators --dry-run",
        true,
        false,
    ),
    case("user activate eve@example.com --dry-run", true, false),
    case("user deactivate eve@example.com --dry-run", true, false),
    case("user deactivate grace@example.com --dry-run", true, false),
    case("user delete eve@example.com --yes --dry-run", true, false),
    case("user restore zed@example.com --dry-run", true, false),
    case("user unlock eve@example.com --dry-run", true, false),
    case("user purge zed@example.com --yes --dry-run", false, false),
    case("group list", true, false),
    case("group show support", true, false),
    case("group create other --dry-run", true, false),
    case("group rename support helpdesk --dry-run", true, false),
    case("group delete empty --yes --dry-run", true, false),
    case(
        "group add-member administrators bob@example.com --dry-run",
        true,
        false,
    ),
    case(
        "group remove-member administrators grace@example.com --dry-run",
        true,
        false,
    ),
    case(
        "password set eve@example.com --generate-password --dry-run",
        true,
        false,
    ),
    case(
        "password set bob@example.com --generate-password --dry-run",
        true,
        false,
    ),
    case(
        "password set ada@example.com --generate-password --dry-run",
        true,
        false,
    ),
    case(
        "password set grace@example.com --generate-password --dry-run",
        false,
        false,
    ),
    case("password remove eve@example.com --dry-run", true, false),
    case("password require-change eve@example.com --dry-run", true, false),
    case("reset issue eve@example.com --dry-run", true, false),
    case("reset issue bob@example.com --dry-run", true, false),
    case("reset issue grace@example.com --dry-run", false, false),
    case("reset issue grace@example.com --send --dry-run", true, false),
    case(
        "reset issue grace@example.com --send --print --dry-run",
        false,
        false,
    ),
    case("reset list", true, false),
    case("reset list eve@example.com", true, false),
    case("reset list bob@example.com", true, true),
    case("reset revoke eve@example.com --dry-run", true, false),
    case("session list", true, false),
    case("session list eve@example.com", true, false),
    case("session list bob@example.com", true, true),
    case(
        "session revoke --user eve@example.com --yes --dry-run",
        true,
        false,
    ),
    case(
        "session revoke --user bob@example.com --yes --dry-run",
        true,
        true,
    ),
    case("identity list", true, false),
    case("identity list bob@example.com", true, true),
    case(
        "identity link eve@example.com --provider okta --subject s --dry-run",
        true,
        false,
    ),
    case(
        "identity link grace@example.com --provider okta --subject s --dry-run",
        false,
        false,
    ),
    case(
        "identity link bob@example.com --provider okta --subject s --dry-run",
        true,
        false,
    ),
    case(
        "identity unlink eve@example.com --provider okta --dry-run",
        true,
        false,
    ),
    case(
        "identity unlink bob@example.com --provider okta --dry-run",
        true,
        true,
    ),
    case("mail check ada@example.com", true, false),
    case("mail queue list", true, false),
    case("mail queue flush", true, false),
    case("provider list", true, true),
    case("provider show okta", true, true),
    case("config show", true, true),
    case("config explain session.idle", true, true),
    case("config init", true, true),
    case("whoami", true, true),
    case("init", false, false),
];

/// The desk, and the files with the tokens of `ada` and of `bob`.
fn desk() -> (Desk, [PathBuf; 2]) {
    let desk = Desk::new();
    desk.configure(&format!(
        "base_url = \"https://desk.example.com\"\n\
         [mail]\ntransport = \"directory\"\ndirectory = \"{}\"\nfrom = \"desk@example.com\"\n\
         [provider.okta]\nkind = \"oidc\"\nissuer = \"https://id.example.com\"\nclient_id = \"desk\"\n",
        desk.path().join("mail").display()
    ));
    for name in ["ada", "grace", "bob", "eve", "zed"] {
        desk.user(&format!("{name}@example.com"));
    }
    for name in ["ada", "grace"] {
        let email = format!("{name}@example.com");
        desk.run(["group", "add-member", "administrators", &email])
            .ended(0);
    }
    for group in ["support", "empty"] {
        desk.run(["group", "create", group]).ended(0);
    }
    desk.run(["user", "delete", "zed@example.com", "--yes"]).ended(0);
    desk.file("people.csv", "email\nnew@example.com\n");
    desk.file(
        "hashes.csv",
        &format!("email,password_hash\nnew@example.com,\"{HASH}\"\n"),
    );
    desk.file(
        "passwords.csv",
        &format!("email,password\neve@example.com,{OTHER_PASSWORD}\n"),
    );
    let tokens = ["ada", "bob"].map(|name| {
        let token = desk.token(&format!("{name}@example.com"));
        desk.file(&format!("{name}.token"), &token)
    });
    (desk, tokens)
}

#[test]
fn each_command_is_for_those_who_have_the_right() {
    let (desk, [ada, bob]) = desk();
    for case in CASES {
        for (token, allowed) in [(&ada, case.administrator), (&bob, case.user)] {
            let arguments = case.arguments.split(' ');
            let by_token = ["--json", "--as-token-file", token.to_str().unwrap()];
            let run = desk.pipe(HASH, arguments.chain(by_token));
            let what = format!("{} with {}: {run:?}", case.arguments, token.display());
            if allowed {
                // Somebody who is not there is told of to those who may know.
                assert!(
                    run.code == 0 || (case.arguments.contains("nobody@") && run.code == 3),
                    "{what}"
                );
            } else {
                assert_eq!((run.code, run.stdout.as_str()), (5, ""), "{what}");
                assert_eq!(run.error()["code"], "not_allowed", "{what}");
                assert!(run.error()["hint"].is_string(), "{what}");
            }
        }
        // The owner of the store may do everything.
        let run = desk.pipe(HASH, case.arguments.split(' '));
        let code = if case.arguments.contains("nobody@") { 3 } else { 0 };
        let signed_in = case.arguments == "whoami";
        assert_eq!(
            run.code,
            if signed_in { 5 } else { code },
            "{} {run:?}",
            case.arguments
        );
    }
    let db = Connection::open(desk.store()).unwrap();
    let sql = "SELECT count(*) FROM audit_events WHERE action = 'authz_fail' AND outcome = 'failure'
               AND reason = ?1 AND actor_kind = 'user'";
    let events = |reason: &str| -> i64 { db.query_row(sql, [reason], |row| row.get(0)).unwrap() };
    // One a minute and actor, with the number of those since.
    assert!(
        (1..=2).contains(&events("no_administrator x1")),
        "{}",
        events("no_administrator x1")
    );
    let counted: i64 = db
        .query_row("SELECT sum(count) FROM denials", [], |row| row.get(0))
        .unwrap();
    assert!(counted > 20, "{counted}");
}

#[test]
fn one_administrator_never_gets_hold_of_another_in_an_import() {
    let (desk, [ada, _]) = desk();
    let file = desk.file(
        "grace.csv",
        &format!("email,password\ngrace@example.com,{OTHER_PASSWORD}\n"),
    );
    let run = desk.run([
        "user",
        "import",
        file.to_str().unwrap(),
        "--if-exists",
        "update",
        "--reset-passwords",
        "--json",
        "--as-token-file",
        ada.to_str().unwrap(),
    ]);
    assert_ne!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("not_allowed"), "{run:?}");
    let login = ["login", "grace@example.com", "--password-stdin", "--print-token"];
    desk.pipe(PASSWORD, login).ended(0);
    desk.pipe(OTHER_PASSWORD, login).ended(5);
}

#[test]
fn login_takes_no_acting_token() {
    let (desk, [ada, _]) = desk();
    let token = ada.to_str().unwrap();
    let run = desk.pipe(
        PASSWORD,
        [
            "login",
            "bob@example.com",
            "--password-stdin",
            "--json",
            "--as-token-file",
            token,
        ],
    );
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
}

#[test]
fn ones_own_password_is_changed_and_nobody_elses() {
    let (desk, [_, bob]) = desk();
    let change = |email: &str| {
        desk.pipe(
            &format!("{PASSWORD}\n{OTHER_PASSWORD}\n"),
            [
                "password",
                "change",
                email,
                "--current-password-stdin",
                "--new-password-stdin",
                "--json",
                "--as-token-file",
                bob.to_str().unwrap(),
            ],
        )
    };
    let other = change("eve@example.com").ended(5);
    assert_eq!(other.error()["code"], "not_allowed");
    change("bob@example.com").ended(0);
}

struct Shop {
    office: BackOffice,
    _folder: tempfile::TempDir,
}

/// A store with two users, the first an administrator.
fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let office = BackOffice::init(&folder.path().join("s.db")).unwrap();
    let service = Caller::service("shop");
    for email in ["ada@example.com", "bob@example.com"] {
        let mut new = NewUser::new(email.parse().unwrap());
        new.activate = true;
        new.password = backoffice::NewPassword::Plain(PASSWORD.into());
        office.on_behalf_of(&service).users().create(new).unwrap();
    }
    let (group, ada) = (
        "administrators".parse().unwrap(),
        "ada@example.com".parse().unwrap(),
    );
    office
        .on_behalf_of(&service)
        .groups()
        .add_member(&group, &ada)
        .unwrap();
    Shop {
        office,
        _folder: folder,
    }
}

impl Shop {
    fn caller(&self, email: &str) -> Caller {
        let visitor = Caller::visitor();
        let password = SecretString::from(PASSWORD);
        let request = SignIn::new(email, &password);
        let signed_in = self.office.on_behalf_of(&visitor).sign_in(&request).unwrap();
        self.office.caller_of(&signed_in.token).unwrap()
    }
}

#[test]
fn a_visitor_signs_in_and_nothing_else() {
    let shop = shop();
    let visitor = Caller::visitor();
    let acting = shop.office.on_behalf_of(&visitor);
    let bob = "bob@example.com".parse().unwrap();
    assert!(matches!(acting.users().get(&bob), Err(Error::NotAllowed(_))));
    assert!(matches!(
        acting.users().deactivate(&bob),
        Err(Error::NotAllowed(_))
    ));
    assert!(matches!(
        acting.sessions().list(Some(&bob)),
        Err(Error::NotAllowed(_))
    ));
    assert!(matches!(acting.mail().list(), Err(Error::NotAllowed(_))));
    shop.caller("bob@example.com");
}

#[test]
fn a_session_that_ends_takes_its_rights_along() {
    let shop = shop();
    let (ada, service) = (shop.caller("ada@example.com"), Caller::service("shop"));
    let acting = shop.office.on_behalf_of(&ada);
    let bob = "bob@example.com".parse().unwrap();
    assert!(acting.users().deactivate(&bob).unwrap().changed());
    // No administrator any more, from the next transaction on.
    let group = "administrators".parse().unwrap();
    let mut second = NewUser::new("grace@example.com".parse().unwrap());
    second.activate = true;
    let owner = shop.office.on_behalf_of(&service);
    owner.users().create(second).unwrap();
    owner
        .groups()
        .add_member(&group, &"grace@example.com".parse().unwrap())
        .unwrap();
    owner
        .groups()
        .remove_member(&group, &"ada@example.com".parse().unwrap())
        .unwrap();
    assert!(matches!(acting.users().activate(&bob), Err(Error::NotAllowed(_))));
    acting.users().get(&"ada@example.com".parse().unwrap()).unwrap();
    owner
        .sessions()
        .revoke_all_of(&"ada@example.com".parse().unwrap())
        .unwrap();
    let own = acting.users().get(&"ada@example.com".parse().unwrap());
    assert!(matches!(own, Err(Error::SessionInvalid)));
}

#[test]
fn the_record_names_each_kind_of_caller() {
    let shop = shop();
    let at = "192.0.2.7".parse().unwrap();
    let visitor = Caller::visitor().at(at);
    let password = SecretString::from(OTHER_PASSWORD);
    let wrong = SignIn::new("bob@example.com", &password);
    assert!(shop.office.on_behalf_of(&visitor).sign_in(&wrong).is_err());
    let ada = shop.caller("ada@example.com");
    let bob = "bob@example.com".parse().unwrap();
    shop.office.on_behalf_of(&ada).users().deactivate(&bob).unwrap();
    let db = Connection::open(shop.office.path()).unwrap();
    let sql = "SELECT DISTINCT actor_kind || coalesce(' ' || client, '') FROM audit_events ORDER BY 1";
    let mut statement = db.prepare(sql).unwrap();
    let kinds = statement.query_map([], |row| row.get(0)).unwrap();
    let kinds: Vec<String> = kinds.map(Result::unwrap).collect();
    assert_eq!(kinds, ["os", "service", "user", "visitor", "visitor 192.0.2.7"]);
}
