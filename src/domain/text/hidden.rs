//! Hidden characters in a text, and the places where a script needs one.

use icu_properties::props::{Ideographic, JoiningType};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::char::canonical_combining_class;

use super::chars::is_hidden;

const NON_JOINER: char = '\u{200C}';
const JOINER: char = '\u{200D}';
/// The canonical combining class of a virama.
const VIRAMA: u8 = 9;

/// The hidden characters of `text` that its script does not need, each with its place. All others are
/// needed for the right shape of a letter:
///
/// - U+200C and U+200D where RFC 5892, appendices A.1 and A.2, allow them: in Persian, Hindi, Sinhala.
/// - A variation selector that chooses the shape of the ideograph or the Mongolian letter before it.
///   Names in Japan are written with them. Behind any other character a selector changes nothing that
///   a name needs.
pub fn hidden_in(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|&(at, c)| {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        is_hidden(c) && !is_needed(before, c, after)
    })
}

/// The first hidden character of `text` that its script does not need.
#[must_use]
pub fn find_hidden(text: &str) -> Option<char> {
    hidden_in(text).next().map(|(_, c)| c)
}

fn is_needed(before: &str, c: char, after: &str) -> bool {
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    match c {
        JOINER => is_virama(last),
        NON_JOINER => is_virama(last) || breaks_a_joint(before, after),
        '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => {
            CodePointSetData::new::<Ideographic>().contains(last)
        }
        '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(last, '\u{1820}'..='\u{18AA}'),
        _ => false,
    }
}

fn is_virama(c: char) -> bool {
    canonical_combining_class(c) == VIRAMA
}

/// Whether the letters around a place would join there. Marks on the letters don't count.
fn breaks_a_joint(before: &str, after: &str) -> bool {
    let joining = CodePointMapData::<JoiningType>::new();
    let is_letter = |kind: &JoiningType| *kind != JoiningType::Transparent;
    let left = before.chars().rev().map(|c| joining.get(c)).find(is_letter);
    let right = after.chars().map(|c| joining.get(c)).find(is_letter);
    let [left_joining, right_joining, dual] = [
        JoiningType::LeftJoining,
        JoiningType::RightJoining,
        JoiningType::DualJoining,
    ];
    left.is_some_and(|kind| kind == left_joining || kind == dual)
        && right.is_some_and(|kind| kind == right_joining || kind == dual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::is_hostile;
    use proptest::prelude::*;

    #[test]
    fn a_script_keeps_the_hidden_characters_that_it_needs() {
        for text in [
            "Ada Lovelace",
            "می\u{200C}خواهم",              // Persian: the letters on both sides would join
            "نامه\u{64E}\u{200C}\u{64E}ها", // the same, with marks on the letters
            "क्\u{200D}ष",                   // Hindi: after a virama
            "क्\u{200C}ष",
            "ශ්\u{200D}රී",  // Sinhala
            "邉\u{E0102}", // a Japanese name with a chosen shape
            "﨟\u{FE00}",
            "ᠠ\u{180B}", // Mongolian
            "山田\u{3000}太郎",
            "Jean\u{A0}Paul",
        ] {
            assert_eq!(find_hidden(text), None, "{text}");
        }
    }

    #[test]
    fn a_hidden_character_in_any_other_place_is_found() {
        for (before, c, after) in [
            ("Ada", '\u{200C}', "Lovelace"),
            ("", '\u{200D}', "Ada"),
            ("می", '\u{200C}', ""),
            ("می", '\u{200C}', " خواهم"),
            ("क", '\u{200D}', "ष"),
            ("👩", '\u{200D}', "🚀"),
            ("Ada", '\u{200B}', ""),
            ("Ada", '\u{2060}', ""),
            ("", '\u{FEFF}', "Ada"),
            ("Ada", '\u{AD}', ""),
            ("Ada", '\u{E0041}', ""),
            ("Ada", '\u{FE0F}', ""),
            ("Ada", '\u{E0100}', ""),
            ("a", '\u{180B}', ""),
            ("Ada", '\u{FFFF}', ""),
            ("Ada", '\u{FDD0}', ""),
            ("Ada", '\u{1FFFE}', ""),
            ("Ada", '\u{202E}', ""),
            ("Ada", '\u{3164}', ""),
            ("Ada", '\u{115F}', ""),
            ("Ada", '\u{34F}', ""),
            ("Ada", '\u{2800}', ""),
            ("Ada", '\u{7F}', ""),
            ("Ada", '\n', ""),
        ] {
            let text = format!("{before}{c}{after}");
            let found: Vec<_> = hidden_in(&text).collect();
            assert_eq!(found, [(before.len(), c)], "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn each_hostile_character_is_found_and_no_visible_one(text in any::<String>()) {
            let found: Vec<_> = hidden_in(&text).collect();
            prop_assert!(found.iter().all(|(at, c)| text[*at..].starts_with(*c) && is_hidden(*c)));
            let mut hostile = text.char_indices().filter(|(_, c)| is_hostile(*c));
            prop_assert!(hostile.all(|place| found.contains(&place)));
        }
    }
}
