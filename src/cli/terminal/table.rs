//! A table: a header line, columns two spaces apart, in chunks so that it streams.
//!
//! Laid out here and not by a crate: columns must stay where they are from chunk to chunk,
//! long cells are cut and never wrapped, and colour must not count as width.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::fit::{Column, Shape, fit, in_full};
use super::style::Style;

/// Rows gathered before their columns are measured.
const CHUNK_ROWS: usize = 1000;
/// What stands between two columns.
const GAP: &str = "  ";

/// The text of a cell, escaped, and how it is shown.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    /// The same in few columns, where that is possible.
    short: Option<String>,
    style: Option<Style>,
}

impl Cell {
    /// The cell of `field`; the texts must be escaped.
    pub(super) fn new(field: &str, text: String, short: Option<String>) -> Self {
        let style = Style::of(field, &text);
        Self { text, short, style }
    }

    fn header(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            short: None,
            style: Some(Style::Heading),
        }
    }

    fn shown(&self, is_short: bool) -> &str {
        match &self.short {
            Some(short) if is_short => short,
            _ => &self.text,
        }
    }
}

/// A table being written.
pub(super) struct Table {
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    columns: Vec<Column>,
    shapes: Vec<Option<Shape>>,
    /// Columns of the terminal; none: nothing is cut.
    limit: Option<usize>,
    colours: bool,
    header_written: bool,
}

impl Table {
    /// A table with these columns. By the `handles` among them the next command names a row.
    pub(super) fn new(columns: &[&str], handles: &[&str], limit: Option<usize>, colours: bool) -> Self {
        let column = |name: &&str| Column {
            header: name.width(),
            is_handle: handles.contains(name),
            ..Column::default()
        };
        Self {
            columns: columns.iter().map(column).collect(),
            shapes: Vec::new(),
            header: columns.iter().map(|name| Cell::header(name)).collect(),
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

    /// The columns that have no room, and hold something.
    pub(super) fn left_out(&self) -> Vec<&str> {
        let columns = self.columns.iter().zip(&self.header);
        let left_out = columns.filter(|(column, _)| column.is_left_out && column.full > 0);
        left_out.map(|(_, header)| header.text.as_str()).collect()
    }

    /// Columns only grow from chunk to chunk, unless they would not fit.
    fn measure(&mut self) {
        for row in &self.rows {
            for (column, cell) in self.columns.iter_mut().zip(row) {
                column.full = column.full.max(cell.text.width());
                column.short = column.short.max(cell.shown(true).width());
                column.has_short |= cell.short.is_some();
            }
        }
        self.shapes = match self.limit {
            Some(limit) => fit(&mut self.columns, GAP.len(), limit),
            None => in_full(&self.columns),
        };
    }

    fn line(&self, row: &[Cell]) -> String {
        let mut line = String::new();
        let shown = row
            .iter()
            .zip(&self.shapes)
            .filter_map(|(cell, shape)| Some((cell, (*shape)?)));
        let shown: Vec<(&Cell, Shape)> = shown.collect();
        // Empty cells at the end of a row are not padded.
        let last = shown.iter().rposition(|(cell, _)| !cell.text.is_empty());
        let count = last.map_or(0, |last| last + 1);
        for (at, (cell, shape)) in shown.into_iter().take(count).enumerate() {
            if at > 0 {
                line.push_str(GAP);
            }
            let text = cut(cell.shown(shape.is_short), shape.width);
            match cell.style.filter(|_| self.colours) {
                Some(style) => style.paint_onto(&mut line, &text),
                None => line.push_str(&text),
            }
            if at + 1 < count {
                let missing = shape.width.saturating_sub(text.width());
                line.extend(std::iter::repeat_n(' ', missing));
            }
        }
        line.push('\n');
        line
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
            .map(|(field, text)| Cell::new(field, (*text).to_owned(), None))
            .collect()
    }

    #[test]
    fn columns_stand_under_their_header() {
        let mut table = Table::new(&["email", "status"], &["email"], None, false);
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
        let mut table = Table::new(&["a", "b"], &[], None, false);
        table.add(row(&[("a", "long"), ("b", "x")]));
        rendered(&mut table);
        table.add(row(&[("a", "s"), ("b", "y")]));
        assert_eq!(rendered(&mut table), "s     y\n");
    }

    #[test]
    fn a_narrow_terminal_cuts_the_longest_cells_and_the_handle_last() {
        let cells = |limit| {
            let mut table = Table::new(&["email", "name", "status"], &["email"], Some(limit), false);
            table.add(row(&[
                ("email", "ada@example.com"),
                ("name", "Augusta Ada King"),
                ("status", "active"),
            ]));
            (rendered(&mut table), table.left_out().join(" "))
        };
        let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
        assert_eq!(last(&cells(35).0), "ada@example.com  Augusta A…  active");
        let (text, left_out) = cells(25);
        assert_eq!(
            (last(&text), left_out.as_str()),
            ("ada@example.com  Augusta…".to_owned(), "status")
        );
        let (text, left_out) = cells(10);
        assert_eq!(
            (last(&text), left_out.as_str()),
            ("ada@examp…".to_owned(), "name status")
        );
    }

    #[test]
    fn a_cell_takes_its_short_form_where_the_full_one_has_no_room() {
        let cells = |limit| {
            let mut table = Table::new(&["email", "at"], &["email"], Some(limit), false);
            let long = "2026-11-24T09:00:00Z (5m ago)".to_owned();
            let time = Cell::new("at", long, Some("5m ago".to_owned()));
            table.add(vec![Cell::new("email", "ada@example.com".to_owned(), None), time]);
            rendered(&mut table)
        };
        assert!(cells(46).ends_with("ada@example.com  2026-11-24T09:00:00Z (5m ago)\n"));
        assert!(cells(45).ends_with("ada@example.com  5m ago\n"));
    }

    #[test]
    fn colour_takes_no_room() {
        let mut table = Table::new(&["status", "n"], &[], Some(80), true);
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
    }
}
