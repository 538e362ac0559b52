//! Passwords typed by a person, unseen.

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::escape::escaped;
use super::{PromptError, Terminal};

impl Terminal {
    /// Asks for a password that there is already.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer.
    pub fn ask_password(&self, label: &str) -> Result<SecretString, PromptError> {
        self.must_ask()?;
        loop {
            let typed = self.read_hidden(label)?;
            if !typed.is_empty() {
                return Ok(SecretString::from(typed.as_str()));
            }
            self.refuse("nothing was typed")?;
        }
    }

    /// Asks for a new password until `check` takes it, then for the same again.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer.
    pub fn ask_new_password(
        &self,
        label: &str,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<SecretString, PromptError> {
        self.must_ask()?;
        loop {
            let typed = self.read_hidden(label)?;
            if let Err(refusal) = check(&typed) {
                self.refuse(&refusal)?;
                continue;
            }
            if *self.read_hidden(&format!("{label}, again"))? == *typed {
                return Ok(SecretString::from(typed.as_str()));
            }
            self.refuse("the two are not the same")?;
        }
    }

    fn read_hidden(&self, label: &str) -> Result<Zeroizing<String>, PromptError> {
        let ask = || self.tell(&format!("{}: ", escaped(label)));
        let typed = self.interrupts.during_prompt(|| {
            let typed = self.hidden.borrow_mut()(&ask);
            // The line end was not shown either.
            self.tell("\n").and(typed).map(Zeroizing::new)
        });
        Ok(typed.ok_or(PromptError::Interrupted)??)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ColorChoice;
    use super::super::testing::Desk;
    use secrecy::ExposeSecret;

    fn hiding(typed: &[&str]) -> Desk {
        Desk::new(|w| {
            w.terminals = true;
            w.settings.color = ColorChoice::Never;
            w.hidden = typed.iter().map(|t| Ok((*t).to_owned())).collect();
        })
    }

    fn not_empty(text: &str) -> Result<(), String> {
        if text.is_empty() {
            Err("it is empty".to_owned())
        } else {
            Ok(())
        }
    }

    #[test]
    fn a_new_password_is_typed_twice() {
        let desk = hiding(&["", "one", "two", "three", "three"]);
        let password = desk.terminal.ask_new_password("new password", not_empty);
        assert_eq!(password.unwrap().expose_secret(), "three");
        assert_eq!(
            desk.err(),
            "new password: \nit is empty\nnew password: \nnew password, again: \n\
             the two are not the same\nnew password: \nnew password, again: \n"
        );
    }

    #[test]
    fn an_old_password_is_not_empty() {
        let desk = hiding(&["", "old"]);
        let password = desk.terminal.ask_password("password").unwrap();
        assert_eq!(password.expose_secret(), "old");
    }
}
