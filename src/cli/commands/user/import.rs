//! `user import`.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use serde_json::json;

use super::create::IfExistsWord;
use super::floor::{tell_floor, tell_weak};
use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::context::Context;
use crate::cli::error::{
    Exit, Failure, encoding_hint, failures_not_listed, import_failure, row_failure, row_problem,
};
use crate::cli::global::WriteArgs;
use crate::cli::input::is_stdin;
use crate::cli::terminal::Progress;
use crate::ops::import::{
    ImportError, ImportOptions, ImportReport, ImportStep, InputFormat, ReadOptions, Separator, time_zone,
};

/// Import users from a file
///
/// Everything is checked first. Then all rows are imported, or none. The program recognises the kind of
/// the file: CSV whose header names the fields of a user, JSON objects as `user export` writes them, a
/// CSV export of Spryker's `spy_user`, or what Django's `dumpdata auth.group auth.user` prints. It also
/// recognises the character between two columns, and UTF-16.
///
/// Password hashes are kept. At the next sign-in of the user, an Argon2id hash replaces them. The kinds
/// of hash are: Argon2, bcrypt, scrypt, PBKDF2 and SHA-crypt as PHP, Django, passlib, Werkzeug and
/// crypt(3) write them; phpass of WordPress, phpBB and Drupal 7; `{SSHA}` and others of LDAP servers and
/// Dovecot; ASP.NET Core Identity; the credential of Keycloak. MD5-crypt, DES-crypt, NT hashes, digests
/// without a salt, and yescrypt are refused.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ImportUsers {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The kind of the file, if it isn't recognised
    #[arg(long, value_enum, value_name = "KIND")]
    input_format: Option<FormatWord>,
    /// Import the good rows, and report the others
    #[arg(long)]
    keep_going: bool,
    /// What to do with rows whose address is taken
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = IfExistsWord::Error)]
    if_exists: IfExistsWord,
    /// Activate the users that are pending in the file
    #[arg(long)]
    activate: bool,
    /// Make the groups that don't exist
    #[arg(long)]
    create_groups: bool,
    /// Allow rows that make administrators
    #[arg(long)]
    allow_administrators: bool,
    /// With --if-exists update: replace passwords too
    #[arg(long)]
    reset_passwords: bool,
    /// The character between two columns of CSV, if it isn't recognised: `;`, or the word `tab`
    #[arg(long, value_name = "C")]
    separator: Option<Separator>,
    /// Pass over columns, and keys of JSON objects, that are not fields of a user
    #[arg(long)]
    ignore_unknown_columns: bool,
    /// The model of the users in a Django dump, if it isn't recognised: `people.account`
    #[arg(long, value_name = "APP.MODEL")]
    django_model: Option<String>,
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
            .import(input, &options, &|step| show(&progress, step, self.write));
        progress.finish();
        match outcome {
            Ok(report) => self.answer(context, &report),
            Err(error) => {
                if let ImportError::Refused(report) = &error {
                    tell_failures(context, report);
                }
                Err(import_failure(error, &self.file))
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
            separator: self.separator,
            ignore_unknown_columns: self.ignore_unknown_columns,
            django_model: self.django_model.clone(),
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
        let mut answer = Answer::new(Reported::Imported, self.write, "").saying(self.sentence(report));
        answer.set("changed", json!(report.created + report.updated > 0));
        for (key, count) in [
            ("created", report.created),
            ("updated", report.updated),
            ("skipped", report.skipped),
            ("failed", report.failed),
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
        for (key, count) in [
            ("failures_not_listed", failures_not_listed(report)),
            ("groups_left_out", report.groups_left_out),
        ] {
            if count > 0 {
                answer.set(key, json!(count));
            }
        }
        tell_failures(context, report);
        if let Some(hint) = encoding_hint(report, &self.file) {
            context.terminal.hint(&hint);
        }
        tell_dropped_rights(context, report);
        tell_weak(context, report.weak_hashes);
        tell_floor(
            context,
            report.failure_floor,
            "the users with the slowest hashes of this file have",
        );
        context.terminal.answer(&answer)?;
        Ok(if report.failed == 0 {
            Exit::Done
        } else {
            Exit::Partly
        })
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
        if report.failed > 0 {
            parts.push(format!("refused {}", counted(report.failed, "row", "rows")));
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

/// Each of the first refused rows on a line of its own; in JSON they stand in the answer or the error.
fn tell_failures(context: &Context<'_>, report: &ImportReport) {
    if context.terminal.format().is_json() {
        return;
    }
    for failure in &report.failures {
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
    let more = failures_not_listed(report);
    if more > 0 {
        let rows = counted(more, "more row was", "more rows were");
        context
            .terminal
            .complaint(&format!("{rows} refused, and not listed"));
    }
}

/// What a Django dump has and an import doesn't take.
fn tell_dropped_rights(context: &Context<'_>, report: &ImportReport) {
    if report.was_staff + report.was_superuser > 0 {
        context.terminal.note(&format!(
            "Django's is_staff ({}) and is_superuser ({}) give no rights here: use groups",
            report.was_staff, report.was_superuser
        ));
    }
    if report.had_permissions > 0 {
        context.terminal.note(&format!(
            "Django's user_permissions ({}) give no rights here: use groups",
            counted(report.had_permissions, "user", "users")
        ));
    }
    if !report.fields_left_out.is_empty() {
        let fields = report.fields_left_out.join(", ");
        context
            .terminal
            .note(&format!("fields of the dump that are not taken: {fields}"));
    }
    if report.groups_left_out > 0 {
        context.terminal.warn(&format!(
            "{} left out: the dump does not give the names of the groups",
            counted(
                report.groups_left_out,
                "membership of a group was",
                "memberships of groups were"
            )
        ));
        context
            .terminal
            .hint("make the dump with the groups: `manage.py dumpdata auth.group auth.user`");
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
fn show(progress: &Progress, step: ImportStep, write: WriteArgs) {
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
        // A dry run writes too, and rolls back: nobody has to be told.
        ImportStep::Writing { of } if write.dry_run => progress.stage("checking", of),
        ImportStep::Writing { of } => progress.stage("writing", of),
        ImportStep::Read(done) | ImportStep::Written { done } => progress.set(done),
    }
}
