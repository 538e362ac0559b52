//! Questions with a list of answers: with the arrow keys, or by number where the terminal
//! knows no escape sequences.

use std::io;

use super::escape::escaped;
use super::{PromptError, Terminal};

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
        let select = dialoguer::Select::new()
            .with_prompt(escaped(label))
            .items(items.iter().map(|item| escaped(item)))
            .default(default);
        self.choosing(|| select.interact_opt())
    }

    /// Asks for any of several, with the arrow keys and the space bar; Escape leaves.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer, or nothing to choose from.
    pub fn choose_many(&self, label: &str, items: &[String]) -> Result<Vec<usize>, PromptError> {
        if self.settings.dumb_terminal {
            return self.choose_many_by_number(label, items);
        }
        let select = dialoguer::MultiSelect::new()
            .with_prompt(format!("{} (space chooses, Enter ends)", escaped(label)))
            .items(items.iter().map(|item| escaped(item)));
        self.choosing(|| select.interact_opt())
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

    fn choosing<T>(&self, ask: impl FnOnce() -> dialoguer::Result<Option<T>>) -> Result<T, PromptError> {
        self.must_ask()?;
        let chosen = self.interrupts.during_prompt(|| {
            let chosen = ask();
            if chosen.is_err() {
                // The cursor was hidden, and is left so when the list is left by Ctrl-C.
                let _ = self.tell("\x1b[?25h\n");
            }
            chosen.map_err(io::Error::from)
        });
        chosen
            .ok_or(PromptError::Interrupted)??
            .ok_or(PromptError::Interrupted)
    }
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
