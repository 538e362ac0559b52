//! Tells a hash of a password from a password, by its form.
//!
//! A password that is in truth a hash from another system is worse than no password: each person who
//! has a copy of that system's table can sign in with it. So a new password must have none of the
//! forms here. A form is listed if another system stores it, also if no hash of that form can be
//! imported. A form that many passwords have too (DES crypt, Base64 alone) is not listed.

mod encoded;
mod marked;

use zeroize::Zeroizing;

/// A longer text is no hash, in bytes.
const LONGEST: usize = 4096;

/// Whether `text` has the form in which a system stores the hash of a password.
pub(super) fn is_hash(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    if text.contains("\\/") {
        // From a JSON file that was read as plain text.
        let unescaped = Zeroizing::new(text.replace("\\/", "/"));
        return has_form(without_quotes(&unescaped));
    }
    has_form(without_quotes(text))
}

fn has_form(text: &str) -> bool {
    marked::is_marked(text)
        || encoded::is_digest(text)
        || encoded::is_aspnet(text)
        || is_keycloak(text)
        || text.split(':').any(marked::is_crypt)
        || has_digest_beside_salt(text)
}

fn without_quotes(text: &str) -> &str {
    let unquoted = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    unquoted('"').or_else(|| unquoted('\'')).unwrap_or(text)
}

/// `digest:salt` of Joomla, `salt$digest`, `digest.salt` of Node: parts without spaces, and one of
/// them is a digest.
fn has_digest_beside_salt(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.split([':', '$', '.']).any(encoded::is_hex_digest)
}

/// The credential of Keycloak as JSON: the whole, or only its secret part.
fn is_keycloak(text: &str) -> bool {
    const NAMES: [&str; 6] = [
        "secretData",
        "credentialData",
        "hashedSaltedValue",
        "hashIterations",
        "\"salt\"",
        "\"hash\"",
    ];
    text.starts_with('{') && text.ends_with('}') && NAMES.iter().any(|name| text.contains(name))
}

#[cfg(test)]
mod tests;
