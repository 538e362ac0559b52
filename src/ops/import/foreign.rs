//! Files that people give to an import, and that it can't read: what they are.

use std::fmt;

/// What an input is, where it is no kind that an import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ForeignKind {
    /// A workbook of Excel, of any age.
    Excel,
    /// A spreadsheet of `LibreOffice`.
    OpenDocument,
    /// A zip archive.
    Zip,
    /// A file that `gzip` made.
    Gzip,
    /// A file that `bzip2` made.
    Bzip2,
    /// A file that `xz` made.
    Xz,
    /// A file that `zstd` made.
    Zstd,
    /// An archive of another kind.
    Archive,
    /// A PDF document.
    Pdf,
    /// An RTF document.
    Rtf,
    /// An HTML page.
    Html,
    /// An XML document.
    Xml,
    /// Statements in SQL.
    Sql,
    /// The binary form of a PostgreSQL dump.
    PostgresDump,
    /// A database in one file.
    Sqlite,
    /// A YAML document.
    Yaml,
    /// A directory as LDIF.
    Ldif,
    /// Address cards.
    VCard,
    /// Text in UTF-32.
    Utf32,
    /// JSON, where CSV was named.
    Json,
    /// No text at all.
    Binary,
}

/// Bytes at the beginning of a file, and what the file is.
const MARKS: &[(&[u8], ForeignKind)] = &[
    (b"\x1F\x8B", ForeignKind::Gzip),
    (b"BZh", ForeignKind::Bzip2),
    (b"\xFD7zXZ\0", ForeignKind::Xz),
    (b"\x28\xB5\x2F\xFD", ForeignKind::Zstd),
    (b"7z\xBC\xAF\x27\x1C", ForeignKind::Archive),
    (b"Rar!\x1A\x07", ForeignKind::Archive),
    // The container of Word, PowerPoint and Excel until 2003. Who imports users has the last one.
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ForeignKind::Excel),
    (b"%PDF-", ForeignKind::Pdf),
    (b"{\\rtf", ForeignKind::Rtf),
    (b"SQLite format 3\0", ForeignKind::Sqlite),
    (b"PGDMP", ForeignKind::PostgresDump),
    (b"\xFF\xFE\0\0", ForeignKind::Utf32),
    (b"\0\0\xFE\xFF", ForeignKind::Utf32),
];

/// What stands in the beginning of an Excel workbook. The last one is how Excel itself begins a file.
const IN_EXCEL: [&[u8]; 4] = [
    b"xl/",
    b"[Content_Types].xml",
    b"docProps/",
    b"PK\x03\x04\x14\0\x06\0",
];

/// How a statement of SQL begins, in small letters.
const STATEMENTS: [&str; 14] = [
    "--",
    "/*",
    "insert into ",
    "insert ignore into ",
    "create table ",
    "create database ",
    "drop table ",
    "pragma ",
    "begin;",
    "begin transaction",
    "start transaction",
    "set names ",
    "lock tables ",
    "copy public.",
];

impl ForeignKind {
    /// What a file is, by its first bytes.
    pub(super) fn of_bytes(head: &[u8]) -> Option<Self> {
        let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Some(if has(b"application/vnd.oasis.opendocument") {
                Self::OpenDocument
            } else if IN_EXCEL.iter().any(|part| has(part)) {
                Self::Excel
            } else {
                Self::Zip
            });
        }
        let marked = MARKS.iter().find(|(mark, _)| head.starts_with(mark));
        marked.map(|(_, kind)| *kind)
    }

    /// What a file is, by the beginning of its text.
    pub(super) fn of_text(head: &[u8]) -> Option<Self> {
        const ENOUGH: usize = 4096;
        let first_line = head.split(|byte| *byte == b'\n').next();
        if first_line.is_some_and(|line| line.contains(&0)) {
            return Some(Self::Binary);
        }
        let head = String::from_utf8_lossy(head.get(..ENOUGH).unwrap_or(head)).to_ascii_lowercase();
        let text = head.trim_start();
        let begins = |word: &&str| text.starts_with(word);
        if text.starts_with('<') {
            let is_excel = text.contains("urn:schemas-microsoft-com:office:");
            let is_html = ["<!doctype html", "<html", "<table", "<head", "<body"].iter();
            Some(if is_excel {
                Self::Excel
            } else if is_html.clone().any(|tag| text.contains(tag)) {
                Self::Html
            } else {
                Self::Xml
            })
        } else if text.starts_with("---\n") || text.starts_with("---\r") || ["- ", "%yaml"].iter().any(begins)
        {
            Some(Self::Yaml)
        } else if STATEMENTS.iter().any(begins) {
            Some(Self::Sql)
        } else if text.starts_with("begin:vcard") {
            Some(Self::VCard)
        } else if text.starts_with("dn: ") || text.starts_with("version: 1\n") {
            Some(Self::Ldif)
        } else {
            None
        }
    }
}

impl fmt::Display for ForeignKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Excel => "an Excel workbook",
            Self::OpenDocument => "an OpenDocument file",
            Self::Zip => "a zip archive",
            Self::Gzip => "a file compressed with gzip",
            Self::Bzip2 => "a file compressed with bzip2",
            Self::Xz => "a file compressed with xz",
            Self::Zstd => "a file compressed with zstd",
            Self::Archive => "an archive",
            Self::Pdf => "a PDF document",
            Self::Rtf => "an RTF document",
            Self::Html => "an HTML page",
            Self::Xml => "an XML document",
            Self::Sql => "SQL",
            Self::PostgresDump => "a PostgreSQL dump in its binary form",
            Self::Sqlite => "a SQLite database",
            Self::Yaml => "YAML",
            Self::Ldif => "LDIF",
            Self::VCard => "a file of vCards",
            Self::Utf32 => "text in UTF-32",
            Self::Json => "JSON",
            Self::Binary => "a binary file",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_first_bytes() {
        use ForeignKind as K;
        for (bytes, kind) in [
            (&b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0"[..], K::Excel),
            (b"PK\x03\x04\x14\0\0\0\x08\0....docProps/app.xml", K::Excel),
            (
                b"PK\x03\x04\x14\0\0\0\0\0....mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                K::OpenDocument,
            ),
            (b"PK\x03\x04\x0A\0\0\0\0\0....people.csv", K::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", K::Excel),
            (b"\x1F\x8B\x08\0", K::Gzip),
            (b"%PDF-1.7\n", K::Pdf),
            (b"SQLite format 3\0\x10", K::Sqlite),
            (b"\xFF\xFE\0\0e\0\0\0", K::Utf32),
        ] {
            assert_eq!(K::of_bytes(bytes), Some(kind), "{bytes:?}");
        }
        for bytes in [
            &b"email\n"[..],
            b"\xFF\xFEe\0m\0",
            b"PK,email\n",
            b"",
            b"{\"email\":1}",
        ] {
            assert_eq!(K::of_bytes(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_text_is_told_by_its_beginning() {
        use ForeignKind as K;
        for (text, kind) in [
            ("<!DOCTYPE html>\n<html>", K::Html),
            ("\n<table><tr><td>email", K::Html),
            (
                "<?xml version=\"1.0\"?>\n<django-objects version=\"1.0\">",
                K::Xml,
            ),
            (
                "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                K::Excel,
            ),
            ("-- MySQL dump 10.13", K::Sql),
            ("/*!40101 SET NAMES utf8 */;", K::Sql),
            ("INSERT INTO `spy_user` VALUES (1,", K::Sql),
            ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;", K::Sql),
            ("- model: auth.user\n  pk: 1\n", K::Yaml),
            ("---\n- email: a@example.com\n", K::Yaml),
            ("dn: uid=ada,dc=example,dc=com\n", K::Ldif),
            ("BEGIN:VCARD\r\n", K::VCard),
            ("a\0b", K::Binary),
        ] {
            assert_eq!(K::of_text(text.as_bytes()), Some(kind), "{text}");
        }
        for text in [
            "",
            "email,first_name\n",
            "[{\"model\":",
            "-email\n",
            "version\n",
            "sep=;\n",
        ] {
            assert_eq!(K::of_text(text.as_bytes()), None, "{text}");
        }
    }
}
