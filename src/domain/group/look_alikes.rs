//! Finds a group whose name looks like another.

use std::collections::HashMap;

use unicode_security::skeleton;

use super::name::GroupName;

/// The groups of a store by what their names look like (the skeleton of UTS #39 §4).
#[derive(Debug, Default)]
pub struct LookAlikes {
    by_skeleton: HashMap<String, GroupName>,
}

impl LookAlikes {
    /// The other group whose name looks like `name`.
    #[must_use]
    pub fn find(&self, name: &GroupName) -> Option<&GroupName> {
        let known = skeletons(name)
            .into_iter()
            .filter_map(|skeleton| self.by_skeleton.get(&skeleton));
        known
            .into_iter()
            .find(|known| known.canonical() != name.canonical())
    }

    /// Adds the name of a group.
    pub fn add(&mut self, name: &GroupName) {
        for skeleton in skeletons(name) {
            self.by_skeleton.entry(skeleton).or_insert_with(|| name.clone());
        }
    }
}

impl FromIterator<GroupName> for LookAlikes {
    fn from_iter<I: IntoIterator<Item = GroupName>>(names: I) -> Self {
        let mut all = Self::default();
        for name in names {
            all.add(&name);
        }
        all
    }
}

/// What a name looks like as it was written (`SaIes` with a capital I is like `Sales`), and in its
/// canonical form (`Ѕales` with a Cyrillic letter is like `sales`). How many spaces stand together is
/// not seen.
fn skeletons(name: &GroupName) -> [String; 2] {
    [name.as_str(), &name.canonical()].map(|form| {
        let words: Vec<&str> = form.split_whitespace().collect();
        skeleton(&words.join(" ")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> GroupName {
        GroupName::parse(text).unwrap()
    }

    #[test]
    fn a_name_that_looks_like_another_is_found() {
        let names = ["administrators", "support", "Sales", "M1", "Vertrieb Süd"];
        let known: LookAlikes = names.map(name).into_iter().collect();
        for (text, like) in [
            ("аdministrators", "administrators"),
            ("adrninistrators", "administrators"),
            ("suрроrt", "support"),
            ("SaIes", "Sales"),
            ("Ml", "M1"),
            ("Vertrieb  Süd", "Vertrieb Süd"),
        ] {
            assert_eq!(known.find(&name(text)), Some(&name(like)), "{text}");
        }
        for text in [
            "support",
            "SUPPORT",
            "sales",
            "supporters",
            "Vertrieb Nord",
            "catalog",
        ] {
            assert_eq!(known.find(&name(text)), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_does_not_look_like_itself_in_another_case(text in "[a-zA-Zäöüß0-9 ]{1,20}") {
            if let Ok(name) = GroupName::parse(&text) {
                let known: LookAlikes = [name.clone()].into_iter().collect();
                prop_assert_eq!(known.find(&name), None);
                if let Ok(other) = GroupName::parse(&text.to_uppercase()) {
                    prop_assert!(known.find(&other).is_none_or(|found| found.canonical() != other.canonical()));
                }
            }
        }

        #[test]
        fn no_name_panics(text in "\\PC{1,30}") {
            if let Ok(name) = GroupName::parse(&text) {
                let _ = name.check_new();
                let known: LookAlikes = [name.clone()].into_iter().collect();
                prop_assert_eq!(known.find(&name), None);
            }
        }
    }
}
