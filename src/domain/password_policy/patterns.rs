//! Finds pieces that need no list: repeats, characters in their order, dates.

use super::pieces::{Piece, PieceKind};

/// The character before, repeated.
const SAME_PRICE: u32 = 10;
/// The two characters before, repeated.
const PAIR_PRICE: u32 = 30;
/// A part of the text before. A short part can be a repeat by chance.
const COPY_PRICE: u32 = 30;
const SHORT_COPY_PRICE: u32 = 45;
/// A part of the text before, backwards.
const MIRROR_PRICE: u32 = 40;
const SHORTEST_COPY: usize = 5;
const SHORTEST_SHORT_COPY: usize = 3;
const SHORTEST_MIRROR: usize = 4;

/// A run that starts at a usual place, such as `a` or `1`.
const USUAL_RUN_PRICE: u32 = 30;
const RUN_PRICE: u32 = 45;
const SHORTEST_RUN: usize = 3;

const YEAR_PRICE: u32 = 70;
const DATE_PRICE: u32 = 110;

/// Finds all of these pieces.
pub(super) fn find(chars: &[char], found: &mut Vec<Piece>) {
    repeats(chars, found);
    mirrors(chars, found);
    for from in 0..chars.len() {
        run(chars, from, found);
        date(&chars[from..], from, found);
    }
}

/// `row[j]` is the number of equal characters from `i` on and from `j` on, for each `j < i`.
fn repeats(chars: &[char], found: &mut Vec<Piece>) {
    let mut row = vec![0_usize; chars.len() + 1];
    for from in (1..chars.len()).rev() {
        let mut longest = 0;
        for earlier in 0..from {
            row[earlier] = if chars[from] == chars[earlier] {
                row[earlier + 1] + 1
            } else {
                0
            };
            longest = longest.max(row[earlier]);
        }
        let mut push = |shortest: usize, length: usize, price| {
            if length >= shortest {
                found.push(Piece {
                    from,
                    shortest_end: from + shortest,
                    end: from + length,
                    price,
                    kind: PieceKind::Repeat,
                });
            }
        };
        push(1, row[from - 1], SAME_PRICE);
        if from >= 2 {
            push(2, row[from - 2], PAIR_PRICE);
        }
        push(SHORTEST_SHORT_COPY, longest, SHORT_COPY_PRICE);
        push(SHORTEST_COPY, longest, COPY_PRICE);
    }
}

/// The same, with the text before `j` read backwards.
fn mirrors(chars: &[char], found: &mut Vec<Piece>) {
    let mut row = vec![0_usize; chars.len()];
    for from in (1..chars.len()).rev() {
        for earlier in (0..from).rev() {
            let before = if earlier > 0 { row[earlier - 1] } else { 0 };
            row[earlier] = if chars[from] == chars[earlier] {
                before + 1
            } else {
                0
            };
        }
        let longest = row[..from].iter().copied().max().unwrap_or(0);
        if longest >= SHORTEST_MIRROR {
            found.push(Piece {
                from,
                shortest_end: from + SHORTEST_MIRROR,
                end: from + longest,
                price: MIRROR_PRICE,
                kind: PieceKind::Repeat,
            });
        }
    }
}

/// Characters in the order of the alphabet or of the digits, forwards or backwards.
fn run(chars: &[char], from: usize, found: &mut Vec<Piece>) {
    for step in [1, -1, 2, -2] {
        let follows = |pair: &[char]| next(pair[0], step) == Some(pair[1]);
        let length = 1 + chars[from..].windows(2).take_while(|pair| follows(pair)).count();
        let shortest = if step.abs() == 1 {
            SHORTEST_RUN
        } else {
            SHORTEST_RUN + 1
        };
        if length < shortest {
            continue;
        }
        let usual = matches!(chars[from], 'a' | 'z' | '0' | '1' | '2' | '9');
        found.push(Piece {
            from,
            shortest_end: from + shortest,
            end: from + length,
            price: if usual { USUAL_RUN_PRICE } else { RUN_PRICE },
            kind: PieceKind::Run,
        });
    }
}

/// 0 follows 9, and `a` follows `z`.
pub(super) fn next(c: char, step: i32) -> Option<char> {
    let code = i64::from(u32::from(c));
    let turn = |first: char, count: i64| {
        let first = i64::from(u32::from(first));
        first + (code - first + i64::from(step)).rem_euclid(count)
    };
    let next = match c {
        '0'..='9' => turn('0', 10),
        'a'..='z' => turn('a', 26),
        _ if c.is_alphabetic() => code + i64::from(step),
        _ => return None,
    };
    char::from_u32(u32::try_from(next).ok()?)
}

/// A year, or a date in any order of its parts, with separators or without.
fn date(rest: &[char], from: usize, found: &mut Vec<Piece>) {
    let mut push = |length: usize, price| {
        found.push(Piece {
            from,
            shortest_end: from + length,
            end: from + length,
            price,
            kind: PieceKind::Date,
        });
    };
    if number(rest, 0, 4).is_some_and(is_year) {
        push(4, YEAR_PRICE);
    }
    for widths in [
        [2, 2, 2],
        [2, 2, 4],
        [4, 2, 2],
        [1, 1, 2],
        [1, 1, 4],
        [1, 2, 4],
        [2, 1, 4],
    ] {
        for separated in [false, true] {
            // Five digits in a row are no date.
            if (separated || !widths.contains(&1)) && is_date(rest, widths, separated) {
                let length = widths.iter().sum::<usize>() + if separated { 2 } else { 0 };
                push(length, DATE_PRICE);
            }
        }
    }
}

fn is_year(number: u32) -> bool {
    (1900..2040).contains(&number)
}

fn is_date(rest: &[char], widths: [usize; 3], separated: bool) -> bool {
    let gap = usize::from(separated);
    let second = widths[0] + gap;
    let third = second + widths[1] + gap;
    let is_gap = |at: usize| {
        rest.get(at)
            .is_some_and(|c| matches!(c, '-' | '.' | '/' | ' ' | '_'))
    };
    if separated && !(is_gap(second - 1) && is_gap(third - 1)) {
        return false;
    }
    let parts = (
        number(rest, 0, widths[0]),
        number(rest, second, widths[1]),
        number(rest, third, widths[2]),
    );
    let (Some(a), Some(b), Some(c)) = parts else {
        return false;
    };
    let day_and_month = |x, y| matches!((x, y), (1..=31, 1..=12) | (1..=12, 1..=31));
    if widths[0] == 4 {
        return is_year(a) && day_and_month(b, c);
    }
    let short_year_first = widths[2] == 2 && (1..=12).contains(&b) && (1..=31).contains(&c);
    short_year_first || (day_and_month(a, b) && (widths[2] == 2 || is_year(c)))
}

fn number(rest: &[char], at: usize, width: usize) -> Option<u32> {
    let digits = rest.get(at..at + width)?;
    digits
        .iter()
        .try_fold(0, |sum, c| Some(sum * 10 + c.to_digit(10)?))
}
