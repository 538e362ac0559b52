//! Where Tab is pressed, and what has to be offered there.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Command;

use crate::common::commands::leaves;

/// A line, with the cursor behind it.
struct Asked {
    line: String,
    wanted: Wanted,
}

/// What a shell has to offer.
enum Wanted {
    /// These words and no others.
    Exactly(BTreeSet<String>),
    /// At least these words.
    AtLeast(BTreeSet<String>),
    /// The program knows no words: the user's own, or the name of a file.
    Anything,
}

/// Every command, every option of every command, and every value that the program knows.
fn asked() -> Vec<Asked> {
    let mut asked = Vec::new();
    let mut root = backoffice::cli::command();
    root.build();
    add_commands(&root, "backoffice", &mut asked);
    for leaf in leaves() {
        let words = format!("backoffice {}", leaf.name());
        let options = leaf.command.get_arguments().filter(|arg| !arg.is_hide_set());
        let mut longs = BTreeSet::new();
        for option in options {
            let Some(long) = option.get_long() else { continue };
            longs.insert(format!("--{long}"));
            if option.get_action().takes_values() {
                let values = option.get_possible_values().into_iter();
                let values = values.filter(|value| !value.is_hide_set());
                let values: BTreeSet<String> = values.map(|value| value.get_name().to_owned()).collect();
                let is_any = values.is_empty();
                asked.push(Asked {
                    line: format!("{words} --{long} "),
                    wanted: if is_any {
                        Wanted::Anything
                    } else {
                        Wanted::Exactly(values)
                    },
                });
            }
        }
        asked.push(Asked {
            line: format!("{words} --"),
            wanted: Wanted::Exactly(longs),
        });
    }
    assert!(asked.len() > 200);
    asked
}

fn add_commands(command: &Command, words: &str, asked: &mut Vec<Asked>) {
    if !command.has_subcommands() {
        return;
    }
    let within = || command.get_subcommands().filter(|within| !within.is_hide_set());
    asked.push(Asked {
        line: format!("{words} "),
        wanted: Wanted::AtLeast(within().map(|within| within.get_name().to_owned()).collect()),
    });
    for within in within() {
        add_commands(within, &format!("{words} {}", within.get_name()), asked);
    }
}

/// The lines, one below the other.
pub fn lines() -> String {
    let lines = asked().into_iter().map(|asked| asked.line);
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Compares what a shell offers, one text for each line, with what it has to offer.
pub fn check<'t>(offers: impl IntoIterator<Item = &'t str>) {
    let offers: Vec<&str> = offers.into_iter().collect();
    let asked = asked();
    assert_eq!(offers.len(), asked.len());
    let mut wrong = String::new();
    for (Asked { line, wanted }, offer) in asked.iter().zip(offers) {
        // zsh writes the `=` of an option that takes a value.
        let words = offer.split_whitespace().map(|word| word.trim_end_matches('='));
        let offered: BTreeSet<String> = words.map(str::to_owned).collect();
        let is_right = match wanted {
            Wanted::Exactly(words) => offered == *words,
            Wanted::AtLeast(words) => offered.is_superset(words),
            Wanted::Anything => true,
        };
        if !is_right {
            writeln!(wrong, "{line}: {offer}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}
