//! The words that are easy to guess for a user: the names, the e-mail address, the product.

use crate::domain::text;

/// The user whose words a password must not consist of. Each text can be empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasswordOwner<'a> {
    /// The e-mail address.
    pub email: &'a str,
    /// The first name.
    pub first_name: &'a str,
    /// The last name.
    pub last_name: &'a str,
}

/// The price of one of these words, in tenths of a bit.
pub(super) const PRICE: u32 = 20;

/// A shorter word of Latin letters stands in many texts by chance.
const SHORTEST: usize = 3;
const SHORTEST_FOREIGN: usize = 2;

/// The names of this program, sorted.
pub(super) fn product() -> [&'static str; 2] {
    ["backoffice", "spryker"]
}

/// The words of a user, folded and sorted.
pub(super) fn of(owner: PasswordOwner<'_>) -> Vec<String> {
    let (local, domain) = owner.email.rsplit_once('@').unwrap_or((owner.email, ""));
    // The last label, such as `com`, tells nothing about the user.
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
