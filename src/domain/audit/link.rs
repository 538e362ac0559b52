//! The links of the audit record: each event has the hash of itself and of the event before it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A link of the chain: the hash of an event and of all events before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ChainHash(pub [u8; 32]);

/// The link before the first event.
pub const CHAIN_START: ChainHash = ChainHash([0; 32]);

/// The error for a text that is no link of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link of the audit record is 64 hexadecimal digits")]
pub struct MalformedChainHash;

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainHash({self})")
    }
}

impl Serialize for ChainHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for ChainHash {
    type Err = MalformedChainHash;

    fn from_str(text: &str) -> Result<Self, MalformedChainHash> {
        let text = text.trim();
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(MalformedChainHash);
        }
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let digits = &text[2 * place..2 * place + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| MalformedChainHash)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_back_and_nothing_else_is_one() {
        let link = ChainHash(std::array::from_fn(|place| 7 * u8::try_from(place).unwrap()));
        assert_eq!(link.to_string().parse(), Ok(link));
        assert_eq!(
            format!(" {} \n", link.to_string().to_uppercase()).parse(),
            Ok(link)
        );
        for wrong in ["", "12", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert_eq!(wrong.parse::<ChainHash>(), Err(MalformedChainHash));
        }
    }
}
