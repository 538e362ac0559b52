//! What a list looks like in each format.

use super::super::ColorChoice;
use super::super::testing::{Desk, Wishes};
use super::*;
use serde::Serialize;

#[derive(Serialize)]
struct Person {
    id: u32,
    email: &'static str,
    groups: Vec<&'static str>,
}

impl Record for Person {
    fn fields() -> &'static [&'static str] {
        &["id", "email", "groups"]
    }
    fn columns() -> &'static [&'static str] {
        &["email", "groups"]
    }
    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

fn people() -> [Person; 2] {
    let person = |id, email, groups| Person { id, email, groups };
    [
        person(1, "ada@example.com", vec!["support", "sales"]),
        person(2, "=x\u{202e}", vec![]),
    ]
}

fn listed(change: impl FnOnce(&mut Wishes), people: &[Person]) -> Desk {
    let desk = Desk::new(change);
    let mut list = desk.terminal.list::<Person>().unwrap();
    for person in people {
        assert!(list.row(person).unwrap().is_continue());
    }
    list.finish().unwrap();
    desk
}

fn in_format(format: Format, fields: Option<&[&str]>) -> impl FnOnce(&mut Wishes) {
    let fields = fields.map(|f| f.iter().map(|&f| f.to_owned()).collect());
    move |w| {
        w.settings.format = format;
        w.settings.fields = fields;
    }
}

#[test]
fn json_is_one_document_with_a_line_a_row() {
    assert_eq!(
        listed(in_format(Format::Json, None), &people()).out(),
        "[\n{\"id\":1,\"email\":\"ada@example.com\",\"groups\":[\"support\",\"sales\"]},\n\
         {\"id\":2,\"email\":\"=x\\u202e\",\"groups\":[]}\n]\n"
    );
    assert_eq!(listed(in_format(Format::Json, None), &[]).out(), "[]\n");
}

#[test]
fn jsonl_holds_the_fields_asked_for() {
    let desk = listed(in_format(Format::Jsonl, Some(&["email", "id"])), &people()[..1]);
    assert_eq!(desk.out(), "{\"email\":\"ada@example.com\",\"id\":1}\n");
    assert_eq!(listed(in_format(Format::Jsonl, None), &[]).out(), "");
}

#[test]
fn csv_is_guarded_and_has_its_header_even_when_empty() {
    assert_eq!(
        listed(in_format(Format::Csv, None), &people()).out(),
        "id,email,groups\n1,ada@example.com,support;sales\n2,'=x\\u{202e},\n"
    );
    let empty = listed(in_format(Format::Csv, Some(&["email"])), &[]);
    assert_eq!(empty.out(), "email\n");
}

#[test]
fn ids_are_a_line_each() {
    assert_eq!(listed(in_format(Format::Ids, None), &people()).out(), "1\n2\n");
}

#[test]
fn a_table_shows_its_usual_columns_escaped() {
    assert_eq!(
        listed(|_| (), &people()).out(),
        "email            groups\nada@example.com  support, sales\n=x\\u{202e}\n"
    );
}

#[test]
fn a_narrow_table_says_which_columns_it_leaves_out() {
    let narrow = |w: &mut Wishes| {
        w.terminals = true;
        w.width = Some(20);
        w.settings.color = ColorChoice::Never;
    };
    let desk = listed(narrow, &people()[..1]);
    assert_eq!(desk.out(), "email\nada@example.com\n");
    assert!(
        desk.err().starts_with("the terminal is too narrow for groups: "),
        "{}",
        desk.err()
    );
}

#[test]
fn an_empty_table_says_so_beside_the_answer() {
    let desk = Desk::new(|_| ());
    let list = desk.terminal.list::<Person>().unwrap();
    list.when_empty("no user matches").finish().unwrap();
    assert_eq!(
        (desk.out(), desk.err()),
        (String::new(), "no user matches\n".to_owned())
    );
}

#[test]
fn an_unknown_field_is_found_before_anything_is_written() {
    let desk = Desk::new(in_format(Format::Json, Some(&["emial"])));
    let refused = desk.terminal.list::<Person>().err().unwrap();
    assert!(matches!(
        refused,
        OutputError::Usage(UsageError::UnknownField { .. })
    ));
    assert_eq!(desk.out(), "");
}

#[test]
fn a_list_ends_quietly_when_its_reader_went_away() {
    for format in [Format::Table, Format::Json, Format::Jsonl, Format::Csv] {
        let desk = Desk::new(|w| {
            w.settings.format = format;
            w.broken = Some(io::ErrorKind::BrokenPipe);
        });
        let mut list = desk.terminal.list::<Person>().unwrap();
        let mut rows = 0;
        while list.row(&people()[0]).unwrap().is_continue() {
            rows += 1;
            assert!(rows < 10_000);
        }
        list.finish().unwrap();
    }
}

#[test]
fn a_full_disk_is_told() {
    for format in [Format::Table, Format::Json, Format::Csv, Format::Ids] {
        let desk = Desk::new(|w| {
            w.settings.format = format;
            w.broken = Some(io::ErrorKind::StorageFull);
        });
        let mut list = desk.terminal.list::<Person>().unwrap();
        assert!(list.row(&people()[0]).unwrap().is_continue());
        let refused = list.finish().unwrap_err();
        assert!(matches!(refused, OutputError::Unwritten(_)));
    }
}
