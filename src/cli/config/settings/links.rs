//! The setting `base_url` and the section `[reset]`: how long links live, and where they lead.

use serde_json::json;

use super::form::{DurationIn, GroupList, OneLine};
use super::setting::{Example, Section, Setting, shown_duration};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::domain::reset::{LinkError, LinkLife, LinkTemplate, check_base};

pub(super) static SECTION: Section = Section {
    settings: &[&BASE_URL, &TTL, &INVITE_TTL, &SELF_SERVICE_EXCEPT, &LINK],
    read,
};

static BASE_URL: Setting<OneLine> = Setting {
    key: "base_url",
    form: OneLine,
    meaning: "What reset links begin with: an `https` URL, or an `http` URL of this machine itself. \
        Without it, no reset link is made.",
    example: Example::Of("\"https://desk.example.com\""),
    shown: |config| json!(config.base_url),
};

static TTL: Setting<DurationIn> = Setting {
    key: "reset.ttl",
    form: DurationIn(LinkLife::RANGE),
    meaning: "How long a reset link lives.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.reset.ttl.get()),
};

static INVITE_TTL: Setting<DurationIn> = Setting {
    key: "reset.invite_ttl",
    form: DurationIn(LinkLife::RANGE),
    meaning: "How long an invitation lives.",
    example: Example::Default,
    shown: |config| shown_duration(config.policies.reset.invite_ttl.get()),
};

static SELF_SERVICE_EXCEPT: Setting<GroupList> = Setting {
    key: "reset.self_service_except",
    form: GroupList,
    meaning: "The groups whose members can't use `backoffice reset request`.",
    example: Example::Default,
    shown: |config| json!(config.policies.reset.self_service_except),
};

static LINK: Setting<OneLine> = Setting {
    key: "reset.link",
    form: OneLine,
    meaning: "The form of a reset link: a URL with `{token}` in it. `{base_url}` stands for the value of `base_url`.",
    example: Example::Default,
    shown: |config| json!(config.link),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    let life = |setting: &Setting<DurationIn>, usual: LinkLife| match setting.read(file)? {
        Some(life) => LinkLife::new(life).map_err(|error| setting.refuse(file, &error.rule())),
        None => Ok(usual),
    };
    let policy = &mut config.policies.reset;
    policy.ttl = life(&TTL, policy.ttl)?;
    policy.invite_ttl = life(&INVITE_TTL, policy.invite_ttl)?;
    if let Some(groups) = SELF_SERVICE_EXCEPT.read(file)? {
        policy.self_service_except = groups;
    }
    config.base_url = BASE_URL.read(file)?;
    if let Some(link) = LINK.read(file)? {
        config.link = link;
    }
    let wrong = |setting: &'static Setting<OneLine>| {
        move |error: LinkError| setting.refuse(file, &format!("isn't right: {error}"))
    };
    if let Some(base) = &config.base_url {
        check_base(base).map_err(wrong(&BASE_URL))?;
    }
    // A link that names its own host needs no base.
    let base = config.base_url.as_deref();
    let needs_base = config.link.contains("{base_url}");
    if base.is_none() && needs_base {
        return Ok(());
    }
    let made = LinkTemplate::new(&config.link, base.unwrap_or("https://localhost"));
    policy.link = Some(made.map_err(wrong(&LINK))?);
    Ok(())
}
