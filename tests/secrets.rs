//! Secrets come in by standard input, files, `--input` and the prompt; never as an argument,
//! and never out again.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use common::commands::leaves;
use common::{Desk, OTHER_PASSWORD, PASSWORD};

#[test]
fn no_argument_of_any_command_takes_a_secret() {
    for leaf in leaves() {
        for argument in leaf.command.get_arguments() {
            let name = argument.get_id().as_str();
            let secret = ["password", "token", "secret", "hash", "key", "credential"]
                .iter()
                .any(|word| name.contains(word));
            let harmless = name.ends_with("_file")
                || !argument.get_action().takes_values()
                || !argument.get_possible_values().is_empty();
            assert!(!secret || harmless, "{}: {name}", leaf.name());
        }
    }
}

/// A new user with the password on standard input: the exit code and what is said.
fn created_with(input: &[u8]) -> (i32, String) {
    let desk = Desk::new();
    let run = desk.pipe_bytes(input, ["user", "create", "ada@example.com", "--password-stdin"]);
    assert_eq!(run.stdout, "");
    (run.code, run.stderr)
}

fn refused(message: &str) -> (i32, String) {
    (6, format!("error: {message}\n"))
}

/// What a secret must be.
const ONE_SECRET: &str = "hint: a secret is one line of text, and not empty\n";
/// How several lines are written.
const ONE_LINE: &str = "hint: write each secret on one line of its own, and nothing else\n";

fn refused_as_secret(message: &str) -> (i32, String) {
    (6, format!("error: {message}\n{ONE_SECRET}"))
}

fn refused_as_lines(message: &str) -> (i32, String) {
    (6, format!("error: {message}\n{ONE_LINE}"))
}

#[test]
fn one_newline_comes_off_and_nothing_else() {
    for end in ["", "\n", "\r\n"] {
        let desk = Desk::new();
        let password = format!(" {PASSWORD} ");
        desk.pipe(
            &format!("{password}{end}"),
            [
                "user",
                "create",
                "ada@example.com",
                "--activate",
                "--password-stdin",
            ],
        )
        .succeeded();
        let login = ["login", "ada@example.com", "--password-stdin", "--print-token"];
        desk.pipe(&password, login).succeeded();
        desk.pipe(PASSWORD, login).ended(5);
    }
}

#[test]
fn as_many_lines_as_secrets_and_none_empty() {
    assert_eq!(
        created_with(b""),
        refused_as_lines("standard input ended before the password")
    );
    assert_eq!(created_with(b"\n"), refused_as_secret("the password is empty"));
    let two = format!("{PASSWORD}\n{PASSWORD}\n");
    assert_eq!(
        created_with(two.as_bytes()),
        refused_as_lines("standard input has more than one line")
    );
    let broken = format!("{PASSWORD}\r{PASSWORD}\n");
    assert_eq!(
        created_with(broken.as_bytes()),
        refused_as_secret("the password has a line break inside")
    );
    assert_eq!(
        created_with(b"\xff\xfe"),
        refused("standard input is not UTF-8 text\nhint: save the text as UTF-8")
    );
}

#[test]
fn a_mebibyte_is_read_and_no_more() {
    const LIMIT: usize = 1024 * 1024;
    let (code, said) = created_with(&vec![b'x'; LIMIT]);
    assert_eq!(code, 6);
    assert!(said.starts_with("error: the password is too long"), "{said}");
    assert_eq!(
        created_with(&vec![b'x'; LIMIT + 1]),
        refused("standard input is too long")
    );
}

#[test]
fn several_secrets_come_in_their_order() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let change = [
        "password",
        "change",
        "--new-password-stdin",
        "--current-password-stdin",
        "--as-token-stdin",
    ];
    let lines = |lines: [&str; 3]| lines.join("\n");
    desk.pipe(&lines([PASSWORD, &token, OTHER_PASSWORD]), change)
        .ended(5);
    desk.pipe(&lines([&token, OTHER_PASSWORD, PASSWORD]), change)
        .ended(5);
    let few = desk.pipe(&format!("{token}\n{PASSWORD}\n"), change).ended(6);
    assert_eq!(
        few.stderr,
        format!("error: standard input ended before the new password\n{ONE_LINE}")
    );
    let many = desk
        .pipe(&lines([&token, PASSWORD, "one more\n\n"]), change)
        .ended(6);
    assert_eq!(
        many.stderr,
        format!("error: standard input has more than the 3 lines expected\n{ONE_LINE}")
    );
    desk.pipe(&lines([&token, PASSWORD, OTHER_PASSWORD]), change)
        .succeeded();
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn standard_input_is_read_for_one_thing() {
    let desk = Desk::new();
    for command in [
        &["user", "import", "-"][..],
        &["user", "activate", "-"],
        &["user", "create", "--input", "-"],
    ] {
        let run = desk
            .pipe("", command.iter().chain(&["--as-token-stdin"]))
            .ended(2);
        assert_eq!(
            run.stderr,
            "error: standard input can be read for one thing only\n\
             hint: put the token into a file and name it with `--as-token-file`\n"
        );
    }
}

fn secret_file(desk: &Desk, name: &str, content: &str, mode: u32) -> PathBuf {
    let path = desk.file(name, content);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path
}

fn create_from(desk: &Desk, file: &Path, email: &str) -> common::Run {
    desk.run(["user", "create", email, "--password-file", file.to_str().unwrap()])
}

#[test]
fn a_secret_file_that_others_can_read_is_taken_with_a_warning() {
    let desk = Desk::new();
    let private = secret_file(&desk, "private", &format!("{PASSWORD}\n"), 0o600);
    let run = create_from(&desk, &private, "ada@example.com").ended(0);
    assert!(!run.stderr.contains("warning"), "{run:?}");
    let open = secret_file(&desk, "open", &format!("{OTHER_PASSWORD}\n"), 0o644);
    let run = create_from(&desk, &open, "bo@example.com").ended(0);
    let name = open.display();
    assert!(
        run.stderr.starts_with(&format!(
            "warning: {name} can be read by others\nhint: chmod 600 {name}\n"
        )),
        "{run:?}"
    );
}

#[test]
fn a_secret_file_is_one_line_and_is_there() {
    let desk = Desk::new();
    let refused = |content: &str| {
        let file = secret_file(&desk, "secret", content, 0o600);
        create_from(&desk, &file, "ada@example.com").ended(6).stderr
    };
    let told = |message: &str| format!("error: {message}\n{ONE_SECRET}");
    assert_eq!(refused(""), told("the password is empty"));
    assert_eq!(refused("a\nb\n"), told("the password has a line break inside"));
    let missing = create_from(&desk, Path::new("nowhere"), "ada@example.com").ended(6);
    assert_eq!(
        missing.stderr,
        "error: nowhere could not be read: No such file or directory (os error 2)\n\
         hint: check the path, and whether you may read the file\n"
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_secret() {
    let desk = Desk::new();
    desk.configure("base_url = \"https://desk.example.com\"\n");
    let marked = |name: &str, text: &str| {
        let path = desk.file(name, &format!("\u{feff}{text}\r\n"));
        path.to_str().unwrap().to_owned()
    };
    let password = marked("password", PASSWORD);
    let create = [
        "user",
        "create",
        "ada@example.com",
        "--activate",
        "--password-file",
        &password,
    ];
    desk.run(create).ended(0);
    let piped = format!("\u{feff}{PASSWORD}\r\n");
    let token = desk.pipe(
        &piped,
        ["login", "ada@example.com", "--password-stdin", "--print-token"],
    );
    let token = marked("token", token.ended(0).stdout.trim());
    desk.run(["session", "verify", "--token-file", &token]).ended(0);
    desk.run(["whoami", "--as-token-file", &token]).ended(0);
    let answers = format!(r#"{{"current_password":"{PASSWORD}","new_password":"{OTHER_PASSWORD}"}}"#);
    let answers = marked("answers.json", &answers);
    desk.run(["password", "change", "ada@example.com", "--input", &answers])
        .ended(0);
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
    let issued = desk.run(["reset", "issue", "ada@example.com"]).ended(0);
    let link = marked("link", issued.stdout.trim());
    let complete = [
        "reset",
        "complete",
        "--token-file",
        &link,
        "--password-file",
        &password,
    ];
    desk.run(complete).ended(0);
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
}

#[test]
fn the_hash_of_a_password_comes_the_same_way() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let export = desk.run(["user", "export", "--include-hashes"]).ended(0);
    let exported: serde_json::Value = serde_json::from_str(export.stdout.lines().next().unwrap()).unwrap();
    let hash = exported["password_hash"].as_str().unwrap();
    let create = [
        "user",
        "create",
        "bo@example.com",
        "--activate",
        "--password-hash-stdin",
    ];
    let run = desk.pipe(hash, create).ended(0);
    assert!(!run.stderr.contains("argon2"), "{run:?}");
    desk.pipe(PASSWORD, ["login", "bo@example.com", "--password-stdin"])
        .succeeded();
    let plain = desk
        .pipe(
            PASSWORD,
            ["user", "create", "cy@example.com", "--password-hash-stdin"],
        )
        .ended(6);
    assert!(!plain.stderr.contains(PASSWORD), "{plain:?}");
}

#[test]
fn a_secret_that_is_refused_is_never_shown() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let secret = "hunter2hunter2";
    for command in [
        &["user", "create", "bo@example.com", "--password-stdin"][..],
        &["login", "ada@example.com", "--password-stdin"],
        &["session", "verify", "--token-stdin"],
        &["user", "list", "--as-token-stdin"],
        &["password", "set", "ada@example.com", "--password-stdin"],
    ] {
        let run = desk.pipe(secret, command.iter().chain(&["-v"]));
        assert!(matches!(run.code, 5 | 6), "{run:?}");
        assert!(!run.to_string().contains(secret), "{run:?}");
    }
}
