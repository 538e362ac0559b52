//! The manual: one page a command, made from the help texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;

/// When the pages last changed in more than words. It moves with the version in CHANGELOG.md,
/// so that the pages are the same on every day and machine.
const DATE: &str = "2026-11-24";

/// A place or variable, and what it is for.
type Entry = (&'static str, &'static str);

const ENVIRONMENT: [Entry; 7] = [
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
    ("XDG_CONFIG_HOME", "Where the configuration is; else `~/.config`."),
    (
        "XDG_STATE_HOME",
        "Where sessions are kept; else `~/.local/state`.",
    ),
];

const FILES: [Entry; 4] = [
    (
        "~/.local/share/backoffice/backoffice.db",
        "The default store: one SQLite file. SQLite keeps the files `-wal` and `-shm` beside it; they belong to the store. The first `user create` or `user import` makes it. A store that was named must exist: `backoffice init` makes it.",
    ),
    (
        "~/.config/backoffice/config.toml",
        "The configuration. An unknown key is refused.",
    ),
    (
        "/etc/backoffice/config.toml",
        "The configuration of those who have none of their own.",
    ),
    (
        "~/.local/state/backoffice/sessions/",
        "The sessions of `backoffice login`, one file for each store, for their owner's eyes only.",
    ),
];

const CONFIGURATION: &str = "A file of TOML. `[password]` above `min_length = 20` is how `password.min_length` is set. \
    `backoffice config show --origin` prints what is in force, and where it came from.";

const SETTINGS: [Entry; 68] = [
    (
        "store",
        "The store; a relative path is below the folder of the configuration.",
    ),
    (
        "base_url",
        "What reset links begin with: `https`, or `http` to this machine itself.",
    ),
    ("reset.ttl", "How long a link lives: `\"30m\"`, at most 24h."),
    ("reset.invite_ttl", "How long an invitation lives: `\"24h\"`."),
    (
        "reset.self_service_except",
        "Groups whose members can't ask for a link themselves: `[\"administrators\"]`.",
    ),
    (
        "reset.link",
        "The form of a link: `\"{base_url}/reset#token={token}\"`.",
    ),
    (
        "mail.transport",
        "How mail goes out: `\"smtp\"`, or `\"directory\"` for one file a message. None is sent without.",
    ),
    ("mail.host", "The mail server."),
    ("mail.port", "Its port: 587, or 465 where TLS is implicit."),
    (
        "mail.tls",
        "`\"starttls\"` (the default), `\"implicit\"`, or `\"none\"` to this machine itself.",
    ),
    (
        "mail.username",
        "Whom to sign in as there. Without, nobody signs in.",
    ),
    (
        "mail.auth",
        "How: `\"password\"` (the default), or `\"xoauth2\"` with an OAuth 2.0 access token, for Microsoft 365 and Google.",
    ),
    ("mail.password_file", "The file of the password to it."),
    (
        "mail.token_command",
        "For `\"xoauth2\"`: a program that prints the access token, alone on one line of standard output, and its arguments, as a list. It is run without a shell, as the owner of the store, once for each flush of the queue, and may take 30 seconds.",
    ),
    (
        "mail.token_file",
        "For `\"xoauth2\"`, instead of `token_command`: the file of the access token.",
    ),
    (
        "mail.from",
        "Whom mail comes from: `\"Back Office <no-reply@example.com>\"`.",
    ),
    ("mail.reply_to", "Where replies go, in the same form."),
    (
        "mail.envelope_from",
        "The address that is told of mail that can't be delivered. The address of `mail.from` unless set.",
    ),
    (
        "mail.hello_name",
        "The name to greet the mail server with. The domain of `mail.from` unless set.",
    ),
    ("mail.directory", "The folder of the transport `directory`."),
    (
        "mail.templates",
        "A folder of texts in the place of the built-in ones: `MESSAGE/LOCALE.subject`, `.txt` and `.html`.",
    ),
    (
        "mail.timeout",
        "How long each step may take: `\"20s\"`. The server has 10 minutes to answer to a whole mail.",
    ),
    (
        "mail.ca_file",
        "Certificates that are trusted beside the system's.",
    ),
    (
        "password.min_length",
        "The fewest characters of a password: 15, and not below 8.",
    ),
    ("password.max_length", "The most characters of a password: 256."),
    (
        "password.breached_file",
        "A file of known passwords, which are refused: SHA-1 lines in order, as Have I Been Pwned gives them.",
    ),
    (
        "password.argon2.memory_kib",
        "What a hash costs in memory: 19456 KiB.",
    ),
    ("password.argon2.iterations", "In passes over it: 2."),
    ("password.argon2.parallelism", "In lanes: 1."),
    (
        "login.password",
        "Who may sign in with a password: `\"everyone\"`, `\"nobody\"` or a list of groups.",
    ),
    (
        "login.failure_floor",
        "No failed sign-in is answered sooner: `\"500ms\"`. Where an imported hash needs longer, every \
         failed sign-in is answered at the next multiple that the slowest hash needs.",
    ),
    ("session.idle", "A session ends if unused for so long: `\"30m\"`."),
    ("session.absolute", "And after so long in any case: `\"8h\"`."),
    (
        "throttle.free_attempts",
        "So many wrong passwords cost nothing: 5.",
    ),
    (
        "throttle.base_delay",
        "The wait after the next one, which doubles with each: `\"30s\"`.",
    ),
    ("throttle.max_delay", "The longest wait: `\"15m\"`."),
    (
        "throttle.lock_after",
        "So many in a row stop the account, until `backoffice user unlock`: 100.",
    ),
    (
        "provider.NAME.kind",
        "How the provider is spoken to: `\"oidc\"` (OpenID Connect) or `\"oauth2\"`. A preset says it already.",
    ),
    (
        "provider.NAME.preset",
        "What is the same for every company: `\"github\"`, `\"google\"`, `\"entra\"`, `\"okta\"` or `\"keycloak\"`.",
    ),
    (
        "provider.NAME.label",
        "What people call it; else the name of the section.",
    ),
    (
        "provider.NAME.issuer",
        "OpenID Connect: the issuer, byte for byte as the provider gives it.",
    ),
    (
        "provider.NAME.authorization_endpoint",
        "OAuth 2.0: where people sign in. A preset's endpoints are taken all or not at all.",
    ),
    (
        "provider.NAME.token_endpoint",
        "OAuth 2.0: where the code is exchanged.",
    ),
    (
        "provider.NAME.device_authorization_endpoint",
        "OAuth 2.0: where device codes come from.",
    ),
    (
        "provider.NAME.userinfo_endpoint",
        "OAuth 2.0: who it is. Its URL stands in the place of an issuer.",
    ),
    (
        "provider.NAME.emails_endpoint",
        "OAuth 2.0: a list of addresses, each with `email`, `primary` and `verified`.",
    ),
    ("provider.NAME.client_id", "Who we are there."),
    (
        "provider.NAME.client_secret_file",
        "The file of the secret; a public client has none.",
    ),
    (
        "provider.NAME.client_auth",
        "How the secret is sent: `\"basic\"` or `\"post\"`.",
    ),
    (
        "provider.NAME.scopes",
        "What is asked for: `[\"openid\", \"email\", \"profile\"]`; `openid` must be among them for OpenID Connect.",
    ),
    (
        "provider.NAME.extra",
        "Further parameters of the sign-in page: `{ prompt = \"select_account\" }`.",
    ),
    (
        "provider.NAME.algorithms",
        "How an ID token may be signed: `[\"RS256\", \"ES256\"]`.",
    ),
    (
        "provider.NAME.subject_field",
        "OAuth 2.0: the field of the lasting id: `sub`.",
    ),
    (
        "provider.NAME.email_field",
        "OAuth 2.0: the field of the address: `email`.",
    ),
    (
        "provider.NAME.email_verified_field",
        "OAuth 2.0: the field that is true for an address that was verified: `email_verified`.",
    ),
    (
        "provider.NAME.first_name_field",
        "OAuth 2.0: the field of the first name: `given_name`.",
    ),
    (
        "provider.NAME.last_name_field",
        "OAuth 2.0: the field of the last name: `family_name`.",
    ),
    (
        "provider.NAME.name_field",
        "OAuth 2.0: the field of the whole name, where it isn't taken apart: `name`.",
    ),
    (
        "provider.NAME.strategy",
        "What becomes of somebody unknown: `\"accept-existing\"` refuses them, `\"create-on-first-login\"` makes an active user.",
    ),
    (
        "provider.NAME.default_groups",
        "The groups of a user who is made so; `administrators` can't be one.",
    ),
    (
        "provider.NAME.email_domains",
        "The domains of which an address must be before it counts: `[\"example.com\"]`.",
    ),
    (
        "provider.NAME.require_claims",
        "What the provider must say of everybody: `{ hd = \"example.com\" }`. Texts, whole numbers, true or false.",
    ),
    (
        "provider.NAME.trust_unverified_email",
        "Take every address for verified. Whoever can enter an address at the provider then signs in as its owner.",
    ),
    (
        "provider.NAME.device",
        "Allow `--device`: true or false. People are talked into entering codes of others.",
    ),
    (
        "provider.NAME.redirect_host",
        "The host of the redirect URI: `\"127.0.0.1\"`, `\"localhost\"` or `\"[::1]\"`.",
    ),
    ("provider.NAME.redirect_path", "Its path: `\"/callback\"`."),
    (
        "provider.NAME.ports",
        "The ports that are tried, in order: `[0]`, any free one.",
    ),
    (
        "provider.NAME.ca_file",
        "Certificates that are believed beside the system's.",
    ),
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
        text += &entries("ENVIRONMENT", "", &ENVIRONMENT);
        text += &entries("FILES", "", &FILES);
        text += &entries("CONFIGURATION", CONFIGURATION, &SETTINGS);
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

fn entries(heading: &str, introduction: &str, list: &[Entry]) -> String {
    let mut section = format!(".SH {heading}\n");
    if !introduction.is_empty() {
        let _ = writeln!(section, "{}", escaped(introduction));
    }
    for (term, meaning) in list {
        add_entry(&mut section, term, meaning);
    }
    section
}

fn add_entry(section: &mut String, term: &str, meaning: &str) {
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
    let references: Vec<String> = named
        .into_iter()
        .map(|other| format!(".BR {} (1)", escaped(page_name(other))))
        .collect();
    text + ".SH \"SEE ALSO\"\n" + &references.join(",\n") + "\n"
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('-', "\\-")
        .replace('\'', "\\*(Aq")
}

/// The pages as readers know them: code in bold instead of between backticks, short lists
/// close to what they belong to, and no character that only some terminals print.
fn polished(text: &str) -> String {
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
