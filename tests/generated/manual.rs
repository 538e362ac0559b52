//! The manual: one page a command, made from the help texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use backoffice::cli::config::Explanation;
use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;

/// When the pages last changed in more than words. It moves with the version in CHANGELOG.md,
/// so that the pages are the same on every day and machine.
pub const DATE: &str = "2026-11-24";

/// A place or variable, and what it is for.
type Entry = (&'static str, &'static str);

const ENVIRONMENT: [Entry; 9] = [
    ("BACKOFFICE_STORE", "The store. `--store` wins over it."),
    (
        "BACKOFFICE_CONFIG",
        "The configuration file. `--config` wins over it.",
    ),
    (
        "BACKOFFICE_FORMAT",
        "The form of the answer. `--format` and `--json` win over it.",
    ),
    (
        "NO_COLOR",
        "Any value: no colour, unless `--color` says otherwise.",
    ),
    (
        "XDG_DATA_HOME",
        "Where the default store is; else `~/.local/share`.",
    ),
    (
        "XDG_CONFIG_HOME",
        "Where the configuration file is; else `~/.config`.",
    ),
    (
        "XDG_STATE_HOME",
        "Where sessions are kept; else `~/.local/state`.",
    ),
    (
        "https_proxy",
        "The proxy for requests to providers, and to nothing else. If it is not set, `HTTPS_PROXY`, `all_proxy` or `ALL_PROXY` names the proxy.",
    ),
    (
        "no_proxy",
        "The providers that need no proxy: hosts with commas between them. If it is not set, `NO_PROXY` lists them.",
    ),
];

const FILES: [Entry; 4] = [
    (
        "~/.local/share/backoffice/backoffice.db",
        "The default store: one SQLite file. SQLite keeps the files `-wal` and `-shm` beside it; they belong to the store. The first `user create` or `user import` makes it. A store that was named must exist: `backoffice init` makes it.",
    ),
    (
        "~/.config/backoffice/config.toml",
        "The configuration file of the user. `backoffice config init` makes it.",
    ),
    (
        "/etc/backoffice/config.toml",
        "The configuration file of the users who have none of their own.",
    ),
    (
        "~/.local/state/backoffice/sessions/",
        "The sessions of `backoffice login`, one file for each store, which only their owner can read.",
    ),
];

/// The pages of other sections that belong to a command and to those below it, by its name.
const FURTHER: [(&str, &[&str]); 7] = [
    ("backoffice", &["config (5)", "providers (7)", "server (7)"]),
    ("backoffice-config", &["config (5)"]),
    ("backoffice-identity", &["providers (7)"]),
    ("backoffice-init", &["server (7)"]),
    ("backoffice-login", &["providers (7)"]),
    ("backoffice-mail", &["config (5)", "server (7)"]),
    ("backoffice-provider", &["config (5)", "providers (7)"]),
];

/// Every page by its file name.
pub fn pages() -> BTreeMap<String, String> {
    let mut root = backoffice::cli::command();
    root.build();
    let mut pages = BTreeMap::new();
    add_with_subcommands(&root, &[], &mut pages);
    pages
}

fn add_with_subcommands(command: &Command, above: &[&Command], pages: &mut BTreeMap<String, String>) {
    let name = page_name(command);
    pages.insert(format!("{name}.1"), page(command, above));
    let above = [above, &[command]].concat();
    for sub in command.get_subcommands() {
        add_with_subcommands(sub, &above, pages);
    }
}

fn page_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command, above: &[&Command]) -> String {
    let is_root = above.is_empty();
    // On every page they would drown the few options that are a command's own.
    let is_own = |arg: &Arg| is_root || !arg.is_global_set() && arg.get_id() != "help";
    let shown = command.clone().mut_args(|arg| {
        let own = is_own(&arg);
        // What is too much for `-h` has its place here.
        arg.hide(!own).hide_short_help(false)
    });
    let man = Man::new(shown.clone())
        .title(page_name(command).to_uppercase())
        .date(DATE)
        .source(concat!("backoffice ", env!("CARGO_PKG_VERSION")))
        .manual("The back office");
    // No name of a command is taken apart at the end of a line.
    let mut text = rendered(|out| man.render_title(out))
        + ".nh\n.ad l\n"
        + &section(|out| man.render_name_section(out))
        + &synopsis(&shown, is_root)
        + &section(|out| man.render_description_section(out));
    if command.has_subcommands() {
        let commands = section(|out| man.render_subcommands_section(out));
        text += &commands.replace(".SH SUBCOMMANDS", ".SH COMMANDS");
    }
    text += &section(|out| man.render_options_section(out));
    if let Some(after) = command.get_after_long_help().or(command.get_after_help()) {
        text += &after_help(&after.to_string());
    }
    if is_root {
        text += &entries("ENVIRONMENT", &ENVIRONMENT);
        text += &entries("FILES", &FILES);
    }
    text += &see_also(command, above);
    polished(&text)
}

fn rendered(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A section without the preamble, which the page has already.
fn section(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let text = rendered(render);
    text.find(".SH ")
        .map(|start| text[start..].to_owned())
        .unwrap_or_default()
}

fn synopsis(shown: &Command, is_root: bool) -> String {
    let name = shown.get_bin_name().unwrap_or_else(|| shown.get_name());
    let mut words = vec![format!("\\fB{name}\\fR")];
    let (positionals, options): (Vec<_>, Vec<_>) = shown
        .get_arguments()
        .filter(|arg| !arg.is_hide_set())
        .partition(|arg| arg.is_positional());
    if is_root {
        words.push("[\\fIoptions\\fR]".to_owned());
    } else {
        words.extend(options.into_iter().map(usage));
    }
    words.extend(positionals.into_iter().map(usage));
    if shown.has_subcommands() {
        words.push("\\fIcommand\\fR".to_owned());
    }
    format!(".SH SYNOPSIS\n{}\n", words.join("\n"))
}

/// `[--group GROUP]...`, which no line break takes apart.
fn usage(arg: &Arg) -> String {
    let mut parts = Vec::new();
    if let Some(long) = arg.get_long() {
        parts.push(format!("\\fB{}\\fR", escaped(&format!("--{long}"))));
    }
    if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        parts.extend(names.iter().map(|name| format!("\\fI{}\\fR", escaped(name))));
    }
    let mut text = parts.join("\\~");
    if !arg.is_required_set() {
        text = format!("[{text}]");
    }
    if matches!(arg.get_action(), ArgAction::Append) {
        text.push_str("...");
    }
    text
}

/// `Exit codes:` and lines of two columns: a heading and a list.
fn after_help(text: &str) -> String {
    let mut section = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let columns = line
            .strip_prefix(' ')
            .and_then(|line| line.trim().split_once("  "));
        match columns {
            Some((term, meaning)) => add_entry(&mut section, term, meaning.trim()),
            None => match line.strip_suffix(':') {
                Some("Exit codes") => section.push_str(".SH \"EXIT STATUS\"\n"),
                Some(heading) => {
                    let _ = writeln!(section, ".SH \"{}\"", heading.to_uppercase());
                }
                None => {
                    let _ = writeln!(section, "{}\n.br", escaped(line.trim()));
                }
            },
        }
    }
    section
}

fn entries(heading: &str, list: &[Entry]) -> String {
    let mut section = format!(".SH {heading}\n");
    for (term, meaning) in list {
        add_entry(&mut section, term, meaning);
    }
    section
}

/// What a setting means, its range and its default.
pub fn meaning(setting: &Explanation) -> String {
    let mut text = setting.description();
    if setting.default.is_some() {
        let (_, value) = setting.example.split_once(" = ").unwrap();
        let _ = write!(text, " The default is `{value}`.");
    }
    text
}

pub fn add_entry(section: &mut String, term: &str, meaning: &str) {
    let _ = writeln!(section, ".TP\n\\fB{}\\fR\n{}", escaped(term), escaped(meaning));
}

fn see_also(command: &Command, above: &[&Command]) -> String {
    let mut text = String::new();
    if !above.is_empty() {
        text.push_str(
            ".PP\nThe options of every command, the exit codes and the files are in\n.BR backoffice (1).\n",
        );
    }
    let mut named: Vec<&Command> = above.iter().copied().chain(command.get_subcommands()).collect();
    if let [_, parent] = above {
        named.extend(parent.get_subcommands());
    }
    named.retain(|other| page_name(other) != page_name(command));
    let mut references: Vec<String> = named
        .into_iter()
        .map(|other| format!(".BR {} (1)", escaped(page_name(other))))
        .collect();
    // The page of the command itself, or of the noun it belongs to.
    let own = above.get(1).copied().unwrap_or(command);
    let further = FURTHER.iter().find(|(name, _)| *name == page_name(own));
    for page in further.map_or(&[][..], |(_, pages)| *pages) {
        references.push(format!(".BR backoffice\\-{page}"));
    }
    text + ".SH \"SEE ALSO\"\n" + &references.join(",\n") + "\n"
}

pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('-', "\\-")
        .replace('\'', "\\*(Aq")
}

/// The pages as readers know them: code in bold instead of between backticks, short lists
/// close to what they belong to, and no character that only some terminals print.
pub fn polished(text: &str) -> String {
    let mut page = String::new();
    let mut before = "";
    for line in text.lines() {
        let line = match line.trim_end() {
            "" => continue,
            ".br" if before == ".br" || before == ".TP" => continue,
            ".RS 14" => ".RS 7\n.PD 0",
            ".RE" => ".PD\n.RE",
            line => line,
        };
        before = line;
        page.push_str(&printable(line));
        page.push('\n');
    }
    page
}

fn printable(line: &str) -> String {
    let mut text = String::new();
    let mut is_code = false;
    for character in line.chars() {
        match character {
            '`' => {
                is_code = !is_code;
                text.push_str(if is_code { "\\fB" } else { "\\fR" });
            }
            character if character.is_ascii() => text.push(character),
            character => {
                let _ = write!(text, "\\[u{:04X}]", u32::from(character));
            }
        }
    }
    assert!(!is_code, "an open backtick: {line}");
    text
}
