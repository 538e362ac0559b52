//! The access token for a sign-in with XOAUTH2: given, or printed by a program.

use std::fmt;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::error::{MailStep, SendError, SettingsError};
use crate::domain::text;

/// How long the program may take: it usually asks a server for a new token.
const LIMIT: Duration = Duration::from_secs(30);
/// The tokens of the large services have some 2,000 characters.
const MOST_TOKEN_BYTES: usize = 16 * 1024;
/// So much of what the program says of a failure is shown.
const MOST_SAID_BYTES: usize = 500;

/// Where the access token comes from.
#[derive(Debug, Clone)]
pub enum AccessTokenSource {
    /// It is known.
    Given(SecretString),
    /// A program prints it.
    Command(TokenCommand),
}

/// A program that prints an access token on standard output, and its arguments. No shell is
/// involved.
#[derive(Debug, Clone)]
pub struct TokenCommand {
    program: String,
    arguments: Vec<String>,
    limit: Duration,
}

impl TokenCommand {
    /// The program, which is found as the system finds programs, and its arguments.
    ///
    /// # Errors
    /// [`SettingsError::TokenCommand`] without a program.
    pub fn new(words: Vec<String>) -> Result<Self, SettingsError> {
        let mut words = words.into_iter();
        let program = words.next().ok_or(SettingsError::TokenCommand)?;
        Ok(Self {
            program,
            arguments: words.collect(),
            limit: LIMIT,
        })
    }

    /// The same with a limit of its own for the time that the program may take.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Runs the program, and takes what it prints.
    pub(super) fn run(&self) -> Result<SecretString, SendError> {
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.failed(&format!("can't be run: {error}")))?;
        let pid = i32::try_from(child.id()).ok().map(Pid::from_raw);
        let (done, ended) = mpsc::channel();
        thread::Builder::new()
            .name("token".to_owned())
            .spawn(move || done.send(attend(child)))
            .map_err(|error| self.failed(&format!("can't be run: {error}")))?;
        let Ok(outcome) = ended.recv_timeout(self.limit) else {
            if let Some(pid) = pid {
                let _ = kill(pid, Signal::SIGKILL);
            }
            let seconds = self.limit.as_secs_f32();
            return Err(self.failed(&format!("didn't end within {seconds} seconds")));
        };
        let printed = outcome.map_err(|error| self.failed(&format!("can't be read from: {error}")))?;
        if !printed.status.success() {
            return Err(self.failed(&format!("failed ({}): {}", printed.status, shown(&printed.said))));
        }
        token_in(&printed.token)
            .ok_or_else(|| self.failed("printed no access token, which is one line of visible characters"))
    }

    fn failed(&self, what: &str) -> SendError {
        SendError::new(MailStep::Token, format!("the program {} {what}", self.program))
    }
}

/// What a program printed, and how it ended.
struct Printed {
    token: Zeroizing<Vec<u8>>,
    said: Vec<u8>,
    status: ExitStatus,
}

/// Reads both streams to their ends, so that the program never waits for us.
fn attend(mut child: Child) -> io::Result<Printed> {
    let errors = child.stderr.take();
    let said = thread::spawn(move || errors.map(|errors| read_some(errors, MOST_SAID_BYTES)));
    let token = match child.stdout.take() {
        Some(output) => read_some(output, MOST_TOKEN_BYTES + 1),
        None => Zeroizing::default(),
    };
    let status = child.wait()?;
    let said = said.join().ok().flatten();
    Ok(Printed {
        token,
        said: said.map(|said| said.to_vec()).unwrap_or_default(),
        status,
    })
}

/// The beginning of a stream. The rest is read too, and forgotten.
fn read_some(mut stream: impl Read, most: usize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let _ = stream.by_ref().take(limit).read_to_end(&mut bytes);
    let _ = io::copy(&mut stream, &mut io::sink());
    bytes
}

/// One line without control characters.
fn shown(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let words: Vec<String> = said
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !text::is_hostile(*c)).collect())
        .collect();
    words.join(" ")
}

fn token_in(printed: &[u8]) -> Option<SecretString> {
    if printed.len() > MOST_TOKEN_BYTES {
        return None;
    }
    let text = std::str::from_utf8(printed).ok()?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    is_token(line).then(|| SecretString::from(line))
}

/// Visible ASCII (RFC 6750 §2.1 allows less): nothing that ends the token in the sign-in.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic())
}

impl fmt::Display for AccessTokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(_) => f.write_str("a file"),
            Self::Command(command) => write!(f, "the program {}", command.program),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn run(script: &str) -> Result<String, String> {
        let words = ["sh", "-c", script].map(str::to_owned).to_vec();
        let command = TokenCommand::new(words).unwrap();
        match command.run() {
            Ok(token) => Ok(token.expose_secret().to_owned()),
            Err(error) => {
                assert_eq!(error.step, MailStep::Token);
                Err(error.detail)
            }
        }
    }

    #[test]
    fn a_line_of_standard_output_is_the_token() {
        assert_eq!(run("echo ya29.a-b_c~d+e/f="), Ok("ya29.a-b_c~d+e/f=".to_owned()));
        assert_eq!(run("printf 'token\\r\\n'; echo said >&2"), Ok("token".to_owned()));
        assert_eq!(
            run(&format!("head -c {MOST_TOKEN_BYTES} /dev/zero | tr '\\0' x")),
            Ok("x".repeat(MOST_TOKEN_BYTES))
        );
    }

    #[test]
    fn what_is_no_token_is_refused_and_not_shown() {
        for script in [
            "true",
            "echo",
            "printf 'one two'",
            "printf 'one\\ntwo\\n'",
            "printf 'one\\001two'",
            "printf 'schlüssel'",
            "head -c 20000 /dev/zero | tr '\\0' x",
        ] {
            assert_eq!(
                run(script),
                Err(
                    "the program sh printed no access token, which is one line of visible characters"
                        .to_owned()
                ),
                "{script}"
            );
        }
    }

    #[test]
    fn a_failure_says_what_the_program_said_without_control_characters() {
        let failed = run("echo secret; printf 'AADSTS70000: \\033[2Jexpired\\n' >&2; exit 3");
        assert_eq!(
            failed,
            Err("the program sh failed (exit status: 3): AADSTS70000: [2Jexpired".to_owned())
        );
        let long = run("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1").unwrap_err();
        assert!(long.len() < MOST_SAID_BYTES + 100, "{}", long.len());
        let missing = TokenCommand::new(vec!["/nowhere/helper".to_owned()]).unwrap();
        let missing = missing.run().unwrap_err();
        assert!(missing.detail.contains("can't be run"), "{missing}");
        assert!(TokenCommand::new(Vec::new()).is_err());
    }

    #[test]
    fn a_program_that_does_not_end_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let script = format!("echo $$ > {}; exec cat /dev/zero > /dev/null", pid.display());
        let words = ["sh", "-c", &script].map(str::to_owned).to_vec();
        let command = TokenCommand::new(words).unwrap().within(Duration::from_secs(2));
        let error = command.run().unwrap_err();
        assert!(error.detail.contains("didn't end within 2 seconds"), "{error}");
        let pid = std::fs::read_to_string(pid).unwrap().trim().parse().unwrap();
        // The thread that attends it takes its end, after which it is no longer there.
        while kill(Pid::from_raw(pid), None).is_ok() {
            thread::yield_now();
        }
    }
}
