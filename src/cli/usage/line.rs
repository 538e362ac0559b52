//! A command line that could not be carried out, as far as the tree of commands knows it. The tree
//! alone says which commands and which flags there are, and which flags take a value.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};
use clap_lex::{ArgCursor, ParsedArg, RawArgs, ShortFlags};

/// What stands on a command line.
pub(super) struct TypedLine<'c> {
    /// The innermost command that is named.
    pub command: &'c Command,
    /// The words that lead to it, without the name of the program.
    pub path: Vec<&'c str>,
    /// What is neither a command nor a flag nor the value of a flag, in order.
    pub words: Vec<String>,
    /// The flags that the command has, by the names of their arguments, with their values.
    pub flags: Vec<(&'c str, Option<String>)>,
    /// The flags that the command does not have, as they were typed, with the value after `=`.
    pub unknown: Vec<(String, Option<String>)>,
}

impl<'c> TypedLine<'c> {
    /// Reads `arguments`, the first of which is the program. `root` is a tree that was built.
    pub fn read(root: &'c Command, arguments: &[OsString]) -> Self {
        let mut line = Self {
            command: root,
            path: Vec::new(),
            words: Vec::new(),
            flags: Vec::new(),
            unknown: Vec::new(),
        };
        let arguments = RawArgs::new(arguments);
        let mut cursor = arguments.cursor();
        arguments.next(&mut cursor);
        while let Some(argument) = arguments.next(&mut cursor) {
            if argument.is_escape() {
                line.words.extend(arguments.remaining(&mut cursor).map(text));
            } else if let Some((name, value)) = argument.to_long() {
                line.long(name, value, &arguments, &mut cursor);
            } else if let Some(flags) = argument.to_short() {
                line.short(flags, &arguments, &mut cursor);
            } else {
                line.word(text(argument.to_value_os()));
            }
        }
        line
    }

    /// Whether a flag stands there, by the name of its argument.
    pub fn has(&self, id: &str) -> bool {
        self.flags.iter().any(|(flag, _)| *flag == id)
    }

    /// The value of a flag, by the name of its argument.
    pub fn value(&self, id: &str) -> Option<&str> {
        let (_, value) = self.flags.iter().find(|(flag, _)| *flag == id)?;
        value.as_deref()
    }

    /// The value that was typed after an unknown flag, behind `=` or as the next word.
    pub fn follows(&self, flag: &str) -> Option<&str> {
        let (_, value) = self.unknown.iter().find(|(name, _)| name == flag)?;
        value.as_deref()
    }

    /// The flag of the command with this long name.
    pub fn long_flag(&self, name: &str) -> Option<&'c Arg> {
        let is_named = |arg: &&Arg| {
            arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|all| all.contains(&name))
        };
        self.command.get_arguments().find(is_named)
    }

    fn word(&mut self, word: String) {
        match self.command.find_subcommand(&word) {
            Some(command) if self.words.is_empty() => {
                self.command = command;
                self.path.push(command.get_name());
            }
            _ => self.words.push(word),
        }
    }

    fn long(
        &mut self,
        name: Result<&str, &OsStr>,
        value: Option<&OsStr>,
        arguments: &RawArgs,
        cursor: &mut ArgCursor,
    ) {
        let name = name.unwrap_or_default();
        let value = value.map(text);
        match self.long_flag(name) {
            Some(arg) => self.known(arg, value, arguments, cursor),
            None => self.unknown(format!("--{name}"), value, arguments, cursor),
        }
    }

    fn short(&mut self, mut flags: ShortFlags<'_>, arguments: &RawArgs, cursor: &mut ArgCursor) {
        while let Some(flag) = flags.next_flag() {
            let flag = flag.unwrap_or(char::REPLACEMENT_CHARACTER);
            let found = self
                .command
                .get_arguments()
                .find(|arg| arg.get_short() == Some(flag));
            let takes_value = found.is_none_or(|arg| arg.get_action().takes_values());
            let rest = if takes_value { flags.next_value_os() } else { None };
            let rest = rest.map(|rest| text(rest).trim_start_matches('=').to_owned());
            match found {
                Some(arg) => self.known(arg, rest, arguments, cursor),
                None => self.unknown(format!("-{flag}"), rest, arguments, cursor),
            }
        }
    }

    fn known(&mut self, arg: &'c Arg, value: Option<String>, arguments: &RawArgs, cursor: &mut ArgCursor) {
        let value = value.or_else(|| {
            let is_next = arg.get_action().takes_values();
            let next = arguments.peek(cursor).filter(|next| is_next && is_value(next))?;
            arguments.next(cursor);
            Some(text(next.to_value_os()))
        });
        self.flags.push((arg.get_id().as_str(), value));
    }

    /// Whether an unknown flag takes a value, nobody knows: the next word stays a word.
    fn unknown(&mut self, flag: String, value: Option<String>, arguments: &RawArgs, cursor: &ArgCursor) {
        let value = value.or_else(|| {
            let next = arguments.peek(cursor).filter(is_value)?;
            Some(text(next.to_value_os()))
        });
        self.unknown.push((flag, value));
    }
}

/// Whether an argument can be the value of the flag before it: `-` can.
fn is_value(argument: &ParsedArg<'_>) -> bool {
    !(argument.is_escape() || argument.is_long() || argument.is_short())
}

fn text(argument: &OsStr) -> String {
    argument.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(arguments: &str, look: impl Fn(&TypedLine<'_>) -> T) -> T {
        let mut root = crate::cli::command();
        root.build();
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        look(&TypedLine::read(&root, &arguments))
    }

    #[test]
    fn a_flag_is_found_however_it_is_written() {
        for line in [
            "x frob --format json",
            "x --format=json",
            "x -o json",
            "x -ojson",
            "x -o=json",
            "x -qo json user frob",
            "x user list --statuss active -yojson",
        ] {
            let format = read(line, |line| line.value("format").map(str::to_owned));
            assert_eq!(format.as_deref(), Some("json"), "{line}");
        }
        for line in [
            "x frob",
            "x -- --format json",
            "x --format",
            "x --fields o",
            "x user list --search=--format",
        ] {
            assert!(!read(line, |line| line.value("format").is_some()), "{line}");
        }
        assert!(read("x user crate --json", |line| line.has("json")));
        assert!(!read("x user list --search --json", |line| line
            .value("search")
            .is_some()));
    }

    #[test]
    fn commands_words_and_flags_are_told_apart() {
        read(
            "x --store s user list --search group joe --sort email --frob=1 -x",
            |line| {
                assert_eq!(line.path, ["user", "list"]);
                assert_eq!(line.words, ["joe"]);
                assert_eq!(line.value("search"), Some("group"));
                assert_eq!(line.follows("--frob"), Some("1"));
                assert_eq!(line.follows("-x"), None);
            },
        );
        read("x user crate list -- show", |line| {
            assert_eq!(line.path, ["user"]);
            assert_eq!(line.words, ["crate", "list", "show"]);
        });
    }
}
