//! What is not as it should be yet. These lists only get shorter: a test fails when an entry is no
//! longer true.

/// Files that stand in a circle.
#[rustfmt::skip]
pub const CIRCLES: &[&[&str]] = &[
    &[
        "cli/commands/completions.rs",
        "cli/mod.rs",
    ],
    &[
        "cli/commands/user/create.rs",
        "cli/commands/user/edit.rs",
        "cli/commands/user/import.rs",
        "cli/commands/user/list.rs",
        "cli/commands/user/mod.rs",
        "cli/commands/user/states.rs",
    ],
    &[
        "cli/config/file.rs",
        "cli/config/mod.rs",
        "cli/config/provider/mod.rs",
    ],
    &[
        "domain/identity.rs",
        "domain/password.rs",
        "domain/user.rs",
    ],
    &[
        "domain/password_policy/mod.rs",
        "domain/password_policy/own_words.rs",
    ],
    &[
        "domain/password_policy/pieces.rs",
        "domain/password_policy/words.rs",
    ],
    &[
        "federation/client.rs",
        "federation/seal.rs",
    ],
    &[
        "federation/listener/mod.rs",
        "federation/listener/ports.rs",
    ],
    &[
        "hashing/argon2id.rs",
        "hashing/bcrypt.rs",
        "hashing/cost.rs",
        "hashing/form.rs",
        "hashing/imported.rs",
        "hashing/mod.rs",
        "hashing/pbkdf2.rs",
        "hashing/scrypt.rs",
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
    &[
        "store/mod.rs",
        "store/sqlite/create.rs",
        "store/sqlite/mod.rs",
    ],
    &[
        "store/sqlite/connection.rs",
        "store/sqlite/copy.rs",
        "store/sqlite/file.rs",
        "store/sqlite/migrate.rs",
        "store/sqlite/obstacle.rs",
    ],
    &[
        "store/sqlite/identities.rs",
        "store/sqlite/users.rs",
    ],
    &[
        "texts/mails/overrides.rs",
        "texts/mails/templates.rs",
    ],
];

/// Names that several types have, and the files of these types.
#[rustfmt::skip]
pub const DOUBLE_NAMES: &[(&str, &[&str])] = &[
    ("Answer", &["cli/answer.rs", "cli/terminal/answer.rs", "federation/listener/answer.rs", "mail/smtp/answers.rs"]),
    ("Check", &["cli/commands/mail.rs", "cli/commands/provider.rs", "cli/shapes.rs"]),
    ("Config", &["cli/commands/config.rs", "cli/config/mod.rs"]),
    ("Expected", &["federation/callback.rs", "federation/id_token.rs"]),
    ("Group", &["cli/commands/group.rs", "domain/group.rs"]),
    ("Identity", &["cli/commands/identity.rs", "cli/shapes.rs", "domain/identity.rs"]),
    ("Kind", &["cli/config/keys.rs", "domain/password_policy/pieces.rs"]),
    ("List", &["cli/commands/identity.rs", "cli/commands/reset.rs", "cli/commands/session.rs", "cli/commands/user/list.rs"]),
    ("Mail", &["cli/commands/mail.rs", "texts/mails/message.rs"]),
    ("Name", &["cli/commands/group.rs", "domain/user.rs"]),
    ("Progress", &["cli/terminal/progress.rs", "mail/smtp/progress.rs"]),
    ("Reset", &["cli/commands/reset.rs", "cli/shapes.rs"]),
    ("Revoke", &["cli/commands/reset.rs", "cli/commands/session.rs"]),
    ("Sent", &["federation/listener/answer.rs", "mail/memory.rs"]),
    ("Session", &["cli/commands/session.rs", "domain/session.rs"]),
    ("Show", &["cli/commands/config.rs", "cli/commands/provider.rs", "cli/commands/user/show.rs"]),
    ("SignIn", &["mail/smtp/sign_in.rs", "ops/sign_in.rs"]),
    ("SignedIn", &["cli/shapes.rs", "ops/sessions/open.rs"]),
    ("Standing", &["domain/rights.rs", "files/trust.rs"]),
    ("Step", &["federation/error.rs", "mail/transport.rs"]),
    ("TokenSource", &["cli/commands/session.rs", "mail/token.rs"]),
    ("Transaction", &["federation/transaction.rs", "store/sqlite/mod.rs"]),
    ("User", &["cli/commands/user/mod.rs", "domain/user.rs"]),
];
