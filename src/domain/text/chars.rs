//! Which characters a text can hold.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whether `c` moves the cursor, ends a line or changes the direction of the text. No stored text can
/// hold it.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{2028}' | '\u{2029}'                     // line and paragraph separator
            | '\u{061C}' | '\u{200E}' | '\u{200F}'      // bidirectional marks
            | '\u{202A}'..='\u{202E}'                   // embeddings and overrides
            | '\u{2066}'..='\u{2069}') // isolates
}

/// Whether `c` is of the category Cf. Most of these characters are invisible.
#[must_use]
pub fn is_format(c: char) -> bool {
    c.general_category() == GeneralCategory::Format
}

/// Whether `c` shows nothing by itself: a control or format character, a default-ignorable character,
/// a noncharacter, or the blank of Braille. A space shows itself.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    const BRAILLE_BLANK: char = '\u{2800}';
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    is_hostile(c) || is_ignorable(c) || is_noncharacter(c) || c == BRAILLE_BLANK
}

/// Whether an address can hold `c`: it is visible, and no space. A character that Unicode has not
/// assigned yet, one for private use, and the mark of a broken encoding (U+FFFD) don't count as visible.
#[must_use]
pub fn is_visible_mark(c: char) -> bool {
    let unseen = || {
        let group = c.general_category_group();
        matches!(
            group,
            GeneralCategoryGroup::Separator | GeneralCategoryGroup::Other
        )
    };
    if c.is_ascii() {
        return c.is_ascii_graphic();
    }
    !is_hidden(c) && c != char::REPLACEMENT_CHARACTER && !unseen()
}

/// Code points that are never characters (Unicode Standard §23.7).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Default-ignorable code points outside the category Cf, which `NFKC_Casefold`
/// drops (Unicode `DerivedCoreProperties`, `Default_Ignorable_Code_Point`).
pub(super) fn is_ignorable(c: char) -> bool {
    is_format(c)
        || matches!(c,
            '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{2065}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
}
