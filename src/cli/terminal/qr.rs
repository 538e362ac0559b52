//! An address as a QR code, for a phone.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

use super::{Format, Terminal};

/// Black on white, whatever the colours of the terminal are: not every camera reads the reverse.
const BLACK_ON_WHITE: &str = "\u{1b}[30;47m";
const PLAIN: &str = "\u{1b}[0m";

impl Terminal {
    /// The lines of a QR code, if standard error is a terminal that can show it: one that knows colours
    /// and UTF-8, and that is large enough. Not under `--quiet`, and not beside JSON.
    pub fn qr_code(&self, text: &str) -> Option<String> {
        let (columns, lines) = self.err_size?;
        let can_show = self.colours.err
            && self.settings.utf8
            && !self.settings.quiet
            && self.settings.format == Format::Table;
        if !can_show {
            return None;
        }
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        // A dark module is drawn, and a light one is left blank.
        let drawn = code.render::<Dense1x2>().build();
        let rows: Vec<&str> = drawn.lines().collect();
        let width = rows.first()?.chars().count();
        let fits = width <= columns && rows.len() < lines;
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("{BLACK_ON_WHITE}{row}{PLAIN}\n"))
            .collect();
        fits.then(|| rows.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ColorChoice;
    use super::super::testing::{Desk, Wishes};
    use super::*;

    const ADDRESS: &str = "https://id.example.com/activate?user_code=WDJB-MJHT";

    fn code(change: impl FnOnce(&mut Wishes)) -> Option<String> {
        let desk = Desk::new(|w| {
            w.terminals = true;
            w.settings.color = ColorChoice::Auto;
            w.settings.utf8 = true;
            w.err_size = Some((80, 24));
            change(w);
        });
        desk.terminal.qr_code(ADDRESS)
    }

    #[test]
    fn each_line_is_black_on_white_and_all_modules_are_there() {
        let shown = code(|_| ()).unwrap();
        let rows: Vec<&str> = shown
            .lines()
            .map(|line| {
                line.strip_prefix(BLACK_ON_WHITE)
                    .unwrap()
                    .strip_suffix(PLAIN)
                    .unwrap()
            })
            .collect();
        let is_dark = |x: usize, y: usize| {
            let glyph = rows[y / 2].chars().nth(x).unwrap();
            matches!((glyph, y % 2), ('█', _) | ('▀', 0) | ('▄', 1))
        };
        let expected = QrCode::with_error_correction_level(ADDRESS, EcLevel::L).unwrap();
        let (width, quiet) = (expected.width(), 4);
        for y in 0..width + 2 * quiet {
            for x in 0..width + 2 * quiet {
                let is_inside = |n: usize| (quiet..quiet + width).contains(&n);
                let dark =
                    is_inside(x) && is_inside(y) && expected[(x - quiet, y - quiet)] == qrcode::Color::Dark;
                assert_eq!(is_dark(x, y), dark, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_terminal_that_cannot_show_it_shows_none() {
        assert_eq!(code(|w| w.settings.utf8 = false), None);
        assert_eq!(code(|w| w.settings.quiet = true), None);
        assert_eq!(code(|w| w.settings.no_color_env = true), None);
        assert_eq!(code(|w| w.settings.dumb_terminal = true), None);
        assert_eq!(code(|w| w.settings.format = Format::Json), None);
        assert_eq!(code(|w| w.err_size = Some((36, 24))), None);
        assert_eq!(code(|w| w.err_size = Some((80, 15))), None);
        assert_eq!(code(|w| w.err_size = None), None);
        assert_eq!(code(|w| w.terminals = false), None);
    }
}
