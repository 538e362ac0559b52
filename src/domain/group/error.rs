//! Why the name of a group is refused.

/// Why the name of a group is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupNameError {
    /// The name is empty.
    #[error("a group's name can't be empty")]
    Empty,
    /// The name has more than [`GroupName::MAX_CHARS`](super::GroupName::MAX_CHARS) code points.
    #[error("a group's name has at most 64 characters")]
    TooLong,
    /// The name holds a character that has a meaning in lists or tables, or that is not visible.
    #[error("a group's name can't hold control or invisible characters, `,` or `;`, nor begin with `-`")]
    Character,
    /// A new name holds a character that UTS #39 does not recommend for names of things, such as an
    /// emoji or a full-width letter.
    #[error("a group's name can't hold the character U+{:04X}", u32::from(*.0))]
    UnusualCharacter(char),
    /// A new name mixes letters of scripts that look alike, such as Latin and Cyrillic.
    #[error("a group's name can't mix letters of different scripts")]
    MixedScripts,
}
