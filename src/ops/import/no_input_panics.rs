//! Tests: no input makes the reader panic.

use proptest::prelude::*;

use super::reader::tests::outcome;
use super::{InputFormat, ReadOptions, read};

const VALID: [&str; 8] = [
    "email,first_name,groups,password_hash,created_at\r\na@example.com,\"A\n\"\"b\",x;y,\"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA\",2026-11-24T09:00:00Z\r\nb@example.com,'=é,,,\r\n",
    "{\"email\":\"a@example.com\",\"groups\":[\"x\"],\"identities\":[{\"provider\":\"p\",\"issuer\":\"i\",\"subject\":\"s\"}],\"password_state\":\"random\",\"first_name\":\"\\ud83d\\ude00\"}\n\n{\"email\":\"é@example.com\",\"must_change_password\":true}\n",
    "id_user,username,password,last_login,status\n1,a@example.com,$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m,2021-09-22 17:54:00.000000,active\n",
    "[\n{\"model\": \"auth.user\", \"pk\": 1,\n \"fields\": {\"email\": \"a@example.com\", \"password\": \"!x\", \"is_active\": true, \"date_joined\": \"2022-09-19T18:47:00Z\"}},\n{\"model\": \"auth.group\", \"fields\": {}}\n]\n",
    "sep=;\r\nE-Mail;First Name;;\r\n;;;\r\n\u{A0}a@example.com;\"A;\";;\r\n",
    "email\tlast_name\ra@example.com\té\r",
    "{\n  \"email\": \"a@example.com\",\n  \"groups\": [\n    \"x\"\n  ]\n}\n{\"email\":\"b@example.com\"}",
    "[{\"model\": \"people.account\", \"fields\": {\"login\": \"a@example.com\", \"password\": \"\", \"last_login\": null, \"groups\": [1, [\"x\"]]}}, {\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"y\"}}]",
];

/// Reads the bytes as every kind, and as the recognised kind.
fn read_all_ways(bytes: &[u8]) {
    let _ = outcome(bytes);
    let utf16: Vec<u8> = bytes.iter().flat_map(|byte| [*byte, 0]).collect();
    let _ = outcome(&utf16);
    for format in InputFormat::ALL {
        let options = ReadOptions {
            format: Some(format),
            ..ReadOptions::default()
        };
        if let Ok(rows) = read(Box::new(bytes), &options) {
            for row in rows {
                match row {
                    Ok(Ok(_)) => {}
                    Ok(Err(failure)) => drop((failure.error.to_string(), format!("{:?}", failure.error))),
                    Err(error) => drop((error.to_string(), error.code())),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all_ways(&bytes);
    }

    #[test]
    fn bytes_that_look_like_something(text in "[\\[{\"',;:\\\\$=a0 \r\n\u{FEFF}é}\\]]{0,120}") {
        read_all_ways(text.as_bytes());
    }

    #[test]
    fn valid_files_with_a_few_bytes_changed(
        file in prop::sample::select(&VALID[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = file.as_bytes().to_vec();
        for (place, byte, kind) in changes {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => bytes.truncate(place),
            }
        }
        read_all_ways(&bytes);
    }
}

#[test]
fn the_files_that_are_changed_are_valid() {
    for text in VALID {
        assert!(outcome(text.as_bytes()).unwrap().len() <= 2);
    }
}
