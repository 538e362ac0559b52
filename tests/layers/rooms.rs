//! Which room may use which, and which one may use what from another crate.

use crate::modules::{Module, Package, Site, SiteKind};
use crate::resolve::{Meaning, Resolver};

/// A room, and what it may use of the others: a room, or one part of it. A room inside another is
/// one of its own.
pub const ROOMS: [(&str, &[&str]); 17] = [
    ("main", &["cli"]),
    (
        "cli",
        &[
            "ops",
            "store",
            "hashing",
            "mail",
            "federation",
            "texts",
            "files",
            "domain",
        ],
    ),
    ("cli::commands::serve", &["cli", "web", "ops", "texts", "domain"]),
    ("cli::terminal", &["domain::likeness", "domain::text", "files"]),
    ("cli::config", &["domain", "files"]),
    (
        "cli::local",
        &[
            "cli::config::Environment",
            "cli::config::environment",
            "domain",
            "files",
        ],
    ),
    (
        "cli::process",
        &["cli::config::Environment", "cli::config::environment", "domain"],
    ),
    (
        "cli::error",
        &[
            "ops",
            "store",
            "mail",
            "federation",
            "texts",
            "files",
            "domain",
            "cli::terminal",
            "cli::config",
            "cli::local",
            "cli::process",
        ],
    ),
    ("web", &["ops", "texts", "domain"]),
    (
        "ops",
        &["store", "hashing", "mail", "federation", "texts", "domain"],
    ),
    ("store", &["domain", "files"]),
    ("hashing", &["domain"]),
    ("mail", &["texts", "domain", "files"]),
    ("federation", &["texts", "domain", "files"]),
    ("texts", &["domain", "files"]),
    ("files", &[]),
    ("domain", &[]),
];

/// Rooms that have a rule and are not built yet.
pub const NOT_BUILT_YET: [&str; 2] = ["cli::commands::serve", "web"];

/// Each other crate, or a part of one, and the rooms and files that may name it. Where several
/// rows fit a path, the longest one decides.
pub const OUTSIDE: &[(&str, &[&str])] = &[
    ("std", &[ANY]),
    // A proxy is a matter of the machine, for programs that use the crate too.
    ("std::env", &["cli::config", "federation/http/proxies.rs", "main"]),
    ("std::process::exit", &["main"]),
    // What connects to others goes through a client that knows of proxies and time-outs. The
    // listener wakes itself up, and tests speak to our own servers.
    (
        "std::net::TcpStream",
        &[
            "federation/listener/server.rs",
            "federation/listener/tests/client.rs",
            "federation/listener/tests/endings.rs",
            "mail/smtp/tests/message.rs",
            "mail/smtp/tests/mod.rs",
        ],
    ),
    (
        "std::io::stdin",
        &["cli/commands/user/import.rs", "cli::terminal"],
    ),
    // Nothing below `cli` waits, apart from the engine for its lock, and the asking of a provider
    // whether a device code was typed in (by the clock).
    (
        "std::thread::sleep",
        &["cli/wait.rs", "ops/system.rs", "store/sqlite/connection.rs"],
    ),
    // `terminal` alone writes, to streams that it was given.
    ("std::print!", &[]),
    ("std::println!", &[]),
    ("std::eprint!", &[]),
    ("std::eprintln!", &[]),
    ("std::dbg!", &[]),
    ("anyhow", &["main", "cli::error"]),
    ("argon2", &["hashing"]),
    ("base64", &["domain", "federation", "hashing", "texts"]),
    ("bcrypt", &["hashing"]),
    ("caseless", &["domain"]),
    ("chacha20poly1305", &["federation"]),
    ("chrono", &["federation"]),
    ("clap", &["cli", "cli/terminal/settings.rs"]),
    ("clap_complete", &["cli"]),
    ("clap_lex", &["cli"]),
    ("crc32fast", &["domain"]),
    ("csv", &["cli::terminal"]),
    ("csv_core", &["ops"]),
    ("dialoguer", &["cli::terminal"]),
    ("email_address", &["domain"]),
    ("getrandom", &["ops/system.rs"]),
    ("hmac", &["hashing"]),
    ("icu_properties", &["domain"]),
    ("hmac", &["hashing"]),
    ("idna", &["domain", "mail"]),
    ("indicatif", &["cli::terminal"]),
    ("jiff", &[ANY]),
    ("lettre", &["mail"]),
    ("md5", &["hashing"]),
    ("minijinja", &["texts"]),
    (
        "nix",
        &[
            "cli/browser/opening.rs",
            "cli/browser/text_browser.rs",
            "cli::config",
            "cli::local",
            "cli::process",
            "cli::terminal",
            "federation",
            "files",
            "mail",
            "ops",
            "store",
            "texts",
        ],
    ),
    ("oauth2", &["federation"]),
    ("openidconnect", &["federation"]),
    // What a token is signed with in a test.
    ("p256", &["federation/jws/tests.rs"]),
    ("pbkdf2", &["hashing"]),
    ("proptest", &[ANY]),
    ("qrcode", &["cli::terminal"]),
    ("rpassword", &["cli::terminal"]),
    ("rusqlite", &["store"]),
    ("rustls_native_certs", &["federation"]),
    ("scrypt", &["hashing"]),
    ("secrecy", &[ANY]),
    ("serde", &[ANY]),
    ("serde_json", &[ANY]),
    ("sha1", &["hashing"]),
    ("sha_crypt", &["hashing"]),
    (
        "sha2",
        &["cli::local", "domain", "federation", "hashing", "texts"],
    ),
    ("shell_words", &["cli/browser/command.rs"]),
    ("signal_hook", &["cli::process", "cli::terminal"]),
    ("strsim", &["domain"]),
    ("subtle", &["federation", "hashing"]),
    ("tempfile", &[ANY]),
    ("terminal_size", &["cli::terminal"]),
    ("thiserror", &[ANY]),
    ("tiny_http", &["federation"]),
    ("toml", &["cli::config"]),
    ("unicode_normalization", &["domain", "hashing"]),
    ("unicode_properties", &["domain"]),
    ("unicode_security", &["domain"]),
    ("unicode_width", &["cli::terminal"]),
    ("ureq", &["federation"]),
    ("url", &["cli", "domain", "federation", "ops", "texts"]),
    ("uuid", &["cli", "domain", "federation", "ops", "store"]),
    ("webbrowser", &["cli"]),
    (
        "zeroize",
        &[
            "cli::local",
            "cli::terminal",
            "domain",
            "federation",
            "hashing",
            "mail",
        ],
    ),
];

/// Every room.
const ANY: &str = "*";

/// What is wrong with the paths of a package.
pub fn faults(package: &Package, crates: &[String]) -> Vec<String> {
    let resolver = Resolver::new(package, crates);
    let mut faults: Vec<String> = package
        .sites
        .iter()
        .flat_map(|site| faults_at(package, &resolver, site))
        .collect();
    let is_room = |module: &&Module| module.path.len() == 1 && module.file != "lib.rs";
    for module in package.modules.iter().filter(is_room) {
        if room_of(&module.path.join("::")).is_none() {
            let name = &module.path[0];
            faults.push(format!(
                "{}: the room `{name}` is not in the layer rule",
                module.file
            ));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn faults_at(package: &Package, resolver: &Resolver<'_>, site: &Site) -> Vec<String> {
    let module = &package.modules[site.module];
    let Some((room, allowed)) = room_of(&module.path.join("::")) else {
        // `lib.rs` shows something of each room.
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut fault = |what: &str| {
        let written = site.path.join("::");
        let as_written = if written == what {
            String::new()
        } else {
            format!(" (written `{written}`)")
        };
        faults.push(format!(
            "{}:{}: `{room}` may not use `{what}`{as_written}",
            module.file, site.line
        ));
    };
    for resolved in resolver.meanings(site) {
        let mut touched = resolved.through;
        match resolved.meaning {
            Meaning::Item { module, name } => touched.push(resolver.full_path(module, &name)),
            Meaning::Module(module) => touched.push(resolver.full_path(module, "")),
            Meaning::Outside(path) => {
                let is_glob = matches!(site.kind, SiteKind::Glob { .. });
                if !may_use_outside(&path, room, &module.file, is_glob) {
                    fault(&path.join("::"));
                }
            }
        }
        for used in touched {
            // The root of the crate is no room.
            let is_allowed = |name: &&str| is_at(&used, name);
            if !used.is_empty() && !is_at(&used, room) && !allowed.iter().any(is_allowed) {
                fault(&used);
            }
        }
    }
    faults
}

/// Whether a path is `name`, or leads on from it.
fn is_at(path: &str, name: &str) -> bool {
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn may_use_outside(path: &[String], room: &str, file: &str, is_glob: bool) -> bool {
    let path = path.join("::");
    // A `*` may hide what stands in a row of its own.
    let hides = |row: &&(&str, &[&str])| is_glob && row.0.starts_with(&format!("{path}::"));
    let decides = OUTSIDE
        .iter()
        .filter(|(name, _)| is_at(&path, name))
        .max_by_key(|(name, _)| name.len());
    let allows = |users: &[&str]| users.iter().any(|user| [ANY, room, file].contains(user));
    decides.is_some_and(|(_, users)| allows(users)) && OUTSIDE.iter().filter(hides).all(|row| allows(row.1))
}

/// The innermost room around a module, and what it may use.
pub fn room_of(module: &str) -> Option<(&'static str, &'static [&'static str])> {
    let around = ROOMS.iter().filter(|(room, _)| is_at(module, room));
    around.max_by_key(|(room, _)| room.len()).copied()
}
