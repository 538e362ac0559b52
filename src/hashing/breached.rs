//! A file of breached passwords in the form of Have I Been Pwned: each line is `SHA-1:count`, and
//! the lines are sorted. The file has about 40 GB, so it is searched by bisection.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::nfc;

/// A SHA-1 hash in upper-case hex.
type Key = [u8; KEY_BYTES];

const KEY_BYTES: usize = 40;
/// The length of the longest line, in bytes: a key, a colon, a `u64`, CR and LF.
const LONGEST_LINE: usize = KEY_BYTES + 1 + 20 + 2;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// An open file of breached passwords.
#[derive(Debug)]
pub struct BreachedFile {
    file: File,
    length: u64,
}

/// One line, and its place in the file.
struct Line {
    start: u64,
    /// The place after the end of the line.
    end: u64,
    key: Key,
}

impl BreachedFile {
    /// Opens the file, and checks its first and its last line.
    ///
    /// # Errors
    /// The error of the system; [`io::ErrorKind::InvalidInput`] if there is something other than a
    /// file at `path`; [`io::ErrorKind::InvalidData`] if the file doesn't have this form.
    pub fn open(path: &Path) -> io::Result<Self> {
        // Checked before opening: opening a named pipe would wait for ever.
        if !fs::metadata(path)?.is_file() {
            let message = "the list of breached passwords isn't a file";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let opened = Self { file, length };
        if length > 0 {
            opened.line_at(0)?;
            opened.line_at(length - 1)?;
        }
        Ok(opened)
    }

    /// Whether the NFC of `password` is in the file.
    ///
    /// # Errors
    /// The error of the system; [`io::ErrorKind::InvalidData`] if one of the lines that are read
    /// doesn't have this form or is not in order.
    pub fn contains(&self, password: &str) -> io::Result<bool> {
        let wanted = key(password);
        // The lines before `low` have smaller keys, the lines from `high` on have greater keys.
        let (mut low, mut high) = (0, self.length);
        let (mut below, mut above): (Option<Key>, Option<Key>) = (None, None);
        while low < high {
            let line = self.line_at(low + (high - low) / 2)?;
            let in_order = below.is_none_or(|key| key < line.key) && above.is_none_or(|key| line.key < key);
            if !in_order {
                return Err(invalid("its lines are not in ascending order of the SHA-1"));
            }
            match line.key.cmp(&wanted) {
                Ordering::Equal => return Ok(true),
                Ordering::Less => (low, below) = (line.end, Some(line.key)),
                Ordering::Greater => (high, above) = (line.start, Some(line.key)),
            }
        }
        Ok(false)
    }

    /// The line with the byte at `offset`.
    fn line_at(&self, offset: u64) -> io::Result<Line> {
        const REACH: u64 = LONGEST_LINE as u64;
        let from = offset.saturating_sub(REACH);
        let to = self.length.min(offset + REACH);
        let mut window = [0; 2 * LONGEST_LINE];
        let unreachable = || invalid("a line is too long");
        let size = usize::try_from(to - from).map_err(|_| unreachable())?;
        let window = window.get_mut(..size).ok_or_else(unreachable)?;
        self.file.read_exact_at(window, from)?;

        let place = usize::try_from(offset - from).map_err(|_| unreachable())?;
        let (before, after) = window.split_at(place);
        let start = match before.iter().rposition(|&b| b == b'\n') {
            Some(newline) => newline + 1,
            None if from == 0 => 0,
            None => return Err(unreachable()),
        };
        let end = match after.iter().position(|&b| b == b'\n') {
            Some(newline) => place + newline + 1,
            None if to == self.length => size,
            None => return Err(unreachable()),
        };
        Ok(Line {
            start: from + start as u64,
            end: from + end as u64,
            key: parse(&window[start..end])?,
        })
    }
}

/// The key of a line. The line can have a line end.
fn parse(line: &[u8]) -> io::Result<Key> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let well_formed = |(key, count): (&Key, &[u8])| {
        let digits = count.strip_prefix(b":")?;
        let count = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        (count && key.iter().all(|b| HEX.contains(b))).then_some(*key)
    };
    let key = line.split_first_chunk().and_then(well_formed);
    key.ok_or_else(|| invalid("a line isn't an upper-case SHA-1, a colon and a count"))
}

fn key(password: &str) -> Key {
    let nfc = nfc::normalised(password);
    let password = nfc.as_ref().map_or(password, |nfc| nfc.as_str());
    let digest: Zeroizing<[u8; 20]> = Zeroizing::new(Sha1::digest(password.as_bytes()).into());
    let mut key = [0; KEY_BYTES];
    for (pair, byte) in key.chunks_exact_mut(2).zip(digest.iter()) {
        pair.copy_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
    key
}

fn invalid(why: &str) -> io::Error {
    let message = format!("the list of breached passwords is not in the form of Have I Been Pwned: {why}");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use tempfile::NamedTempFile;

    fn file(text: &[u8]) -> (NamedTempFile, io::Result<BreachedFile>) {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        let opened = BreachedFile::open(file.path());
        (file, opened)
    }

    fn hex(password: &str) -> String {
        String::from_utf8(key(password).to_vec()).unwrap()
    }

    /// The file that these passwords make; counts of many lengths.
    fn lines(passwords: &[String], line_end: &str, at_end: bool) -> Vec<u8> {
        let mut keys: Vec<_> = passwords.iter().map(|p| hex(p)).collect();
        keys.sort();
        keys.dedup();
        let lines: Vec<_> = keys
            .iter()
            .enumerate()
            .map(|(n, key)| format!("{key}:{}", n * n * n))
            .collect();
        let end = if at_end { line_end } else { "" };
        format!("{}{end}", lines.join(line_end)).into_bytes()
    }

    fn kind(result: io::Result<bool>) -> Option<io::ErrorKind> {
        result.err().map(|error| error.kind())
    }

    #[test]
    fn the_key_is_the_upper_case_sha_1_of_the_nfc() {
        assert_eq!(hex("password"), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
        assert_eq!(hex("caf\u{E9}"), hex("cafe\u{301}"));
    }

    #[test]
    fn an_empty_file_holds_nothing() {
        let (_kept, opened) = file(b"");
        assert!(!opened.unwrap().contains("password").unwrap());
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        let good = hex("password");
        for text in [
            "password\n".to_owned(),
            good.clone(),
            format!("{good}:"),
            format!("{good}:x"),
            format!("{good}:1\n\n"),
            format!("\u{FEFF}{good}:1\n"),
            format!("{}:1\n", good.to_lowercase()),
            format!("{good}:{}\n", "1".repeat(100)),
            "x".repeat(5000),
        ] {
            let (_kept, opened) = file(text.as_bytes());
            let error = opened.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{text}");
            assert!(
                error
                    .to_string()
                    .starts_with("the list of breached passwords is not in the form")
            );
        }
        let folder = tempfile::tempdir().unwrap();
        let error = BreachedFile::open(folder.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        assert_eq!(
            BreachedFile::open(&folder.path().join("x")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }

    #[test]
    fn a_file_in_another_order_is_noticed() {
        let mut keys: Vec<_> = (0..9).map(|n| hex(&format!("p{n}"))).collect();
        keys.sort();
        keys.reverse();
        let (_kept, opened) = file(format!("{}:3", keys.join(":3\n")).as_bytes());
        let opened = opened.unwrap();
        let noticed = (0..9).filter_map(|n| kind(opened.contains(&format!("p{n}"))));
        assert!(noticed.into_iter().any(|kind| kind == io::ErrorKind::InvalidData));
    }

    #[test]
    fn a_damaged_line_on_the_way_is_an_error() {
        let passwords: Vec<_> = (0..3).map(|n| format!("p{n}")).collect();
        let mut text = lines(&passwords, "\n", true);
        let middle = text.len() / 2;
        text[middle] = b'!';
        let (_kept, opened) = file(&text);
        assert_eq!(
            kind(opened.unwrap().contains("p0")),
            Some(io::ErrorKind::InvalidData)
        );
    }

    #[test]
    fn a_file_cut_while_open_is_an_error() {
        let passwords: Vec<_> = (0..50).map(|n| format!("p{n}")).collect();
        let (kept, opened) = file(&lines(&passwords, "\n", true));
        kept.as_file().set_len(0).unwrap();
        assert_eq!(
            kind(opened.unwrap().contains("p0")),
            Some(io::ErrorKind::UnexpectedEof)
        );
    }

    proptest! {
        #[test]
        fn exactly_the_passwords_in_the_file_are_found(
            passwords in prop::collection::vec("[a-zé]{1,9}", 1..60),
            others in prop::collection::vec("[a-zé]{1,9}", 10),
            crlf: bool,
            at_end: bool,
        ) {
            let line_end = if crlf { "\r\n" } else { "\n" };
            let (_kept, opened) = file(&lines(&passwords, line_end, at_end));
            let opened = opened.unwrap();
            for password in &passwords {
                prop_assert!(opened.contains(password).unwrap());
            }
            for other in &others {
                prop_assert_eq!(opened.contains(other).unwrap(), passwords.contains(other));
            }
        }

        #[test]
        fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let (_kept, opened) = file(&bytes);
            if let Ok(opened) = opened {
                let _ = opened.contains("password");
            }
        }
    }
}
