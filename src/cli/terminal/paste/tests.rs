use super::super::testing::Desk;
use super::super::{ColorChoice, PromptError};
use super::*;

/// What the keys make, read as a text that is `right`. Each `~` is a pause.
fn typing(keys: &str) -> (Result<Option<Result<String, String>>, PromptError>, String) {
    let desk = Desk::new(|w| {
        w.terminals = true;
        w.settings.color = ColorChoice::Never;
        w.keys = keys
            .bytes()
            .map(|key| match key {
                b'~' => Key::Nothing,
                b'^' => Key::Resumed,
                3 => Key::Interrupted,
                key => Key::Byte(key),
            })
            .collect();
    });
    let pasted = read_by(&desk);
    (pasted, desk.err())
}

fn piping(text: &str) -> Result<Option<Result<String, String>>, PromptError> {
    read_by(&Desk::new(|w| w.input = text.as_bytes().to_vec()))
}

fn read_by(desk: &Desk) -> Result<Option<Result<String, String>>, PromptError> {
    let read = |text: &str| {
        let text: String = text.split_whitespace().collect();
        if text == "right" {
            Ok(text)
        } else {
            Err("no".to_owned())
        }
    };
    desk.terminal.paste("paste:\n", || Some(Duration::MAX), read)
}

fn taken(pasted: Result<Option<Result<String, String>>, PromptError>) -> String {
    pasted.unwrap().unwrap().unwrap()
}

#[test]
fn a_text_is_read_after_a_pause_behind_the_end_of_a_line() {
    let (pasted, err) = typing("right\r~");
    assert_eq!(taken(pasted), "right");
    assert_eq!(err, format!("{}paste:\nright\n{}", MARKS[0], MARKS[1]));
    assert_eq!(taken(typing("ri\rg\nht\r~").0), "right");
}

#[test]
fn a_refused_text_is_asked_for_again() {
    let (pasted, err) = typing("wrong\r~right\r~");
    assert_eq!(taken(pasted), "right");
    assert!(err.contains("wrong\nno\nright\n"), "{err:?}");
    // The terminal paused in the middle of it.
    assert_eq!(taken(typing("ri\r~ght\r~").0), "right");
}

#[test]
fn after_a_stop_the_question_is_shown_again() {
    let (pasted, err) = typing("wro^right\r~");
    assert_eq!(taken(pasted), "right");
    assert!(err.contains("wropaste:\nright\n"), "{err:?}");
}

#[test]
fn ctrl_c_and_ctrl_d_end_the_line() {
    for key in ["\u{3}", "\u{4}"] {
        let (pasted, err) = typing(key);
        assert!(matches!(pasted, Err(PromptError::Interrupted)), "{pasted:?}");
        assert!(err.ends_with('\n'), "{err:?}");
    }
}

#[test]
fn of_a_long_text_the_beginning_is_shown() {
    let long = "x".repeat(5000);
    let (pasted, err) = typing(&format!("{long}\u{15}right\r~"));
    assert_eq!(taken(pasted), "right");
    assert_eq!(err.matches('x').count(), MOST_SHOWN);
}

#[test]
fn what_is_piped_may_have_several_lines_and_no_end() {
    for text in ["right\n", "right", "ri\nght\n", "ri\r\nght"] {
        assert_eq!(taken(piping(text)), "right", "{text:?}");
    }
    assert_eq!(piping("wrong\n").unwrap(), Some(Err("no".to_owned())));
    assert_eq!(piping("").unwrap(), Some(Err("no".to_owned())));
}
