use super::forms::{OUTPUT, SALT, aspnet, keycloak};
use super::made_elsewhere::{REAL, verify};
use super::*;
use crate::hashing::error::CostLimit;
use proptest::prelude::*;

/// 256 times `x`, hashed by passlib.
const SHA_CRYPT_OF_256: &str = "$6$rounds=1000$3s2Q9OjuponpXng2$OYiMNjD70E8SPsxGux1VJrvmKEPoFxgQgeXFoFNbPB1YYiMEUfwhfE0kggV2Ax7c4dF62uQhMBUgdJu2WCSqZ/";
const PHPASS_OF_256: &str = "$P$5FekR0I8sIy5TYtgVBoKOnGE8dc64p1";
/// 257 times `x`, hashed by passlib.
const SHA_CRYPT_OF_257: &str = "$6$rounds=1000$ncNKr25eBJf52WlP$uT3beT9X9VROHKGcYY5MX3rrQdV2oEUbw5TSRO6I/8wCaVQv.yrxIVnO.PuNkekr8RNPTjHNk.ldJk4o4BEDc/";
const PHPASS_OF_257: &str = "$P$5/mY940M4qKDWD.BT.AuAWlAD7WANc.";

#[test]
fn bcrypt_takes_72_bytes_and_no_nul() {
    let hash = "$2a$05$......................YgIDy4hFBdVlc/6LHnD9mX488r9cLd2";
    assert!(verify(hash, &"x".repeat(100)));
    assert!(verify(hash, &"x".repeat(72)));
    assert!(!verify(hash, &"x".repeat(71)));
    assert!(!verify(hash, &format!("{}\0", "x".repeat(80))));
}

#[test]
fn a_password_whose_length_counts_in_each_round_has_256_bytes_at_most() {
    let long = "x".repeat(257);
    for (hash, fits) in [
        (SHA_CRYPT_OF_256, true),
        (PHPASS_OF_256, true),
        (SHA_CRYPT_OF_257, false),
        (PHPASS_OF_257, false),
    ] {
        let password = &long[..257 - usize::from(fits)];
        assert_eq!(verify(hash, password), fits, "{hash}");
    }
    assert!(!verify(SHA_CRYPT_OF_256, &long));
    assert!(!verify(PHPASS_OF_256, &long));
}

#[test]
fn a_text_that_locks_an_account_is_no_password() {
    for text in [
        "!OVCIcWo5OshpNRgeGKynLasC7N2Dop7RtbEPApP5",
        "",
        " ",
        "!",
        "!!",
        "*",
        "*LK*",
        "!$6$abc$def",
        "\"\"",
        "'!'",
    ] {
        assert_eq!(read_imported(text), Ok(Imported::Unusable), "{text}");
    }
}

#[test]
fn a_kind_that_is_not_taken_is_refused_by_its_name() {
    let md5_crypt = HashRefusal::TooWeak { kind: "MD5-crypt" };
    assert_eq!(
        read_imported("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/"),
        Err(md5_crypt)
    );
    assert_eq!(
        read_imported("{CRYPT}$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/"),
        Err(md5_crypt)
    );
    assert_eq!(
        md5_crypt.to_string(),
        "the hash is of a kind that is too weak to be taken: MD5-crypt"
    );
    let yescrypt = HashRefusal::Unsupported { kind: "yescrypt" };
    assert_eq!(read_imported("$y$j9T$saltsaltsalt$oB2N"), Err(yescrypt));
    assert_eq!(
        yescrypt.to_string(),
        "the hash is of a kind that can't be verified here: yescrypt"
    );
    let mysql = HashRefusal::TooWeak {
        kind: "password hash of MySQL",
    };
    assert_eq!(read_imported(&format!("*{}", "0A".repeat(20))), Err(mysql));
}

#[test]
fn any_other_text_is_of_no_known_kind() {
    for text in [
        "x",
        "$",
        "$$",
        "plain text",
        "{",
        "{UNKNOWN}x",
        "$argon2$m=8,t=1,p=1$a$b",
        "$pbkdf2-sha3$1000$a$b",
        "pbkdf2:sha3:1000$salt$00",
        "other:1$salt$00",
        "U$P$9aaaaaaaa",
        "argon2$2y$10$x",
        "$ARGON2ID$v=19$m=8,t=1,p=1$a$b",
        "$argon2id",
        "AAECAw==",
    ] {
        assert_eq!(read_imported(text), Err(HashRefusal::UnknownKind), "{text}");
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
        (format!("$pbkdf2-sha256$5000001${tail}"), CostLimit::Rounds),
        (format!("{{PBKDF2-SHA256}}5000001${tail}"), CostLimit::Rounds),
        (
            format!("pbkdf2:sha256:5000001$salt${}", "0a".repeat(32)),
            CostLimit::Rounds,
        ),
        (
            format!("scrypt:524288:8:1$salt${}", "0a".repeat(64)),
            CostLimit::Memory,
        ),
        (
            format!("$6$rounds=5000001$salt${}", ".".repeat(86)),
            CostLimit::Rounds,
        ),
        (format!("$P$L{}", ".".repeat(30)), CostLimit::Rounds),
        (
            keycloak(r#"{"hashIterations":5000001,"algorithm":"pbkdf2"}"#),
            CostLimit::Rounds,
        ),
        (
            keycloak(
                r#"{"hashIterations":1,"algorithm":"argon2","additionalParameters":{"memory":["262145"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}"#,
            ),
            CostLimit::Memory,
        ),
        (format!("U$S$S{}", ".".repeat(51)), CostLimit::Rounds),
        (aspnet(1, u32::MAX, 16, 48), CostLimit::Rounds),
        (
            "$bcrypt-sha256$v=2,t=2b,r=16$XnxMTxDzttj85J1iGGy0KO$piuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
            CostLimit::Bcrypt,
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
        format!("$6$rounds=5000000$salt${}", ".".repeat(86)),
        format!("$P$K{}", ".".repeat(30)),
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
