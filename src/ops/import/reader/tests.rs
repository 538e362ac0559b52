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
        Err(ReadError::NotRecognised)
    ));
    assert!(matches!(
        outcome(b"\xFF\xFEe\0m\0"),
        Err(ReadError::NotUtf8 { line: 1 })
    ));
    assert!(matches!(outcome(b"\xEFx"), Err(ReadError::NotRecognised)));
    assert!(matches!(refusal("[1]"), ReadError::Malformed { line: 1, .. }));
    let options = ReadOptions {
        format: Some(InputFormat::Django),
        ..ReadOptions::default()
    };
    let named = read(Box::new(&b"email\n"[..]), &options);
    assert!(matches!(named, Err(ReadError::NotRecognised)));
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
