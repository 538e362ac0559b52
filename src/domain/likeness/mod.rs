//! Which known word a mistaken word was meant to be: by its meaning first, then by its spelling.
//! Every "did you mean" of the program is found here.

mod meanings;

use meanings::MEANINGS;

/// A longer word is compared with nothing: the time of a comparison grows with its square.
const LONGEST: usize = 64;
/// At most so many words are proposed for one.
const MOST: usize = 3;
/// The shortest beginning of a word that stands for the word.
const SHORTEST_BEGINNING: usize = 3;
/// In a word of so many letters, one wrong letter does not hide which word it was.
const LONG_ENOUGH: usize = 6;
/// In a word of so few letters, one other letter makes another word (`exit`, `edit`).
const SHORT: usize = 4;

/// Words for what destroys something or lets somebody in. Such a word is proposed for a word that
/// means it, or for one slip in its spelling, and never for a word that only looks alike.
const GUARDED: [&str; 17] = [
    "activate", "allow", "delete", "drop", "end", "issue", "link", "login", "logout", "purge", "remove",
    "replace", "reset", "restore", "revoke", "unlink", "unlock",
];

/// The word that was most likely meant.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    by_meaning(word, known)
        .first()
        .copied()
        .or_else(|| by_spelling(word, known))
}

/// The words that mean what `word` means: the same word in another form (`First Name`, `users`),
/// or words of the same meaning (`rm`), in the order of the table of meanings.
pub(crate) fn by_meaning<'k>(word: &str, known: &[&'k str]) -> Vec<&'k str> {
    let word = plain(word);
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let is_same = |known: &str| {
        let other = plain(known);
        let is_plural = word.strip_suffix('s') == Some(&other) || other.strip_suffix('s') == Some(&word);
        other == word || (is_plural && !is_guarded(known))
    };
    let same: Vec<&str> = known.iter().copied().filter(|known| is_same(known)).collect();
    if !same.is_empty() {
        return same;
    }
    let meant = MEANINGS
        .iter()
        .filter(|(_, words)| words.contains(&word.as_str()));
    meant
        .filter_map(|(name, _)| known.iter().copied().find(|known| plain(known) == *name))
        .take(MOST)
        .collect()
}

/// The word that is spelt most nearly like `word`, or that begins with it.
pub(crate) fn by_spelling<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let spelt = known
        .iter()
        .filter_map(|known| slips(word, known).map(|count| (count, is_guarded(known), *known)))
        .min_by_key(|(count, guarded, _)| (*count, *guarded));
    spelt
        .map(|(_, _, known)| known)
        .or_else(|| by_beginning(word, known))
        .or_else(|| by_spelling_of_meaning(word, known))
}

/// How many slips of the finger lead from `known` to `word`: none if there are too many to tell.
pub(crate) fn slips(word: &str, known: &str) -> Option<usize> {
    let (word, other) = (plain(word), plain(known));
    if word.is_empty() || other.is_empty() || word.len() > LONGEST || other.len() > LONGEST {
        return None;
    }
    let count = strsim::damerau_levenshtein(&word, &other);
    let begins_alike = word.chars().next() == other.chars().next();
    let longest = word.chars().count().max(other.chars().count());
    let is_another_word = longest <= SHORT && !keeps_its_letters(&word, &other);
    let is_near = match count {
        0 => true,
        1 => !is_another_word && (begins_alike || !is_guarded(known)),
        _ => begins_alike && !is_guarded(known) && count <= (longest / 3).min(3),
    };
    is_near.then_some(count)
}

/// Whether a letter is missing, doubled or in the wrong place, and none is another one.
fn keeps_its_letters(word: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    word.chars().count() != other.chars().count() || letters(word) == letters(other)
}

/// The only word that begins with `word` (`memory` of `memory_kib`).
fn by_beginning<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = plain(word);
    if word.chars().count() < SHORTEST_BEGINNING {
        return None;
    }
    let mut begun = known.iter().filter(|known| plain(known).starts_with(&word));
    let only = begun.next().filter(|known| !is_guarded(known))?;
    begun.next().is_none().then_some(*only)
}

/// The word that is meant by a word which has one slip in its spelling (`disabel`).
fn by_spelling_of_meaning<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = plain(word);
    if word.len() > LONGEST {
        return None;
    }
    let is_slip = |other: &str, known: &str| {
        other.len() >= LONG_ENOUGH
            && other.chars().next() == word.chars().next()
            && strsim::damerau_levenshtein(&word, other) == 1
            && (!is_guarded(known) || keeps_its_letters(&word, other))
    };
    MEANINGS.iter().find_map(|(name, words)| {
        let found = known.iter().copied().find(|known| plain(known) == *name)?;
        words.iter().any(|other| is_slip(other, found)).then_some(found)
    })
}

/// Whether one part of a word is guarded (`remove-member`, `--reset-passwords`).
fn is_guarded(known: &str) -> bool {
    known.split(['-', '_']).any(|part| GUARDED.contains(&part))
}

/// A word without what differs between `first_name`, `--first-name` and `First Name`.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '.' | ':'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
