//! Mails: the messages, and the templates for them.

mod message;
mod overrides;
mod part;
mod replaced;
mod template_error;
mod templates;

pub use message::{Message, Recipient, RenderedMail};
pub use template_error::TemplateError;
pub use templates::Templates;
