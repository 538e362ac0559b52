//! Reading with a longest length, into memory that is zeroed.

use std::io::{self, Read};

use zeroize::Zeroizing;

use super::secret_error::SecretError;

/// What is read at a time, in bytes. Most secrets fit at once.
const STEP_BYTES: usize = 4 * 1024;

/// Reads to the end, or until that many lines are there. The buffer grows by hand: growing
/// by itself it would leave copies behind.
pub(super) fn read_limited(
    input: &mut dyn Read,
    limit: usize,
    lines: usize,
    from: &str,
) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let mut bytes = Zeroizing::new(vec![0; STEP_BYTES]);
    let mut filled = 0;
    let mut seen = 0;
    while seen < lines {
        if filled > limit {
            return Err(SecretError::TooLong {
                from: from.to_owned(),
            });
        }
        if filled == bytes.len() {
            let mut larger = Zeroizing::new(vec![0; bytes.len() * 2]);
            larger[..filled].copy_from_slice(&bytes);
            bytes = larger;
        }
        match input.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => {
                let new = &bytes[filled..filled + read];
                seen += new.iter().map(|&byte| usize::from(byte == b'\n')).sum::<usize>();
                filled += read;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(SecretError::Io {
                    from: from.to_owned(),
                    error,
                });
            }
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
