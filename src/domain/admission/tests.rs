//! Every row of the table of third-party logins, under both strategies.

use serde_json::{Map, json};
use uuid::Uuid;

use super::*;
use crate::domain::clock::Timestamp;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::throttle::LockKind;
use crate::domain::user::{Locale, Name};

const ISSUER: &str = "https://id.example.com";
const STRATEGIES: [Strategy; 2] = [Strategy::AcceptExisting, Strategy::CreateOnFirstLogin];

fn user(email: &str) -> User {
    User {
        id: UserId(Uuid::from_u128(1)),
        email: email.parse().unwrap(),
        first_name: Name::default(),
        last_name: Name::default(),
        status: Status::Active,
        locale: Locale::default(),
        groups: Vec::new(),
        password_state: PasswordState::None,
        must_change_password: false,
        identities: Vec::new(),
        lock: LockKind::None,
        locked_until: None,
        last_login_at: None,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

fn linked(email: &str, issuer: &str, subject: &str) -> User {
    let bond = IdentityBond::new("okta".to_owned(), issuer.to_owned(), subject.to_owned()).unwrap();
    User {
        identities: vec![bond],
        ..user(email)
    }
}

fn profile(email: &str) -> Profile {
    Profile {
        issuer: ISSUER.to_owned(),
        subject: "00u1".to_owned(),
        email: Some(email.to_owned()),
        email_verified: true,
        first_name: None,
        last_name: None,
        locale: None,
        claims: Map::new(),
    }
}

fn rules(strategy: Strategy) -> Admission {
    Admission {
        strategy,
        ..Admission::default()
    }
}

fn domain(text: &str) -> EmailDomain {
    text.parse().unwrap()
}

fn with_claims(mut profile: Profile, claims: Value) -> Profile {
    let Value::Object(claims) = claims else {
        panic!("{claims} isn't an object");
    };
    profile.claims = claims;
    profile
}

#[test]
fn a_person_without_a_user_is_refused_or_created() {
    let ada = profile("Ada@example.com");
    assert_eq!(
        rules(Strategy::AcceptExisting).decide(&ada, None, None),
        Err(Refusal::Unknown)
    );
    assert_eq!(
        rules(Strategy::CreateOnFirstLogin).decide(&ada, None, None),
        Ok(Admitted::Created("Ada@example.com".parse().unwrap()))
    );
}

#[test]
fn an_active_user_with_the_identity_is_signed_in_with_any_address() {
    let ada = linked("ada@example.com", ISSUER, "00u1");
    for strategy in STRATEGIES {
        let unverified = Profile {
            email_verified: false,
            ..profile("somebody@elsewhere.example")
        };
        let nameless = Profile {
            email: None,
            ..profile("")
        };
        for profile in [profile("ada@example.com"), unverified, nameless] {
            assert_eq!(
                rules(strategy).decide(&profile, Some(&ada), None),
                Ok(Admitted::Known)
            );
        }
    }
}

#[test]
fn an_address_that_was_accepted_once_links_its_user_and_makes_no_new_one() {
    const OLD: &str = "ada@under_score.example";
    let ada = User {
        email: EmailAddress::parse_existing(OLD).unwrap(),
        ..user("ada@example.com")
    };
    for strategy in STRATEGIES {
        assert_eq!(
            rules(strategy).decide(&profile(OLD), None, Some(&ada)),
            Ok(Admitted::Linked)
        );
    }
    assert_eq!(
        rules(Strategy::CreateOnFirstLogin).decide(&profile(OLD), None, None),
        Err(Refusal::EmailMalformed)
    );
}

#[test]
fn an_active_user_with_the_address_is_linked() {
    let ada = user("ada@example.com");
    for strategy in STRATEGIES {
        let admitted = rules(strategy).decide(&profile("ada@example.com"), None, Some(&ada));
        assert_eq!(admitted, Ok(Admitted::Linked));
    }
}

#[test]
fn an_administrator_signs_in_by_identity_only() {
    let administrators = vec![GroupName::administrators()];
    let by_email = User {
        groups: administrators.clone(),
        ..user("ada@example.com")
    };
    let by_identity = User {
        groups: administrators,
        ..linked("ada@example.com", ISSUER, "00u1")
    };
    for strategy in STRATEGIES {
        let ada = profile("ada@example.com");
        let refused = rules(strategy).decide(&ada, None, Some(&by_email));
        assert_eq!(refused, Err(Refusal::Administrator));
        let known = rules(strategy).decide(&ada, Some(&by_identity), None);
        assert_eq!(known, Ok(Admitted::Known));
    }
}

#[test]
fn a_user_with_another_subject_of_the_issuer_is_refused() {
    let here = linked("ada@example.com", ISSUER, "00u2");
    let elsewhere = linked("ada@example.com", "https://other.example.com", "00u1");
    for strategy in STRATEGIES {
        let ada = profile("ada@example.com");
        let refused = rules(strategy).decide(&ada, None, Some(&here));
        assert_eq!(refused, Err(Refusal::LinkedToAnother));
        // The same subject of another issuer is another person.
        let linked = rules(strategy).decide(&ada, None, Some(&elsewhere));
        assert_eq!(linked, Ok(Admitted::Linked));
    }
}

#[test]
fn a_login_never_activates_a_user() {
    for (status, refusal) in [
        (Status::Pending, Refusal::Pending),
        (Status::Deactivated, Refusal::Deactivated),
        (Status::Deleted, Refusal::Deleted),
    ] {
        let by_email = User {
            status,
            ..user("ada@example.com")
        };
        let by_identity = User {
            status,
            ..linked("ada@example.com", ISSUER, "00u1")
        };
        for strategy in STRATEGIES {
            let ada = profile("ada@example.com");
            let decide = |identity, email| rules(strategy).decide(&ada, identity, email);
            assert_eq!(decide(None, Some(&by_email)), Err(refusal.clone()));
            assert_eq!(decide(Some(&by_identity), None), Err(refusal.clone()));
        }
    }
}

#[test]
fn a_missing_or_unverified_address_is_refused() {
    let ada = user("ada@example.com");
    for strategy in STRATEGIES {
        for by_email in [None, Some(&ada)] {
            let refused = |profile: Profile| rules(strategy).decide(&profile, None, by_email);
            let unverified = Profile {
                email_verified: false,
                ..profile("ada@example.com")
            };
            assert_eq!(refused(unverified), Err(Refusal::EmailUnverified));
            for email in [None, Some(String::new())] {
                let missing = Profile { email, ..profile("") };
                assert_eq!(refused(missing), Err(Refusal::EmailMissing));
            }
            assert_eq!(refused(profile("ada")), Err(Refusal::EmailMalformed));
        }
    }
}

#[test]
fn an_unverified_address_counts_if_the_configuration_says_so() {
    let rules = Admission {
        trust_unverified_email: true,
        ..rules(Strategy::AcceptExisting)
    };
    let unverified = Profile {
        email_verified: false,
        ..profile("ada@example.com")
    };
    let admitted = rules.decide(&unverified, None, Some(&user("ada@example.com")));
    assert_eq!(admitted, Ok(Admitted::Linked));
}

#[test]
fn an_address_of_another_domain_is_refused() {
    for strategy in STRATEGIES {
        let rules = Admission {
            email_domains: vec![domain("example.com"), domain("bücher.example")],
            ..rules(strategy)
        };
        for email in [
            "ada@elsewhere.example",
            "ada@sub.example.com",
            "ada@notexample.com",
            "example.com@elsewhere.example",
        ] {
            let refused = rules.decide(&profile(email), None, Some(&user(email)));
            assert_eq!(refused, Err(Refusal::EmailDomain), "{email}");
        }
        for email in ["ada@EXAMPLE.com", "ada@bücher.example"] {
            let admitted = rules.decide(&profile(email), None, Some(&user(email)));
            assert_eq!(admitted, Ok(Admitted::Linked), "{email}");
        }
        // Whoever is linked already may have moved.
        let moved = linked("ada@example.com", ISSUER, "00u1");
        let known = rules.decide(&profile("ada@elsewhere.example"), Some(&moved), None);
        assert_eq!(known, Ok(Admitted::Known));
    }
}

#[test]
fn a_missing_or_different_required_claim_is_refused_with_and_without_an_identity() {
    let known = linked("ada@example.com", ISSUER, "00u1");
    let found = user("ada@example.com");
    for strategy in STRATEGIES {
        let rules = Admission {
            require_claims: [("hd".to_owned(), "example.com".into())].into(),
            ..rules(strategy)
        };
        for (identity, email) in [(Some(&known), None), (None, Some(&found)), (None, None)] {
            let decide = |claims: Value| {
                rules.decide(&with_claims(profile("ada@example.com"), claims), identity, email)
            };
            for claims in [json!({}), json!({"hd": null})] {
                assert_eq!(decide(claims), Err(Refusal::ClaimMissing("hd".to_owned())));
            }
            for claims in [
                json!({"hd": "elsewhere.example"}),
                json!({"hd": "EXAMPLE.com"}),
                json!({"hd": true}),
                json!({"hd": ["elsewhere.example"]}),
                json!({"hd": {"example.com": 1}}),
            ] {
                assert_eq!(decide(claims), Err(Refusal::ClaimDifferent("hd".to_owned())));
            }
        }
        for claims in [json!({"hd": "example.com"}), json!({"hd": ["a", "example.com"]})] {
            let admitted = rules.decide(&with_claims(profile("a@example.com"), claims), Some(&known), None);
            assert_eq!(admitted, Ok(Admitted::Known));
        }
    }
}

#[test]
fn an_address_that_looks_alike_is_another_user() {
    for (stored, given) in [
        ("kate@example.com", "\u{FF4B}ate@example.com"),
        ("kate@example.com", "\u{212A}ate@example.com"),
        ("\u{212A}ate@example.com", "kate@example.com"),
        ("sam@example.com", "\u{17F}am@example.com"),
        ("strasse@example.com", "straße@example.com"),
        ("ﬁona@example.com", "fiona@example.com"),
        ("\u{E5}ke@example.com", "\u{212B}ke@example.com"),
        ("\u{3C9}@example.com", "\u{2126}@example.com"),
        ("ren\u{E9}@example.com", "rene\u{301}@example.com"),
        ("ren\u{E9}@example.com", "REN\u{C9}@example.com"),
    ] {
        for strategy in STRATEGIES {
            let refused = rules(strategy).decide(&profile(given), None, Some(&user(stored)));
            assert_eq!(refused, Err(Refusal::LookAlike), "{given}");
        }
    }
}

#[test]
fn addresses_that_differ_in_ascii_case_are_one_user() {
    for (stored, given) in [
        ("ada@example.com", "ADA@EXAMPLE.COM"),
        ("ren\u{E9}@example.com", "Ren\u{E9}@example.com"),
        ("straße@example.com", "Straße@example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("\u{212A}ate@example.com", "\u{212A}ATE@example.com"),
    ] {
        let admitted = rules(Strategy::AcceptExisting).decide(&profile(given), None, Some(&user(stored)));
        assert_eq!(admitted, Ok(Admitted::Linked), "{given}");
    }
}

#[test]
fn rules_that_create_too_many_users_or_users_without_groups_are_faults() {
    let group = |name: &str| vec![name.parse::<GroupName>().unwrap()];
    let open = Admission {
        default_groups: group("support"),
        ..rules(Strategy::CreateOnFirstLogin)
    };
    let closed = Admission {
        email_domains: vec![domain("example.com")],
        ..open.clone()
    };
    let by_claim = Admission {
        require_claims: BTreeMap::from([("hd".to_owned(), "example.com".into())]),
        ..open.clone()
    };
    // Everybody has these, so they keep nobody out.
    let of_everybody = OF_EVERYBODY.map(|claim| (claim.to_owned(), true.into()));
    let by_nothing = Admission {
        require_claims: BTreeMap::from(of_everybody),
        ..open.clone()
    };
    let mut by_more = by_nothing.clone();
    by_more.require_claims.extend(by_claim.require_claims.clone());
    let without_groups = Admission {
        default_groups: Vec::new(),
        ..closed.clone()
    };
    let of_administrators = Admission {
        default_groups: [group("support"), group("Administrators")].concat(),
        ..closed.clone()
    };
    for (rules, found) in [
        (rules(Strategy::AcceptExisting), Ok(())),
        (closed, Ok(())),
        (by_claim, Ok(())),
        (open, Err(AdmissionFault::Everybody)),
        (by_nothing, Err(AdmissionFault::Everybody)),
        (by_more, Ok(())),
        (without_groups, Err(AdmissionFault::NoDefaultGroups)),
        (of_administrators, Err(AdmissionFault::Administrators)),
    ] {
        assert_eq!(rules.check(), found, "{rules:?}");
    }
}
