//! Hashes that begin with the name of their kind: `$2y$10$…`, `pbkdf2_sha256$…`, `{SSHA}…`.

use super::encoded::{is_base64, is_hex_digest};

/// The kinds of `crypt` and of the PHC string format that no password begins with by chance.
const LONG_CRYPT_KINDS: [&str; 20] = [
    "2a",
    "2b",
    "2x",
    "2y",
    "apr1",
    "argon2",
    "balloon",
    "bcrypt",
    "episerver",
    "fshp",
    "gost",
    "md5",
    "ml",
    "p5k2",
    "pbkdf2",
    "scrypt",
    "sha1",
    "sha256",
    "sha512",
    "shiro1",
];

/// The kinds of `crypt` with a short name. A random password can begin with one of them, so the rest
/// counts too.
const SHORT_CRYPT_KINDS: [&str; 19] = [
    "1", "2", "3", "5", "6", "7", "8", "9", "A", "B", "H", "P", "Q", "S", "gy", "sm3", "sm3y", "wp", "y",
];

/// The shortest rest after a short kind: MD5-crypt without a salt has 23 characters.
const SHORTEST_CRYPT_REST: usize = 23;

/// The shortest last part of a hash of a kind that is not listed: 128 bits in Base64.
const SHORTEST_UNKNOWN_HASH: usize = 22;

/// The algorithms that stand before `$`, `:` or `.`, in lower case.
const ALGORITHMS: [&str; 19] = [
    "argon2",
    "bcrypt",
    "crypt",
    "hmac",
    "md4",
    "md5",
    "pbkdf2",
    "scrypt",
    "sha",
    "sha-1",
    "sha-256",
    "sha-512",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "unsalted_md5",
    "unsalted_sha1",
];

/// What the schemes of LDAP servers, Dovecot and Spring are made of, without the digits at the end, in
/// lower case.
const SCHEMES: [&str; 22] = [
    "argon", "argon2d", "argon2i", "argon2id", "bcrypt", "blf", "crypt", "fshp", "hmac", "issha", "lanman",
    "md", "nt", "ntlm", "pbkdf", "pkcs5s", "scram", "scrypt", "sha", "smd", "ssha", "wm",
];

/// The shortest text after an algorithm or a scheme: DES crypt has 13 characters.
const SHORTEST_REST: usize = 13;

/// Whether `text` begins with the name of a kind of hash, and has the form of that kind.
pub(super) fn is_marked(text: &str) -> bool {
    is_crypt(text)
        || is_scheme(text)
        || is_algorithm(text.strip_prefix(':').unwrap_or(text))
        || is_database(text)
}

/// `$id$…`, as `crypt(3)`, the PHC string format, passlib, phpass and Drupal write it.
pub(super) fn is_crypt(text: &str) -> bool {
    // Drupal puts a `U` before a hash of a hash.
    let text = text.strip_prefix('U').unwrap_or(text);
    let Some((kind, rest)) = text.strip_prefix('$').and_then(|text| text.split_once('$')) else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_,=".contains(c);
    if kind.is_empty() || kind.len() > 32 || !kind.chars().all(is_name) {
        return false;
    }
    let name = kind.split([',', '=']).next().unwrap_or(kind);
    if LONG_CRYPT_KINDS.contains(&name) || is_variant(name) {
        return true;
    }
    if SHORT_CRYPT_KINDS.contains(&name) {
        return rest.len() >= SHORTEST_CRYPT_REST && rest.bytes().all(is_crypt_byte);
    }
    let last = rest.rsplit('$').next().unwrap_or(rest);
    let is_mixed = last.bytes().any(|b| b.is_ascii_digit()) && last.bytes().any(|b| b.is_ascii_alphabetic());
    last.len() >= SHORTEST_UNKNOWN_HASH && is_mixed && rest.bytes().all(is_crypt_byte)
}

/// `argon2id`, `pbkdf2-sha256`, `pbkdf2_sha1`, `bcrypt-sha256`, …: a name, and what it is made with.
fn is_variant(name: &str) -> bool {
    const BASES: [&str; 4] = ["argon2", "bcrypt", "pbkdf2", "scrypt"];
    BASES.iter().any(|base| {
        let rest = name.strip_prefix(base).unwrap_or_default();
        matches!(rest, "i" | "d" | "id" | "ds") || rest.starts_with(['-', '_', '('])
    })
}

fn is_crypt_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"./+=$,_*:-".contains(&byte)
}

/// `pbkdf2_sha256$…` of Django, `pbkdf2:sha256:…` of Werkzeug, `sha1:64000:18:…` of Defuse,
/// `grub.pbkdf2.…`, `SCRAM-SHA-256$…` of PostgreSQL.
fn is_algorithm(text: &str) -> bool {
    let text = text.strip_prefix("grub.").unwrap_or(text);
    let Some(place) = text.find(['$', ':', '.']) else {
        return false;
    };
    let (name, rest) = (&text[..place], &text[place + 1..]);
    if name.is_empty() || name.len() > 40 || rest.len() < SHORTEST_REST || rest.contains(char::is_whitespace)
    {
        return false;
    }
    let name = name.to_ascii_lowercase();
    if name.starts_with("scram-sha-") || is_variant(&name) {
        return true;
    }
    // A password can begin with such a word too: `crypt.of.the.vampires`.
    let has_hash =
        || is_crypt(rest) || rest.starts_with("argon2") || rest.split(['$', ':', '.']).any(is_encoded);
    ALGORITHMS.contains(&name.as_str()) && has_hash()
}

/// A salt or a digest: hexadecimal digits or Base64 of 64 bits and more, or another hash.
fn is_encoded(part: &str) -> bool {
    let is_mixed = part.bytes().any(|b| b.is_ascii_digit()) && part.bytes().any(|b| b.is_ascii_alphabetic());
    is_hex_digest(part) || (part.len() >= 16 && is_mixed && is_base64(part))
}

/// `{SSHA}…`, `{x-issha, 1024}…`, `{bcrypt}$2a$…`.
fn is_scheme(text: &str) -> bool {
    let Some((name, rest)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.,@| ".contains(c);
    let name_fits = !name.is_empty() && name.len() <= 40 && name.chars().all(is_name);
    if !name_fits || rest.len() < SHORTEST_REST || rest.contains(char::is_whitespace) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| SCHEMES.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())))
}

/// The forms of databases: `*…` of `MySQL`, `md5…` of PostgreSQL, `0x0100…` of SQL Server, `S:…` of
/// Oracle.
fn is_database(text: &str) -> bool {
    let is_hex = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let mysql = |digits: &str| digits.len() == 40 && is_hex(digits);
    let oracle = |rest: &str| rest.get(..60).is_some_and(is_hex);
    let sql_server = |digits: &str| {
        let is_versioned = digits.starts_with("0100") || digits.starts_with("0200");
        is_hex(digits) && (is_versioned && digits.len() >= 52 || is_hex_digest(digits))
    };
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("\\x"));
    text.strip_prefix('*').is_some_and(mysql)
        || text.strip_prefix("md5").is_some_and(is_hex_digest)
        || text.strip_prefix("S:").is_some_and(oracle)
        || hex.is_some_and(sql_server)
}
