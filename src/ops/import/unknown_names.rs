//! The names in an input that are not names of fields.

use std::fmt;

/// A column or a key that is not the name of a field of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The name in the input, shortened.
    pub name: String,
    /// The field with the most similar name.
    pub nearest: Option<&'static str>,
}

/// Every column of a header, or every key of an object, that is not the name of a field of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownNames {
    /// The first ones, in the order of the input.
    pub first: Vec<UnknownName>,
    /// How many there are.
    pub count: usize,
}

impl UnknownNames {
    /// How many are kept and shown.
    const MOST: usize = 20;

    /// Adds one. `unknown` is asked only for one of the first.
    pub(super) fn add(&mut self, unknown: impl FnOnce() -> UnknownName) {
        self.count += 1;
        if self.first.len() < Self::MOST {
            self.first.push(unknown());
        }
    }
}

/// `` `a`, `b` and 3 more ``.
impl fmt::Display for UnknownNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, unknown) in self.first.iter().enumerate() {
            let before = if place == 0 { "" } else { ", " };
            write!(f, "{before}`{}`", unknown.name)?;
        }
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_names_are_shown_and_the_others_counted() {
        let mut names = UnknownNames::default();
        for place in 0..3_000_000 {
            names.add(|| UnknownName {
                name: format!("c{place}"),
                nearest: None,
            });
        }
        assert!(names.to_string().starts_with("`c0`, `c1`, "));
        assert!(names.to_string().ends_with("`c19` and 2999980 more"));
    }
}
