use super::*;
use crate::domain::password::Argon2Cost;
use crate::hashing::error::CostLimit;
use crate::hashing::hasher::Hasher;
use proptest::prelude::*;

/// From real exports: PHP's bcrypt, and Django's four.
const REAL: &[(&str, &str)] = &[
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

const SALT: &str = "MDEyMzQ1Njc4OWFiY2RlZg";
const OUTPUT: &str = "KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4";

fn verify(hash: &str, password: &str) -> bool {
    let Ok(Imported::Hash(hash)) = read_imported(hash) else {
        panic!("not read: {hash}");
    };
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
fn bcrypt_takes_72_bytes_and_no_nul() {
    let hash = "$2a$05$......................YgIDy4hFBdVlc/6LHnD9mX488r9cLd2";
    assert!(verify(hash, &"x".repeat(100)));
    assert!(verify(hash, &"x".repeat(72)));
    assert!(!verify(hash, &"x".repeat(71)));
    assert!(!verify(hash, &format!("{}\0", "x".repeat(80))));
}

#[test]
fn djangos_unusable_password_is_none() {
    let unusable = read_imported("!OVCIcWo5OshpNRgeGKynLasC7N2Dop7RtbEPApP5");
    assert_eq!(unusable, Ok(Imported::Unusable));
}

#[test]
fn other_kinds_are_unknown() {
    for text in [
        "",
        "*",
        "x",
        "$",
        "$$",
        "plain text",
        "md5$salt$c3a4",
        "sha1$a$b",
        "$1$abc$def",
        "$6$abc$def",
        "$2x$05$......................YgIDy4hFBdVlc/6LHnD9mX488r9cLd2",
        "$argon2$m=8,t=1,p=1$a$b",
        "$pbkdf2$1000$a$b",
        "argon2$2y$10$x",
        "$ARGON2ID$v=19$m=8,t=1,p=1$a$b",
        "$argon2id",
    ] {
        assert_eq!(read_imported(text), Err(HashRefusal::UnknownKind), "{text}");
    }
}

#[test]
fn every_part_has_one_form() {
    let tail = format!("{SALT}${OUTPUT}");
    let short = OUTPUT.get(..11).unwrap();
    let odd = OUTPUT.replace("GJX4", "GJX5");
    for text in [
        format!("$argon2id$v=18$m=64,t=1,p=1${tail}"),
        format!("$argon2id$v=019$m=64,t=1,p=1${tail}"),
        format!("$argon2id$v=19$m=7,t=1,p=1${tail}"),
        format!("$argon2id$v=19$m=64,t=0,p=1${tail}"),
        format!("$argon2id$v=19$m=64,t=1,p=0${tail}"),
        format!("$argon2id$v=19$m=64,t=1,p=9${tail}"),
        format!("$argon2id$v=19$t=1,m=64,p=1${tail}"),
        format!("$argon2id$v=19$m=64,t=1,p=1,keyid=AA${tail}"),
        format!("$argon2id$v=19$m=64,t=1,p=1${tail}="),
        format!("$argon2id$v=19$m=64,t=1,p=1${tail}\n"),
        format!("$argon2id$v=19$m=64,t=1,p=1${tail}$"),
        format!("$argon2id$v=19$m=64,t=1,p=1$c2FsdA${OUTPUT}"),
        format!("$argon2id$v=19$m=64,t=1,p=1${SALT}${short}"),
        format!("$argon2id$v=19$m=64,t=1,p=1${SALT}${odd}"),
        format!("$argon2id$v=19$m=64,t=1,p=1${SALT}"),
        format!("$argon2id$v=19$m=64,t=1,p=1${SALT}${}", "A".repeat(600)),
        format!("$scrypt$ln=0,r=8,p=1${tail}"),
        format!("$scrypt$ln=10,r=0,p=1${tail}"),
        format!("$scrypt$ln=10,r=8,p=0${tail}"),
        format!("$pbkdf2-sha256$i=0${tail}"),
        format!("$pbkdf2-sha256$i=1000,l=31${tail}"),
        format!("$pbkdf2-sha256$1000${tail}"),
        format!("pbkdf2_sha256$1000$saltsalt${OUTPUT}"),
        format!("pbkdf2_sha256$1000$salt salt${OUTPUT}="),
        format!("pbkdf2_sha256$1000$saltsalt${OUTPUT}=$"),
        format!("scrypt$1000$saltsalt$8$1${OUTPUT}="),
        format!("scrypt$1024$saltsalt$8$1${OUTPUT}="),
        "$2y$3$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$2y$03$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$2y$+9$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$2y$32$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/".to_owned(),
        "$2y$10$XnxMTxDzttj85J1iGGy0KPpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m ".to_owned(),
        "bcrypt_sha256$2b$12$tQPD6RAY9qtg.Yav.yTqw..trW43akwyTr66Mxe7PpXzcMQn/jol2".to_owned(),
    ] {
        assert_eq!(read_imported(&text), Err(HashRefusal::Malformed), "{text}");
    }
}

#[test]
fn a_refusal_names_the_limit_that_is_exceeded() {
    let tail = format!("{SALT}${OUTPUT}");
    let django = format!("{OUTPUT}=");
    for (text, limit) in [
        (
            format!("$argon2id$v=19$m=262145,t=1,p=1${tail}"),
            CostLimit::Memory,
        ),
        (
            format!("argon2$argon2id$v=19$m=9999999999999999999999,t=1,p=1${tail}"),
            CostLimit::Memory,
        ),
        (format!("$argon2i$v=19$m=1024,t=17,p=1${tail}"), CostLimit::Passes),
        (format!("$argon2d$m=1024,t=1,p=17${tail}"), CostLimit::Lanes),
        (format!("$scrypt$ln=19,r=8,p=1${tail}"), CostLimit::Memory),
        (format!("$scrypt$ln=64,r=8,p=1${tail}"), CostLimit::Memory),
        (format!("$scrypt$ln=4294967296,r=8,p=1${tail}"), CostLimit::Memory),
        (format!("$scrypt$ln=1,r=1048576,p=16${tail}"), CostLimit::Memory),
        (
            format!("$scrypt$ln=10,r=18446744073709551615,p=16${tail}"),
            CostLimit::Memory,
        ),
        (format!("$scrypt$ln=10,r=8,p=17${tail}"), CostLimit::Lanes),
        (format!("scrypt$524288$saltsalt$8$1${django}"), CostLimit::Memory),
        (format!("$pbkdf2-sha512$i=5000001${tail}"), CostLimit::Rounds),
        (
            format!("pbkdf2_sha256$4294967297$saltsalt${django}"),
            CostLimit::Rounds,
        ),
        (
            "$2y$16$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
            CostLimit::Bcrypt,
        ),
    ] {
        assert_eq!(read_imported(&text), Err(HashRefusal::TooDear(limit)), "{text}");
    }
    for text in [
        format!("$argon2id$v=19$m=262144,t=16,p=16${tail}"),
        format!("$scrypt$ln=18,r=8,p=16${tail}"),
        format!("$pbkdf2-sha512$i=5000000${tail}"),
        "$2y$15$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
    ] {
        assert!(matches!(read_imported(&text), Ok(Imported::Hash(_))), "{text}");
    }
}

#[test]
fn a_refusal_says_what_is_allowed() {
    let refusal = HashRefusal::TooDear(CostLimit::Rounds);
    assert_eq!(
        refusal.to_string(),
        "the hash costs more than is allowed (at most 5,000,000 rounds)"
    );
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,120}") {
        let _ = read_imported(&text);
    }

    #[test]
    fn nothing_like_a_hash_panics(
        kind in r"\$(argon2(i|d|id)|scrypt|pbkdf2-sha(1|256|512)|2[aby])|scrypt|pbkdf2_sha256|bcrypt_sha256\$|argon2\$argon2id",
        rest in r"(\$(v=1[69])?|\$((m|ln|i)=[0-9]{1,21},?)?((t|r|l)=[0-9]{1,3})?(,p=[0-9]{0,3})?|\$[0-9]{1,20}|\$[A-Za-z0-9+/.]{0,60}=?){0,6}",
    ) {
        let _ = read_imported(&format!("{kind}{rest}"));
    }

    #[test]
    fn no_damage_panics(which in 0..REAL.len(), place in 0_usize..90, c in "\\PC") {
        let (hash, _) = REAL[which];
        let place = place.min(hash.len());
        let _ = read_imported(&format!("{}{c}{}", &hash[..place], &hash[place..]));
        let _ = read_imported(&hash[..place]);
    }
}
