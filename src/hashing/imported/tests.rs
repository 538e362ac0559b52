use super::made_elsewhere::{REAL, verify};
use super::*;
use crate::hashing::error::CostLimit;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

/// 256 times `x`, hashed by passlib.
const SHA_CRYPT_OF_256: &str = "$6$rounds=1000$3s2Q9OjuponpXng2$OYiMNjD70E8SPsxGux1VJrvmKEPoFxgQgeXFoFNbPB1YYiMEUfwhfE0kggV2Ax7c4dF62uQhMBUgdJu2WCSqZ/";
const PHPASS_OF_256: &str = "$P$5FekR0I8sIy5TYtgVBoKOnGE8dc64p1";
/// 257 times `x`, hashed by passlib.
const SHA_CRYPT_OF_257: &str = "$6$rounds=1000$ncNKr25eBJf52WlP$uT3beT9X9VROHKGcYY5MX3rrQdV2oEUbw5TSRO6I/8wCaVQv.yrxIVnO.PuNkekr8RNPTjHNk.ldJk4o4BEDc/";
const PHPASS_OF_257: &str = "$P$5/mY940M4qKDWD.BT.AuAWlAD7WANc.";

const SALT: &str = "MDEyMzQ1Njc4OWFiY2RlZg";
const OUTPUT: &str = "KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4";

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
fn every_part_has_its_form() {
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
        format!("$argon2id$v=19$m=64,t=1,p=1${tail}=="),
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
        "bcrypt_sha256$2b$12$tQPD6RAY9qtg.Yav.yTqw..trW43akwyTr66Mxe7PpXzcMQn/jol2".to_owned(),
    ] {
        assert_eq!(read_imported(&text), Err(HashRefusal::Malformed), "{text}");
    }
}

/// A hash of ASP.NET Core Identity, version 3, with `rest` bytes after its numbers.
fn aspnet(function: u32, rounds: u32, salt_bytes: u32, rest: usize) -> String {
    let mut bytes = vec![1];
    for number in [function, rounds, salt_bytes] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.resize(bytes.len() + rest, 7);
    STANDARD.encode(bytes)
}

/// A credential of Keycloak.
fn keycloak(data: &str) -> String {
    let secret = format!(r#"{{"value":"{OUTPUT}","salt":"{SALT}"}}"#);
    format!(r#"{{"secretData":{secret},"credentialData":{data}}}"#)
}

#[test]
fn every_part_of_the_newer_kinds_has_its_form() {
    let (tail, hex, dots) = (format!("{SALT}${OUTPUT}"), "0a".repeat(32), ".".repeat(86));
    for text in [
        format!("$pbkdf2-sha256$0${tail}"),
        format!("$pbkdf2-sha256$01000${tail}"),
        format!("$pbkdf2-sha512$1000${tail}"),
        format!("$pbkdf2$1000${tail}"),
        format!("$pbkdf2$1000${SALT}"),
        format!("pbkdf2_sha1$1000$saltsalt${OUTPUT}"),
        format!("pbkdf2:sha256$salt${hex}"),
        format!("pbkdf2:sha256:1000${hex}"),
        format!("pbkdf2:sha256:1000$salt${hex}00"),
        format!("pbkdf2:sha256:1000$salt${hex}0"),
        format!("pbkdf2:sha256:1000$sal t${hex}"),
        format!("pbkdf2:sha256:1000$salt${}", hex.replace('a', "g")),
        format!("scrypt:1024:8$salt${hex}{hex}"),
        format!("scrypt:1000:8:1$salt${hex}{hex}"),
        format!("scrypt:1024:8:1:1$salt${hex}{hex}"),
        format!("scrypt:1024:8:1$salt${hex}"),
        format!("$6$salt${}", &dots[1..]),
        format!("$6$salt${}", dots.replace('.', "2")),
        format!("$6$salt${dots}."),
        format!("$6$salt${dots}$"),
        format!("$6${dots}"),
        format!("$6$rounds=5000${dots}"),
        format!("$6$rounds=999$salt${dots}"),
        format!("$6$rounds=05000$salt${dots}"),
        format!("$6$rounds=x$salt${dots}"),
        format!("$6$saltsaltsaltsalts${dots}"),
        format!("$6$s\u{E9}lt${dots}"),
        format!("$5$salt${}E", &dots[..42]),
        format!("$P$9{}", &dots[..29]),
        format!("$P$9{}", &dots[..31]),
        format!("$P$9{}z", &dots[..29]),
        format!("$P$4{}", &dots[..30]),
        format!("$P$9{}*", &dots[..29]),
        format!("$S$9{}", &dots[..50]),
        format!("{{SSHA}}{}", "A".repeat(24)),
        format!("{{SSHA}}{}", "A".repeat(200)),
        format!("{{SSHA}}{}*", "A".repeat(40)),
        format!("{{SSHA512}}{OUTPUT}"),
        "$wp$2x$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$wp$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$bcrypt-sha256$v=2,t=2b$XnxMTxDzttj85J1iGGy0KO$piuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$bcrypt-sha256$v=3,t=2b,r=12$XnxMTxDzttj85J1iGGy0KO$piuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        "$bcrypt-sha256$v=2,t=2b,r=12$XnxMTxDzttj85J1iGGy0KO".to_owned(),
        aspnet(1, 10_000, 16, 0),
        aspnet(3, 10_000, 16, 48),
        aspnet(1, 10_000, u32::MAX, 48),
        aspnet(1, 10_000, 16, 47),
        "{\"secretData\":".to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
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
