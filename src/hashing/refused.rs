//! The kinds of hashes that are known and not taken.

use super::error::HashRefusal;

/// Kinds from which a password is found within hours: one round, or MD5 with a thousand rounds. Each
/// with the beginning of its hashes, in lower case where it stands in braces.
const WEAK: [(&str, &str); 21] = [
    ("$1$", "MD5-crypt"),
    ("$apr1$", "MD5 of Apache (apr1)"),
    ("$md5", "MD5-crypt of Solaris"),
    ("$sha1$", "SHA-1-crypt"),
    ("$3$", "NT hash"),
    ("md5$", "MD5 with a salt"),
    ("md5:", "MD5"),
    ("sha1$", "SHA-1 with a salt"),
    ("sha256$", "one round of SHA-256"),
    ("sha512$", "one round of SHA-512"),
    ("crypt$", "DES-crypt"),
    ("{md5}", "MD5 without a salt"),
    ("{smd5}", "MD5 with a salt"),
    ("{sha}", "SHA-1 without a salt"),
    ("{sha256}", "SHA-256 without a salt"),
    ("{sha512}", "SHA-512 without a salt"),
    ("{md5-crypt}", "MD5-crypt"),
    ("{cram-md5}", "CRAM-MD5"),
    ("{nt}", "NT hash"),
    ("{lanman}", "LM hash"),
    ("{crypt}", "DES-crypt"),
];

/// Kinds that this program can't verify.
const UNSUPPORTED: [(&str, &str); 5] = [
    ("$y$", "yescrypt"),
    ("$gy$", "gost-yescrypt"),
    ("$7$", "scrypt of crypt(3)"),
    ("$8$", "PBKDF2 of Cisco"),
    ("$9$", "scrypt of Cisco"),
];

/// The refusal of a hash whose kind is not taken. It has the name of the kind, if that is known.
pub(super) fn refusal_of(text: &str) -> HashRefusal {
    // `{CRYPT}$1$…` is `$1$…`.
    let inner = text.split_once('}').map(|(_, inner)| inner);
    let text = inner.filter(|inner| inner.starts_with('$')).unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let named = |kinds: &[(&str, &'static str)]| {
        let found = kinds.iter().find(|(beginning, _)| lower.starts_with(beginning));
        found.map(|(_, kind)| *kind)
    };
    if let Some(kind) = named(&UNSUPPORTED) {
        return HashRefusal::Unsupported { kind };
    }
    match named(&WEAK).or_else(|| digest_kind(&lower)) {
        Some(kind) => HashRefusal::TooWeak { kind },
        None => HashRefusal::UnknownKind,
    }
}

/// The kind of a digest that is written in hexadecimal digits, alone or in front of its salt. Two
/// digests of Windows can stand together.
fn digest_kind(text: &str) -> Option<&'static str> {
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some((digest, salt)) = text.split_once(':').filter(|(digest, _)| hex(digest)) {
        return match digest.len() {
            32 if salt.len() == 32 && hex(salt) => Some("LM hash and NT hash"),
            32 => Some("MD5 with a salt"),
            40 => Some("SHA-1 with a salt"),
            64 => Some("one round of SHA-256"),
            128 => Some("one round of SHA-512"),
            _ => None,
        };
    }
    if let Some(digest) = text.strip_prefix('*') {
        return Some("password hash of MySQL").filter(|_| digest.len() == 40 && hex(digest));
    }
    match text.len() {
        _ if !hex(text) => None,
        32 => Some("MD5 without a salt, or NT hash"),
        40 => Some("SHA-1 without a salt"),
        56 => Some("SHA-224 without a salt"),
        64 => Some("SHA-256 without a salt"),
        96 => Some("SHA-384 without a salt"),
        128 => Some("SHA-512 without a salt"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_is_not_taken_is_named() {
        let (md5, sha1, sha256) = ("0a".repeat(16), "0A".repeat(20), "0a".repeat(32));
        for (text, kind) in [
            ("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/".to_owned(), "MD5-crypt"),
            ("{CRYPT}$1$a$b".to_owned(), "MD5-crypt"),
            ("{MD5-CRYPT}$1$a$b".to_owned(), "MD5-crypt"),
            ("$apr1$a$b".to_owned(), "MD5 of Apache (apr1)"),
            ("{crypt}abJnggxhB/yWI".to_owned(), "DES-crypt"),
            ("{SHA}x".to_owned(), "SHA-1 without a salt"),
            (
                "md5$salt$67a1e09bb1f83f5007dc119c14d663aa".to_owned(),
                "MD5 with a salt",
            ),
            (md5.clone(), "MD5 without a salt, or NT hash"),
            (format!("{md5}:{md5}"), "LM hash and NT hash"),
            (format!("{md5}:salt"), "MD5 with a salt"),
            (sha1.clone(), "SHA-1 without a salt"),
            (format!("*{sha1}"), "password hash of MySQL"),
            (sha256.clone(), "SHA-256 without a salt"),
            (format!("{sha256}:salt:1"), "one round of SHA-256"),
        ] {
            assert_eq!(refusal_of(&text), HashRefusal::TooWeak { kind }, "{text}");
        }
        let yescrypt = HashRefusal::Unsupported { kind: "yescrypt" };
        assert_eq!(refusal_of("$y$j9T$abc$def"), yescrypt);
        assert_eq!(refusal_of("{CRYPT}$y$j9T$abc$def"), yescrypt);
    }

    #[test]
    fn any_other_text_has_no_kind() {
        for text in [
            "",
            "x",
            "*",
            "plain text",
            "$",
            "}",
            "{}",
            "$x$1",
            "0a0a",
            ":",
            "\u{E9}:",
        ] {
            assert_eq!(refusal_of(text), HashRefusal::UnknownKind, "{text}");
        }
    }
}
