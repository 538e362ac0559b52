use super::super::reader::tests::{failure, refusal, results, rows, rows_in};
use super::super::row::ImportedCredential;
use super::*;
use secrecy::ExposeSecret;

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo";

#[test]
fn every_column_is_read() {
    let text = format!(
        "\u{FEFF}id,email,first_name,last_name,locale,status,groups,must_change_password,\
         password_hash,created_at,updated_at,last_login_at\r\n\
         0193b0e5-7c5e-7000-8000-000000000001,ada@example.com,Ada,\"Love\"\"lace\",en,active,\
         support; catalog;SUPPORT,TRUE,\"{HASH}\",2026-11-24T09:00:00Z,2026-11-24T09:00:00.123456Z,\r\n"
    );
    let row = rows(&text).remove(0);
    assert_eq!(row.line, 2);
    assert_eq!(
        row.id.unwrap().to_string(),
        "0193b0e5-7c5e-7000-8000-000000000001"
    );
    assert_eq!(row.email.as_str(), "ada@example.com");
    assert_eq!(row.last_name.unwrap().as_str(), "Love\"lace");
    assert_eq!(row.locale.unwrap().as_str(), "en");
    assert_eq!(row.status.unwrap().as_str(), "active");
    let groups: Vec<_> = row.groups.iter().map(ToString::to_string).collect();
    assert_eq!(groups, ["support", "catalog"]);
    assert_eq!(row.must_change_password, Some(true));
    assert!(matches!(row.credential, ImportedCredential::Hash(hash) if hash.as_str() == HASH));
    assert_eq!(row.created_at.unwrap().to_string(), "2026-11-24T09:00:00Z");
    assert_eq!(row.updated_at.unwrap().to_string(), "2026-11-24T09:00:00.123456Z");
    assert_eq!(row.last_login_at, None);
}

#[test]
fn what_our_own_list_prints_reads_in() {
    let text = "id,email,first_name,last_name,status,locale,groups,password_state,must_change_password,\
                identities,lock,locked_until,last_login_at,created_at,updated_at\n\
                0193b0e5-7c5e-7000-8000-000000000001,ada@example.com,'=Ada,'x,active,en,support,set,false,\
                \"[{}]\",slowed,2026-11-24T09:00:00Z,,2026-11-24T09:00:00Z,2026-11-24T09:00:00Z\n";
    let row = rows(text).remove(0);
    assert_eq!(row.first_name.unwrap().as_str(), "=Ada");
    assert_eq!(row.last_name.unwrap().as_str(), "'x");
    assert!(row.identities.is_empty());
    assert!(matches!(row.credential, ImportedCredential::None));
}

#[test]
fn an_empty_cell_says_nothing_and_a_password_is_taken_as_it_stands() {
    let text = "email,password,first_name\na@example.com,,\nb@example.com,'=1+1 ,\n";
    let rows = rows(text);
    assert!(matches!(rows[0].credential, ImportedCredential::Unsaid));
    assert_eq!(rows[0].first_name, None);
    assert!(matches!(&rows[1].credential, ImportedCredential::Plain(p) if p.expose_secret() == "'=1+1 "));
}

#[test]
fn each_bad_row_says_why() {
    let error = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n")).error;
    assert!(matches!(error("email,locale", ",en"), RowError::Email { .. }));
    assert!(matches!(error("email", "ada@"), RowError::Email { .. }));
    assert!(matches!(
        error("email,last_name", "a@example.com,\"x\ny\""),
        RowError::Name {
            field: "last_name",
            ..
        }
    ));
    assert!(matches!(
        error("email,first_name", "a@example.com,x\0"),
        RowError::Name {
            field: "first_name",
            ..
        }
    ));
    assert!(matches!(
        error("email,locale", "a@example.com,english language"),
        RowError::Locale(_)
    ));
    assert!(matches!(
        error("email,status", "a@example.com,blocked"),
        RowError::Status(_)
    ));
    assert!(matches!(
        error("email,groups", "a@example.com,a;;b"),
        RowError::Group(_)
    ));
}

#[test]
fn a_bad_id_hash_time_or_password_says_why() {
    let error = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n")).error;
    assert!(matches!(error("email,id", "a@example.com,7"), RowError::Id));
    let v4 = "a@example.com,936da01f-9abd-4d9d-80c7-02af85c822a8";
    assert!(matches!(error("email,id", v4), RowError::Id));
    assert!(matches!(
        error("email,password_hash", "a@example.com,x"),
        RowError::Hash { .. }
    ));
    assert!(matches!(
        error("email,created_at", "a@example.com,yesterday"),
        RowError::Timestamp { field: "created_at" }
    ));
    assert!(matches!(
        error("email,must_change_password", "a@example.com,maybe"),
        RowError::Flag { .. }
    ));
    assert!(matches!(
        error("email,password_state", "a@example.com,secret"),
        RowError::PasswordState
    ));
    assert!(matches!(
        error("email,password,password_hash", "a@example.com,x,y"),
        RowError::BothPasswordAndHash
    ));
}

#[test]
fn a_row_with_too_few_cells_is_refused_and_its_address_told() {
    let on = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n"));
    let error = |header: &str, cells: &str| on(header, cells).error;
    assert!(matches!(
        error("email,locale", "a@example.com"),
        RowError::FieldCount {
            expected: 2,
            found: 1
        }
    ));
    assert_eq!(
        on("email,locale", "a@example.com").email.as_deref(),
        Some("a@example.com")
    );
}

#[test]
fn a_hash_without_quotes_is_named_as_such() {
    for text in [
        format!("email,password_hash\na@example.com,{HASH}\n"),
        format!("password_hash,email\n{HASH},a@example.com\n"),
        // Short of two cells, so that the number is right by chance.
        format!("email,password_hash,locale,status\na@example.com,{HASH}\n"),
    ] {
        let failure = failure(&text);
        assert!(matches!(failure.error, RowError::UnquotedHash), "{text}");
        assert!(!failure.error.to_string().contains("c2FsdHNhbHRzYWx0"));
    }
}

#[test]
fn bytes_that_are_no_text_are_one_rows_trouble() {
    let mut bytes = b"email,first_name\na@example.com,x".to_vec();
    bytes.extend_from_slice(b"\xFF\nb@example.com,y\n");
    let results = results(&bytes);
    let failure = results[0].as_ref().unwrap_err();
    assert_eq!(
        (failure.line, failure.email.as_deref()),
        (2, Some("a@example.com"))
    );
    assert!(matches!(failure.error, RowError::BadEncoding));
    assert!(results[1].is_ok());
}

#[test]
fn a_header_that_is_none_is_refused() {
    assert!(matches!(
        refusal("ada@example.com,Ada,hunter2\n"),
        ReadError::NoHeader
    ));
    assert!(matches!(
        refusal("first_name,last_name\n"),
        ReadError::MissingColumn { name: "email" }
    ));
    for header in ["email,email\n", "Email,E-Mail\n"] {
        assert!(matches!(
            refusal(header),
            ReadError::RepeatedColumn { name: "email" }
        ));
    }
}

#[test]
fn all_unknown_columns_are_named_at_once_or_passed_over() {
    let text = "mail,first_name,shoe_size,frist_name,email,\nx,Ada,43,y,ada@example.com,z\n";
    let ReadError::UnknownColumns(unknown) = refusal(text) else {
        panic!("{text}")
    };
    let names: Vec<_> = unknown
        .first
        .iter()
        .map(|one| (one.name.as_str(), one.nearest))
        .collect();
    assert_eq!(
        names,
        [
            ("mail", Some("email")),
            ("shoe_size", None),
            ("frist_name", Some("first_name"))
        ]
    );
    let options = ReadOptions {
        ignore_unknown_columns: true,
        ..ReadOptions::default()
    };
    let row = rows_in(text, &options).remove(0);
    assert_eq!(row.email.as_str(), "ada@example.com");
    assert_eq!(row.first_name.unwrap().as_str(), "Ada");
}

#[test]
fn what_a_spreadsheet_leaves_behind_is_passed_over() {
    for text in [
        "Email,First Name\r\n,\r\nada@example.com,Ada\r\n,\r\n",
        "email,first_name,,\r\nada@example.com,Ada,,\r\n,,,\r\n",
        "email,first_name,,\r\nada@example.com,Ada\r\n",
        "email,first_name\r\nada@example.com,Ada,,,\r\n",
        ",,\r\n\r\nemail,first_name\r\nada@example.com,Ada\r\n",
        "email;first_name\r\nada@example.com;Ada\r\n",
        "\"E-Mail\"\t\"firstName\"\r\n\"ada@example.com\"\t\"Ada\"\r\n",
        "sep=;\r\nemail;first_name\r\nada@example.com;Ada\r\n",
        "email\u{A0}, first_name\n\u{A0}ada@example.com\u{200B},\u{A0}Ada \n",
        "email,first_name\rada@example.com,Ada\r",
    ] {
        let rows = rows(text);
        assert_eq!(rows.len(), 1, "{text:?}");
        assert_eq!(rows[0].email.as_str(), "ada@example.com", "{text:?}");
        assert_eq!(rows[0].first_name.as_ref().unwrap().as_str(), "Ada", "{text:?}");
    }
}

#[test]
fn a_value_without_a_name_for_its_column_is_refused() {
    let error = |text: &str| failure(text).error;
    assert!(matches!(
        error("email,,first_name,\na@example.com,,Ada,x\n"),
        RowError::NamelessCell { column: 4 }
    ));
    assert!(matches!(
        error("email,first_name\na@example.com,Ada,,x\n"),
        RowError::FieldCount {
            expected: 2,
            found: 4
        }
    ));
}

#[test]
fn the_line_of_a_row_counts_the_separator_line_and_lines_of_every_kind() {
    assert_eq!(failure("sep=;\nemail;locale\n;\n;en\n").line, 4);
    assert_eq!(failure("email,locale\r,\r,en\r").line, 3);
    let utf16: Vec<u8> = "\u{FEFF}email,locale\r\n,\r\n,en\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(results(&utf16)[0].as_ref().unwrap_err().line, 3);
}

#[test]
fn a_time_without_an_offset_is_in_the_zone_of_the_options() {
    let options = ReadOptions {
        timezone: jiff::tz::TimeZone::fixed(jiff::tz::offset(2)),
        ..ReadOptions::default()
    };
    let text = "email,created_at,updated_at,last_login_at\n\
                a@example.com,2024-07-01 12:00:00,2024-07-01T12:00:00.5Z,2024-07-01T12:00\n";
    let row = rows_in(text, &options).remove(0);
    assert_eq!(row.created_at.unwrap().to_string(), "2024-07-01T10:00:00Z");
    assert_eq!(row.updated_at.unwrap().to_string(), "2024-07-01T12:00:00.5Z");
    assert_eq!(row.last_login_at.unwrap().to_string(), "2024-07-01T10:00:00Z");
}
