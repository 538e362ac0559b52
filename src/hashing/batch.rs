//! Makes and verifies many hashes on all cores. Each thread has its own memory for hashing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use secrecy::{ExposeSecret, SecretString};

use super::argon2id::{self, Salt};
use super::error::HashingError;
use super::hasher::Hasher;
use crate::domain::clock::RandomSource;
use crate::domain::password::{Argon2Cost, PasswordHash};

impl Hasher {
    /// Hashes `passwords` on all cores. The hashes are returned in the order of the passwords.
    /// `done` is called after each hash with the number of finished ones, from any thread, one call
    /// at a time.
    ///
    /// # Errors
    /// The [`HashingError`] of [`hash`](Self::hash), if a password can't be hashed.
    pub fn hash_all(
        &self,
        passwords: &[&SecretString],
        random: &dyn RandomSource,
        done: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<PasswordHash>, HashingError> {
        let mut salts = vec![Salt::default(); passwords.len()];
        for salt in &mut salts {
            random.fill(salt)?;
        }
        let batch = Batch {
            cost: self.cost,
            passwords,
            salts: &salts,
            next: AtomicUsize::new(0),
            finished: Mutex::new(0),
            done,
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut hashes = batch.run(cores.min(passwords.len()))?;
        hashes.sort_unstable_by_key(|(index, _)| *index);
        Ok(hashes.into_iter().map(|(_, hash)| hash).collect())
    }
}

impl Hasher {
    /// Verifies each password against the hash beside it, on all cores. The answers are returned in
    /// the order of `pairs`. `done` is called as in [`hash_all`](Self::hash_all).
    #[must_use]
    pub fn verify_all(
        &self,
        pairs: &[(&PasswordHash, &SecretString)],
        done: &(dyn Fn(u64) + Sync),
    ) -> Vec<bool> {
        let (next, finished) = (AtomicUsize::new(0), Mutex::new(0));
        let work = || {
            let mut right = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((hash, password)) = pairs.get(index) else {
                    return right;
                };
                if self.verify(hash, password.expose_secret()) {
                    right.push(index);
                }
                let mut finished = finished.lock().unwrap_or_else(PoisonError::into_inner);
                *finished += 1;
                done(*finished);
            }
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut answers = vec![false; pairs.len()];
        thread::scope(|scope| {
            let helpers: Vec<_> = (1..cores.min(pairs.len()))
                .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
                .collect();
            let mut right = work();
            for helper in helpers {
                // If a thread fails, its passwords count as wrong.
                right.append(&mut helper.join().unwrap_or_default());
            }
            for index in right {
                if let Some(answer) = answers.get_mut(index) {
                    *answer = true;
                }
            }
        });
        answers
    }
}

struct Batch<'a> {
    cost: Argon2Cost,
    passwords: &'a [&'a SecretString],
    salts: &'a [Salt],
    next: AtomicUsize,
    finished: Mutex<u64>,
    done: &'a (dyn Fn(u64) + Sync),
}

/// Hashes, each with the number of its password.
type Placed = Vec<(usize, PasswordHash)>;

impl Batch<'_> {
    /// Works on `threads` threads. The calling thread is one of them.
    fn run(&self, threads: usize) -> Result<Placed, HashingError> {
        if threads == 0 {
            return Ok(Vec::new());
        }
        thread::scope(|scope| {
            // If the system gives no further thread, the others do its work.
            let helpers: Vec<_> = (1..threads)
                .filter_map(|_| thread::Builder::new().spawn_scoped(scope, || self.work()).ok())
                .collect();
            let mut hashes = self.work()?;
            for helper in helpers {
                hashes.append(&mut helper.join().map_err(|_| HashingError::Failed)??);
            }
            Ok(hashes)
        })
    }

    /// Hashes one password after the other, until none is left or one fails.
    fn work(&self) -> Result<Placed, HashingError> {
        let stop_all = |_: &HashingError| self.next.store(self.passwords.len(), Ordering::Relaxed);
        self.hash_rest().inspect_err(stop_all)
    }

    fn hash_rest(&self) -> Result<Placed, HashingError> {
        let mut memory = argon2id::memory(self.cost)?;
        let mut hashes = Vec::new();
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let (Some(password), Some(salt)) = (self.passwords.get(index), self.salts.get(index)) else {
                return Ok(hashes);
            };
            let password = password.expose_secret();
            hashes.push((
                index,
                argon2id::hash(self.cost, password, salt, Some(&mut memory))?,
            ));
            let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
            *finished += 1;
            (self.done)(*finished);
        }
    }
}
