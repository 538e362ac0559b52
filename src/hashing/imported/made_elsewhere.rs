//! Hashes that other programs made, each with its password.

use super::*;
use crate::domain::password::Argon2Cost;
use crate::domain::password_policy::{PasswordOwner, PasswordPolicy, PasswordRefusal};
use crate::hashing::hasher::Hasher;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;

/// From real exports: PHP's bcrypt, and Django's four.
pub const REAL: &[(&str, &str)] = &[
    (
        "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m",
        "start behind old travel60",
    ),
    (
        "$2y$10$zgeggIKFW8m6SeJdXBtI..X.ql3G2/WQvmJCEL.QSGzgFB4E7YBtm",
        "before interesting step buy74",
    ),
    (
        "argon2$argon2id$v=19$m=102400,t=2,p=8$NFpzenFHb3BuRU9nY3dCV3ZtVXFHWA$VBFEGRy6lpaw8VjJp57XhhrymSbtDGAGR+dOq3d8RKU",
        "miss read to edge50",
    ),
    (
        "argon2$argon2id$v=19$m=102400,t=2,p=8$Y0dnTGlRNlg5NU5hcVNMUXRlbngzeA$x+AC8U7w6UGdIWfzsi9WDG7HYWW/LxHWEogmwI2wiE4",
        "animal approach note field21",
    ),
    (
        "scrypt$16384$To9gtmwSW9LqP4k5R5ctEV$8$5$D5vW57vW+kVkaHokuuQqC/kTkVxcjs0NsLijwIdtJTJXhENp6kqWkqkAAvRluH55xC8D7W9Rot08aHkknShYRQ==",
        "enter wrong officer growth62",
    ),
    (
        "scrypt$16384$UjdIBpf65o4GAxdtNosFB2$8$5$doPGdmf2iLgYVtMYNulxPcWS0v/FV9YDr59l0bcKZJv5S1DixXdypASE09GAdYL/TaLScqk3Piyg9tqUGauJUg==",
        "card hand stock city65",
    ),
    (
        "bcrypt_sha256$$2b$12$tQPD6RAY9qtg.Yav.yTqw..trW43akwyTr66Mxe7PpXzcMQn/jol2",
        "season answer star effect53",
    ),
    (
        "bcrypt_sha256$$2b$12$CTRelh4QB694Peyw2ynvcuXOKwxQiww2tNVV4yZDzX5NvN7E8Kv9O",
        "certain program especially speech14",
    ),
    (
        "pbkdf2_sha256$60000$xMlwn0OLtmtjPuo9JaOHcR$lD+r9TMXXgWJjmO3yGJlwnAGfBln7CqYINSl7XvYAe0=",
        "change pattern it mention97",
    ),
    (
        "pbkdf2_sha256$60000$i0Mb2H3joWCN9SYR4wAd88$gRsVjWFtsot+JjqGf0M5+4Hjdw6hI2pDUL66c3iZXmI=",
        "own military manage close72",
    ),
];

/// Made with other implementations: libc, Python's hashlib, the Argon2 reference.
const MADE: &[(&str, &str)] = &[
    (
        "$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96",
        "password",
    ),
    (
        "$2b$04$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie",
        "correctbatteryhorsestapler",
    ),
    (
        "$argon2i$v=16$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs",
        "password",
    ),
    (
        "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
        "password",
    ),
    (
        "$scrypt$ln=10,r=8,p=2$MDEyMzQ1Njc4OWFiY2RlZg$KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4",
        "correct horse battery staple",
    ),
    (
        "$pbkdf2-sha1$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$wmIXv0mv7iouqkc9CKjRvCX21ppxie1kqc0WMgmDj0o",
        "correct horse battery staple",
    ),
    (
        "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$yqSq2SygY1sB4EcH9f2FG0JTMES+wqLsOT5YmiRBplI",
        "correct horse battery staple",
    ),
    (
        "$pbkdf2-sha512$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$5bTW2oeyDJyGJPcmEr+mRDE11ghpozWrDGnSNhRXo2Y",
        "correct horse battery staple",
    ),
    (
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$yX6XQW+ThI1Z84nUUdjSwqwWtJ9DmccuRL/Mkznh8gg",
        "cafe\u{301} au lait demain",
    ),
];

/// One hash of each kind and some more, made by the libraries themselves: see
/// `tests/peers/hashes/make.py`.
const PEERS: &str = include_str!("../../../tests/data/hashes.jsonl");

/// The kinds of that file that protect a password too little.
const WEAK: [&str; 19] = [
    "passlib sha256_crypt few rounds",
    "passlib phpass P",
    "passlib phpass H",
    "passlib pbkdf2_sha1",
    "passlib pbkdf2_sha256 few rounds",
    "passlib scrypt little memory",
    "passlib argon2d little memory",
    "passlib bcrypt low cost",
    "passlib ldap_salted_sha1",
    "passlib ldap_salted_sha256",
    "passlib ldap_salted_sha512",
    "passlib ldap_pbkdf2_sha1",
    "django pbkdf2_sha1",
    "werkzeug pbkdf2:sha1",
    "keycloak pbkdf2",
    "aspnet version 2",
    "php bcrypt 2x",
    "wordpress phpass",
    "drupal few rounds",
];

struct Made {
    kind: String,
    hash: String,
    password: String,
}

fn made() -> Vec<Made> {
    let read = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        Made {
            kind: text("kind"),
            hash: row["hash"]
                .as_str()
                .map_or_else(|| row["hash"].to_string(), str::to_owned),
            password: text("password"),
        }
    };
    PEERS.lines().map(read).collect()
}

fn taken(hash: &str) -> PasswordHash {
    match read_imported(hash) {
        Ok(Imported::Hash(taken)) => taken,
        other => panic!("{other:?}: {hash}"),
    }
}

pub fn verify(hash: &str, password: &str) -> bool {
    let hash = taken(hash);
    assert!(Hasher::new(Argon2Cost::default()).is_outdated(&hash));
    Hasher::new(Argon2Cost::default()).verify(&hash, password)
}

#[test]
fn the_hashes_of_other_systems_can_be_verified() {
    for (hash, password) in REAL.iter().chain(MADE) {
        assert!(verify(hash, password), "{hash}");
    }
}

#[test]
fn a_wrong_password_verifies_with_no_kind() {
    for (hash, password) in REAL.iter().step_by(2).chain(MADE) {
        assert!(!verify(hash, &format!("{password}x")), "{hash}");
    }
}

#[test]
fn the_password_of_each_peer_is_right_and_any_other_is_wrong() {
    for Made { kind, hash, password } in made() {
        assert!(verify(&hash, &password), "{kind}: {hash}");
        for wrong in [&password[1..], &format!("{password}x")] {
            assert!(!verify(&hash, wrong), "{kind}, {wrong}: {hash}");
        }
    }
}

#[test]
fn what_protects_a_password_too_little_is_known() {
    let hasher = Hasher::new(Argon2Cost::default());
    for Made { kind, hash, .. } in made() {
        assert_eq!(
            hasher.is_weak(&taken(&hash)),
            WEAK.contains(&kind.as_str()),
            "{kind}: {hash}"
        );
    }
}

#[test]
fn the_cost_of_each_hash_can_be_measured() {
    let hasher = Hasher::new(Argon2Cost::default());
    let cost = |made: Made| hasher.cost_of(&taken(&made.hash)).unwrap();
    let costs: BTreeSet<_> = made().into_iter().map(cost).collect();
    for cost in costs {
        assert!(hasher.verify_specimen(&cost), "{cost}");
    }
}

#[test]
fn a_hash_of_ours_is_not_weak() {
    let hasher = Hasher::new(Argon2Cost::default());
    let hash = hasher.hash("x", &crate::hashing::tests::counting()).unwrap();
    assert!(!hasher.is_weak(&hash));
    assert!(!hasher.is_weak(&PasswordHash::from_stored("")));
}

#[test]
fn no_hash_can_be_set_as_a_password() {
    let policy = PasswordPolicy::new(8, 4096).unwrap();
    for Made { kind, hash, .. } in made() {
        let refused = policy.check(&hash, PasswordOwner::default());
        assert_eq!(refused, Err(PasswordRefusal::Hash), "{kind}: {hash}");
    }
}

#[test]
fn what_is_around_a_hash_and_escaped_slashes_do_not_count() {
    for Made { hash, .. } in made() {
        let expected = taken(&hash);
        assert_eq!(taken(&format!(" \t{hash} \r\n")), expected);
        assert_eq!(taken(&format!("\"{hash}\" ")), expected);
        assert_eq!(taken(&format!("'{hash}'")), expected);
        if !hash.starts_with('{') {
            assert_eq!(taken(&hash.replace('/', "\\/")), expected);
        }
    }
}

proptest! {
    #[test]
    fn no_damage_panics(which: Index, place: Index, c in "\\PC?") {
        let made = made();
        let hash = &which.get(&made).hash;
        let place = place.index(hash.len());
        prop_assume!(hash.is_char_boundary(place));
        let (before, after) = hash.split_at(place);
        let rest = after.get(1..).unwrap_or_default();
        for damaged in [before, after, &format!("{before}{c}{after}"), &format!("{before}{c}{rest}")] {
            let _ = read_imported(damaged);
        }
    }

    #[test]
    fn a_cost_of_any_size_is_read_or_refused(which: Index, number: Index, digits in "[0-9]{1,22}") {
        let made = made();
        let hash = &which.get(&made).hash;
        let is_digit = |c: char| c.is_ascii_digit();
        let starts: Vec<_> = hash.match_indices(is_digit).map(|(place, _)| place).collect();
        let place = *number.get(&starts);
        let after = hash[place..].trim_start_matches(is_digit);
        let _ = read_imported(&format!("{}{digits}{after}", &hash[..place]));
    }
}
