//! Secrets from standard input and from files, and targets from standard input. Buffers are
//! zeroed; no message quotes what was read.

use std::fs::File;
use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::escape::escaped;
use super::limited::read_limited;
use super::secret_error::SecretError;
use super::{Terminal, Watch, escaped_lines};
use crate::files::{FileTrust, Readers, readers};

/// What is read at most of secrets, in bytes.
const LIMIT_BYTES: usize = 1024 * 1024;
/// What is read at most of targets, in bytes: a million addresses and more.
const TARGETS_LIMIT_BYTES: usize = 64 * 1024 * 1024;

impl Terminal {
    /// Reads one line of standard input for each secret wanted, in their order, and no line
    /// more. Names are phrases such as `the password`.
    ///
    /// # Errors
    /// [`SecretError`] if there are too many lines or too few, if one is empty or no text, or
    /// if all are over 1 MiB.
    pub fn read_stdin_secrets(&self, wanted: &[&'static str]) -> Result<Vec<SecretString>, SecretError> {
        // Somebody who types is not made to end the stream as well.
        let enough = if self.typed { wanted.len() } else { usize::MAX };
        let _watch = self.await_typed(&format!("{} on standard input, then Enter", wanted.join(", ")));
        let from = "standard input";
        let bytes = read_limited(&mut *self.input.borrow_mut(), LIMIT_BYTES, enough, from)?;
        let text = text_of(&bytes, from)?;
        let mut lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        if text.is_empty() {
            lines.next();
        }
        let mut secrets = Vec::with_capacity(wanted.len());
        for &what in wanted {
            let line = lines.next().ok_or(SecretError::TooFew { missing: what })?;
            secrets.push(secret(line.strip_suffix('\r').unwrap_or(line), what)?);
        }
        if lines.next().is_some() {
            return Err(SecretError::TooMany { wanted: wanted.len() });
        }
        Ok(secrets)
    }

    /// Reads a secret from a file; one newline at its end is taken off. Warns if other people can
    /// read the file. `what` is a phrase such as `the password`.
    ///
    /// # Errors
    /// [`SecretError`] if it cannot be read, or is empty, over 1 MiB, no text, or more than a line.
    pub fn read_secret_file(&self, path: &Path, what: &str) -> Result<SecretString, SecretError> {
        let bytes = self.read_private_file(path)?;
        let text = text_of(&bytes, &name_of(path))?;
        let line = text.strip_suffix('\n').unwrap_or(text);
        secret(line.strip_suffix('\r').unwrap_or(line), what)
    }

    /// Reads the targets on standard input, one a line; blank lines and spaces around do not
    /// count.
    ///
    /// # Errors
    /// [`SecretError::NoTargets`] if there is none; else as for secrets, with a limit of 64 MiB.
    pub fn read_targets(&self) -> Result<Vec<String>, SecretError> {
        let _watch = self.await_typed("one target a line on standard input, then Ctrl-D");
        let from = "standard input";
        let input = &mut *self.input.borrow_mut();
        let bytes = read_limited(input, TARGETS_LIMIT_BYTES, usize::MAX, from)?;
        let targets: Vec<String> = text_of(&bytes, from)?
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        if targets.is_empty() {
            return Err(SecretError::NoTargets);
        }
        Ok(targets)
    }

    /// All of a file, or of standard input for `-`.
    pub(super) fn read_source(&self, source: &Path) -> Result<Zeroizing<Vec<u8>>, SecretError> {
        if source != Path::new("-") {
            return self.read_private_file(source);
        }
        let _watch = self.await_typed("a JSON object on standard input, then Ctrl-D");
        let input = &mut *self.input.borrow_mut();
        read_limited(input, LIMIT_BYTES, usize::MAX, "standard input")
    }

    fn read_private_file(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretError> {
        let from = name_of(path);
        let failed = |error| SecretError::Io {
            from: from.clone(),
            error,
        };
        let mut file = File::open(path).map_err(failed)?;
        let standing = FileTrust::of_file(&file).map_err(failed)?;
        if standing.metadata().is_file() {
            self.warn_of_readers(&from, &standing);
        }
        read_limited(&mut file, LIMIT_BYTES, usize::MAX, &from)
    }

    /// Says who else can read a secret: at every run, for as long as it is so.
    fn warn_of_readers(&self, from: &str, standing: &FileTrust) {
        let readers = readers(standing.metadata());
        if readers == Readers::Nobody {
            return;
        }
        self.warn(&format!("{from} {readers}"));
        if standing.is_read_only() {
            self.hint("mount it with the mode 0400 or 0440 (in Kubernetes: `defaultMode: 0400`)");
        } else {
            self.hint(&format!("chmod 600 {from}"));
        }
    }

    /// Says what a terminal is waiting for: a question, so told under `--quiet` too.
    fn await_typed(&self, what: &str) -> Option<Watch<'_>> {
        if !self.typed {
            return None;
        }
        let line = escaped_lines(&[&format!("waiting for {what}")]);
        let _ = self.tell(&line);
        self.watch(&line)
    }
}

/// A secret of one line, its newline already taken off.
pub(super) fn secret(line: &str, what: &str) -> Result<SecretString, SecretError> {
    let what = || what.to_owned();
    if line.is_empty() {
        Err(SecretError::Empty { what: what() })
    } else if line.contains(['\n', '\r']) {
        Err(SecretError::LineBreak { what: what() })
    } else {
        Ok(SecretString::from(line))
    }
}

fn name_of(path: &Path) -> String {
    escaped(&path.to_string_lossy()).into_owned()
}

/// The text, without the byte-order mark that `PowerShell` and editors for Windows put in front of it.
fn text_of<'b>(bytes: &'b [u8], from: &str) -> Result<&'b str, SecretError> {
    match std::str::from_utf8(without_mark(bytes)) {
        Ok(text) => Ok(text),
        Err(_) => Err(SecretError::NotText {
            from: from.to_owned(),
        }),
    }
}

/// The bytes without a byte-order mark at the beginning.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    const TWO: &[&str] = &["the current password", "the new password"];

    fn piped(input: &[u8]) -> Desk {
        Desk::new(|w| w.input = input.to_vec())
    }

    fn lines(input: &[u8], wanted: &[&'static str]) -> Result<Vec<String>, String> {
        match piped(input).terminal.read_stdin_secrets(wanted) {
            Ok(read) => Ok(read.iter().map(|s| s.expose_secret().to_owned()).collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn each_line_is_a_secret_and_one_newline_comes_off() {
        let both = Ok(vec![" old ".to_owned(), "neü".to_owned()]);
        assert_eq!(lines(" old \nneü\n".as_bytes(), TWO), both);
        assert_eq!(lines(" old \r\nneü".as_bytes(), TWO), both);
        assert_eq!(lines(b"a", &TWO[..1]), Ok(vec!["a".to_owned()]));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_secret() {
        let both = Ok(vec!["old".to_owned(), "new".to_owned()]);
        assert_eq!(lines("\u{feff}old\r\nnew\r\n".as_bytes(), TWO), both);
        let marked = file("\u{feff}a b\r\n".as_bytes(), 0o600);
        let secret = piped(b"")
            .terminal
            .read_secret_file(marked.path(), "the password");
        assert_eq!(secret.unwrap().expose_secret(), "a b");
        assert_eq!(
            lines("\u{feff}\n".as_bytes(), &TWO[..1]).unwrap_err(),
            "the current password is empty"
        );
    }

    #[test]
    fn as_many_lines_as_secrets_and_none_empty() {
        let refused = |input: &[u8]| lines(input, TWO).unwrap_err();
        assert_eq!(refused(b"a\n"), "standard input ended before the new password");
        assert_eq!(refused(b""), "standard input ended before the current password");
        assert_eq!(refused(b"\nb\n"), "the current password is empty");
        assert_eq!(refused(b"a\n\n"), "the new password is empty");
        let more = "standard input has more than the 2 lines expected";
        assert_eq!(refused(b"a\nb\nc"), more);
        assert_eq!(refused(b"a\nb\n\n"), more);
        assert_eq!(
            lines(b"a\nb", &TWO[..1]).unwrap_err(),
            "standard input has more than one line"
        );
        assert_eq!(refused(b"a\xff\nb"), "standard input is not UTF-8 text");
        assert_eq!(
            refused(b"a\rx\nb"),
            "the current password has a line break inside"
        );
    }

    #[test]
    fn a_mebibyte_is_enough() {
        let mut most = vec![b'a'; LIMIT_BYTES];
        assert_eq!(lines(&most, &TWO[..1]).unwrap()[0].len(), LIMIT_BYTES);
        most.push(b'a');
        assert_eq!(lines(&most, &TWO[..1]).unwrap_err(), "standard input is too long");
    }

    #[test]
    fn a_terminal_is_told_what_is_awaited_even_under_quiet() {
        let desk = Desk::new(|w| {
            w.terminals = true;
            w.settings.quiet = true;
            w.input = b"secret\n".to_vec();
        });
        desk.terminal.read_stdin_secrets(&["the password"]).unwrap();
        assert_eq!(
            desk.err(),
            "waiting for the password on standard input, then Enter\n"
        );
    }

    fn file(content: &[u8], mode: u32) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        let permissions = std::fs::Permissions::from_mode(mode);
        file.as_file().set_permissions(permissions).unwrap();
        file
    }

    #[test]
    fn a_secret_file_is_one_line() {
        let desk = piped(b"");
        let read = |content: &[u8]| {
            let file = file(content, 0o600);
            let read = desk.terminal.read_secret_file(file.path(), "the password");
            read.map(|s| s.expose_secret().to_owned())
                .map_err(|e| e.to_string())
        };
        assert_eq!(read(b"a b\r\n"), Ok("a b".to_owned()));
        assert_eq!(read(b"\n"), Err("the password is empty".to_owned()));
        assert_eq!(
            read(b"a\n\n"),
            Err("the password has a line break inside".to_owned())
        );
        assert_eq!(desk.err(), "");
    }

    #[test]
    fn a_file_that_others_can_read_is_warned_of() {
        let desk = piped(b"");
        let open = file(b"a", 0o644);
        desk.terminal
            .read_secret_file(open.path(), "the password")
            .unwrap();
        assert!(desk.err().contains("can be read by others\nhint: chmod 600 "));
        let missing = Path::new("/nowhere/secret");
        let refused = desk.terminal.read_secret_file(missing, "the password");
        assert!(matches!(refused, Err(SecretError::Io { .. })));
    }

    #[test]
    fn targets_are_lines_without_the_blank_ones() {
        let read = piped("\u{feff}ada@example.com \r\n\n  \nalan\n".as_bytes());
        assert_eq!(read.terminal.read_targets().unwrap(), ["ada@example.com", "alan"]);
        let none = piped(b" \n\n").terminal.read_targets().unwrap_err();
        assert_eq!(none.to_string(), "standard input is empty");
    }

    proptest! {
        #[test]
        fn no_input_panics(input in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = lines(&input, TWO);
            let _ = piped(&input).terminal.read_targets();
        }

        #[test]
        fn what_is_piped_comes_back(a in "[^\r\n\u{feff}][^\r\n]{0,29}", b in "[^\r\n]{1,30}") {
            let input = format!("{a}\n{b}\n");
            prop_assert_eq!(lines(input.as_bytes(), TWO), Ok(vec![a, b]));
        }
    }
}
