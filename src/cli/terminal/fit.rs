//! How the columns of a table share the width of a terminal.

/// No column is cut below this, in columns of the terminal.
const NARROWEST: usize = 6;

/// What stands in a column, in columns of the terminal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Column {
    /// The width of the header.
    pub header: usize,
    /// The width of the widest cell.
    pub full: usize,
    /// The same, where a cell that has a short form is in its short form.
    pub short: usize,
    /// Whether a cell has a short form. Such a cell is never cut below it.
    pub has_short: bool,
    /// Whether the next command needs what stands in it: it is cut last.
    pub is_handle: bool,
    /// Whether it has no room.
    pub is_left_out: bool,
}

impl Column {
    fn full_width(&self) -> usize {
        self.full.max(self.header)
    }

    fn short_width(&self) -> usize {
        self.short.max(self.header)
    }

    fn least(&self) -> usize {
        if self.is_handle {
            self.short_width()
        } else if self.has_short {
            self.short
        } else {
            NARROWEST.min(self.full_width())
        }
    }
}

/// How a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Its width.
    pub width: usize,
    /// Whether its cells are in their short form.
    pub is_short: bool,
}

/// All columns in full, for a table that nothing limits.
pub(super) fn in_full(columns: &[Column]) -> Vec<Option<Shape>> {
    let shape = |column: &Column| Shape {
        width: column.full_width(),
        is_short: false,
    };
    columns.iter().map(|column| Some(shape(column))).collect()
}

/// Fits the columns into `limit`, with `gap` between each two. In this order: empty columns are left
/// out; cells take their short form; columns are cut, the widest first; columns are left out, the last
/// first. Handles are cut last, from the last one to the first, and none is left out.
pub(super) fn fit(columns: &mut [Column], gap: usize, limit: usize) -> Vec<Option<Shape>> {
    loop {
        let shown: Vec<usize> = (0..columns.len())
            .filter(|&at| !columns[at].is_left_out)
            .collect();
        let limit = limit.saturating_sub(gap * shown.len().saturating_sub(1));
        let full: Vec<usize> = shown.iter().map(|&at| columns[at].full_width()).collect();
        if full.iter().sum::<usize>() <= limit {
            return shapes(columns.len(), &shown, &full, false);
        }
        if leave_out_empty(columns) {
            continue;
        }
        let mut widths: Vec<usize> = shown.iter().map(|&at| columns[at].short_width()).collect();
        let least: Vec<usize> = shown.iter().map(|&at| columns[at].least()).collect();
        squeeze(&mut widths, &least, limit);
        let fits = widths.iter().sum::<usize>() <= limit;
        match shown.iter().rfind(|&&at| !columns[at].is_handle) {
            Some(&last) if !fits => columns[last].is_left_out = true,
            _ => {
                squeeze_handles(&mut widths, limit);
                return shapes(columns.len(), &shown, &widths, true);
            }
        }
    }
}

/// Leaves the columns out in which nothing stands. Tells whether there was one.
fn leave_out_empty(columns: &mut [Column]) -> bool {
    let mut found = false;
    for column in columns {
        if column.full == 0 && !column.is_handle && !column.is_left_out {
            column.is_left_out = true;
            found = true;
        }
    }
    found
}

fn shapes(count: usize, shown: &[usize], widths: &[usize], is_short: bool) -> Vec<Option<Shape>> {
    let mut shapes = vec![None; count];
    for (&at, &width) in shown.iter().zip(widths) {
        shapes[at] = Some(Shape { width, is_short });
    }
    shapes
}

/// Cuts what is still too wide, from the last column to the first.
fn squeeze_handles(widths: &mut [usize], limit: usize) {
    for at in (0..widths.len()).rev() {
        let mut least = widths.to_vec();
        least[at] = NARROWEST;
        squeeze(widths, &least, limit);
    }
}

/// Takes from the widest column until the whole is at most `limit`, or nothing more can be taken.
fn squeeze(widths: &mut [usize], least: &[usize], limit: usize) {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(limit);
    while excess > 0 {
        let givers: Vec<usize> = (0..widths.len()).filter(|&at| widths[at] > least[at]).collect();
        let Some(widest) = givers.iter().map(|&at| widths[at]).max() else {
            return;
        };
        let (sharers, others): (Vec<usize>, Vec<usize>) =
            givers.into_iter().partition(|&at| widths[at] == widest);
        // Down to the second widest in one step: one character at a time would take long
        // where a cell is very long.
        let next = others.iter().map(|&at| widths[at]).max().unwrap_or(0);
        let floor = sharers.iter().map(|&at| least[at]).max().unwrap_or(0);
        let step = (widest - next.max(floor)).min(excess.div_ceil(sharers.len()));
        for at in sharers {
            let taken = step.min(excess);
            widths[at] -= taken;
            excess -= taken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn column(header: usize, full: usize) -> Column {
        Column {
            header,
            full,
            short: full,
            ..Column::default()
        }
    }

    fn handle(header: usize, full: usize) -> Column {
        Column {
            is_handle: true,
            ..column(header, full)
        }
    }

    fn time(header: usize, full: usize, short: usize) -> Column {
        Column {
            short,
            has_short: true,
            ..column(header, full)
        }
    }

    fn widths(columns: &mut [Column], limit: usize) -> Vec<Option<usize>> {
        let shapes = fit(columns, 2, limit);
        shapes
            .into_iter()
            .map(|shape| shape.map(|shape| shape.width))
            .collect()
    }

    #[test]
    fn what_fits_is_in_full() {
        let mut columns = [handle(5, 20), time(13, 30, 6)];
        let shapes = fit(&mut columns, 2, 52);
        assert_eq!(shapes, in_full(&columns));
    }

    #[test]
    fn a_time_is_shortened_before_a_text_is_cut_and_a_handle_is_cut_last() {
        let all = || [handle(5, 24), column(10, 12), column(9, 40), time(13, 30, 6)];
        assert_eq!(widths(&mut all(), 80), [Some(24), Some(12), Some(25), Some(13)]);
        assert_eq!(widths(&mut all(), 60), [Some(24), Some(10), Some(10), Some(10)]);
        assert_eq!(widths(&mut all(), 48), [Some(24), Some(6), Some(6), Some(6)]);
        assert_eq!(widths(&mut all(), 47), [Some(24), Some(9), Some(10), None]);
        assert_eq!(widths(&mut all(), 30), [Some(24), None, None, None]);
        assert_eq!(widths(&mut all(), 10), [Some(10), None, None, None]);
    }

    #[test]
    fn of_two_handles_the_first_is_cut_last() {
        let all = || [handle(2, 36), handle(5, 24), column(6, 9)];
        assert_eq!(widths(&mut all(), 50), [Some(36), Some(12), None]);
        assert_eq!(widths(&mut all(), 30), [Some(22), Some(6), None]);
    }

    #[test]
    fn an_empty_column_gives_its_room_first() {
        let mut columns = [handle(5, 24), column(6, 0), column(10, 12)];
        assert_eq!(widths(&mut columns, 38), [Some(24), None, Some(12)]);
    }

    proptest! {
        #[test]
        fn columns_fit_or_only_handles_are_left_and_as_narrow_as_they_get(
            texts in proptest::collection::vec((0_usize..20, 0_usize..5000, any::<bool>()), 1..9),
            limit in 0_usize..200,
        ) {
            let made = |&(header, full, is_handle): &(usize, usize, bool)| Column {
                is_handle, ..column(header, full)
            };
            let mut columns: Vec<Column> = texts.iter().map(made).collect();
            let widths = widths(&mut columns, limit);
            let shown: Vec<usize> = widths.iter().copied().flatten().collect();
            let total = shown.iter().sum::<usize>() + 2 * shown.len().saturating_sub(1);
            let only_handles = columns.iter().zip(&widths).all(|(c, w)| c.is_handle || w.is_none());
            prop_assert!(total <= limit || only_handles && shown.iter().all(|w| *w <= NARROWEST));
            for (column, width) in columns.iter().zip(&widths) {
                prop_assert!(width.is_none_or(|width| width <= column.full.max(column.header)));
                prop_assert!(!column.is_handle || width.is_some());
            }
        }
    }
}
