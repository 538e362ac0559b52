//! What applies to every command.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueHint};

use crate::cli::terminal::{ColorChoice, Format};
use crate::domain::duration::parse_duration;

/// Flags of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Global {
    /// The store, instead of `BACKOFFICE_STORE`, the configuration and the default place
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub store: Option<PathBuf>,
    /// The configuration file, instead of `BACKOFFICE_CONFIG` and the usual places
    #[arg(long, global = true, hide_short_help = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The form of the answer [default: table; also `BACKOFFICE_FORMAT`]
    #[arg(long, short = 'o', global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// Only these fields, in this order, separated by commas
    #[arg(long, global = true, value_name = "FIELD", value_delimiter = ',')]
    pub fields: Option<Vec<String>>,
    /// In CSV, do not guard cells that a spreadsheet would take for a formula
    #[arg(long, global = true, hide_short_help = true)]
    pub csv_raw: bool,
    /// Begin CSV with a byte-order mark, so that Excel recognises UTF-8
    #[arg(long, global = true, hide_short_help = true)]
    pub csv_bom: bool,
    /// When to use colours
    #[arg(long, global = true, hide_short_help = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Only errors and questions on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say what is being done
    #[arg(long, short, global = true, hide_short_help = true)]
    pub verbose: bool,
    /// Answer yes to every question
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// Ask no question: a missing answer is an error
    #[arg(long, global = true, hide_short_help = true)]
    pub no_input: bool,
    /// How long to wait for a busy store
    #[arg(long, global = true, hide_short_help = true, value_name = "TIME", default_value = "5s", value_parser = duration)]
    pub lock_timeout: Duration,
    /// Act as the user whose session token is in this file
    #[arg(long, global = true, hide_short_help = true, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "as_token_stdin")]
    pub as_token_file: Option<PathBuf>,
    /// Act as the user whose session token comes on standard input
    #[arg(long, global = true, hide_short_help = true)]
    pub as_token_stdin: bool,
    /// The IP address of the client that the calling application acts for; the audit record keeps it
    #[arg(long, global = true, hide_short_help = true, value_name = "ADDR")]
    pub client: Option<IpAddr>,
}

/// What every write has.
#[derive(Debug, Clone, Copy, Args)]
pub struct WriteArgs {
    /// Say what would be done, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A duration in which something can happen.
pub fn positive_duration(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("the time must be longer than 0: give a time such as 3m".to_owned()),
        given => Ok(given),
    }
}

/// A duration such as `30m` or `90d`.
pub fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "a time is written like 500ms, 30s, 15m, 8h or 90d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_too_little() {
        assert_eq!(positive_duration("1ms"), Ok(Duration::from_millis(1)));
        assert_eq!(positive_duration("3m"), Ok(Duration::from_mins(3)));
        for none in ["0s", "0ms", "0d"] {
            assert!(
                positive_duration(none).unwrap_err().contains("such as 3m"),
                "{none}"
            );
        }
        assert_eq!(positive_duration("soon"), duration("soon"));
    }
}
