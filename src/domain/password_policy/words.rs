//! Finds the words of a list in a password, also in a changed form: `P@ssw0rd`, `p-a-s-s-w-o-r-d`,
//! `ppaasssswwoorrdd`, `drowssap`, `pässwörd`.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::pieces::{Piece, PieceKind, is_separator};

/// A word of `popular.txt` or `walks.txt`, in tenths of a bit.
const POPULAR_PRICE: u32 = 100;
/// A word of `common.txt` or `names.txt`, in tenths of a bit.
const COMMON_PRICE: u32 = 110;
/// A word of `english.txt`, in tenths of a bit. One word is no common password.
const ENGLISH_PRICE: u32 = 130;
/// The price of the first letter that is replaced by a similar character, and of each further
/// letter.
const DISGUISE_PRICE: u32 = 10;
const MORE_DISGUISE_PRICE: u32 = 4;
const BACKWARDS_PRICE: u32 = 10;
/// The price of a separator inside a word, or of a doubled letter.
const GAP_PRICE: u32 = 10;
/// A shorter word is not searched for backwards: it would be found by chance.
const SHORTEST_BACKWARDS: usize = 4;
/// Old systems kept only these bytes of a password. The lists hold many cut-off passwords of this
/// length.
const TRUNCATED: usize = 8;

/// The lists. They are prepared when the first password is checked.
static LISTS: LazyLock<[(Vec<&'static str>, PieceKind, u32); 5]> = LazyLock::new(|| {
    [
        list(include_str!("popular.txt"), PieceKind::Common, POPULAR_PRICE),
        list(include_str!("common.txt"), PieceKind::Common, COMMON_PRICE),
        list(include_str!("walks.txt"), PieceKind::Walk, POPULAR_PRICE),
        list(include_str!("names.txt"), PieceKind::Common, COMMON_PRICE),
        list(include_str!("english.txt"), PieceKind::Common, ENGLISH_PRICE),
    ]
});

fn list(text: &'static str, kind: PieceKind, price: u32) -> (Vec<&'static str>, PieceKind, u32) {
    (text.lines().collect(), kind, price)
}

/// Finds common words, names and passwords.
pub(super) fn find_common(chars: &[char], found: &mut Vec<Piece>) {
    for (words, kind, price) in LISTS.iter() {
        find(words, *kind, *price, chars, found);
    }
}

/// Finds the words of a sorted list.
pub(super) fn find<W: AsRef<str>>(
    words: &[W],
    kind: PieceKind,
    price: u32,
    chars: &[char],
    found: &mut Vec<Piece>,
) {
    search(words, price, chars, |from, end, price| {
        found.push(Piece {
            from,
            shortest_end: end,
            end,
            price,
            kind,
        });
    });
    let backwards: Zeroizing<Vec<char>> = Zeroizing::new(chars.iter().rev().copied().collect());
    search(
        words,
        price + BACKWARDS_PRICE,
        &backwards,
        |first, last, price| {
            if last - first >= SHORTEST_BACKWARDS {
                let (from, end) = (chars.len() - last, chars.len() - first);
                found.push(Piece {
                    from,
                    shortest_end: end,
                    end,
                    price,
                    kind,
                });
            }
        },
    );
}

fn search<W: AsRef<str>>(
    words: &[W],
    price: u32,
    chars: &[char],
    mut matched: impl FnMut(usize, usize, u32),
) {
    for from in 0..chars.len() {
        let start = Search {
            chars,
            words,
            depth: 0,
            at: from,
            price,
            letters: 0,
            disguised: 0,
        };
        start.follow(&mut |end, price| matched(from, end, price));
    }
}

/// A search for the words that begin with the characters read so far.
struct Search<'a, W> {
    chars: &'a [char],
    /// The words, sorted. They have the same first `depth` bytes.
    words: &'a [W],
    depth: usize,
    /// The next character to read.
    at: usize,
    price: u32,
    /// The number of letters that were read, and of those that were replaced.
    letters: usize,
    disguised: usize,
}

impl<W: AsRef<str>> Search<'_, W> {
    fn follow(&self, matched: &mut impl FnMut(usize, u32)) {
        let Some(&c) = self.chars.get(self.at) else {
            return;
        };
        self.read(c, self.price, 0, matched);
        let dear = if self.disguised == 0 {
            DISGUISE_PRICE
        } else {
            MORE_DISGUISE_PRICE
        };
        for letter in look_alikes(c).chain(unaccented(c)) {
            self.read(letter, self.price + dear, 1, matched);
        }
    }

    /// Continues as if the next character were `letter`.
    fn read(&self, letter: char, price: u32, disguised: usize, matched: &mut impl FnMut(usize, u32)) {
        let mut buffer = [0; 4];
        let letter: &str = letter.encode_utf8(&mut buffer);
        let words = self.narrowed(letter);
        let Some(shortest) = words.first() else {
            return;
        };
        let next = Search {
            chars: self.chars,
            words,
            depth: self.depth + letter.len(),
            at: self.at + 1,
            price,
            letters: self.letters + 1,
            disguised: self.disguised + disguised,
        };
        // If each letter is replaced, it is no word: a number could be read as a word.
        let complete = shortest.as_ref().len() == next.depth || next.depth == TRUNCATED;
        if complete && next.disguised < next.letters {
            matched(next.at, price);
        }
        next.follow(matched);
        // A gap has one character and follows a letter. So the search stays small.
        if next.is_gap() {
            Search {
                at: next.at + 1,
                price: price + GAP_PRICE,
                ..next
            }
            .follow(matched);
        }
    }

    fn narrowed(&self, letter: &str) -> &[W] {
        let compare = |word: &W| {
            let rest = word.as_ref().as_bytes().get(self.depth..).unwrap_or_default();
            rest[..rest.len().min(letter.len())].cmp(letter.as_bytes())
        };
        let first = self.words.partition_point(|word| compare(word).is_lt());
        let count = self.words[first..].partition_point(|word| compare(word).is_eq());
        &self.words[first..first + count]
    }

    fn is_gap(&self) -> bool {
        let before = self.chars[self.at - 1];
        self.chars
            .get(self.at)
            .is_some_and(|c| is_separator(*c) || *c == before)
    }
}

/// The letters that `c` can stand for.
fn look_alikes(c: char) -> std::str::Chars<'static> {
    match c {
        '0' => "o",
        '1' | '!' | '|' => "il",
        '2' => "z",
        '3' | '€' => "e",
        '4' | '@' => "a",
        '5' | '$' => "s",
        '6' | '9' => "g",
        '7' | '+' => "t",
        '8' => "b",
        '(' => "c",
        _ => "",
    }
    .chars()
}

/// The letter without its accent.
fn unaccented(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    std::iter::once(c).nfd().next().filter(char::is_ascii_alphabetic)
}
