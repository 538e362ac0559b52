//! The setting `store`.

use serde_json::json;

use super::form::FilePath;
use super::setting::{Example, Section, Setting};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::cli::config::store::{StoreChoice, StoreOrigin};

pub(super) static SECTION: Section = Section {
    settings: &[&STORE],
    read,
};

pub(in crate::cli::config) static STORE: Setting<FilePath> = Setting {
    key: "store",
    form: FilePath,
    meaning: "The store. A relative path is below the folder of the configuration file. \
        `--store` and the environment variable `BACKOFFICE_STORE` win over it.",
    example: Example::Of("\"/var/lib/backoffice/backoffice.db\""),
    shown: |config| json!(config.store.as_ref().map(|store| store.path.to_string_lossy())),
};

/// The file wins over the default only. What it names is checked in any case.
fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    let in_file = STORE.read(file)?.map(|path| StoreChoice {
        path,
        origin: StoreOrigin::File(file.path().to_owned()),
    });
    let is_named = config
        .store
        .as_ref()
        .is_some_and(|store| store.origin != StoreOrigin::Default);
    if !is_named && in_file.is_some() {
        config.store = in_file;
    }
    Ok(())
}
