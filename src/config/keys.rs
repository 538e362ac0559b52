//! The keys a configuration may have, and which of them a wrong one was meant to be.

/// Every key, in the order in which the settings are shown.
pub(super) const KEYS: [&str; 31] = [
    "store",
    "base_url",
    "reset.ttl",
    "reset.invite_ttl",
    "reset.self_service_except",
    "reset.link",
    "mail.transport",
    "mail.host",
    "mail.port",
    "mail.tls",
    "mail.username",
    "mail.password_file",
    "mail.from",
    "mail.directory",
    "mail.templates",
    "mail.timeout",
    "mail.ca_file",
    "password.min_length",
    "password.max_length",
    "password.breached_file",
    "password.argon2.memory_kib",
    "password.argon2.iterations",
    "password.argon2.parallelism",
    "login.password",
    "login.failure_floor",
    "session.idle",
    "session.absolute",
    "throttle.free_attempts",
    "throttle.base_delay",
    "throttle.max_delay",
    "throttle.lock_after",
];

/// What stands at a dotted path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Setting,
    Section,
    Unknown,
}

pub(super) fn kind_of(path: &str) -> Kind {
    let is_below = |key: &&str| key.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    if KEYS.contains(&path) {
        Kind::Setting
    } else if KEYS.iter().any(is_below) {
        Kind::Section
    } else {
        Kind::Unknown
    }
}

/// The path of `name` in `section`, which is empty at the top of the file.
pub(super) fn join(section: &str, name: &str) -> String {
    if section.is_empty() {
        name.to_owned()
    } else {
        format!("{section}.{name}")
    }
}

/// What to write instead of the unknown `name` in `section`.
pub(super) fn hint_for(section: &str, name: &str) -> String {
    let known = names_in(section);
    if let Some(near) = nearest(name, &known) {
        return format!("did you mean `{near}`?");
    }
    let elsewhere = KEYS.iter().filter_map(|key| key.rsplit_once('.'));
    if let Some((section, key)) = elsewhere.into_iter().find(|(_, key)| *key == name) {
        return format!("`{key}` belongs in [{section}]");
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("the keys here are {}", known.join(", "))
}

fn names_in(section: &str) -> Vec<&'static str> {
    let mut names: Vec<&str> = KEYS
        .iter()
        .filter_map(|key| match section {
            "" => Some(*key),
            _ => key.strip_prefix(section)?.strip_prefix('.'),
        })
        .filter_map(|rest| rest.split('.').next())
        .collect();
    names.dedup();
    names
}

fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    // Below this, two words only share letters.
    const ALIKE: f64 = 0.6;
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    let alike = |other: &str| strsim::normalized_damerau_levenshtein(name, other);
    let best = known.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(best) >= ALIKE).then_some(*best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_key() {
        assert_eq!(hint_for("", "sotre"), "did you mean `store`?");
        assert_eq!(hint_for("", "passwords"), "did you mean `password`?");
        assert_eq!(hint_for("password", "min_lenght"), "did you mean `min_length`?");
        assert_eq!(
            hint_for("password.argon2", "memory"),
            "did you mean `memory_kib`?"
        );
    }

    #[test]
    fn a_key_in_the_wrong_section_is_sent_home() {
        assert_eq!(hint_for("", "min_length"), "`min_length` belongs in [password]");
        assert_eq!(hint_for("login", "idle"), "`idle` belongs in [session]");
    }

    #[test]
    fn what_is_like_nothing_gets_the_list() {
        assert_eq!(hint_for("session", "x"), "the keys here are `idle`, `absolute`");
        assert_eq!(
            hint_for("", &"y".repeat(10_000)),
            "the keys here are `store`, `base_url`, `reset`, `mail`, `password`, `login`, `session`, `throttle`"
        );
    }
}
