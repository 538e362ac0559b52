//! Questions with a list of answers: with the arrow keys, or by number where the terminal
//! knows no escape sequences.

mod menu;

use std::io;
use std::time::Duration;

use super::escape::escaped;
use super::raw::{Key, KeySource, LOOK_AGAIN};
use super::{PromptError, Terminal};
use menu::{Menu, Press};

/// The keys of an arrow come within this time. An Escape with nothing after it is the Escape key.
const SEQUENCE: Duration = Duration::from_millis(100);
/// What a terminal is taken for that doesn't tell its size: columns and lines.
const USUAL_SIZE: (usize, usize) = (80, 24);
/// Hides the cursor, and shows it (DECTCEM).
const CURSOR: [&str; 2] = ["\x1b[?25l", "\x1b[?25h"];

impl Terminal {
    /// Asks for one of several, with the arrow keys; Escape leaves.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer, or nothing to choose from.
    pub fn choose(&self, label: &str, items: &[String], default: usize) -> Result<usize, PromptError> {
        let default = default.min(items.len().saturating_sub(1));
        if self.settings.dumb_terminal {
            return self.choose_by_number(label, items, default);
        }
        let menu = Menu::of(label, items, default);
        let chosen = self.choosing(menu)?;
        chosen.first().copied().ok_or(PromptError::Interrupted)
    }

    /// Asks for any of several, with the arrow keys and the space bar; Escape leaves.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer, or nothing to choose from.
    pub fn choose_many(&self, label: &str, items: &[String]) -> Result<Vec<usize>, PromptError> {
        if self.settings.dumb_terminal {
            return self.choose_many_by_number(label, items);
        }
        self.choosing(Menu::of(label, items, 0).for_many())
    }

    fn choose_by_number(&self, label: &str, items: &[String], default: usize) -> Result<usize, PromptError> {
        self.list_by_number(label, items)?;
        let default = (default + 1).to_string();
        self.ask_text("Number", Some(&default), |text| place(text, items))
    }

    fn choose_many_by_number(&self, label: &str, items: &[String]) -> Result<Vec<usize>, PromptError> {
        self.list_by_number(label, items)?;
        self.ask_text("Numbers, separated by commas", Some(""), |text| {
            places(text, items)
        })
    }

    fn list_by_number(&self, label: &str, items: &[String]) -> Result<(), PromptError> {
        self.must_ask()?;
        if items.is_empty() {
            return Err(PromptError::Io(io::ErrorKind::InvalidInput.into()));
        }
        let numbered = |(number, item): (usize, &String)| format!("  {number}  {}\n", escaped(item));
        let lines: String = (1..).zip(items).map(numbered).collect();
        Ok(self.tell(&format!("{}:\n{lines}", escaped(label)))?)
    }

    fn choosing(&self, mut menu: Menu) -> Result<Vec<usize>, PromptError> {
        self.must_ask()?;
        if menu.is_empty() {
            return Err(PromptError::Io(io::ErrorKind::InvalidInput.into()));
        }
        let chosen = self.interrupts.during_prompt(|| {
            let keys = (self.keys)()?;
            self.tell(CURSOR[0])?;
            let chosen = self.choose_in(&mut menu, &*keys);
            self.tell(CURSOR[1])?;
            chosen
        });
        if !matches!(chosen, Some(Ok(_))) {
            self.tell("\n")?;
        }
        chosen.ok_or(PromptError::Interrupted)?
    }

    fn choose_in(&self, menu: &mut Menu, keys: &dyn KeySource) -> Result<Vec<usize>, PromptError> {
        let size = self.err_size.unwrap_or(USUAL_SIZE);
        let mut drawn = menu.draw(size, 0);
        self.tell(&drawn)?;
        loop {
            let press = match keys.next(LOOK_AGAIN)? {
                Key::Nothing => continue,
                Key::Interrupted => return Err(PromptError::Interrupted),
                Key::Resumed => {
                    // What was drawn stands above what the shell has written since.
                    drawn.clear();
                    Press::Nothing
                }
                Key::Byte(b'\x1b') => menu.press_sequence(&sequence(keys)?),
                Key::Byte(byte) => menu.press(byte),
            };
            match press {
                Press::Nothing => {}
                Press::Left => return Err(PromptError::Interrupted),
                Press::Chosen => {
                    self.tell(&menu.draw_answer(drawn.matches('\n').count()))?;
                    return Ok(menu.chosen());
                }
            }
            drawn = menu.draw(size, drawn.matches('\n').count());
            self.tell(&drawn)?;
        }
    }
}

/// What follows an Escape: two more keys for an arrow.
fn sequence(keys: &dyn KeySource) -> io::Result<Vec<u8>> {
    let mut sequence = Vec::new();
    while let Key::Byte(byte) = keys.next(SEQUENCE)? {
        sequence.push(byte);
        let has_ended = sequence.len() > 1 && (0x40..=0x7e).contains(&byte);
        if has_ended || sequence.len() == 1 && byte != b'[' && byte != b'O' {
            break;
        }
    }
    Ok(sequence)
}

/// The place in `items` that a number names, counted from 1.
fn place(text: &str, items: &[String]) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    number
        .filter(|number| (1..=items.len()).contains(number))
        .map(|number| number - 1)
        .ok_or_else(|| format!("type a number from 1 to {}", items.len()))
}

/// The places that numbers name, each once, in the order of `items`.
fn places(text: &str, items: &[String]) -> Result<Vec<usize>, String> {
    let numbers = text.split([',', ' ']).filter(|number| !number.is_empty());
    let mut places = numbers
        .map(|number| place(number, items))
        .collect::<Result<Vec<_>, _>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;

    /// A terminal at which these keys are pressed; `~` is a pause, and `^` is Ctrl-Z and `fg`.
    fn at_a_terminal(keys: &str) -> Desk {
        Desk::new(|w| {
            w.terminals = true;
            w.keys = keys
                .bytes()
                .map(|key| match key {
                    b'~' => Key::Nothing,
                    b'^' => Key::Resumed,
                    3 => Key::Interrupted,
                    key => Key::Byte(key),
                })
                .collect();
        })
    }

    #[test]
    fn one_is_chosen_with_the_arrow_keys() {
        let chosen = |keys: &str, default| {
            let desk = at_a_terminal(keys);
            (
                desk.terminal.choose("Password", &items(), default).unwrap(),
                desk.err(),
            )
        };
        assert_eq!(chosen("\r", 1).0, 1);
        assert_eq!(chosen("\x1b[B\x1bOB~\n", 0).0, 2);
        assert_eq!(chosen("jjjkx\x1b[1;5C\r", 0).0, 2);
        assert_eq!(chosen("\x1b[A\r", 0).0, 2);
        let (_, err) = chosen("\x1b[B\r", 0);
        assert!(err.starts_with(&format!(
            "{}Password:\n> make one\n  type one\n  none\n",
            CURSOR[0]
        )));
        assert!(
            err.ends_with(&format!("Password: type one\n{}", CURSOR[1])),
            "{err:?}"
        );
    }

    #[test]
    fn after_a_stop_the_list_is_drawn_again_below() {
        let desk = at_a_terminal("\x1b[B^\r");
        assert_eq!(desk.terminal.choose("Password", &items(), 0).unwrap(), 1);
        let err = desk.err();
        // Nothing is erased but what was drawn since.
        assert!(
            err.contains("  none\nPassword:\n  make one\n> type one\n  none\n"),
            "{err:?}"
        );
    }

    #[test]
    fn several_are_chosen_with_the_space_bar() {
        let desk = at_a_terminal(" \x1b[B\x1b[B \r");
        assert_eq!(desk.terminal.choose_many("Groups", &items()).unwrap(), [0, 2]);
        let err = desk.err();
        assert!(
            err.contains("Groups (arrows move, space chooses, Enter ends):\n> [ ] make one\n"),
            "{err:?}"
        );
        assert!(err.contains("> [x] none"), "{err:?}");
        assert!(err.contains("Groups: make one, none\n"), "{err:?}");
        let none = at_a_terminal("  \r").terminal.choose_many("Groups", &items());
        assert_eq!(none.unwrap(), [0_usize; 0]);
    }

    #[test]
    fn escape_ctrl_c_and_ctrl_d_leave_the_list_with_a_cursor() {
        for keys in ["\x1b~", "\u{3}", "\u{4}", "q", ""] {
            let desk = at_a_terminal(keys);
            let left = desk.terminal.choose("Password", &items(), 0);
            assert!(matches!(left, Err(PromptError::Interrupted)), "{keys:?}");
            assert!(desk.err().ends_with(&format!("{}\n", CURSOR[1])), "{keys:?}");
        }
        let nothing = at_a_terminal("\r").terminal.choose("Password", &[], 0);
        assert!(matches!(nothing, Err(PromptError::Io(_))));
    }

    fn on_a_dumb_terminal(typed: &str) -> Desk {
        Desk::new(|w| {
            w.terminals = true;
            w.settings.dumb_terminal = true;
            w.input = typed.as_bytes().to_vec();
        })
    }

    fn items() -> Vec<String> {
        ["make one", "type one", "none"].map(str::to_owned).to_vec()
    }

    #[test]
    fn one_is_chosen_by_number_where_escape_sequences_are_unknown() {
        let desk = on_a_dumb_terminal("\n4\nno\n3\n");
        assert_eq!(desk.terminal.choose("Password", &items(), 1).unwrap(), 1);
        assert_eq!(desk.terminal.choose("Password", &items(), 0).unwrap(), 2);
        let list = "Password:\n  1  make one\n  2  type one\n  3  none\n";
        let refusal = "type a number from 1 to 3\n";
        assert_eq!(
            desk.err(),
            format!("{list}Number [2]: {list}Number [1]: {refusal}Number [1]: {refusal}Number [1]: ")
        );
    }

    #[test]
    fn several_are_chosen_by_number_and_none_by_an_empty_line() {
        let desk = on_a_dumb_terminal("3, 1,3\n\n1 9\n2\n");
        let many = || desk.terminal.choose_many("Groups", &items()).unwrap();
        assert_eq!(many(), [0, 2]);
        assert_eq!(many(), [0_usize; 0]);
        assert_eq!(many(), [1]);
        assert!(!desk.err().contains('\x1b'));
        let nothing = desk.terminal.choose_many("Groups", &[]);
        assert!(nothing.is_err());
    }
}
