//! Making and verifying hashes, alone and in batches.

use super::error::CostLimit;
use super::imported::{Imported, read_imported};
use super::*;
use crate::domain::clock::{NoRandomness, RandomSource};
use crate::domain::password::{Argon2Cost, PasswordHash};
use secrecy::SecretString;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

const CHEAP: Argon2Cost = Argon2Cost::for_tests(64, 2, 1);

/// Every draw is another.
pub(super) struct Counting(AtomicU8);

impl RandomSource for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

struct Dry;

impl RandomSource for Dry {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
        Err(NoRandomness)
    }
}

pub(super) fn counting() -> Counting {
    Counting(AtomicU8::new(7))
}

#[test]
fn a_hash_of_ours_says_what_it_cost_and_comes_back() {
    let hasher = Hasher::new(Argon2Cost::default());
    let hash = hasher.hash("four uncommon words", &counting()).unwrap();
    let text = hash.as_str();
    assert!(text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$"));
    assert_eq!(text.len(), 97);
    assert!(hasher.verify(&hash, "four uncommon words"));
    assert!(!hasher.verify(&hash, "four uncommon word"));
    assert!(!hasher.is_outdated(&hash));
    assert_eq!(read_imported(text), Ok(Imported::Hash(hash)));
}

#[test]
fn both_forms_of_an_accent_open_a_hash_of_ours() {
    let hasher = Hasher::new(CHEAP);
    for set in ["caf\u{E9}", "cafe\u{301}"] {
        let hash = hasher.hash(set, &counting()).unwrap();
        assert!(hasher.verify(&hash, "caf\u{E9}"));
        assert!(hasher.verify(&hash, "cafe\u{301}"));
        assert!(!hasher.verify(&hash, "cafe"));
    }
}

#[test]
fn no_password_is_truncated_and_a_longer_one_is_refused() {
    let hasher = Hasher::new(CHEAP);
    let long = "x".repeat(LONGEST_PASSWORD);
    let hash = hasher.hash(&long, &counting()).unwrap();
    assert!(hasher.verify(&hash, &long));
    assert!(!hasher.verify(&hash, &long[1..]));
    let longer = format!("{long}x");
    assert!(!hasher.verify(&hash, &longer));
    assert_eq!(hasher.hash(&longer, &counting()), Err(HashingError::Failed));
    hasher.dummy(&longer);
    hasher.dummy("e\u{301}");
}

#[test]
fn without_randomness_there_is_no_hash() {
    let hasher = Hasher::new(CHEAP);
    assert_eq!(hasher.hash("x", &Dry), Err(HashingError::NoRandomness));
    let password = SecretString::from("x");
    let all = hasher.hash_all(&[&password], &Dry, &|_| ());
    assert_eq!(all, Err(HashingError::NoRandomness));
}

#[test]
fn a_cost_that_makes_no_sense_fails() {
    let hasher = Hasher::new(Argon2Cost::for_tests(1, 2, 1));
    assert_eq!(hasher.hash("x", &counting()), Err(HashingError::Failed));
    let password = SecretString::from("x");
    let all = hasher.hash_all(&[&password; 9], &counting(), &|_| ());
    assert_eq!(all, Err(HashingError::Failed));
    hasher.dummy("x");
}

#[test]
fn each_hash_but_one_of_ours_with_todays_cost_is_outdated() {
    let hash = Hasher::new(CHEAP).hash("x", &counting()).unwrap();
    for (memory_kib, iterations, parallelism) in [(128, 2, 1), (64, 3, 1), (64, 2, 2)] {
        let dearer = Argon2Cost::for_tests(memory_kib, iterations, parallelism);
        assert!(Hasher::new(dearer).is_outdated(&hash));
    }
    let less = Argon2Cost::for_tests(32, 1, 1);
    assert!(!Hasher::new(less).is_outdated(&hash));
    let others = [
        format!("argon2{hash}", hash = hash.as_str()),
        hash.as_str().replace("argon2id", "argon2i"),
        hash.as_str().replace("v=19", "v=16"),
        hash.as_str()[..60].to_owned(),
        "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m".to_owned(),
        String::new(),
    ];
    for other in others {
        assert!(Hasher::new(less).is_outdated(&PasswordHash::from_stored(other)));
    }
}

#[test]
fn our_own_hashes_verify_beyond_what_may_be_imported() {
    let hasher = Hasher::new(Argon2Cost::for_tests(64, 17, 1));
    let hash = hasher.hash("x", &counting()).unwrap();
    assert!(hasher.verify(&hash, "x"));
    let refusal = HashRefusal::TooDear(CostLimit::Passes);
    assert_eq!(read_imported(hash.as_str()), Err(refusal));
}

#[test]
fn a_batch_keeps_its_order_and_counts_up() {
    let hasher = Hasher::new(CHEAP);
    let passwords: Vec<_> = (0..40)
        .map(|n| SecretString::from(format!("password {n}")))
        .collect();
    let passwords: Vec<_> = passwords.iter().collect();
    let seen = Mutex::new(Vec::new());
    let done = |n| seen.lock().unwrap().push(n);
    let batch = hasher.hash_all(&passwords, &counting(), &done).unwrap();
    assert_eq!(batch.len(), 40);
    let random = counting();
    for (n, hash) in batch.iter().enumerate() {
        assert_eq!(*hash, hasher.hash(&format!("password {n}"), &random).unwrap());
    }
    assert_eq!(seen.into_inner().unwrap(), (1..=40).collect::<Vec<u64>>());
}

#[test]
fn a_batch_of_comparisons_keeps_its_order() {
    let hasher = Hasher::new(CHEAP);
    let secret = |n: usize| SecretString::from(format!("password {n}"));
    let (passwords, others): (Vec<_>, Vec<_>) = (0..20).map(|n| (secret(n), secret(n % 3))).unzip();
    let borrowed: Vec<_> = passwords.iter().collect();
    let hashes = hasher.hash_all(&borrowed, &counting(), &|_| ()).unwrap();
    let pairs: Vec<_> = hashes.iter().zip(&others).collect();
    let right = hasher.verify_all(&pairs, &|_| ());
    let expected: Vec<bool> = (0..20).map(|n| n < 3).collect();
    assert_eq!(right, expected);
    assert!(hasher.verify_all(&[], &|_| ()).is_empty());
}

#[test]
fn a_batch_of_one_or_none_starts_no_thread() {
    let hasher = Hasher::new(CHEAP);
    let here = thread::current().id();
    let done = |_| assert_eq!(thread::current().id(), here);
    let password = SecretString::from("x");
    assert_eq!(
        hasher.hash_all(&[&password], &counting(), &done).unwrap().len(),
        1
    );
    assert_eq!(hasher.hash_all(&[], &counting(), &done), Ok(Vec::new()));
}

#[test]
fn one_failure_fails_the_batch() {
    let good = SecretString::from("x");
    let bad = SecretString::from("x".repeat(LONGEST_PASSWORD + 1));
    let passwords = [&good, &good, &bad, &good, &good];
    let all = Hasher::new(CHEAP).hash_all(&passwords, &counting(), &|_| ());
    assert_eq!(all, Err(HashingError::Failed));
}
