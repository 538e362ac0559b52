//! Finds two sequences in turn, one character of each: `1a2b3c4d`, `q1w2e3r4t5`.

use super::keyboard;
use super::patterns;
use super::pieces::{Piece, PieceKind};

const PRICE: u32 = 90;
/// Three characters of each sequence.
const SHORTEST: usize = 6;

/// Finds these pieces.
pub(super) fn find(chars: &[char], found: &mut Vec<Piece>) {
    let orders: Vec<u32> = chars.windows(3).map(|three| orders(three[0], three[2])).collect();
    for from in 0..orders.len() {
        let mut kept = [u32::MAX; 2];
        let mut steps = 0;
        for order in &orders[from..] {
            kept[steps % 2] &= order;
            if kept[steps % 2] == 0 {
                break;
            }
            steps += 1;
        }
        let length = steps + 2;
        if length >= SHORTEST {
            found.push(Piece {
                from,
                shortest_end: from + SHORTEST,
                end: from + length,
                price: PRICE,
                kind: PieceKind::Walk,
            });
        }
    }
}

/// The orders in which `b` follows `a`, one bit each.
fn orders(a: char, b: char) -> u32 {
    let alphabet = [1, -1].map(|step| patterns::next(a, step) == Some(b));
    let keyboards = keyboard::side_steps(a, b);
    std::iter::once(a == b)
        .chain(alphabet)
        .chain(keyboards)
        .enumerate()
        .fold(0, |bits, (place, holds)| bits | (u32::from(holds) << place))
}
