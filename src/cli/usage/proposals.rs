//! Which command was meant by words that name none.

use clap::Command;

use super::phrases::{ADVICE, PHRASES};
use crate::domain::email::EmailAddress;
use crate::domain::likeness;

/// At most so many commands are proposed.
const MOST: usize = 3;

/// What a person can do where no command does what was asked for.
pub(super) fn advice(path: &[&str], word: &str) -> Option<&'static str> {
    let (at, word) = (path.join(" "), plain(word));
    let found = ADVICE
        .iter()
        .find(|(command, words, _)| ["*", at.as_str()].contains(command) && words.contains(&word.as_str()));
    found.map(|(_, _, advice)| *advice)
}

/// The commands that were meant by `words` after the command at `path`, each as it can be typed
/// after the name of the program, the likeliest first. None if that can't be told.
pub(super) fn commands(root: &Command, path: &[&str], words: &[&str]) -> Vec<String> {
    let Some(word) = words.first().filter(|word| advice(path, word).is_none()) else {
        return Vec::new();
    };
    let phrases = phrases(root, &path.join(" "), word);
    if !phrases.is_empty() {
        return phrases;
    }
    let mut found = if path.is_empty() {
        at_the_top(root, word, words)
    } else {
        after_a_noun(root, path, word, words)
    };
    found.dedup();
    found.truncate(MOST);
    found
}

/// The commands of the first row for a word, apart from those that aren't there.
fn phrases(root: &Command, at: &str, word: &str) -> Vec<String> {
    let word = plain(word);
    let mut rows = PHRASES.iter();
    let found = rows.find(|(command, words, _)| *command == at && words.contains(&word.as_str()));
    let lines = found.map_or(&[][..], |(_, _, lines)| lines);
    let is_there = |line: &&&str| {
        let steps: Vec<&str> = line.split(' ').take_while(|step| is_name(step)).collect();
        descend(root, &steps).is_some()
    };
    lines
        .iter()
        .filter(is_there)
        .map(|line| (*line).to_owned())
        .collect()
}

/// After the name of the program: a noun and a verb in the wrong order or in one word, a verb
/// without its noun, or one of them by another name.
fn at_the_top(root: &Command, word: &str, words: &[&str]) -> Vec<String> {
    let rest = &words[1..];
    let parts: Vec<&str> = word.split(['-', '_', ':', '.', '/']).collect();
    for pair in [parts.as_slice(), words.get(..2).unwrap_or_default()] {
        let found = match *pair {
            [one, other] => in_either_order(root, one, other),
            _ => Vec::new(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    if EmailAddress::parse_existing(word).is_ok() {
        return vec![format!("user show {word}")];
    }
    let user = root.find_subcommand("user").unwrap_or(root);
    let meant_of_user = || each(root, &["user"], by_meaning(user, word), rest);
    let mut exact = verbs(root, word);
    if user.find_subcommand(word).is_some() {
        return vec![format!("user {word}")];
    }
    if !exact.is_empty() {
        exact.splice(0..0, meant_of_user());
        return exact;
    }
    first_found(&[
        &|| each(root, &[], by_meaning(root, word), rest),
        &meant_of_user,
        &|| each(root, &[], by_spelling(root, word), rest),
        &|| each(root, &["user"], by_spelling(user, word), rest),
    ])
}

/// After a noun: one of its verbs by another name, a verb of a noun within it, or another noun.
fn after_a_noun(root: &Command, path: &[&str], word: &str, words: &[&str]) -> Vec<String> {
    let Some(noun) = descend(root, path) else {
        return Vec::new();
    };
    let rest = &words[1..];
    if EmailAddress::parse_existing(word).is_ok() && noun.find_subcommand("show").is_some() {
        return vec![format!("{} show {word}", path.join(" "))];
    }
    let within = || {
        let nouns = noun.get_subcommands().filter(|inner| inner.has_subcommands());
        let found = nouns.flat_map(|inner| {
            let path = [path, &[inner.get_name()]].concat();
            each(root, &path, by_meaning(inner, word), rest)
        });
        found.collect()
    };
    first_found(&[
        &|| each(root, path, by_meaning(noun, word), rest),
        &within,
        &|| each(root, &[], by_meaning(root, word), rest),
        &|| phrases(root, "", word),
        &|| each(root, path, by_spelling(noun, word), rest),
    ])
}

fn first_found(steps: &[&dyn Fn() -> Vec<String>]) -> Vec<String> {
    let mut found = steps.iter().map(|step| step());
    found.find(|found| !found.is_empty()).unwrap_or_default()
}

/// Each of `found`, which are commands in the one at `path`. A noun is followed by the verb that
/// `rest` begins with, and by `list` where nothing follows.
fn each(root: &Command, path: &[&str], found: Vec<&Command>, rest: &[&str]) -> Vec<String> {
    let lines = found.into_iter().flat_map(|command| {
        let path = [path, &[command.get_name()]].concat();
        let verb = rest.first().copied().unwrap_or_else(|| first_look(command));
        if command.find_subcommand(verb).is_some() {
            return vec![format!("{} {verb}", path.join(" "))];
        }
        let meant = if command.has_subcommands() {
            commands(root, &path, rest)
        } else {
            Vec::new()
        };
        if meant.is_empty() {
            vec![path.join(" ")]
        } else {
            meant
        }
    });
    lines.collect()
}

/// The verb of a noun that shows what there is, and needs no argument.
fn first_look(noun: &Command) -> &'static str {
    let shows = |verb: &&str| {
        let command = noun.find_subcommand(verb);
        command.is_some_and(|command| !command.get_positionals().any(clap::Arg::is_required_set))
    };
    ["list", "show"].into_iter().find(shows).unwrap_or_default()
}

/// `create user` for `user create`, and the same with other words for the two.
fn in_either_order(root: &Command, first: &str, second: &str) -> Vec<String> {
    for (noun, verb) in [(first, second), (second, first)] {
        let nouns = by_meaning(root, noun)
            .into_iter()
            .filter(|noun| noun.has_subcommands());
        let found: Vec<String> = nouns
            .flat_map(|noun| {
                let name = noun.get_name();
                let verbs = || each(root, &[name], by_meaning(noun, verb), &[]);
                let spelt = || each(root, &[name], by_spelling(noun, verb), &[]);
                first_found(&[&|| phrases(root, name, verb), &verbs, &spelt])
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Every command whose last word is `verb`, and that has a noun before it.
fn verbs(root: &Command, verb: &str) -> Vec<String> {
    let mut found = Vec::new();
    let nouns = root
        .get_subcommands()
        .map(|noun| (noun.get_name().to_owned(), noun));
    let mut open: Vec<(String, &Command)> = nouns.collect();
    open.reverse();
    while let Some((line, command)) = open.pop() {
        for inner in command.get_subcommands() {
            let line = format!("{line} {}", inner.get_name());
            if inner.has_subcommands() {
                open.push((line, inner));
            } else if inner.get_name() == verb {
                found.push(line);
            }
        }
    }
    found
}

fn by_meaning<'c>(command: &'c Command, word: &str) -> Vec<&'c Command> {
    let found = likeness::by_meaning(word, &names(command));
    found
        .iter()
        .filter_map(|name| command.find_subcommand(name))
        .collect()
}

fn by_spelling<'c>(command: &'c Command, word: &str) -> Vec<&'c Command> {
    let found = likeness::by_spelling(word, &names(command));
    found
        .iter()
        .filter_map(|name| command.find_subcommand(name))
        .collect()
}

/// The command at a path.
pub(super) fn descend<'c>(root: &'c Command, path: &[&str]) -> Option<&'c Command> {
    let mut steps = path.iter();
    steps.try_fold(root, |command, name| command.find_subcommand(name))
}

/// The names of the commands in a command.
pub(super) fn names(command: &Command) -> Vec<&str> {
    command.get_subcommands().map(Command::get_name).collect()
}

/// Whether a word of a phrase is the name of a command: `EMAIL` and `--invite` are not.
pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
}

fn plain(word: &str) -> String {
    word.replace(['-', '_'], "").to_lowercase()
}
