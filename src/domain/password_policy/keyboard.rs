//! Finds walks over neighbouring keys.

use super::pieces::{Piece, PieceKind};

/// The rows of keys, from the top. The neighbours of a key stand beside, above and below it. The two
/// characters of one key stand at the same place in two grids.
struct Grid {
    rows: &'static [&'static str],
    /// A key of a keypad has neighbours across both corners; a key of a keyboard across one corner.
    keypad: bool,
}

const GRIDS: [Grid; 9] = [
    Grid {
        rows: &["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"],
        keypad: false,
    },
    Grid {
        rows: &["!@#$%^&*()_+", "qwertyuiop{}", "asdfghjkl:\"", "zxcvbnm<>?"],
        keypad: false,
    },
    Grid {
        rows: &["1234567890ß´", "qwertzuiopü+", "asdfghjklöä#", "yxcvbnm,.-"],
        keypad: false,
    },
    Grid {
        rows: &["!\"§$%&/()=?", "qwertzuiopü*", "asdfghjklöä'", "yxcvbnm;:_"],
        keypad: false,
    },
    Grid {
        rows: &["1234567890)=", "azertyuiop^$", "qsdfghjklmù*", "wxcvbn,;:!"],
        keypad: false,
    },
    Grid {
        rows: &["&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "wxcvbn,;:!"],
        keypad: false,
    },
    Grid {
        rows: &["1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."],
        keypad: false,
    },
    Grid {
        rows: &["789", "456", "123", "0"],
        keypad: true,
    },
    Grid {
        rows: &["123", "456", "789", "*0#"],
        keypad: true,
    },
];

const START_PRICE: u32 = 45;
/// A digit on a keypad has up to eight neighbours.
const KEYPAD_START_PRICE: u32 = 65;
const STEP_PRICE: u32 = 2;
/// The price of a change of direction. A change that continues a zigzag has the price of a step.
const TURN_PRICE: u32 = 22;
/// Three keys in a row are a walk. Three keys around a corner are not: they are found by chance.
const SHORTEST_STRAIGHT: usize = 3;
const SHORTEST: usize = 4;
/// A longer walk is continued by the next one. The same key several times is a repeat.
const LONGEST: usize = 32;
const SAME_KEY: Option<Place> = Some((0, 0));

type Place = (i32, i32);

impl Grid {
    fn place(&self, c: char) -> Option<Place> {
        let in_row = |row: &&str| row.chars().position(|key| key == c);
        let (row, column) = self
            .rows
            .iter()
            .enumerate()
            .find_map(|(number, row)| Some((number, in_row(row)?)))?;
        Some((i32::try_from(row).ok()?, i32::try_from(column).ok()?))
    }

    /// The step from one key to the next, if they are neighbours.
    fn step(&self, from: Option<Place>, to: Option<Place>) -> Option<Place> {
        let (from, to) = (from?, to?);
        let step = (to.0 - from.0, to.1 - from.1);
        let near = step.0.abs() <= 1 && step.1.abs() <= 1;
        let leaning = step != (1, 1) && step != (-1, -1);
        (near && (leaning || self.keypad)).then_some(step)
    }
}

/// Finds the walks on every keyboard.
pub(super) fn find(chars: &[char], found: &mut Vec<Piece>) {
    for grid in &GRIDS {
        let places: Vec<Option<Place>> = chars.iter().map(|c| grid.place(*c)).collect();
        let steps: Vec<Option<Place>> = places
            .windows(2)
            .map(|pair| grid.step(pair[0], pair[1]))
            .collect();
        let start = if grid.keypad {
            KEYPAD_START_PRICE
        } else {
            START_PRICE
        };
        for from in 0..steps.len() {
            walk(&steps[from..], from, start, found);
        }
    }
}

fn walk(steps: &[Option<Place>], from: usize, start: u32, found: &mut Vec<Piece>) {
    let mut price = start;
    let mut turned = false;
    if steps.first() == Some(&SAME_KEY) {
        return;
    }
    for (number, step) in steps.iter().take(LONGEST - 1).enumerate() {
        if step.is_none() {
            return;
        }
        let turns = number > 0 && *step != steps[number - 1];
        let zigzags = number > 1 && *step == steps[number - 2];
        price += if turns && !zigzags { TURN_PRICE } else { STEP_PRICE };
        turned |= turns;
        let length = number + 2;
        if length >= if turned { SHORTEST } else { SHORTEST_STRAIGHT } {
            let end = from + length;
            found.push(Piece {
                from,
                shortest_end: end,
                end,
                price,
                kind: PieceKind::Walk,
            });
        }
    }
}

/// For each keyboard: whether `b` stands to the right of `a`, and whether to the left.
pub(super) fn side_steps(a: char, b: char) -> impl Iterator<Item = bool> {
    GRIDS.iter().flat_map(move |grid| {
        let step = grid.step(grid.place(a), grid.place(b));
        [step == Some((0, 1)), step == Some((0, -1))]
    })
}
