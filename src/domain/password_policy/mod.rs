//! The rules for passwords: a password is long enough, and not easy to guess.
//!
//! NIST SP 800-63B-4 §3.1.1.2 asks for length and for a comparison with known passwords, and forbids
//! composition rules. Lists of known passwords hold very few passwords of 15 characters. So a
//! password is divided into pieces instead. Repeats, runs, keyboard walks, dates, common passwords
//! and the words of the user have a low price; each other character has the price of guessing it. A
//! password with a price below that of about four common words is refused.
//!
//! The words come from:
//! - `popular.txt`, `common.txt`, `walks.txt`: the list of common passwords in Django
//!   (BSD-3-Clause, compiled by Royce Williams) and the first ten thousand in zxcvbn (MIT), lower case,
//!   without the digits around them; and words of other languages added by hand. The walks
//!   stand there because `1q@z2w$x` is one as well.
//! - `names.txt`, `english.txt`: frequent names of the US census and the most frequent
//!   words of the English Wikipedia, both as zxcvbn has them.

mod generate;
mod hash_forms;
mod interleaved;
mod keyboard;
mod own_words;
mod patterns;
mod pieces;
mod words;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

pub use generate::generate;
pub use own_words::PasswordOwner;
use pieces::{Piece, PieceKind};

use super::range::{Numbers, OutOfRange};
use super::text;

/// The length of passwords, in code points of the NFC form. The other rules can't be set.
///
/// No policy allows passwords of four characters:
///
/// ```
/// use backoffice::PasswordPolicy;
///
/// assert!(PasswordPolicy::new(4, 256).is_err());
/// assert!(PasswordPolicy::new(20, 256).is_ok());
/// ```
///
/// ```compile_fail,E0451
/// let policy = backoffice::PasswordPolicy { min_length: 4, max_length: 256 };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    min_length: u32,
    max_length: u32,
}

/// The rule a password breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordRefusal {
    /// The password has fewer code points than the policy asks for.
    #[error("the password is too short: at least {min} characters are needed")]
    TooShort {
        /// The smallest number that is allowed.
        min: usize,
    },
    /// The password has more code points than the policy allows.
    #[error("the password is too long: at most {max} characters are allowed")]
    TooLong {
        /// The largest number that is allowed.
        max: usize,
    },
    /// The password holds a control character, such as a tab or a line break.
    #[error("the password holds a control character")]
    ControlCharacter,
    /// The password has the form of a hash from another system, such as `$2y$10$…`. If it were
    /// accepted, each person who has a copy of that system's table could sign in with it.
    #[error("the password is a hash, and the password itself is needed")]
    Hash,
    /// `abcabcabcabcabc`
    #[error("the password is only a repeat of a few characters")]
    Repeats,
    /// `123456789012345`
    #[error("the password is only characters in their usual order")]
    Run,
    /// `1qaz2wsx3edc4rfv`
    #[error("the password is only neighbouring keys of a keyboard")]
    KeyboardWalk,
    /// `12.05.1987 12051987`
    #[error("the password is only dates or years")]
    Dates,
    /// `letmeinletmein1`
    #[error("the password is only a few common words or passwords")]
    CommonWords,
    /// `ada.lovelace1815`
    #[error("the password is only the user's own name or e-mail address")]
    OwnWords,
    /// `back office 2024`
    #[error("the password is only the name of the product")]
    ProductName,
    /// The password is in the file of breached passwords. [`PasswordPolicy::check`] never returns
    /// this.
    #[error("the password stands in the list of breached passwords")]
    Breached,
}

impl Default for PasswordPolicy {
    /// NIST SP 800-63B-4 §3.1.1.2: at least 15 characters if the password is the only factor, and a
    /// maximum of at least 64.
    fn default() -> Self {
        Self {
            min_length: 15,
            max_length: 256,
        }
    }
}

impl PasswordPolicy {
    /// What `min_length` and `max_length` may be. A password beside another factor has at least
    /// eight code points (NIST SP 800-63B-4 §3.1.1.2).
    pub const LENGTHS: Numbers = Numbers::new(8, 4096);

    /// Passwords from `min_length` to `max_length` code points.
    ///
    /// # Errors
    /// [`OutOfRange`] if one of them is outside of [`LENGTHS`](Self::LENGTHS), or `min_length` is
    /// above `max_length`.
    pub fn new(min_length: u32, max_length: u32) -> Result<Self, OutOfRange> {
        const MIN: &str = "min_length";
        const MAX: &str = "max_length";
        Self::LENGTHS.check(MIN, min_length)?;
        Self::LENGTHS.check(MAX, max_length)?;
        if min_length > max_length {
            return Err(OutOfRange::Above {
                lower: MIN,
                upper: MAX,
            });
        }
        Ok(Self {
            min_length,
            max_length,
        })
    }

    /// The smallest number of code points.
    #[must_use]
    pub fn min_length(self) -> u32 {
        self.min_length
    }

    /// The largest number of code points.
    #[must_use]
    pub fn max_length(self) -> u32 {
        self.max_length
    }

    /// Checks that `owner` can have this password.
    ///
    /// # Errors
    /// The first [`PasswordRefusal`] that applies: the form of a hash, the length, a control character,
    /// and then the pieces that cover most of the password.
    pub fn check(self, password: &str, owner: PasswordOwner<'_>) -> Result<(), PasswordRefusal> {
        if hash_forms::is_hash(password) {
            return Err(PasswordRefusal::Hash);
        }
        let length = password.nfc().count();
        let (min, max) = (self.min_length as usize, self.max_length as usize);
        if length < min {
            return Err(PasswordRefusal::TooShort { min });
        }
        if length > max {
            return Err(PasswordRefusal::TooLong { max });
        }
        if password.chars().any(char::is_control) {
            return Err(PasswordRefusal::ControlCharacter);
        }
        let breakdown = take_apart(password, owner);
        if breakdown.price >= self.price_needed() {
            return Ok(());
        }
        Err(refusal(breakdown.mostly()))
    }

    /// A policy that allows shorter passwords needs a lower price, in proportion.
    fn price_needed(self) -> u32 {
        let standard = Self::default().min_length;
        PRICE_NEEDED * self.min_length.min(standard) / standard
    }
}

/// The lowest price of a password, in tenths of a bit: about four common words.
const PRICE_NEEDED: u32 = 430;

/// The number of characters that are checked. Further characters can only raise the price.
const LONGEST_LOOK: usize = 256;

fn take_apart(password: &str, owner: PasswordOwner<'_>) -> pieces::Breakdown {
    let folded = Zeroizing::new(text::fold(password));
    let chars: Zeroizing<Vec<char>> = Zeroizing::new(folded.chars().take(LONGEST_LOOK).collect());
    let own = own_words::of(owner);
    let mut found: Vec<Piece> = Vec::new();
    patterns::find(&chars, &mut found);
    keyboard::find(&chars, &mut found);
    interleaved::find(&chars, &mut found);
    words::find_common(&chars, &mut found);
    words::find(&own, PieceKind::Own, own_words::PRICE, &chars, &mut found);
    let product = own_words::product();
    words::find(&product, PieceKind::Product, own_words::PRICE, &chars, &mut found);
    pieces::cheapest(&chars, &mut found)
}

fn refusal(mostly: PieceKind) -> PasswordRefusal {
    match mostly {
        PieceKind::Run => PasswordRefusal::Run,
        PieceKind::Walk => PasswordRefusal::KeyboardWalk,
        PieceKind::Date => PasswordRefusal::Dates,
        PieceKind::Common => PasswordRefusal::CommonWords,
        PieceKind::Own => PasswordRefusal::OwnWords,
        PieceKind::Product => PasswordRefusal::ProductName,
        // A password of invisible characters has no pieces. It counts as a repeat.
        PieceKind::Repeat | PieceKind::Filler => PasswordRefusal::Repeats,
    }
}

impl PasswordRefusal {
    /// The rule as one word, for programs.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::Hash => "hash",
            Self::Repeats => "repeats",
            Self::Run => "run",
            Self::KeyboardWalk => "keyboard_walk",
            Self::Dates => "dates",
            Self::CommonWords => "common_words",
            Self::OwnWords => "own_words",
            Self::ProductName => "product_name",
            Self::Breached => "breached",
        }
    }
}

#[cfg(test)]
mod tests;
