use super::super::format::UnknownFormat;
use super::*;

/// All rows of an input, or why it can't be read to its end.
pub fn outcome(bytes: &[u8]) -> Result<Vec<ReadRow>, ReadError> {
    read(Box::new(bytes), &ReadOptions::default())?.collect()
}

pub fn results(bytes: &[u8]) -> Vec<ReadRow> {
    outcome(bytes).unwrap()
}

pub fn rows(text: &str) -> Vec<ImportRow> {
    rows_in(text, &ReadOptions::default())
}

pub fn rows_in(text: &str, options: &ReadOptions) -> Vec<ImportRow> {
    let rows = read(Box::new(text.as_bytes()), options).unwrap();
    rows.map(|row| row.unwrap().unwrap()).collect()
}

pub fn failure(text: &str) -> RowFailure {
    results(text.as_bytes()).remove(0).unwrap_err()
}

pub fn refusal(text: &str) -> ReadError {
    outcome(text.as_bytes()).unwrap_err()
}

fn format(text: &str) -> InputFormat {
    read(Box::new(text.as_bytes()), &ReadOptions::default())
        .unwrap()
        .format
}

#[test]
fn the_beginning_tells_the_kind() {
    assert_eq!(format("email\n"), InputFormat::Csv);
    assert_eq!(format("\u{FEFF}\"email\",first_name\n"), InputFormat::Csv);
    assert_eq!(format("username,id_user\n"), InputFormat::Spryker);
    assert_eq!(format("\n {\"email\":\"a@example.com\"}"), InputFormat::Jsonl);
    assert_eq!(format("[{\"email\":\"a@example.com\"}]"), InputFormat::Jsonl);
    assert_eq!(format("[]"), InputFormat::Jsonl);
    assert_eq!(
        format("[{\"model\":\"auth.user\",\"pk\":1,\"fields\":{}}]"),
        InputFormat::Django
    );
    assert_eq!(
        format("{\"model\":\"auth.user\",\"pk\":1,\"fields\":{}}"),
        InputFormat::Django
    );
}

#[test]
fn what_is_no_import_is_refused() {
    for text in ["", "\n \r\n", "\u{FEFF}"] {
        assert!(matches!(refusal(text), ReadError::Empty), "{text:?}");
    }
    assert!(matches!(
        outcome(b"SQLite format 3\0\x10"),
        Err(ReadError::Foreign {
            kind: ForeignKind::Sqlite
        })
    ));
    assert!(matches!(
        refusal("<table>"),
        ReadError::Foreign {
            kind: ForeignKind::Html
        }
    ));
    assert!(matches!(outcome(b"\xEFx"), Err(ReadError::NotUtf8 { line: 1 })));
    assert!(matches!(refusal("[1]"), ReadError::Malformed { line: 1, .. }));
    let named = |format, text: &'static str| {
        let options = ReadOptions {
            format: Some(format),
            ..ReadOptions::default()
        };
        read(Box::new(text.as_bytes()), &options)
    };
    for format in [InputFormat::Django, InputFormat::Jsonl] {
        let refused = named(format, "email\na@example.com\n");
        assert!(matches!(refused, Err(ReadError::NotRecognised)));
    }
    assert!(matches!(
        named(InputFormat::Csv, "[{}]"),
        Err(ReadError::Foreign {
            kind: ForeignKind::Json
        })
    ));
}

#[test]
fn nothing_comes_after_the_end_or_an_error() {
    let mut rows = read(Box::new(&b"email\n\"a"[..]), &ReadOptions::default()).unwrap();
    assert!(matches!(
        rows.next(),
        Some(Err(ReadError::UnclosedQuote { line: 2 }))
    ));
    assert!(rows.next().is_none());
}

#[test]
fn formats_read_back() {
    for format in InputFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(format));
    }
    assert_eq!("xml".parse::<InputFormat>(), Err(UnknownFormat));
}
