//! The form of each part of a hash: what is written in another way is damaged.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub const SALT: &str = "MDEyMzQ1Njc4OWFiY2RlZg";
pub const OUTPUT: &str = "KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4";

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
pub fn aspnet(function: u32, rounds: u32, salt_bytes: u32, rest: usize) -> String {
    let mut bytes = vec![1];
    for number in [function, rounds, salt_bytes] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.resize(bytes.len() + rest, 7);
    STANDARD.encode(bytes)
}

/// A credential of Keycloak.
pub fn keycloak(data: &str) -> String {
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
