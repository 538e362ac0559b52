//! The keys a configuration may have, and which of them a wrong one was meant to be.

use crate::domain::likeness::nearest;
use crate::domain::provider::ProviderName;

/// Every key, in the order in which the settings are shown. `NAME` is any name of a provider.
pub(super) const KEYS: [&str; 68] = [
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
    "mail.auth",
    "mail.password_file",
    "mail.token_command",
    "mail.token_file",
    "mail.from",
    "mail.reply_to",
    "mail.envelope_from",
    "mail.hello_name",
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
    "provider.NAME.kind",
    "provider.NAME.preset",
    "provider.NAME.label",
    "provider.NAME.issuer",
    "provider.NAME.authorization_endpoint",
    "provider.NAME.token_endpoint",
    "provider.NAME.device_authorization_endpoint",
    "provider.NAME.userinfo_endpoint",
    "provider.NAME.emails_endpoint",
    "provider.NAME.client_id",
    "provider.NAME.client_secret_file",
    "provider.NAME.client_auth",
    "provider.NAME.scopes",
    "provider.NAME.extra",
    "provider.NAME.algorithms",
    "provider.NAME.subject_field",
    "provider.NAME.email_field",
    "provider.NAME.email_verified_field",
    "provider.NAME.first_name_field",
    "provider.NAME.last_name_field",
    "provider.NAME.name_field",
    "provider.NAME.strategy",
    "provider.NAME.default_groups",
    "provider.NAME.email_domains",
    "provider.NAME.require_claims",
    "provider.NAME.trust_unverified_email",
    "provider.NAME.device",
    "provider.NAME.redirect_host",
    "provider.NAME.redirect_path",
    "provider.NAME.ports",
    "provider.NAME.ca_file",
];

const PROVIDERS: &str = "provider.";

/// The step that somebody else names.
const NAME: &str = "NAME";

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Setting,
    Section,
    /// A section that has a name of somebody's choice, and no such name is taken.
    Misnamed,
    Unknown,
}

/// What `name` in `section` is. A quoted name may hold a dot, and is still one step.
pub(super) fn kind_of(section: &str, name: &str) -> Kind {
    for rest in keys_in(section) {
        let (step, deeper) = first_step(rest);
        if step == NAME {
            return match ProviderName::parse(name) {
                Ok(_) => Kind::Section,
                Err(_) => Kind::Misnamed,
            };
        }
        if step == name {
            return if deeper { Kind::Section } else { Kind::Setting };
        }
    }
    Kind::Unknown
}

/// What follows `section`, which is empty at the top of the file, in every key below it.
pub(super) fn keys_in(section: &str) -> impl Iterator<Item = &'static str> {
    let steps = section.split('.').filter(|step| !step.is_empty());
    KEYS.into_iter().filter_map(move |key| {
        steps.clone().try_fold(key, |rest, step| {
            let (own, rest) = rest.split_once('.')?;
            (own == step || own == NAME).then_some(rest)
        })
    })
}

/// The first step of a path, and whether others follow.
fn first_step(path: &'static str) -> (&'static str, bool) {
    path.split_once('.')
        .map_or((path, false), |(step, _)| (step, true))
}

/// Every path at which a setting can stand, with these providers.
pub(super) fn paths<'n>(providers: impl IntoIterator<Item = &'n ProviderName>) -> Vec<String> {
    let fixed = KEYS.into_iter().filter(|key| !key.starts_with(PROVIDERS));
    let mut paths: Vec<String> = fixed.map(str::to_owned).collect();
    for name in providers {
        let section = join("provider", name.as_str());
        paths.extend(keys_in(&section).map(|key| join(&section, key)));
    }
    paths
}

/// The path of `name` in `section`, which is empty at the top of the file.
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

/// What to write instead of the unknown `name` in `section`.
pub(super) fn hint_for(section: &str, name: &str) -> String {
    let mut known: Vec<&str> = keys_in(section).map(|rest| first_step(rest).0).collect();
    known.dedup();
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
    fn a_provider_is_a_section_of_any_name() {
        assert_eq!(kind_of("", "provider"), Kind::Section);
        assert_eq!(kind_of("provider", "okta"), Kind::Section);
        assert_eq!(kind_of("provider", "Okta"), Kind::Misnamed);
        assert_eq!(kind_of("provider", "a.b"), Kind::Misnamed);
        assert_eq!(kind_of("provider.okta", "issuer"), Kind::Setting);
        assert_eq!(kind_of("provider.okta", "extra"), Kind::Setting);
        assert_eq!(kind_of("provider.okta", "okta"), Kind::Unknown);
        assert_eq!(kind_of("", "session.idle"), Kind::Unknown);
        assert_eq!(kind_of("session", "idle"), Kind::Setting);
        assert_eq!(kind_of("session.idle", "deep"), Kind::Unknown);
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
