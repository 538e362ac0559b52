//! A table: a header line, columns two spaces apart, in chunks so that it streams.
//!
//! Laid out here and not by a crate: columns must stay where they are from chunk to chunk,
//! long cells are cut and never wrapped, and colour must not count as width.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::Style;

/// Rows gathered before their columns are measured.
const CHUNK_ROWS: usize = 1000;
/// What stands between two columns.
const GAP: &str = "  ";
/// No column is squeezed below this, in columns of the terminal.
const NARROWEST: usize = 6;

/// The text of a cell, escaped, and how it is shown.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    style: Option<Style>,
}

impl Cell {
    /// The cell of `field`; `text` must be escaped.
    pub(super) fn new(field: &str, text: String) -> Self {
        let style = Style::of(field, &text);
        Self { text, style }
    }
}

/// A table being written.
pub(super) struct Table {
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    widths: Vec<usize>,
    /// Columns of the terminal; none: nothing is cut.
    limit: Option<usize>,
    colours: bool,
    header_written: bool,
}

impl Table {
    pub(super) fn new(columns: &[&str], limit: Option<usize>, colours: bool) -> Self {
        let header: Vec<Cell> = columns
            .iter()
            .map(|&column| Cell {
                text: column.to_owned(),
                style: Some(Style::Heading),
            })
            .collect();
        Self {
            widths: header.iter().map(|cell| cell.text.width()).collect(),
            header,
            rows: Vec::new(),
            limit,
            colours,
            header_written: false,
        }
    }

    /// Takes a row; true when it is time to [`flush`](Self::flush).
    pub(super) fn add(&mut self, row: Vec<Cell>) -> bool {
        self.rows.push(row);
        self.rows.len() >= CHUNK_ROWS
    }

    /// Writes the rows gathered so far, after the header if they are the first.
    pub(super) fn flush(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.measure();
        if !self.header_written {
            self.header_written = true;
            out.write_all(self.line(&self.header).as_bytes())?;
        }
        for row in std::mem::take(&mut self.rows) {
            out.write_all(self.line(&row).as_bytes())?;
        }
        Ok(())
    }

    /// Columns only grow from chunk to chunk, unless they would not fit.
    fn measure(&mut self) {
        for row in &self.rows {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.width());
            }
        }
        if let Some(limit) = self.limit {
            self.squeeze_all_but_ids(limit);
            squeeze(&mut self.widths, limit);
        }
    }

    /// An id is there to be copied: a part of it is of no use.
    fn squeeze_all_but_ids(&mut self, limit: usize) {
        let (ids, others): (Vec<usize>, Vec<usize>) =
            (0..self.widths.len()).partition(|&at| self.header[at].text == "id");
        let taken: usize = ids.iter().map(|&at| self.widths[at] + GAP.len()).sum();
        let mut widths: Vec<usize> = others.iter().map(|&at| self.widths[at]).collect();
        squeeze(&mut widths, limit.saturating_sub(taken));
        for (at, width) in others.into_iter().zip(widths) {
            self.widths[at] = width;
        }
    }

    fn line(&self, row: &[Cell]) -> String {
        let mut line = String::new();
        // Empty cells at the end of a row are not padded.
        let last = row.iter().rposition(|cell| !cell.text.is_empty());
        let shown = last.map_or(0, |last| last + 1);
        for (at, (cell, &width)) in row.iter().zip(&self.widths).take(shown).enumerate() {
            if at > 0 {
                line.push_str(GAP);
            }
            let text = match self.limit {
                Some(_) => cut(&cell.text, width),
                None => Cow::Borrowed(cell.text.as_str()),
            };
            match cell.style.filter(|_| self.colours) {
                Some(style) => style.paint_onto(&mut line, &text),
                None => line.push_str(&text),
            }
            if at + 1 < shown {
                let missing = width.saturating_sub(text.width());
                line.extend(std::iter::repeat_n(' ', missing));
            }
        }
        line.push('\n');
        line
    }
}

/// Takes from the widest column until the whole fits, or nothing more can be taken.
fn squeeze(widths: &mut [usize], limit: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(limit);
    while excess > 0 {
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= NARROWEST {
            return;
        }
        // Down to the second widest in one step: one character at a time would take long
        // where a cell is very long.
        let next = widths.iter().copied().filter(|&w| w < widest).max();
        let sharers = widths.iter().filter(|&&w| w == widest).count();
        let room = widest - next.unwrap_or(0).max(NARROWEST);
        let step = room.min(excess.div_ceil(sharers)).max(1);
        for width in widths.iter_mut().filter(|w| **w == widest) {
            let taken = step.min(excess);
            *width -= taken;
            excess -= taken;
        }
    }
}

/// `text` in at most `width` columns, its end replaced by `…` if it is longer.
fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut room = width.saturating_sub(1);
    let kept = text.char_indices().find_map(|(at, c)| {
        let needed = c.width().unwrap_or(0);
        if needed > room {
            return Some(at);
        }
        room -= needed;
        None
    });
    Cow::Owned(format!("{}…", &text[..kept.unwrap_or(text.len())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rendered(table: &mut Table) -> String {
        let mut out = Vec::new();
        table.flush(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn row(cells: &[(&str, &str)]) -> Vec<Cell> {
        cells
            .iter()
            .map(|(field, text)| Cell::new(field, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn columns_stand_under_their_header() {
        let mut table = Table::new(&["email", "status"], None, false);
        table.add(row(&[("email", "ada@example.com"), ("status", "active")]));
        table.add(row(&[("email", "漢字@example.com"), ("status", "")]));
        assert_eq!(
            rendered(&mut table),
            "email             status\nada@example.com   active\n漢字@example.com\n"
        );
        assert_eq!(rendered(&mut table), "");
    }

    #[test]
    fn the_header_is_written_once_and_columns_stay() {
        let mut table = Table::new(&["a", "b"], None, false);
        table.add(row(&[("a", "long"), ("b", "x")]));
        rendered(&mut table);
        table.add(row(&[("a", "s"), ("b", "y")]));
        assert_eq!(rendered(&mut table), "s     y\n");
    }

    #[test]
    fn a_narrow_terminal_cuts_the_longest_cells() {
        let mut table = Table::new(&["email", "status"], Some(20), false);
        table.add(row(&[
            ("email", "ada.lovelace@example.com"),
            ("status", "active"),
        ]));
        assert_eq!(
            rendered(&mut table),
            "email         status\nada.lovelac…  active\n"
        );
    }

    #[test]
    fn an_id_is_cut_only_when_nothing_else_can_be() {
        let id = "01a20f48-d8c0-749a-b798-253d3005c29f";
        let cells = |limit| {
            let mut table = Table::new(&["id", "email"], Some(limit), false);
            table.add(row(&[("id", id), ("email", "ada.lovelace@example.com")]));
            rendered(&mut table)
        };
        assert!(cells(50).ends_with(&format!("{id}  ada.lovelac…\n")));
        assert!(cells(30).contains("01a20f48-d8c0-749a-b7"));
    }

    #[test]
    fn colour_takes_no_room() {
        let mut table = Table::new(&["status", "n"], Some(80), true);
        table.add(row(&[("status", "active"), ("n", "1")]));
        let text = rendered(&mut table);
        assert!(text.ends_with("\x1b[32mactive\x1b[0m  1\n"), "{text:?}");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in "\\PC{0,30}", width in 1_usize..20) {
            let cut = cut(&text, width);
            prop_assert!(cut.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>() <= width
                || cut.width() <= width);
        }

        #[test]
        fn squeezed_columns_fit_or_are_as_narrow_as_they_get(
            widths in proptest::collection::vec(0_usize..5000, 1..9), limit in 0_usize..200,
        ) {
            let mut squeezed = widths.clone();
            squeeze(&mut squeezed, limit);
            let total = squeezed.iter().sum::<usize>() + GAP.len() * (squeezed.len() - 1);
            prop_assert!(total <= limit || squeezed.iter().all(|w| *w <= NARROWEST));
            prop_assert!(squeezed.iter().zip(&widths).all(|(after, before)| after <= before));
        }
    }
}
