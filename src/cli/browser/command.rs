//! The commands in the variable `BROWSER`, as xdg-open and Python's `webbrowser` read them: a list that
//! is separated by colons, in which `%s` stands for the address.

use std::path::{Path, PathBuf};

/// Browsers that are drawn in the terminal, by the names of their programs.
const TEXT_BROWSERS: [&str; 14] = [
    "browsh",
    "cha",
    "edbrowse",
    "elinks",
    "eww",
    "felinks",
    "links",
    "links2",
    "lynx",
    "netrik",
    "retawq",
    "w3m",
    "www-browser",
    "www-browser-bin",
];

/// A command that opens an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BrowserCommand {
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
}

/// The commands in the variable, in the order in which they are tried.
pub(super) fn commands(variable: &str, url: &str) -> Vec<BrowserCommand> {
    let words = |command: &str| {
        // An apostrophe alone is part of a name.
        shell_words::split(command)
            .unwrap_or_else(|_| command.split_whitespace().map(str::to_owned).collect())
    };
    variable
        .split(':')
        .filter_map(|command| BrowserCommand::of(words(command), url))
        .collect()
}

impl BrowserCommand {
    fn of(mut words: Vec<String>, url: &str) -> Option<Self> {
        // Python's `webbrowser` reads `&` as a wish for the background, where each browser is here.
        if words.last().is_some_and(|word| word == "&") {
            words.pop();
        }
        let mut has_url = false;
        let mut words = words.iter().map(|word| {
            let (word, expanded) = expand(word, url);
            has_url |= expanded;
            word
        });
        let program = words.next().filter(|program| !program.is_empty())?;
        let mut arguments: Vec<String> = words.collect();
        if !has_url {
            arguments.push(url.to_owned());
        }
        Some(Self { program, arguments })
    }

    /// Whether the browser needs the terminal. Programs are looked for in these folders.
    pub(super) fn is_text_browser(&self, folders: &[PathBuf]) -> bool {
        let is_known = |program: &Path| {
            let name = program.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| TEXT_BROWSERS.contains(&name))
        };
        // Behind a name there may be a link, as `x-www-browser` is one.
        is_known(Path::new(&self.program))
            || self
                .file(folders)
                .and_then(|file| file.canonicalize().ok())
                .is_some_and(|file| is_known(&file))
    }

    /// The file of the program.
    fn file(&self, folders: &[PathBuf]) -> Option<PathBuf> {
        if self.program.contains('/') {
            return Some(PathBuf::from(&self.program));
        }
        folders
            .iter()
            .map(|folder| folder.join(&self.program))
            .find(|file| file.is_file())
    }
}

/// A word with its `%s`, `%c` and `%%`, and whether it had a `%s`.
fn expand(word: &str, url: &str) -> (String, bool) {
    let (mut expanded, mut has_url) = (String::new(), false);
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('%') {
        expanded += before;
        let (text, taken) = match after.chars().next() {
            Some('s') => {
                has_url = true;
                (url, 1)
            }
            Some('c') => (":", 1),
            Some('%') => ("%", 1),
            _ => ("%", 0),
        };
        expanded += text;
        rest = &after[taken..];
    }
    expanded += rest;
    (expanded, has_url)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    const URL: &str = "https://id.example.com/?a=%s%25&b='c'";

    fn read(variable: &str) -> Vec<Vec<String>> {
        let words = |command: BrowserCommand| [vec![command.program], command.arguments].concat();
        commands(variable, URL).into_iter().map(words).collect()
    }

    #[test]
    fn the_list_is_separated_by_colons_and_the_address_comes_last_or_where_it_is_named() {
        assert_eq!(read("firefox"), [["firefox", URL]]);
        assert_eq!(
            read("firefox:w3m -N:"),
            [vec!["firefox", URL], vec!["w3m", "-N", URL]]
        );
        assert_eq!(
            read("open --url=%s --new"),
            [["open", &format!("--url={URL}"), "--new"]]
        );
        assert_eq!(
            read("'/opt/my browser/run' \"%s\" &"),
            [["/opt/my browser/run", URL]]
        );
        assert_eq!(read("run 100%% a%cb %d %s"), [["run", "100%", "a:b", "%d", URL]]);
        assert_eq!(read("kate's"), [["kate's", URL]]);
        for nothing in ["", ":", " : ", "&"] {
            assert!(read(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn a_text_browser_is_known_by_its_name_and_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("w3m"), "").unwrap();
        fs::write(folder.path().join("firefox"), "").unwrap();
        symlink("w3m", folder.path().join("my-browser")).unwrap();
        let folders = [folder.path().to_owned()];
        let is_text = |command: &str| commands(command, URL)[0].is_text_browser(&folders);
        for text in [
            "w3m",
            "lynx -accept_all_cookies %s",
            "/usr/bin/elinks",
            "my-browser",
        ] {
            assert!(is_text(text), "{text}");
        }
        assert!(is_text(folder.path().join("my-browser").to_str().unwrap()));
        for other in ["firefox", "google-chrome %s", "no-such-program"] {
            assert!(!is_text(other), "{other}");
        }
    }
}
