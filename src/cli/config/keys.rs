//! The keys that a configuration file can have, and the one that a wrong key was meant to be.

use crate::domain::likeness::nearest;
use crate::domain::provider::ProviderName;

/// The step of a key that stands for the name of a provider.
const NAME: &str = "NAME";

/// What a name in a section of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Setting,
    Section,
    /// The section of a provider, under a name that no provider can have.
    BadProviderName,
    Unknown,
}

/// Every key, in the order in which the settings are shown.
pub(super) struct Keys(Vec<&'static str>);

impl Keys {
    pub(super) fn new(keys: impl IntoIterator<Item = &'static str>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// What `name` in `section` is. A quoted name can hold a dot, and is still one step.
    pub(super) fn place_of(&self, section: &str, name: &str) -> Place {
        for rest in self.in_section(section) {
            let (step, deeper) = first_step(rest);
            if step == NAME {
                return match ProviderName::parse(name) {
                    Ok(_) => Place::Section,
                    Err(_) => Place::BadProviderName,
                };
            }
            if step == name {
                return if deeper { Place::Section } else { Place::Setting };
            }
        }
        Place::Unknown
    }

    /// Whether a setting has this key.
    pub(super) fn is_setting(&self, key: &str) -> bool {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
        self.place_of(section, name) == Place::Setting
    }

    /// The rest of every key that begins with `section`. At the top of the file, `section` is empty.
    pub(super) fn in_section(&self, section: &str) -> impl Iterator<Item = &'static str> {
        let steps = section.split('.').filter(|step| !step.is_empty());
        self.0.iter().copied().filter_map(move |key| {
            steps.clone().try_fold(key, |rest, step| {
                let (own, rest) = rest.split_once('.')?;
                (own == step || own == NAME).then_some(rest)
            })
        })
    }

    /// What to write instead of the unknown `name` in `section`.
    pub(super) fn hint_for(&self, section: &str, name: &str) -> String {
        let mut known: Vec<&str> = self.in_section(section).map(|rest| first_step(rest).0).collect();
        known.dedup();
        if let Some(near) = nearest(name, &known) {
            return format!("did you mean `{near}`?");
        }
        if !section.is_empty() && self.0.contains(&name) {
            return format!("`{name}` belongs at the top of the file, above the first section");
        }
        let mut elsewhere = self.0.iter().filter_map(|key| key.rsplit_once('.'));
        if let Some((section, key)) = elsewhere.find(|(_, key)| *key == name) {
            return format!("`{key}` belongs in [{section}]");
        }
        let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        format!("the keys here are {}", known.join(", "))
    }
}

/// The first step of a key, and whether others follow.
fn first_step(path: &'static str) -> (&'static str, bool) {
    path.split_once('.')
        .map_or((path, false), |(step, _)| (step, true))
}

/// The key of `name` in `section`. At the top of the file, `section` is empty.
pub(super) fn join(section: &str, name: &str) -> String {
    if section.is_empty() {
        name.to_owned()
    } else {
        format!("{section}.{name}")
    }
}

/// What to write where a section was meant to be.
pub(super) fn section_hint(path: &str) -> String {
    let named = path == "provider" || path.starts_with("provider.");
    let section = if named { "provider.NAME" } else { path };
    format!("write [{section}] on a line of its own and its keys below")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::settings;

    fn hint_for(section: &str, name: &str) -> String {
        settings::keys().hint_for(section, name)
    }

    fn place_of(section: &str, name: &str) -> Place {
        settings::keys().place_of(section, name)
    }

    #[test]
    fn a_typing_error_finds_its_key() {
        assert_eq!(hint_for("", "sotre"), "did you mean `store`?");
        assert_eq!(
            hint_for("throttle", "base_url"),
            "`base_url` belongs at the top of the file, above the first section"
        );
        assert_eq!(hint_for("", "passwords"), "did you mean `password`?");
        assert_eq!(hint_for("password", "min_lenght"), "did you mean `min_length`?");
        assert_eq!(
            hint_for("password.argon2", "memory"),
            "did you mean `memory_kib`?"
        );
    }

    #[test]
    fn a_provider_is_a_section_of_any_name() {
        assert_eq!(place_of("", "provider"), Place::Section);
        assert_eq!(place_of("provider", "okta"), Place::Section);
        assert_eq!(place_of("provider", "Okta"), Place::BadProviderName);
        assert_eq!(place_of("provider", "a.b"), Place::BadProviderName);
        assert_eq!(place_of("provider.okta", "issuer"), Place::Setting);
        assert_eq!(place_of("provider.okta", "extra"), Place::Setting);
        assert_eq!(place_of("provider.okta", "okta"), Place::Unknown);
        assert_eq!(place_of("", "session.idle"), Place::Unknown);
        assert_eq!(place_of("session", "idle"), Place::Setting);
        assert_eq!(place_of("session.idle", "deep"), Place::Unknown);
        assert_eq!(hint_for("provider.okta", "isuer"), "did you mean `issuer`?");
    }

    #[test]
    fn a_key_in_the_wrong_section_is_sent_home() {
        assert_eq!(hint_for("", "min_length"), "`min_length` belongs in [password]");
        assert_eq!(hint_for("login", "idle"), "`idle` belongs in [session]");
        assert_eq!(hint_for("", "issuer"), "`issuer` belongs in [provider.NAME]");
    }

    #[test]
    fn what_is_like_nothing_gets_the_list() {
        assert_eq!(hint_for("session", "x"), "the keys here are `idle`, `absolute`");
        assert_eq!(
            hint_for("", &"y".repeat(10_000)),
            "the keys here are `store`, `base_url`, `reset`, `mail`, `password`, `login`, `session`, `throttle`, `provider`"
        );
    }
}
