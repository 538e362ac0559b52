//! The words a user and everybody around them knows: names, e-mail, the product.

use super::PasswordOwner;
use crate::domain::text;

/// A word of one's own, in tenths of a bit.
pub(super) const PRICE: u32 = 20;

/// Fewer Latin letters stand in any text.
const SHORTEST: usize = 3;
const SHORTEST_FOREIGN: usize = 2;

/// The names this program goes by, sorted.
pub(super) fn product() -> [&'static str; 2] {
    ["backoffice", "spryker"]
}

/// The words of a user, folded and sorted.
pub(super) fn of(owner: PasswordOwner<'_>) -> Vec<String> {
    let (local, domain) = owner.email.rsplit_once('@').unwrap_or((owner.email, ""));
    // The last label is `com` for everybody.
    let company = domain.rsplit_once('.').map_or("", |(labels, _)| labels);
    let mut words = Vec::new();
    for source in [owner.first_name, owner.last_name, local, company] {
        let folded = text::fold(source);
        words.extend(folded.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        words.extend(folded.split(|c: char| !c.is_alphabetic()).map(str::to_owned));
        words.push(folded.chars().filter(|c| c.is_alphanumeric()).collect());
    }
    words.retain(|word| is_telling(word));
    words.sort_unstable();
    words.dedup();
    words
}

fn is_telling(word: &str) -> bool {
    let shortest = if word.is_ascii() {
        SHORTEST
    } else {
        SHORTEST_FOREIGN
    };
    word.chars().count() >= shortest
}
