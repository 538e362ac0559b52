//! The environment variables. Only this file reads them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// The environment variables of this process, or those that a caller gives.
#[derive(Debug, Clone)]
pub struct Environment(Source);

#[derive(Debug, Clone)]
enum Source {
    Process,
    Pairs(BTreeMap<String, OsString>),
}

impl Environment {
    /// The variables of this process. Each is read when it is asked for.
    #[must_use]
    pub fn of_process() -> Self {
        Self(Source::Process)
    }

    /// Only these variables.
    pub fn from_pairs<N: Into<String>, V: Into<OsString>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let pairs = pairs.into_iter();
        Self(Source::Pairs(
            pairs.map(|(name, value)| (name.into(), value.into())).collect(),
        ))
    }

    /// The value of a variable. An empty variable counts as not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<OsString> {
        let value = match &self.0 {
            Source::Process => from_process(name),
            Source::Pairs(pairs) => pairs.get(name).cloned(),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The folder that a variable names. A relative path is ignored, as the XDG Base Directory
    /// Specification ("Environment variables") asks.
    #[must_use]
    pub fn folder(&self, name: &str) -> Option<PathBuf> {
        self.get(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    }

    /// The folders in a list such as `PATH`.
    #[must_use]
    pub fn folders(&self, name: &str) -> Vec<PathBuf> {
        let list = self.get(name).unwrap_or_default();
        std::env::split_paths(&list).collect()
    }

    /// `$XDG_…_HOME`, else `in_home` below `$HOME`.
    #[must_use]
    pub fn base_folder(&self, variable: &str, in_home: &str) -> Option<PathBuf> {
        self.folder(variable)
            .or_else(|| self.folder("HOME").map(|home| home.join(in_home)))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
fn from_process(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_not_set_and_a_relative_folder_is_ignored() {
        let env = Environment::from_pairs([
            ("NO_COLOR", ""),
            ("XDG_DATA_HOME", "data"),
            ("HOME", "/home/kate"),
        ]);
        assert_eq!(env.get("NO_COLOR"), None);
        assert_eq!(env.get("TERM"), None);
        assert!(
            env.folders("PATH")
                .iter()
                .all(|folder| folder.as_os_str().is_empty())
        );
        let env_with_path = Environment::from_pairs([("PATH", "/usr/bin:/bin")]);
        assert_eq!(
            env_with_path.folders("PATH"),
            ["/usr/bin", "/bin"].map(PathBuf::from)
        );
        assert_eq!(
            env.base_folder("XDG_DATA_HOME", ".local/share"),
            Some(PathBuf::from("/home/kate/.local/share"))
        );
    }

    #[test]
    fn the_process_has_a_path_and_not_this_one() {
        let env = Environment::of_process();
        assert!(env.get("PATH").is_some());
        assert_eq!(env.get("BACKOFFICE_NO_SUCH_VARIABLE"), None);
    }
}
