//! New ids. Each is greater than the one before, also within one millisecond, so that lists are in
//! order of creation.

use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::domain::clock::{NoRandomness, RandomSource, Timestamp};

/// Makes ids of version 7 (RFC 9562 §5.7), each greater than the one before (§6.2, method 2).
#[derive(Debug, Default)]
pub(super) struct IdSource {
    last: Mutex<u128>,
}

const VERSION_7: u128 = 0x7 << 76;
const VARIANT: u128 = 0b10 << 62;
const RAND_B: u128 = (1 << 62) - 1;
const RAND_A: u128 = 0xFFF;

impl IdSource {
    /// The next id, for something made at `now`.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    pub fn next(&self, now: Timestamp, random: &dyn RandomSource) -> Result<Uuid, NoRandomness> {
        let mut bytes = [0_u8; 16];
        random.fill(&mut bytes[6..])?;
        let drawn = u128::from_be_bytes(bytes);
        let millis = u128::from(now.as_millisecond().unsigned_abs()) & 0xFFFF_FFFF_FFFF;
        let fresh = millis << 74 | drawn & (RAND_A << 62 | RAND_B);
        // Within one millisecond, or after a clock stepped back: a random step onwards.
        let step = 1 + (drawn & 0xFFFF_FFFF);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let packed = if fresh > *last { fresh } else { *last + step };
        *last = packed;
        drop(last);
        let (time, rand_a, rand_b) = (packed >> 74, packed >> 62 & RAND_A, packed & RAND_B);
        Ok(Uuid::from_u128(
            time << 80 | VERSION_7 | rand_a << 64 | VARIANT | rand_b,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::system::SystemRandom;

    #[test]
    fn ids_grow_within_a_millisecond_and_over_a_clock_that_steps_back() {
        let source = IdSource::default();
        let mut last = Uuid::nil();
        for millis in [
            1_700_000_000_000,
            1_700_000_000_000,
            1_699_999_999_000,
            1_700_000_000_001,
        ] {
            let now = Timestamp::from_millisecond(millis).unwrap();
            for _ in 0..1000 {
                let id = source.next(now, &SystemRandom).unwrap();
                assert!(id > last);
                assert_eq!(id.get_version(), Some(uuid::Version::SortRand));
                assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
                last = id;
            }
        }
    }
}
