//! The characters that a stored text can hold, and the comparison of two texts.

mod chars;
mod fold;
mod hidden;

pub use chars::{is_format, is_hostile, is_visible_mark};
pub use fold::fold;
pub use hidden::{find_hidden, hidden_in};
