//! Which character separates the columns of a CSV file.

use super::error::ReadError;
use super::format::Separator;
use super::input::Input;
use super::records::CsvRecords;

/// How the columns of a CSV file are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub separator: Separator,
    /// The first line is `sep=;`, as Excel writes and reads it, and no header.
    pub has_separator_line: bool,
}

/// The separators that are looked for. Where two fit a header equally well, the first one is taken.
const CANDIDATES: [Separator; 4] = [
    Separator::COMMA,
    Separator::SEMICOLON,
    Separator::TAB,
    Separator::BAR,
];

impl Dialect {
    /// Finds the separator: the `named` one, or the one of a line `sep=;`, or the one that makes most known
    /// names of columns of the header.
    pub fn of(
        head: &[u8],
        named: Option<Separator>,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Result<Self, ReadError> {
        let (line, rest) = match head.iter().position(|&byte| byte == b'\n') {
            Some(end) => head.split_at(end + 1),
            None => (head, &[][..]),
        };
        let separator_line = separator_line(line);
        let header = if separator_line.is_some() { rest } else { head };
        let count = |separator| known_names(header, separator, is_known);
        let mut best = (separator_line.unwrap_or(Separator::COMMA), 0);
        for separator in separator_line.into_iter().chain(CANDIDATES) {
            let known = count(separator);
            if known > best.1 {
                best = (separator, known);
            }
        }
        let separator = named.unwrap_or(best.0);
        if best.1 > 0 && count(separator) == 0 {
            return Err(ReadError::Separator { separator: best.0 });
        }
        Ok(Self {
            separator,
            has_separator_line: separator_line.is_some(),
        })
    }
}

/// The separator in a line `sep=;`.
fn separator_line(line: &[u8]) -> Option<Separator> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (word, rest) = line.split_at_checked(4)?;
    let (&separator, rest) = rest.split_first()?;
    let is_end = rest
        .iter()
        .all(|&byte| byte == b'"' || byte == separator || byte == b' ');
    let separator = Separator::of(char::from(separator)).ok()?;
    (word.eq_ignore_ascii_case(b"sep=") && is_end).then_some(separator)
}

/// How many known names a header has, if `separator` separates its columns.
fn known_names(header: &[u8], separator: Separator, is_known: &dyn Fn(&str) -> bool) -> usize {
    let mut records = CsvRecords::new(Input::new(Box::new(header)), separator);
    match records.read() {
        Ok(Some(record)) => record.cells().flatten().filter(|name| is_known(name)).count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(head: &str, named: Option<Separator>) -> Result<Dialect, ReadError> {
        let is_known = |name: &str| matches!(name, "email" | "first_name" | "last_name");
        Dialect::of(head.as_bytes(), named, &is_known)
    }

    fn found(head: &str) -> (Separator, bool) {
        let dialect = dialect(head, None).unwrap();
        (dialect.separator, dialect.has_separator_line)
    }

    #[test]
    fn the_header_tells_the_separator() {
        assert_eq!(found("email,first_name\n"), (Separator::COMMA, false));
        assert_eq!(
            found("email;first_name\r\na,b;c,d\r\n"),
            (Separator::SEMICOLON, false)
        );
        assert_eq!(found("\"email\"\t\"first_name\"\n"), (Separator::TAB, false));
        assert_eq!(found("email|first_name"), (Separator::BAR, false));
        assert_eq!(
            found(";;\nshoe,size;email;first_name\n"),
            (Separator::SEMICOLON, false)
        );
        assert_eq!(found("email\n"), (Separator::COMMA, false));
        assert_eq!(found("a;b\n"), (Separator::COMMA, false));
    }

    #[test]
    fn a_separator_line_is_no_header() {
        for line in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "sep=;;;\n"] {
            let head = format!("{line}email;first_name\n");
            assert_eq!(found(&head), (Separator::SEMICOLON, true), "{line:?}");
        }
        assert_eq!(found("sep=\t\nemail\tfirst_name\n"), (Separator::TAB, true));
        assert_eq!(found("sep=:\nemail:first_name\n").0.to_string(), ":");
        // Another program has written the file again.
        assert_eq!(found("sep=;\nemail,first_name\n"), (Separator::COMMA, true));
        assert_eq!(found("sep=x;email\n"), (Separator::SEMICOLON, false));
    }

    #[test]
    fn a_named_separator_is_taken_unless_it_separates_nothing() {
        let bar = Separator::of('|').unwrap();
        assert_eq!(dialect("email|first;name\n", Some(bar)).unwrap().separator, bar);
        assert_eq!(dialect("sep=;\nemail|x;y\n", Some(bar)).unwrap().separator, bar);
        let refused = dialect("email;first_name\n", Some(bar));
        assert!(matches!(
            refused,
            Err(ReadError::Separator {
                separator: Separator::SEMICOLON
            })
        ));
    }
}
