//! What a mail says: its message, and the templates that it is rendered by.

mod message;
mod overrides;
mod part;
mod replaced;
mod template_error;
mod templates;

pub use message::{Message, Recipient, RenderedMail};
pub use template_error::TemplateError;
pub use templates::Templates;
