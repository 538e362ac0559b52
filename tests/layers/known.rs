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
    &[
        "ops/acting.rs",
        "ops/change.rs",
        "ops/credentials.rs",
        "ops/error.rs",
        "ops/floor.rs",
        "ops/floor/times.rs",
        "ops/groups.rs",
        "ops/identities.rs",
        "ops/import/batch.rs",
        "ops/import/run.rs",
        "ops/keys.rs",
        "ops/mail/mod.rs",
        "ops/mail/sending.rs",
        "ops/notices.rs",
        "ops/office.rs",
        "ops/passwords.rs",
        "ops/passwords/same.rs",
        "ops/people.rs",
        "ops/resets.rs",
        "ops/sessions.rs",
        "ops/sign_in.rs",
        "ops/third_party_login/mod.rs",
        "ops/users/create.rs",
        "ops/users/edit.rs",
        "ops/users/mod.rs",
        "ops/view.rs",
        "ops/written.rs",
    ],
    &[
        "ops/mail/content.rs",
        "ops/mail/flush.rs",
    ],
    &[
        "ops/third_party_login/admit.rs",
        "ops/third_party_login/complete.rs",
    ],
];

/// Names that several types have, and the files of these types.
#[rustfmt::skip]
pub const DOUBLE_NAMES: &[(&str, &[&str])] = &[
    ("Answer", &["cli/answer.rs", "cli/terminal/answer.rs", "mail/smtp/answers.rs"]),
    ("Change", &["cli/commands/password.rs", "ops/change.rs"]),
    ("Check", &["cli/commands/mail.rs", "cli/commands/provider.rs", "cli/shapes.rs"]),
    ("Columns", &["ops/import/csv.rs", "ops/import/spryker.rs"]),
    ("Expected", &["federation/callback.rs", "federation/id_token.rs"]),
    ("Group", &["cli/commands/group.rs", "domain/group.rs"]),
    ("Identity", &["cli/commands/identity.rs", "cli/shapes.rs", "domain/identity.rs"]),
    ("List", &["cli/commands/identity.rs", "cli/commands/reset.rs", "cli/commands/session.rs", "cli/commands/user/list.rs"]),
    ("Members", &["cli/commands/group.rs", "ops/import/json.rs"]),
    ("Name", &["cli/commands/group.rs", "domain/user/name.rs"]),
    ("Prepared", &["ops/import/batch.rs", "ops/mail/content.rs"]),
    ("Progress", &["cli/terminal/progress.rs", "mail/smtp/progress.rs"]),
    ("Record", &["cli/terminal/record.rs", "ops/import/records.rs"]),
    ("Request", &["cli/commands/reset.rs", "ops/sign_in.rs"]),
    ("Reset", &["cli/commands/reset.rs", "cli/shapes.rs"]),
    ("Revoke", &["cli/commands/reset.rs", "cli/commands/session.rs"]),
    ("Session", &["cli/commands/session.rs", "domain/session.rs"]),
    ("Show", &["cli/commands/provider.rs", "cli/commands/user/show.rs"]),
    ("SignedIn", &["cli/shapes.rs", "ops/sign_in.rs"]),
    ("Step", &["federation/error.rs", "mail/transport.rs", "ops/import/run.rs"]),
    ("TokenSource", &["cli/commands/session.rs", "mail/token.rs"]),
    ("User", &["cli/commands/user/mod.rs", "domain/user/mod.rs"]),
];
