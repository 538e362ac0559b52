//! The rows that an import refuses: the first ones, and how many there are.

use super::import_failure::ImportFailure;

/// How many refused rows a report has at most. A file of another kind can have millions.
pub(super) const MOST_FAILURES: usize = 1000;

/// The rows that were refused: the first ones by their line, and the number of all.
#[derive(Debug, Default)]
pub(super) struct RefusedRows {
    first: Vec<ImportFailure>,
    pub count: u64,
    /// Whether the input must be corrected for one of them.
    pub is_malformed: bool,
}

impl RefusedRows {
    pub fn add(&mut self, failure: ImportFailure) {
        self.count += 1;
        self.is_malformed |= failure.problem.is_malformed();
        self.first.push(failure);
        if self.first.len() > 2 * MOST_FAILURES {
            self.keep_first();
        }
    }

    /// The first failures, in the order of the input.
    pub fn first(mut self) -> Vec<ImportFailure> {
        self.keep_first();
        self.first
    }

    fn keep_first(&mut self) {
        self.first.sort_by_key(|failure| failure.line);
        self.first.truncate(MOST_FAILURES);
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::RowError;
    use super::super::import_failure::ImportProblem;
    use super::super::report::ImportReport;
    use super::*;

    fn failure(line: u64) -> ImportFailure {
        ImportFailure {
            line,
            email: None,
            problem: ImportProblem::Row(RowError::Id),
        }
    }

    #[test]
    fn the_first_by_line_are_kept_and_all_are_counted() {
        let (mut late, mut early) = (RefusedRows::default(), RefusedRows::default());
        for line in (10_001..=20_000).rev() {
            late.add(failure(line));
            assert!(late.first.len() <= 2 * MOST_FAILURES, "the memory is bounded");
        }
        for line in [5, 3] {
            early.add(failure(line));
        }
        let report = ImportReport::default().with(late).with(early);
        assert_eq!((report.failed, report.is_malformed()), (10_002, true));
        let lines: Vec<u64> = report.failures.iter().map(|failure| failure.line).collect();
        assert_eq!(lines.len(), MOST_FAILURES);
        assert_eq!((&lines[..3], lines[999]), (&[3, 5, 10_001][..], 10_998));
    }
}
