//! Random passwords.

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::domain::clock::{NoRandomness, RandomSource};

/// 32 characters that are not confused when a person reads or types them: no l, o, 0, 1 and no upper
/// case. Five bits of a byte choose one of 32 characters without bias.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS: usize = 4;
const GROUP_LENGTH: usize = 6;
const LENGTH: usize = GROUPS * GROUP_LENGTH;

/// Draws a password of 120 bits: four groups of six characters. The default policy accepts it.
///
/// # Errors
/// [`NoRandomness`] if the system gives none.
pub fn generate(random: &dyn RandomSource) -> Result<SecretString, NoRandomness> {
    let mut bytes = Zeroizing::new([0_u8; LENGTH]);
    random.fill(&mut bytes[..])?;
    // The exact size: a text that grows would leave a copy in memory.
    let mut password = String::with_capacity(LENGTH + GROUPS - 1);
    for (number, group) in bytes.chunks(GROUP_LENGTH).enumerate() {
        if number > 0 {
            password.push('-');
        }
        password.extend(
            group
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte & 31)])),
        );
    }
    Ok(SecretString::from(password))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Mutex;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::domain::password_policy::{PasswordOwner, PasswordPolicy};

    /// A seeded generator: the same bytes in every run.
    struct Seeded(Mutex<Cell<u64>>);

    impl RandomSource for Seeded {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            let state = self.0.lock().map_err(|_| NoRandomness)?;
            for byte in buffer {
                let next = state
                    .get()
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                state.set(next);
                *byte = next.to_be_bytes()[0];
            }
            Ok(())
        }
    }

    struct Dry;

    impl RandomSource for Dry {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
            Err(NoRandomness)
        }
    }

    #[test]
    fn every_generated_password_passes_for_every_owner() {
        let source = Seeded(Mutex::new(Cell::new(7)));
        let owners = [
            PasswordOwner::default(),
            PasswordOwner {
                email: "ada@example.com",
                first_name: "Ada",
                last_name: "Lovelace",
            },
            PasswordOwner {
                email: "abc.def.ghk.mnp@qrs.tuv.wxy.zab",
                first_name: "Xi",
                last_name: "Ng",
            },
        ];
        for number in 0..300 {
            let password = generate(&source).unwrap();
            let check = PasswordPolicy::default().check(password.expose_secret(), owners[number % 3]);
            assert_eq!(check, Ok(()), "{}", password.expose_secret());
        }
    }

    #[test]
    fn it_is_four_groups_of_six_from_the_alphabet() {
        let source = Seeded(Mutex::new(Cell::new(8)));
        let password = generate(&source).unwrap();
        let groups: Vec<&str> = password.expose_secret().split('-').collect();
        assert_eq!(groups.len(), 4);
        for group in groups {
            assert_eq!(group.len(), 6);
            assert!(group.bytes().all(|byte| ALPHABET.contains(&byte)));
        }
    }

    #[test]
    fn without_randomness_there_is_no_password() {
        assert_eq!(generate(&Dry).unwrap_err(), NoRandomness);
    }
}
