//! The settings in force, all together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::mail::MailSettings;
use super::store::StoreChoice;
use crate::domain::policies::Policies;
use crate::domain::provider::Provider;
use crate::domain::reset::LinkTemplate;

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration file they were read from, if there is one.
    pub(super) file: Option<PathBuf>,
    pub(super) store: Option<StoreChoice>,
    /// The rules that can be set.
    pub policies: Policies,
    /// What links begin with.
    pub(super) base_url: Option<String>,
    /// The form of a link, before `base_url` is put into it.
    pub(super) link: String,
    /// How mail is sent.
    pub mail: MailSettings,
    /// The third-party providers, in the order of their names.
    pub providers: Vec<Provider>,
    /// The line of each setting that the file has.
    pub(super) lines: BTreeMap<String, usize>,
}

impl Config {
    /// Where the store is, and which setting says so.
    ///
    /// # Errors
    /// [`ConfigError::NoHome`] if none is named and there is no home for the default one.
    pub fn store(&self) -> Result<&StoreChoice, ConfigError> {
        self.store.as_ref().ok_or(ConfigError::NoHome)
    }

    /// The configuration file that was read, if there is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    pub(super) fn with_defaults(store: Option<StoreChoice>) -> Self {
        Self {
            file: None,
            store,
            policies: Policies::default(),
            base_url: None,
            link: LinkTemplate::DEFAULT.to_owned(),
            mail: MailSettings::default(),
            providers: Vec::new(),
            lines: BTreeMap::new(),
        }
    }
}
