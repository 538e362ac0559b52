//! Finds the cheapest way to build a password from pieces.

/// The kind of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A single character, or digits and marks beside a word.
    Filler,
    Repeat,
    Run,
    Walk,
    Date,
    Common,
    Own,
    Product,
}

impl PieceKind {
    const ALL: [Self; 8] = [
        Self::Filler,
        Self::Repeat,
        Self::Run,
        Self::Walk,
        Self::Date,
        Self::Common,
        Self::Own,
        Self::Product,
    ];
}

/// A part of a password that is easier to guess than its characters one by one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The index of the first character.
    pub from: usize,
    /// The piece can end before each index from here…
    pub shortest_end: usize,
    /// …to here.
    pub end: usize,
    /// The price, in tenths of a bit.
    pub price: u32,
    /// The kind.
    pub kind: PieceKind,
}

/// The cheapest division of a password into pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Breakdown {
    /// The price, in tenths of a bit.
    pub price: u32,
    /// The number of characters of each kind, in the order of [`PieceKind::ALL`].
    covered: [u16; PieceKind::ALL.len()],
}

impl Breakdown {
    /// The kind that covers most of the password. Single characters don't count.
    pub(super) fn mostly(&self) -> PieceKind {
        PieceKind::ALL
            .into_iter()
            .filter(|kind| *kind != PieceKind::Filler && self.covered[*kind as usize] > 0)
            .max_by_key(|kind| self.covered[*kind as usize])
            .unwrap_or(PieceKind::Filler)
    }
}

/// What stands before a character. Digits and marks after a word have a low price.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Plain,
    Word,
    Digits,
    Mark,
}

const STATES: usize = 4;

const SHORTEST_WORD: usize = 3;
const DIGIT_PRICE: u32 = 33;
const LETTER_PRICE: u32 = 47;
const SPACE_PRICE: u32 = 30;
const MARK_PRICE: u32 = 40;
const FOREIGN_PRICE: u32 = 50;
const IDEOGRAPH_PRICE: u32 = 90;
/// A mark after a word, or between two words.
const DECORATING_MARK_PRICE: u32 = 10;
/// The largest number of digits after a word: a number, a year or a date.
const LONGEST_TAIL: usize = 8;

/// The length of the longest piece. A longer one is continued by another piece.
const LONGEST_PIECE: usize = 64;

type Row = [Option<Breakdown>; STATES];

/// Finds the cheapest sequence of `pieces` and single characters that spells `chars`.
pub(super) fn cheapest(chars: &[char], pieces: &mut [Piece]) -> Breakdown {
    const NOTHING: Breakdown = Breakdown {
        price: 0,
        covered: [0; PieceKind::ALL.len()],
    };
    pieces.sort_unstable_by_key(|piece| piece.from);
    let mut rows: Vec<Row> = vec![[None; STATES]; chars.len() + 1];
    rows[0][After::Plain as usize] = Some(NOTHING);
    let mut rest: &[Piece] = pieces;
    for at in 0..chars.len() {
        let (here, later) = rest.split_at(rest.partition_point(|piece| piece.from == at));
        rest = later;
        for after in [After::Plain, After::Word, After::Digits, After::Mark] {
            if let Some(so_far) = rows[at][after as usize] {
                Reach {
                    rows: &mut rows,
                    from: at,
                    so_far,
                }
                .single(chars, after);
            }
        }
        // What stands before a piece doesn't change its price.
        if let Some(so_far) = least(&rows[at]) {
            let mut reach = Reach {
                rows: &mut rows,
                from: at,
                so_far,
            };
            for piece in here {
                for end in piece.shortest_end..=piece.end.min(at + LONGEST_PIECE) {
                    reach.end(end, after_piece(chars, piece, end), piece.price, piece.kind);
                }
            }
        }
    }
    least(&rows[chars.len()]).unwrap_or(NOTHING)
}

fn least(row: &Row) -> Option<Breakdown> {
    row.iter()
        .flatten()
        .copied()
        .min_by_key(|breakdown| breakdown.price)
}

/// Three characters with a digit among them are found in many texts by chance. Digits after digits
/// have the full price; otherwise a long number would be cheap.
fn after_piece(chars: &[char], piece: &Piece, end: usize) -> After {
    let is_word = matches!(
        piece.kind,
        PieceKind::Common | PieceKind::Own | PieceKind::Product
    );
    let text = &chars[piece.from..end];
    let too_short = text.len() < SHORTEST_WORD && piece.kind != PieceKind::Repeat;
    let mixed = text.len() <= SHORTEST_WORD && !text.iter().all(|c| c.is_alphabetic());
    if too_short || mixed {
        After::Plain
    } else if !is_word && text.last().is_some_and(char::is_ascii_digit) {
        After::Digits
    } else {
        After::Word
    }
}

/// One place in the password, and the pieces that begin there.
struct Reach<'a> {
    rows: &'a mut [Row],
    from: usize,
    so_far: Breakdown,
}

impl Reach<'_> {
    fn single(&mut self, chars: &[char], after: After) {
        let at = self.from;
        let c = chars[at];
        self.end(at + 1, After::Plain, price_of(c), PieceKind::Filler);
        if after != After::Plain && is_separator(c) {
            self.end(at + 1, After::Mark, DECORATING_MARK_PRICE, PieceKind::Filler);
        }
        if matches!(after, After::Word | After::Mark) {
            let digits = chars[at..]
                .iter()
                .take(LONGEST_TAIL)
                .take_while(|c| c.is_ascii_digit())
                .count();
            for length in 1..=digits {
                self.end(at + length, After::Digits, tail_price(length), PieceKind::Filler);
            }
        }
    }

    fn end(&mut self, end: usize, after: After, price: u32, kind: PieceKind) {
        let mut breakdown = self.so_far;
        breakdown.price += price;
        breakdown.covered[kind as usize] += u16::try_from(end - self.from).unwrap_or(0);
        let place = &mut self.rows[end][after as usize];
        if place.is_none_or(|best| breakdown.price < best.price) {
            *place = Some(breakdown);
        }
    }
}

fn tail_price(digits: usize) -> u32 {
    match digits {
        0..=2 => 15,
        3..=4 => 22,
        _ => 30,
    }
}

/// The price of a character that belongs to no piece.
fn price_of(c: char) -> u32 {
    match c {
        '0'..='9' => DIGIT_PRICE,
        'a'..='z' => LETTER_PRICE,
        ' ' => SPACE_PRICE,
        '\u{2E80}'.. => IDEOGRAPH_PRICE,
        _ if c.is_ascii() => MARK_PRICE,
        _ => FOREIGN_PRICE,
    }
}

/// Whether `c` separates words.
pub(super) fn is_separator(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace()
}
