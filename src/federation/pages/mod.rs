//! The page the browser shows at the end of a sign-in: static, without a script, and with nothing
//! from outside but text.

mod ending;
mod english;
mod german;
mod language;
mod layout;

pub use ending::{Ending, Person};
pub(super) use language::Language;
pub(super) use layout::{render, security_policy};

/// What a page says, unescaped.
struct Words {
    /// What became of the sign-in: the title and the heading.
    title: &'static str,
    /// What happened, in a sentence or two.
    what: String,
    /// What to do now.
    next: String,
}

impl Words {
    fn new(title: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            title,
            what: what.into(),
            next: next.into(),
        }
    }
}

/// The words that every page of a language has.
struct Labels {
    /// The product.
    product: &'static str,
    name: &'static str,
    email: &'static str,
    provider: &'static str,
    /// Before what a provider says, after its name.
    says: &'static str,
    /// Where the page comes from.
    origin: &'static str,
}

fn words(ending: &Ending, language: Language) -> Words {
    match language {
        Language::English => english::words(ending),
        Language::German => german::words(ending),
    }
}

fn labels(language: Language) -> &'static Labels {
    match language {
        Language::English => &english::LABELS,
        Language::German => &german::LABELS,
    }
}

#[cfg(test)]
mod tests;
