//! `--input FILE|-`: the answers of a command as one JSON object, for programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::terminal::{InputObject, escaped};
use crate::domain::likeness;

/// Answers from a file or a pipe.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Take the answers from a JSON object in FILE, or on standard input with `-`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub input: Option<PathBuf>,
}

impl InputArgs {
    /// Reads the answers, none if there is no input; `known` are the keys that are taken.
    /// `client` is taken everywhere.
    pub fn read(&self, context: &Context<'_>, known: &[&str]) -> Result<InputObject, Failure> {
        let Some(path) = &self.input else {
            return Ok(InputObject::default());
        };
        if is_stdin(path) {
            context.reserve_stdin()?;
        }
        let mut input = context.terminal.read_input_object(path)?;
        for key in input.keys() {
            if key != "client" && !known.contains(&key) {
                return Err(unknown(key, known));
            }
        }
        if let Some(client) = input.take_text("client")? {
            let address = client.parse().map_err(|_| {
                Failure::new(
                    Exit::Invalid,
                    "invalid_input",
                    "`client` in the input: an IP address is needed",
                )
            })?;
            context.set_client(address);
        }
        Ok(input)
    }
}

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn unknown(key: &str, known: &[&str]) -> Failure {
    const LONGEST: usize = 40;
    let shown: String = key.chars().take(LONGEST).collect();
    let hint = match likeness::nearest(key, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the keys are {}, client", known.join(", ")),
    };
    let message = format!(
        "the input has a key `{}`, which this command doesn't take",
        escaped(&shown)
    );
    Failure::new(Exit::Invalid, "invalid_input", message).hint(hint)
}
