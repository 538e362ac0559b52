//! The text that the keys make.

/// The longest text, in bytes. What comes after it is read and forgotten.
const LONGEST: usize = 64 * 1024;
/// After refusals, a text may still be a part of the right one: so many parts are put together.
const MOST_PARTS: usize = 50;

const CTRL_D: u8 = 0x04;
const CTRL_U: u8 = 0x15;
const ESCAPE: u8 = 0x1b;
const BACKSPACES: [u8; 2] = [0x08, 0x7f];
/// What a terminal sends before and after what is pasted (xterm, "Bracketed Paste Mode").
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Push {
    /// Nothing that one sees.
    Nothing,
    /// A byte of the text came.
    Shown,
    /// So many bytes were taken back.
    Erased(usize),
    /// A line has ended.
    Line,
    /// There will be no text.
    End,
}

/// A text that is typed and pasted.
#[derive(Debug, Default)]
pub(super) struct PastedText {
    text: Vec<u8>,
    /// Where the parts begin that were refused, and where the newest begins.
    parts: Vec<usize>,
    /// An escape sequence that has begun.
    escape: Vec<u8>,
    is_being_pasted: bool,
}

impl PastedText {
    /// Takes a key.
    pub(super) fn push(&mut self, byte: u8) -> Push {
        if byte == ESCAPE || !self.escape.is_empty() {
            self.push_escape(byte);
            return Push::Nothing;
        }
        match byte {
            b'\r' | b'\n' => {
                self.append(b'\n');
                // A line break inside of what is pasted is not the Enter key.
                if self.is_being_pasted {
                    Push::Nothing
                } else {
                    Push::Line
                }
            }
            CTRL_D if self.newest().is_empty() => Push::End,
            CTRL_D => Push::Line,
            CTRL_U => self.erase(self.newest().len()),
            byte if BACKSPACES.contains(&byte) => self.erase(1),
            byte if byte.is_ascii_control() => Push::Nothing,
            byte => {
                self.append(byte);
                Push::Shown
            }
        }
    }

    /// Adds a byte as it is. One byte beyond the longest text is kept, so that it is seen to be longer.
    pub(super) fn append(&mut self, byte: u8) {
        if self.text.len() <= LONGEST {
            self.text.push(byte);
        }
    }

    fn newest(&self) -> &[u8] {
        &self.text[self.parts.last().copied().unwrap_or(0)..]
    }

    fn erase(&mut self, most: usize) -> Push {
        let count = most.min(self.newest().len());
        self.text.truncate(self.text.len() - count);
        Push::Erased(count)
    }

    /// Takes a byte of an escape sequence (ECMA-48 §5.4): `ESC [`, and all up to a letter or `~`.
    fn push_escape(&mut self, byte: u8) {
        self.escape.push(byte);
        let has_ended = match self.escape.len() {
            1 => false,
            2 => byte != b'[' && byte != b'O',
            length => (0x40..=0x7e).contains(&byte) || length > PASTE_BEGINS.len(),
        };
        if has_ended {
            match self.escape.as_slice() {
                PASTE_BEGINS => self.is_being_pasted = true,
                PASTE_ENDS => self.is_being_pasted = false,
                _ => {}
            }
            self.escape.clear();
        }
    }

    /// Reads the text from its beginning, and from where each part of it begins. The first that can be
    /// read is taken; the refusal is that of the newest part.
    pub(super) fn judge<T, E>(&mut self, read: impl Fn(&str) -> Result<T, E>) -> Result<T, E> {
        let newest = self.parts.last().copied().unwrap_or(0);
        let read_from = |start: usize| read(&String::from_utf8_lossy(&self.text[start..]));
        let starts = std::iter::once(0).chain(self.parts.iter().copied());
        if let Some(taken) = starts
            .filter(|start| *start < newest)
            .find_map(|start| read_from(start).ok())
        {
            return Ok(taken);
        }
        let outcome = read_from(newest);
        if self.text.len() > LONGEST || self.parts.len() == MOST_PARTS {
            *self = Self::default();
        } else {
            self.parts.push(self.text.len());
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(text: &mut PastedText, keys: &[u8]) -> Vec<Push> {
        keys.iter().map(|key| text.push(*key)).collect()
    }

    fn text_of(keys: &[u8]) -> String {
        let mut text = PastedText::default();
        pushed(&mut text, keys);
        text.judge(|text| Ok::<_, ()>(text.to_owned())).unwrap()
    }

    #[test]
    fn keys_are_taken_back_and_escape_sequences_are_left_out() {
        assert_eq!(text_of(b"ab\x7f\x08\x08cd"), "cd");
        assert_eq!(text_of(b"ab\x15cd"), "cd");
        assert_eq!(text_of(b"a\x1b[A\x1bOB\x1bx\x1b[1;5Cb\x00\x07c"), "abc");
    }

    #[test]
    fn a_line_break_ends_a_line_unless_it_is_pasted_with_marks() {
        let mut text = PastedText::default();
        assert_eq!(pushed(&mut text, b"a\r"), [Push::Shown, Push::Line]);
        let keys = pushed(&mut text, b"\x1b[200~b\rc\x1b[201~\r");
        assert_eq!(keys.iter().filter(|push| **push == Push::Line).count(), 1);
        assert_eq!(keys.last(), Some(&Push::Line));
        assert_eq!(text_of(b"\x1b[200~b\rc\x1b[201~\r"), "b\nc\n");
    }

    #[test]
    fn ctrl_d_ends_what_has_not_begun() {
        let mut text = PastedText::default();
        assert_eq!(text.push(CTRL_D), Push::End);
        assert_eq!(pushed(&mut text, &[b'a', CTRL_D]), [Push::Shown, Push::Line]);
    }

    #[test]
    fn parts_that_come_one_after_the_other_are_one_text() {
        let mut text = PastedText::default();
        let read = |text: &str| match text {
            "ab" | "c" => Ok(text.to_owned()),
            _ => Err(text.to_owned()),
        };
        pushed(&mut text, b"xa");
        assert_eq!(text.judge(read), Err("xa".to_owned()));
        pushed(&mut text, b"a");
        assert_eq!(text.judge(read), Err("a".to_owned()));
        pushed(&mut text, b"b");
        assert_eq!(text.judge(read), Ok("ab".to_owned()));
        let mut text = PastedText::default();
        for _ in 0..2 * MOST_PARTS {
            pushed(&mut text, b"y");
            assert_eq!(text.judge(read), Err("y".to_owned()));
        }
        pushed(&mut text, b"c");
        assert_eq!(text.judge(read), Ok("c".to_owned()));
    }

    #[test]
    fn a_text_without_an_end_is_longer_than_the_longest_and_no_more() {
        let mut text = PastedText::default();
        for _ in 0..LONGEST + 100 {
            text.push(b'x');
        }
        let read = |text: &str| {
            if text.len() > LONGEST {
                Err(text.len())
            } else {
                Ok(())
            }
        };
        assert_eq!(text.judge(read), Err(LONGEST + 1));
        pushed(&mut text, b"x");
        assert_eq!(text.judge(read), Ok(()));
    }
}
