//! A password or a token that was typed on the command line: it is not repeated, and what is said is
//! where it stands now and what to use instead.

use clap::{Arg, Command};

use super::line::TypedLine;
use crate::cli::error::Failure;
use crate::domain::likeness;

/// Flags of other programs that take a secret as their value.
const FLAGS: [&str; 14] = [
    "password",
    "passwd",
    "pass",
    "pwd",
    "pw",
    "p",
    "passphrase",
    "new-password",
    "old-password",
    "current-password",
    "secret",
    "token",
    "bearer",
    "api-key",
];

/// The refusal of an unknown flag that names a secret; none for other flags.
pub(super) fn flag(line: &TypedLine<'_>, program: &str, flag: &str) -> Option<Failure> {
    let name = flag.trim_start_matches('-');
    let is_spelt_alike = || name.len() > 1 && likeness::by_spelling(name, &FLAGS).is_some();
    if !FLAGS.contains(&name) && !is_spelt_alike() {
        return None;
    }
    let ways = Ways::of(line.command, name);
    if line.follows(flag).is_some() {
        let what = format!("`{program}` takes no {} as the value of an option", ways.secret());
        return Some(exposed(&what, &ways));
    }
    let hint = if ways.0.is_empty() {
        format!("`{program} --help` shows the options")
    } else {
        format!(
            "no option takes a {} as its value: use {}",
            ways.secret(),
            ways.any()
        )
    };
    Some(Failure::usage(format!("`{program}` has no option `{flag}`")).hint(hint))
}

/// The refusal of a word too many after a command that takes secrets; none for other commands.
pub(super) fn word(line: &TypedLine<'_>, program: &str) -> Option<Failure> {
    let all = Ways::of(line.command, "");
    // Where a token and a password are taken, the token comes first.
    let ways = if all.0.iter().any(|way| way.contains("token")) {
        Ways::of(line.command, "token")
    } else {
        all
    };
    if ways.0.is_empty() {
        return None;
    }
    let what = format!(
        "`{program}` was given one argument too many, and it may be a {}",
        ways.secret()
    );
    Some(exposed(&what, &ways))
}

/// The refusal of `--password-stdin=SECRET`; none for flags that are not about secrets.
pub(super) fn value_of(flag: &Arg) -> Option<Failure> {
    let name = flag.get_long()?;
    let secret = name.strip_suffix("-stdin")?;
    let ways = Ways(vec![format!("`--{name}`"), format!("`--{secret}-file FILE`")]);
    Some(exposed(&format!("`--{name}` takes no value"), &ways))
}

/// Whether the value of a flag of ours may be a secret that was meant for another flag.
pub(super) fn may_be_secret(flag: &Arg) -> bool {
    flag.get_long().is_some_and(|name| FLAGS.contains(&name))
}

fn exposed(what: &str, ways: &Ways) -> Failure {
    let secret = ways.secret();
    let instead = if ways.0.is_empty() {
        "leave it out of the command line".to_owned()
    } else {
        format!("use {}", ways.any())
    };
    Failure::usage(format!(
        "{what}: it stands in the history of the shell now, and other users of this machine can see it"
    ))
    .hint(format!("take another {secret}, and {instead}"))
}

/// How a command takes a secret: by its options, and at the prompt.
struct Ways(Vec<String>);

impl Ways {
    /// The options for the secret of this name alone, if there are some; else all of the command.
    fn of(command: &Command, name: &str) -> Self {
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        let all: Vec<&str> = own
            .filter_map(Arg::get_long)
            .filter(|long| takes_secret(long))
            .collect();
        let named = all
            .iter()
            .copied()
            .filter(|long| !name.is_empty() && long.starts_with(name));
        let named: Vec<&str> = named.collect();
        let chosen = if named.is_empty() { all } else { named };
        let option = |long: &&str| {
            let value = if long.ends_with("-file") { " FILE" } else { "" };
            format!("`--{long}{value}`")
        };
        let mut ways: Vec<String> = chosen.iter().map(option).collect();
        if !ways.is_empty() {
            ways.push("the prompt".to_owned());
        } else if name == "token" {
            ways.extend([
                "`--as-token-stdin`".to_owned(),
                "`--as-token-file FILE`".to_owned(),
            ]);
        }
        Self(ways)
    }

    /// What the secret is called.
    fn secret(&self) -> &'static str {
        let all_name = |word: &str| {
            let mut options = self.0.iter().filter(|way| way.starts_with('`')).peekable();
            options.peek().is_some() && options.all(|way| way.contains(word))
        };
        match (all_name("password"), all_name("token")) {
            (true, _) => "password",
            (_, true) => "token",
            _ => "secret",
        }
    }

    fn any(&self) -> String {
        any_of(&self.0)
    }
}

fn takes_secret(long: &str) -> bool {
    let secret = long.strip_suffix("-stdin").or_else(|| long.strip_suffix("-file"));
    secret.is_some_and(|secret| secret.ends_with("password") || secret.ends_with("token"))
}

/// `a, b or c`.
pub(super) fn any_of(ways: &[String]) -> String {
    match ways {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
