//! What the name of a group must be when the group is made or renamed. A name that was stored earlier
//! can break these rules: the group is still found by it.

use unicode_security::{GeneralSecurityProfile, MixedScript};

use super::error::GroupNameError;

/// Checks a name against the level Highly Restrictive of UTS #39 §5.2. To the characters that UTS #39
/// allows in identifiers, the space and the marks of ASCII are added.
pub(super) fn check(name: &str) -> Result<(), GroupNameError> {
    let is_usual = |c: char| c.is_ascii() || c.identifier_allowed();
    if let Some(c) = name.chars().find(|c| !is_usual(*c)) {
        return Err(GroupNameError::UnusualCharacter(c));
    }
    if is_highly_restrictive(name) {
        Ok(())
    } else {
        Err(GroupNameError::MixedScripts)
    }
}

/// Whether the letters are of one script, or of Latin together with the scripts of Chinese, Japanese
/// or Korean.
fn is_highly_restrictive(name: &str) -> bool {
    if name.is_single_script() {
        return true;
    }
    let others: String = name.chars().filter(|c| !is_latin(*c)).collect();
    let scripts = others.as_str().resolve_script_set();
    scripts.hanb || scripts.jpan || scripts.kore
}

/// Whether `c` fits to Latin letters: as one of them, or as a character of every script.
fn is_latin(c: char) -> bool {
    ['a', c].iter().collect::<String>().as_str().is_single_script()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_is_in_one_script_or_in_scripts_that_are_written_together() {
        for text in [
            "support",
            "Vertrieb Süd",
            "R&D (east)",
            "2nd-line_support/EU",
            "администраторы",
            "Διαχειριστές",
            "管理者グループ",
            "admin管理者",
            "IT지원팀",
            "客服Team",
            "مدیران",
            "ผู้ดูแล",
            "व्यवस्थापक",
            "Support 24/7",
            "naïve café e\u{301}",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "аdministrators", // Cyrillic a
            "suppοrt",        // Greek omicron
            "ѕales",          // Cyrillic dze
            "Vertrieb юг",
            "αдмин",
            "管理者админ",
        ] {
            assert_eq!(check(text), Err(GroupNameError::MixedScripts), "{text}");
        }
        for (text, c) in [
            ("ａdmins", 'ａ'),
            ("admins🎉", '🎉'),
            ("𝐚dmins", '𝐚'),
            ("a\u{A0}b", '\u{A0}'),
            ("a\u{FE0F}b", '\u{FE0F}'),
            ("a\u{FFFF}", '\u{FFFF}'),
            ("ⅰt", 'ⅰ'),
        ] {
            let refused = check(text);
            assert_eq!(refused, Err(GroupNameError::UnusualCharacter(c)), "{text:?}");
        }
    }
}
