//! What is not as it should be yet. These lists only get shorter: a test fails when an entry is no
//! longer true.

/// Files that stand in a circle.
#[rustfmt::skip]
pub const CIRCLES: &[&[&str]] = &[
    &[
        "federation/client.rs",
        "federation/seal.rs",
    ],
    &[
        "federation/listener/mod.rs",
        "federation/listener/ports.rs",
    ],
    &[
        "mail/directory.rs",
        "mail/letter.rs",
        "mail/memory.rs",
        "mail/sender.rs",
        "mail/smtp/answers.rs",
        "mail/smtp/dialogue.rs",
        "mail/smtp/faults.rs",
        "mail/smtp/mod.rs",
        "mail/smtp/progress.rs",
        "mail/smtp/sign_in.rs",
        "mail/token.rs",
        "mail/transport.rs",
    ],
];

/// Names that several types have, and the files of these types.
#[rustfmt::skip]
pub const DOUBLE_NAMES: &[(&str, &[&str])] = &[
    ("Answer", &["cli/terminal/answer.rs", "mail/smtp/answers.rs"]),
    ("Expected", &["federation/callback.rs", "federation/id_token.rs"]),
    ("Progress", &["cli/terminal/progress.rs", "mail/smtp/progress.rs"]),
    ("SignIn", &["mail/smtp/sign_in.rs", "ops/sign_in.rs"]),
    ("Step", &["federation/error.rs", "mail/transport.rs"]),
];
