//! Who comes in, and who doesn't, once a provider has vouched for them.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::{Browser, Page};
use common::letters::{Letter, MAIL};
use common::rogue::{Changes, Manners, Rogue, SUBJECT};
use common::{Desk, Run};
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";
const ACCEPT: &str = "strategy = \"accept-existing\"\n";
const CREATE: &str = "strategy = \"create-on-first-login\"\ndefault_groups = [\"support\"]\n\
    email_domains = [\"example.com\"]\n";
const BOTH: [&str; 2] = [ACCEPT, CREATE];

/// A provider and a home that knows it.
struct Office {
    rogue: Rogue,
    desk: Desk,
}

impl Office {
    fn new(settings: &str, change: impl FnOnce(&mut Manners)) -> Self {
        let rogue = Rogue::start(change);
        let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
        desk.run(["group", "create", "support"]).succeeded();
        Self { rogue, desk }
    }

    /// A provider that claims something else of whoever comes.
    fn claiming(settings: &str, change: impl FnOnce(&mut Changes)) -> Self {
        Self::new(settings, |rogue| change(&mut rogue.claims))
    }

    fn claims(&self, change: impl FnOnce(&mut Changes)) {
        self.rogue.change(|manners| change(&mut manners.claims));
    }

    /// The mails, sent as `mail queue flush` sends them.
    fn letters(&self) -> Vec<Letter> {
        self.desk.run(["mail", "queue", "flush"]).succeeded();
        self.desk.letters()
    }

    /// That a login ends well; gives the user.
    #[track_caller]
    fn lets_in(&self) -> Value {
        let (page, run) = self.desk.sign_in(&["--json"]);
        assert_eq!(page.status, 200, "{page:?} {run:?}");
        run.ended(0).json()["user"].take()
    }

    /// That a login is refused for `reason`, and changes nothing.
    #[track_caller]
    fn refuses(&self, reason: &str) -> (Page, Run) {
        let before = (self.desk.emails(), self.desk.identities());
        let (page, run) = self.desk.sign_in(&["--json"]);
        run.refused(5);
        assert_eq!(run.last_error()["reason"], reason, "{run:?}");
        assert_eq!(page.status, 403, "{page:?}");
        assert_eq!(before, (self.desk.emails(), self.desk.identities()));
        self.desk.run(["whoami"]).ended(5);
        (page, run)
    }
}

#[test]
fn nobody_with_that_identity_or_e_mail() {
    Office::new(ACCEPT, |_| ()).refuses("unknown_user");
    let user = Office::new(CREATE, |_| ()).lets_in();
    assert_eq!((&user["email"], &user["status"]), (&ADA.into(), &"active".into()));
    assert_eq!(
        (&user["first_name"], &user["last_name"]),
        (&"Ada".into(), &"Lovelace".into())
    );
    assert_eq!(
        (&user["groups"], &user["password_state"]),
        (&json!(["support"]), &"random".into())
    );
}

#[test]
fn active_user_with_that_identity() {
    for strategy in BOTH {
        let office = Office::new(strategy, |_| ());
        let id = office.desk.user(ADA);
        for _ in 0..2 {
            assert_eq!(office.lets_in()["id"], id.as_str());
        }
        assert_eq!(office.desk.identities().len(), 1);
        assert_eq!(office.letters().len(), 1);
    }
}

#[test]
fn active_user_with_that_verified_e_mail() {
    for strategy in BOTH {
        let office = Office::new(strategy, |_| ());
        let id = office.desk.user(ADA);
        assert_eq!(office.lets_in()["id"], id.as_str());
        assert_eq!(office.desk.identities()[0]["subject"], SUBJECT);
        let letters = office.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].header("To"), [ADA]);
    }
}

#[test]
fn an_administrator_by_e_mail() {
    for strategy in BOTH {
        let office = Office::new(strategy, |_| ());
        office.desk.user(ADA);
        office
            .desk
            .run(["group", "add-member", "administrators", ADA])
            .succeeded();
        let (_, run) = office.refuses("administrator");
        // By hand, as the hint says.
        let hint = run.last_error()["hint"].as_str().unwrap().to_owned();
        let attempt = hint
            .split("--attempt ")
            .nth(1)
            .unwrap()
            .trim_end_matches('`')
            .to_owned();
        office
            .desk
            .run(["identity", "link", ADA, "--attempt", &attempt])
            .succeeded();
        assert_eq!(office.lets_in()["email"], ADA);
    }
}

#[test]
fn same_e_mail_other_subject() {
    for strategy in BOTH {
        let office = Office::new(strategy, |_| ());
        office.desk.user(ADA);
        office.lets_in();
        office.desk.run(["logout"]).succeeded();
        office.claims(|claims| {
            claims.set("sub", "somebody-else");
        });
        office.refuses("linked_to_another");
    }
}

#[test]
fn pending_deactivated_deleted() {
    for strategy in BOTH {
        for linked in [false, true] {
            let office = Office::new(strategy, |_| ());
            if linked {
                office.desk.user(ADA);
                office.lets_in();
            } else {
                office.desk.run(["user", "create", ADA]).succeeded();
                office.refuses("pending");
            }
            office.desk.run(["user", "deactivate", ADA]).succeeded();
            office.refuses("deactivated");
            office.desk.run(["user", "delete", ADA, "--yes"]).succeeded();
            office.refuses("deleted");
            assert_eq!(office.desk.shows(ADA)["status"], "deleted");
        }
    }
}

/// A claim that stands in the way of a first link and of a creation, and not of somebody linked.
#[track_caller]
fn unverified(reason: &str, change: impl Fn(&mut Changes)) {
    for strategy in BOTH {
        let office = Office::claiming(strategy, &change);
        office.desk.user(ADA);
        office.refuses(reason);
        office.desk.run(["user", "delete", ADA, "--yes"]).succeeded();
        office.desk.run(["user", "purge", ADA, "--yes"]).succeeded();
        office.refuses(reason);
    }
    let office = Office::new(ACCEPT, |_| ());
    office.desk.user(ADA);
    office.lets_in();
    office.claims(change);
    office.lets_in();
}

#[test]
fn e_mail_missing() {
    unverified("email_missing", |claims| {
        claims.remove("email");
    });
}

#[test]
fn email_verified_absent() {
    unverified("email_unverified", |claims| {
        claims.remove("email_verified");
    });
}

#[test]
fn email_verified_false() {
    unverified("email_unverified", |claims| {
        claims.set("email_verified", false);
    });
}

#[test]
fn email_verified_null() {
    unverified("email_unverified", |claims| {
        claims.set("email_verified", json!(null));
    });
}

#[test]
fn email_verified_as_a_text() {
    unverified("email_unverified", |claims| {
        claims.set("email_verified", "true");
    });
}

#[test]
fn trust_unverified_email_is_the_exception() {
    for strategy in BOTH {
        let settings = format!("{strategy}trust_unverified_email = true\n");
        let office = Office::claiming(&settings, |claims| {
            claims.remove("email_verified");
        });
        office.desk.user(ADA);
        office.lets_in();
    }
}

#[test]
fn e_mail_outside_the_domains() {
    let domains = "email_domains = [\"example.org\"]\n";
    for settings in [
        format!("{ACCEPT}{domains}"),
        CREATE.replace("example.com", "example.org"),
    ] {
        let office = Office::new(&settings, |_| ());
        office.desk.user(ADA);
        office.refuses("email_domain");
    }
    // Only a first sign-in asks for it.
    let office = Office::new(CREATE, |_| ());
    office.lets_in();
    office.claims(|claims| {
        claims.set("email", "ada@example.org");
    });
    assert_eq!(office.lets_in()["email"], ADA);
}

#[test]
fn require_claims_missing_or_different() {
    let required = "require_claims = { hd = \"example.com\", roles = \"desk\" }\n";
    for strategy in BOTH {
        let office = Office::new(&format!("{strategy}{required}"), |_| ());
        office.desk.user(ADA);
        office.refuses("claim_missing");
        office.claims(|claims| {
            claims
                .set("hd", "example.com.evil.example")
                .set("roles", json!(["desk"]));
        });
        office.refuses("claim_different");
        office.claims(|claims| {
            claims.set("hd", "example.com");
        });
        office.lets_in();
        office.desk.run(["logout"]).succeeded();
        // It counts for somebody known as well.
        office.claims(|claims| {
            claims.set("roles", json!(["sales"]));
        });
        office.refuses("claim_different");
    }
}

#[test]
fn look_alike_e_mails() {
    for (stored, claimed) in [
        // A full-width letter, a long s, a Kelvin sign.
        ("admin@example.com", "ａdmin@example.com"),
        ("susan@example.com", "ſusan@example.com"),
        ("kate@example.com", "\u{212A}ate@example.com"),
    ] {
        for strategy in BOTH {
            let office = Office::claiming(strategy, |claims| {
                claims.set("email", claimed);
            });
            office.desk.user(stored);
            office.refuses("look_alike");
        }
    }
}

#[test]
fn e_mail_in_another_case() {
    for (stored, claimed) in [
        ("ada@example.com", "Ada@EXAMPLE.com"),
        ("Ada@example.com", "ada@example.com"),
    ] {
        for strategy in BOTH {
            let office = Office::claiming(strategy, |claims| {
                claims.set("email", claimed);
            });
            let id = office.desk.user(stored);
            let user = office.lets_in();
            assert_eq!((&user["id"], &user["email"]), (&id.into(), &stored.into()));
        }
    }
}

/// Up to ASCII case and no further: who reads such a mailbox is the mail server's affair.
#[test]
fn e_mail_in_another_unicode_form() {
    for strategy in BOTH {
        let office = Office::claiming(strategy, |claims| {
            claims.set("email", "ju\u{308}rgen@example.com");
        });
        office.desk.user("jürgen@example.com");
        office.refuses("look_alike");
    }
}

#[test]
fn same_subject_changed_e_mail() {
    for strategy in BOTH {
        let office = Office::new(strategy, |_| ());
        office.desk.user(ADA);
        office.desk.user("grace@example.com");
        office.lets_in();
        office.claims(|claims| {
            claims.set("email", "grace@example.com");
        });
        assert_eq!(office.lets_in()["email"], ADA);
        assert_eq!(office.desk.shows(ADA)["email"], ADA);
    }
}

#[test]
fn same_subject_other_issuer() {
    let office = Office::new(ACCEPT, |_| ());
    office.desk.user(ADA);
    office.lets_in();
    office.desk.run(["logout"]).succeeded();
    // By the same name in the configuration, and with the same subjects.
    let other = Rogue::start(|manners| {
        manners.claims.set("email", "grace@example.com");
    });
    let settings = format!("{}{}", MAIL, other.settings());
    office.desk.configure(&settings);
    office.refuses("unknown_user");
}

#[test]
fn two_first_logins_at_once() {
    let office = Office::new(CREATE, |_| ());
    let mut logins = [(); 2].map(|()| office.desk.begin_login(&["--print-token"]));
    // Both are back from the provider before either is let in.
    let callbacks = logins
        .each_mut()
        .map(|login| Browser::default().sent_to(&login.url()));
    std::thread::scope(|scope| {
        for callback in &callbacks {
            scope.spawn(|| Browser::default().open(callback));
        }
    });
    for login in logins {
        login.ends().succeeded();
    }
    assert_eq!(office.desk.emails(), [ADA]);
    assert_eq!(office.desk.identities().len(), 1);
}
