//! `user import`.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use serde_json::json;

use super::create::IfExistsWord;
use super::floor::tell_floor;
use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, row_failure, row_problem};
use crate::cli::global::WriteArgs;
use crate::cli::input::is_stdin;
use crate::cli::terminal::Progress;
use crate::ops::import::{
    ImportError, ImportFailure, ImportOptions, ImportReport, ImportStep, InputFormat, ReadOptions, time_zone,
};

/// Take users over from a file
///
/// Everything is checked first, and all of it goes in or nothing does. The kind of file is
/// recognised by itself: CSV whose header names the fields of a user, JSONL as `user export`
/// writes it, a CSV export of Spryker's `spy_user`, or what Django's `dumpdata auth.user`
/// prints. Password hashes are kept, and replaced by an Argon2id hash at the
/// next sign-in.
///
/// Kinds of hash: Argon2, bcrypt, scrypt, PBKDF2 and SHA-crypt as PHP, Django, passlib,
/// Werkzeug and crypt(3) write them; phpass of WordPress, phpBB and Drupal 7; `{SSHA}` and
/// others of LDAP servers and Dovecot; ASP.NET Core Identity; the credential of Keycloak.
/// MD5-crypt, DES-crypt, NT hashes, digests without a salt, and yescrypt are refused.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ImportUsers {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The kind of file, where it isn't recognised
    #[arg(long, value_enum, value_name = "KIND")]
    input_format: Option<FormatWord>,
    /// Take the good rows, and report the others
    #[arg(long)]
    keep_going: bool,
    /// What to do with rows whose address is taken
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = IfExistsWord::Error)]
    if_exists: IfExistsWord,
    /// Activate the users that are pending in the file
    #[arg(long)]
    activate: bool,
    /// Make the groups that are missing
    #[arg(long)]
    create_groups: bool,
    /// Allow rows that make administrators
    #[arg(long)]
    allow_administrators: bool,
    /// With --if-exists update: replace passwords too
    #[arg(long)]
    reset_passwords: bool,
    /// The time zone of times in the file that have no offset, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatWord {
    Csv,
    Jsonl,
    Spryker,
    Django,
}

impl From<FormatWord> for InputFormat {
    fn from(word: FormatWord) -> Self {
        match word {
            FormatWord::Csv => Self::Csv,
            FormatWord::Jsonl => Self::Jsonl,
            FormatWord::Spryker => Self::Spryker,
            FormatWord::Django => Self::Django,
        }
    }
}

impl ImportUsers {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        if self.reset_passwords && !matches!(self.if_exists, IfExistsWord::Update) {
            return Err(Failure::usage("`--reset-passwords` does nothing by itself")
                .hint("give `--if-exists update` with it"));
        }
        let options = self.options()?;
        let input = self.open(context)?;
        let office = context.office_or_new(self.write)?;
        let progress = context.terminal.progress("reading", None);
        let outcome = office
            .users()
            .import(input, &options, &|step| show(&progress, step));
        progress.finish();
        match outcome {
            Ok(report) => self.answer(context, &report),
            Err(error) => {
                if let ImportError::Refused(report) = &error {
                    tell_failures(context, &report.failures);
                }
                Err(error.into())
            }
        }
    }

    /// Opened before the store, for root's own file may not be its owner's to read.
    fn open(&self, context: &Context<'_>) -> Result<Box<dyn BufRead>, Failure> {
        const BUFFER: usize = 256 * 1024;
        if is_stdin(&self.file) {
            context.reserve_stdin()?;
            return Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin())));
        }
        let file = File::open(&self.file).map_err(|error| unreadable(&self.file, &error))?;
        // A folder opens, and only fails to be read.
        if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Err(unreadable(&self.file, &io::ErrorKind::IsADirectory.into()));
        }
        Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
    }

    fn options(&self) -> Result<ImportOptions, Failure> {
        let read = ReadOptions {
            format: self.input_format.map(InputFormat::from),
            timezone: time_zone(&self.timezone)?,
        };
        Ok(ImportOptions {
            read,
            keep_going: self.keep_going,
            if_exists: self.if_exists.into(),
            activate: self.activate,
            create_groups: self.create_groups,
            allow_administrators: self.allow_administrators,
            reset_passwords: self.reset_passwords,
        })
    }

    fn answer(&self, context: &Context<'_>, report: &ImportReport) -> Result<Exit, Failure> {
        let failed = report.failures.len() as u64;
        let mut answer = Answer::new(Reported::Imported, self.write, "").saying(self.sentence(report));
        answer.set("changed", json!(report.created + report.updated > 0));
        for (key, count) in [
            ("created", report.created),
            ("updated", report.updated),
            ("skipped", report.skipped),
            ("failed", failed),
            ("administrators", report.new_administrators),
            ("weak_hashes", report.weak_hashes),
        ] {
            answer.set(key, json!(count));
        }
        answer.set_floor(report.failure_floor);
        answer.set(
            "failures",
            json!(report.failures.iter().map(row_failure).collect::<Vec<_>>()),
        );
        tell_failures(context, &report.failures);
        tell_dropped_rights(context, report);
        tell_weak(context, report.weak_hashes);
        tell_floor(
            context,
            report.failure_floor,
            "the users with the slowest hashes of this file have",
        );
        context.terminal.answer(&answer)?;
        Ok(if failed == 0 { Exit::Done } else { Exit::Partly })
    }

    fn sentence(&self, report: &ImportReport) -> String {
        let would = if self.write.dry_run { "would have " } else { "" };
        let mut parts = vec![format!(
            "{would}created {}",
            counted(report.created, "user", "users")
        )];
        for (count, word) in [(report.updated, "updated"), (report.skipped, "skipped")] {
            if count > 0 {
                parts.push(format!("{word} {count}"));
            }
        }
        if !report.failures.is_empty() {
            parts.push(format!(
                "refused {}",
                counted(report.failures.len() as u64, "row", "rows")
            ));
        }
        if report.new_administrators > 0 {
            parts.push(counted(
                report.new_administrators,
                "of them an administrator",
                "new administrators",
            ));
        }
        parts.join(", ")
    }
}

/// Each refused row on a line of its own; in JSON they stand in the answer or the error.
fn tell_failures(context: &Context<'_>, failures: &[ImportFailure]) {
    if context.terminal.format().is_json() {
        return;
    }
    for failure in failures {
        let problem = row_problem(&failure.problem);
        let whose = failure
            .email
            .as_ref()
            .filter(|email| !problem.message.contains(email.as_str()))
            .map(|email| format!(" ({email})"))
            .unwrap_or_default();
        let hint = problem.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        context.terminal.complaint(&format!(
            "line {}{whose}: {}{hint}",
            failure.line, problem.message
        ));
    }
}

fn tell_dropped_rights(context: &Context<'_>, report: &ImportReport) {
    if report.was_staff + report.was_superuser == 0 {
        return;
    }
    context.terminal.note(&format!(
        "Django's is_staff ({}) and is_superuser ({}) give no rights here: use groups",
        report.was_staff, report.was_superuser
    ));
}

fn tell_weak(context: &Context<'_>, weak: u64) {
    if weak > 0 {
        context.terminal.note(&format!(
            "{} protected by a weak hash (MD5, SHA-1 or too few rounds) until the user signs in: the first \
             sign-in replaces the hash by a strong one",
            counted(weak, "password is", "passwords are")
        ));
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "isn't there",
        io::ErrorKind::PermissionDenied => "can't be read: permission denied",
        io::ErrorKind::IsADirectory => "is a folder",
        _ => "can't be read",
    };
    Failure::new(
        Exit::Invalid,
        "unreadable_input",
        format!("the file {} {what}", path.display()),
    )
    .hint("check the path")
}

/// Moves the bar through the stages of an import.
fn show(progress: &Progress, step: ImportStep) {
    match step {
        ImportStep::Compared { done, of } => {
            if done == 1 {
                progress.stage("comparing passwords", of);
            }
            progress.set(done);
        }
        ImportStep::Hashed { done, of } => {
            if done == 1 {
                progress.stage("hashing passwords", of);
            }
            progress.set(done);
        }
        ImportStep::Writing { of } => progress.stage("writing", of),
        ImportStep::Read(done) | ImportStep::Written { done } => progress.set(done),
    }
}
