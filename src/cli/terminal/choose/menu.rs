//! A list of answers, as it is drawn, and what a key does to it. The look is that of `dialoguer`.

use dialoguer::theme::{SimpleTheme, Theme};
use unicode_width::UnicodeWidthChar;

use super::super::escape::escaped;

/// So many lines around the answers: the question, and the line of the cursor.
const OTHER_LINES: usize = 2;
/// The least number of answers that is drawn.
const FEWEST: usize = 3;

/// What came of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// The question goes on.
    Nothing,
    /// The answer is given.
    Chosen,
    /// The list was left without an answer.
    Left,
}

/// A question with a list of answers.
#[derive(Debug)]
pub(super) struct Menu {
    label: String,
    items: Vec<String>,
    cursor: usize,
    /// The answer that is drawn first.
    first: usize,
    /// Which answers are marked; none if there is one answer alone.
    marked: Option<Vec<bool>>,
}

impl Menu {
    pub(super) fn of(label: &str, items: &[String], cursor: usize) -> Self {
        Self {
            label: escaped(label).into_owned(),
            items: items.iter().map(|item| escaped(item).into_owned()).collect(),
            cursor,
            first: 0,
            marked: None,
        }
    }

    /// Lets any number of answers be chosen.
    pub(super) fn for_many(mut self) -> Self {
        self.marked = Some(vec![false; self.items.len()]);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The places of what is chosen.
    pub(super) fn chosen(&self) -> Vec<usize> {
        match &self.marked {
            Some(marked) => (0..marked.len()).filter(|place| marked[*place]).collect(),
            None => vec![self.cursor],
        }
    }

    /// A key.
    pub(super) fn press(&mut self, key: u8) -> Press {
        const CTRL_D: u8 = 0x04;
        match (key, &mut self.marked) {
            (b'\r' | b'\n', _) => return Press::Chosen,
            (CTRL_D | b'q', _) => return Press::Left,
            (b'j', _) => self.move_down(),
            (b'k', _) => self.move_up(),
            (b' ', Some(marked)) => marked[self.cursor] = !marked[self.cursor],
            (b' ', None) => return Press::Chosen,
            _ => {}
        }
        Press::Nothing
    }

    /// The keys after an Escape. None are the Escape key itself.
    pub(super) fn press_sequence(&mut self, keys: &[u8]) -> Press {
        match keys {
            [] => return Press::Left,
            [b'[' | b'O', b'A'] => self.move_up(),
            [b'[' | b'O', b'B'] => self.move_down(),
            _ => {}
        }
        Press::Nothing
    }

    fn move_down(&mut self) {
        self.cursor = (self.cursor + 1) % self.items.len();
    }

    fn move_up(&mut self) {
        self.cursor = self.cursor.checked_sub(1).unwrap_or(self.items.len() - 1);
    }

    /// The lines for a terminal of so many columns and lines, in the place of so many that were drawn
    /// before.
    pub(super) fn draw(&mut self, (columns, lines): (usize, usize), before: usize) -> String {
        let most = lines.saturating_sub(OTHER_LINES).max(FEWEST);
        self.first = self
            .first
            .clamp((self.cursor + 1).saturating_sub(most), self.cursor);
        let mut drawn = erased(before);
        push_line(&mut drawn, &self.question(), columns);
        for place in (0..self.items.len()).skip(self.first).take(most) {
            push_line(&mut drawn, &self.item(place), columns);
        }
        drawn
    }

    fn question(&self) -> String {
        let how = if self.marked.is_some() {
            " (arrows move, space chooses, Enter ends)"
        } else {
            ""
        };
        let mut line = String::new();
        // A text takes every character.
        let _ = SimpleTheme.format_prompt(&mut line, &format!("{}{how}", self.label));
        line
    }

    fn item(&self, place: usize) -> String {
        let (item, is_active) = (&self.items[place], place == self.cursor);
        let mut line = String::new();
        let _ = match &self.marked {
            None => SimpleTheme.format_select_prompt_item(&mut line, item, is_active),
            Some(marked) => {
                SimpleTheme.format_multi_select_prompt_item(&mut line, item, marked[place], is_active)
            }
        };
        line
    }

    /// The answer, in the place of so many lines.
    pub(super) fn draw_answer(&self, before: usize) -> String {
        let chosen: Vec<&str> = self
            .chosen()
            .iter()
            .map(|place| self.items[*place].as_str())
            .collect();
        let mut line = String::new();
        let _ = SimpleTheme.format_multi_select_prompt_selection(&mut line, &self.label, &chosen);
        format!("{}{line}\n", erased(before))
    }
}

/// Moves up so many lines, and erases them (ECMA-48 §8.3.22 and §8.3.39).
fn erased(lines: usize) -> String {
    match lines {
        0 => String::new(),
        lines => format!("\x1b[{lines}A\r\x1b[J"),
    }
}

/// Adds a line that is cut before the terminal would break it: each line is counted.
fn push_line(drawn: &mut String, line: &str, columns: usize) {
    let mut left = columns.saturating_sub(1);
    for c in line.chars() {
        let width = c.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        drawn.push(c);
    }
    drawn.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(count: usize) -> Menu {
        let items: Vec<String> = (0..count).map(|number| format!("item {number}")).collect();
        Menu::of("Which", &items, 0)
    }

    #[test]
    fn a_list_that_is_longer_than_the_terminal_moves_with_the_cursor() {
        let mut menu = menu(10);
        let items = |drawn: &str| drawn.matches("item").count();
        let drawn = menu.draw((80, 6), 0);
        assert_eq!(items(&drawn), 4);
        assert!(drawn.contains("> item 0"), "{drawn}");
        menu.press(b'k');
        let drawn = menu.draw((80, 6), 5);
        assert!(
            drawn.starts_with("\x1b[5A\r\x1b[J") && items(&drawn) == 4,
            "{drawn:?}"
        );
        assert!(drawn.contains("> item 9") && !drawn.contains("item 5"), "{drawn}");
        menu.press(b'j');
        assert!(menu.draw((80, 1), 5).contains("> item 0"));
    }

    #[test]
    fn a_line_is_cut_and_never_broken() {
        let mut menu = Menu::of("漢字漢字", &["abcdefghij".to_owned()], 0);
        assert_eq!(menu.draw((8, 24), 0), "漢字漢\n> abcde\n");
    }

    #[test]
    fn control_characters_are_escaped() {
        let mut menu = Menu::of("a\x1bb", &["c\nd".to_owned()], 0);
        assert_eq!(menu.draw((80, 24), 0), "a\\u{1b}b:\n> c\\u{a}d\n");
        assert_eq!(menu.draw_answer(0), "a\\u{1b}b: c\\u{a}d\n");
    }
}
