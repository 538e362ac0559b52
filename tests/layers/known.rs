//! What is not as it should be yet. These lists only get shorter: a test fails when an entry is no
//! longer true.

/// Files that stand in a circle.
#[rustfmt::skip]
pub const CIRCLES: &[&[&str]] = &[];

/// Names that several types have, and the files of these types.
#[rustfmt::skip]
pub const DOUBLE_NAMES: &[(&str, &[&str])] = &[
    ("Form", &["cli/config/settings/form/mod.rs", "ops/import/given.rs"]),
];
