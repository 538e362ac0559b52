//! The cost of verifying a hash, as a text. Hashes of the same cost take the same time.

use argon2::Algorithm;

use super::argon2id::argon2_cost;
use super::hasher::Hasher;
use super::limits::{LONGEST_IN_ROUNDS, LONGEST_PASSWORD};
use super::nfc;
use super::phpass;
use super::scheme::Scheme;
use crate::domain::floor::HashCost;
use crate::domain::password::PasswordHash;

/// 16 bytes, in base64 without padding.
const SALT: &str = "AAAAAAAAAAAAAAAAAAAAAA";
/// 32 bytes, in base64 without padding.
const OUTPUT: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// A salt of SHA-crypt.
const SHA_CRYPT_SALT: &str = "................";
/// A salt and an output of bcrypt.
const BCRYPT_SALT: &str = "......................";
const BCRYPT_OUTPUT: &str = "...............................";
/// The text that is verified against a specimen. It is not a password of a user. It is as long as a
/// password can be whose length counts in every round.
const PROBE: [u8; LONGEST_IN_ROUNDS] = [b'x'; LONGEST_IN_ROUNDS];

impl Hasher {
    /// The cost of a new hash.
    #[must_use]
    pub fn own_cost(&self) -> HashCost {
        let cost = self.cost;
        let numbers = (cost.memory_kib(), cost.iterations(), cost.parallelism());
        argon2_cost(Algorithm::Argon2id, numbers)
    }

    /// The cost of a stored hash; `None` if the hash can't be verified.
    #[must_use]
    pub fn cost_of(&self, hash: &PasswordHash) -> Option<HashCost> {
        let scheme = Scheme::read(hash.as_str(), self.dearest()).ok()?;
        Some(scheme.cost())
    }

    /// Does the work of verifying a hash of this cost. Returns `false` if the text is no cost.
    #[must_use]
    pub fn verify_specimen(&self, cost: &HashCost) -> bool {
        let specimen = specimen(cost).and_then(|text| Scheme::read(&text, self.dearest()).ok());
        let Some(scheme) = specimen else { return false };
        std::hint::black_box(scheme.matches(&PROBE));
        true
    }

    /// How often a wrong password is hashed: once as it was typed, and once as its NFC if that is
    /// another text.
    #[must_use]
    #[expect(
        clippy::unused_self,
        reason = "so it is with every kind of hash we take today"
    )]
    pub fn attempts(&self, password: &str) -> u32 {
        let has_other_form = password.len() <= LONGEST_PASSWORD && nfc::normalised(password).is_some();
        1 + u32::from(has_other_form)
    }
}

/// A hash of this cost that was made of no password.
fn specimen(cost: &HashCost) -> Option<String> {
    let (kind, numbers) = cost.as_str().split_once(' ')?;
    Some(match kind {
        "bcrypt" => format!("$2b${numbers:0>2}${BCRYPT_SALT}{BCRYPT_OUTPUT}"),
        _ if kind.starts_with("pbkdf2") => {
            let length: usize = numbers.rsplit_once("l=")?.1.parse().ok()?;
            // Zero bytes of this length.
            let output = "A".repeat((length * 4).div_ceil(3));
            format!("${kind}${numbers}${SALT}${output}")
        }
        "scrypt" => format!("${kind}${numbers}${SALT}${OUTPUT}"),
        "sha256-crypt" => format!("$5$rounds={numbers}${SHA_CRYPT_SALT}${:.<43}", ""),
        "sha512-crypt" => format!("$6$rounds={numbers}${SHA_CRYPT_SALT}${:.<86}", ""),
        "phpass-md5" => format!("$H${}{:.<30}", phpass::digit(numbers.parse().ok()?)?, ""),
        "phpass-sha512" => format!("$S${}{:.<51}", phpass::digit(numbers.parse().ok()?)?, ""),
        // 72 zero bytes: an output and a salt, for each of the functions.
        "ldap" => format!("{{{numbers}}}{:A<96}", ""),
        _ => format!("${kind}$v=19${numbers}${SALT}${OUTPUT}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::password::Argon2Cost;

    const TAIL: &str = "MDEyMzQ1Njc4OWFiY2RlZg$KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4";

    #[test]
    fn each_kind_has_a_cost_that_can_be_measured() {
        let hasher = Hasher::new(Argon2Cost::default());
        let bcrypt = "XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m";
        for (hash, cost) in [
            (
                format!("$argon2id$v=19$m=64,t=1,p=2${TAIL}"),
                "argon2id m=64,t=1,p=2",
            ),
            (
                format!("argon2$argon2i$m=64,t=1,p=2${TAIL}"),
                "argon2i m=64,t=1,p=2",
            ),
            (format!("$2y$04${bcrypt}"), "bcrypt 4"),
            (format!("bcrypt_sha256$$2b$04${bcrypt}"), "bcrypt 4"),
            (format!("$scrypt$ln=4,r=8,p=1${TAIL}"), "scrypt ln=4,r=8,p=1"),
            (format!("$pbkdf2-sha512$i=10${TAIL}"), "pbkdf2-sha512 i=10,l=32"),
            (
                format!("pbkdf2_sha256$10$saltsalt${}=", TAIL.split_once('$').unwrap().1),
                "pbkdf2-sha256 i=10,l=32",
            ),
        ] {
            let found = hasher.cost_of(&PasswordHash::from_stored(hash)).unwrap();
            assert_eq!(found.as_str(), cost);
            assert!(hasher.verify_specimen(&found), "{cost}");
        }
    }

    #[test]
    fn a_specimen_costs_what_it_is_measured_for() {
        let dearest = Hasher::new(Argon2Cost::default()).dearest();
        for cost in [
            "argon2d m=64,t=1,p=2",
            "bcrypt 4",
            "scrypt ln=4,r=8,p=1",
            "pbkdf2-sha224 i=7,l=28",
            "sha256-crypt 1234",
            "sha512-crypt 5000",
            "phpass-md5 7",
            "phpass-sha512 15",
            "ldap SSHA",
            "ldap SSHA256",
            "ldap SSHA384",
            "ldap SSHA512",
        ] {
            let text = specimen(&HashCost::new(cost)).unwrap();
            let found = Scheme::read(&text, dearest).map(|scheme| scheme.cost());
            assert_eq!(found, Ok(HashCost::new(cost)), "{text}");
        }
    }

    #[test]
    fn an_output_of_any_length_can_be_measured() {
        let hasher = Hasher::new(Argon2Cost::default());
        for length in 10..=64 {
            let cost = HashCost::new(format!("pbkdf2-sha1 i=1,l={length}"));
            assert!(hasher.verify_specimen(&cost), "{length}");
        }
    }

    #[test]
    fn a_hash_that_is_made_now_has_our_cost() {
        let hasher = Hasher::new(Argon2Cost::default());
        let hash = hasher.hash("x", &crate::hashing::tests::counting()).unwrap();
        assert_eq!(hasher.cost_of(&hash), Some(hasher.own_cost()));
    }

    #[test]
    fn a_hash_that_cannot_be_verified_has_no_cost() {
        let hasher = Hasher::new(Argon2Cost::default());
        assert_eq!(hasher.cost_of(&PasswordHash::from_stored("$1$abc$def")), None);
        for text in [
            "",
            "bcrypt",
            "bcrypt x",
            "pbkdf2-sha256 i=1",
            "md5 1",
            "ldap MD5",
            "sha512-crypt 1",
            "phpass-md5 64",
            "phpass-sha512 x",
        ] {
            assert!(!hasher.verify_specimen(&HashCost::new(text)), "{text}");
        }
    }

    #[test]
    fn a_password_with_another_form_is_hashed_twice() {
        let hasher = Hasher::new(Argon2Cost::default());
        assert_eq!(hasher.attempts("caf\u{E9}"), 1);
        assert_eq!(hasher.attempts("cafe\u{301}"), 2);
        assert_eq!(hasher.attempts(&"e\u{301}".repeat(LONGEST_PASSWORD)), 1);
    }
}
