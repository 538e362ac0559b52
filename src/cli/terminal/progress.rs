//! A bar on standard error while something long is being done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::escape::escaped;
use super::{Format, Terminal};

/// A progress bar, or nothing where nobody watches. May be moved from any thread; gone
/// when dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Another stage begins, of `total` steps.
    pub fn stage(&self, label: &str, total: u64) {
        self.bar.set_message(escaped(label).into_owned());
        self.bar.set_style(style(true));
        self.bar.set_length(total);
        self.bar.set_position(0);
    }

    /// So much is done.
    pub fn set(&self, done: u64) {
        self.bar.set_position(done);
    }

    /// What is waited for is still waited for.
    pub fn waiting(&self, message: &str) {
        self.bar
            .set_style(ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| style(false)));
        self.bar.set_message(escaped(message).into_owned());
        self.bar.tick();
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Terminal {
    /// Begins a bar of `total` steps, or of unknown length. Shown only where standard error
    /// is a terminal that can be drawn on, in the format `table`, without `--quiet`.
    pub fn progress(&self, label: &str, total: Option<u64>) -> Progress {
        let watched = self.watched
            && !self.settings.dumb_terminal
            && !self.settings.quiet
            && self.settings.format == Format::Table;
        if !watched {
            return Progress {
                bar: ProgressBar::hidden(),
            };
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr())
            .with_style(style(total.is_some()))
            .with_message(escaped(label).into_owned());
        self.bar.replace(bar.downgrade());
        Progress { bar }
    }
}

fn style(has_end: bool) -> ProgressStyle {
    let template = if has_end {
        "{msg} {bar:30} {pos}/{len}"
    } else {
        "{msg} {pos}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;

    #[test]
    fn nobody_watches_a_pipe() {
        let desk = Desk::new(|_| ());
        let progress = desk.terminal.progress("importing", Some(3));
        std::thread::scope(|scope| {
            scope.spawn(|| progress.set(2));
        });
        progress.finish();
        assert!(progress.bar.is_hidden());
        assert_eq!(desk.err(), "");
    }
}
