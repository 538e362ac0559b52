//! The templates of all messages, in all languages. A message is rendered with them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use minijinja::Environment;

use super::message::{Message, Recipient, RenderedMail, Values};
use super::part::Part;
use super::template_error::TemplateError;
use crate::texts::engine;
use crate::texts::language::Languages;
use crate::texts::moments::Moments;
use crate::texts::sources::Sources;

/// The folder with the mails of a language: `<message>.<part>`.
const FOLDER: &str = "mails/";
/// The templates that all HTML parts share. The templates of an operator can use them too.
const SHARED: [(&str, &str); 2] = [
    ("layout.html", include_str!("layout.html")),
    ("parts.html", include_str!("parts.html")),
];

/// The templates of all messages and languages: the built-in ones, and those that an operator put in
/// their place.
#[derive(Debug)]
pub struct Templates {
    pub(super) env: Environment<'static>,
    /// The languages of each message.
    languages: BTreeMap<String, Languages>,
    pub(super) moments: Moments,
    /// The files of the templates of the operator.
    pub(super) files: BTreeMap<String, PathBuf>,
}

impl Templates {
    /// The templates that come with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self::of(Sources::built_in())
    }

    pub(in crate::texts) fn of(sources: Sources<'_>) -> Self {
        let mut templates = Self {
            env: engine::mails(),
            languages: BTreeMap::new(),
            moments: Moments::of(sources),
            files: BTreeMap::new(),
        };
        for (name, source) in SHARED {
            // A template that can't be parsed would be missing when it is rendered. A test renders
            // all.
            let _ = templates.env.add_template(name, source);
        }
        for source in sources.files() {
            let name = source.path.strip_prefix(FOLDER);
            if let Some((message, part)) = name.and_then(|name| name.rsplit_once('.')) {
                let name = format!("{message}/{}.{part}", source.lang);
                let _ = templates.env.add_template_owned(name, source.text.to_owned());
                templates.add_language(message, source.lang);
            }
        }
        templates
    }

    pub(super) fn add_language(&mut self, message: &str, lang: &str) {
        let languages = self.languages.entry(message.to_owned()).or_default();
        languages.insert(lang.to_owned());
    }

    /// Renders `message` for a user, in the language that is nearest to the user's locale (RFC 4647
    /// §3.4: `de-AT`, then `de`, then English).
    ///
    /// # Errors
    /// [`TemplateError`] if a template can't be rendered, or if the link isn't one line of ASCII.
    pub fn render(&self, message: &Message<'_>, to: &Recipient<'_>) -> Result<RenderedMail, TemplateError> {
        let none = Languages::default();
        let languages = self.languages.get(message.name()).unwrap_or(&none);
        self.render_in(languages.of_locale(to.locale).tag(), message, to)
    }

    pub(super) fn render_in(
        &self,
        lang: &str,
        message: &Message<'_>,
        to: &Recipient<'_>,
    ) -> Result<RenderedMail, TemplateError> {
        let name = message.name();
        let mut values = message.values(to, lang, &self.moments);
        // The subject is rendered before the link is known. So no header holds a link.
        let subject = self.part(name, lang, Part::Subject, &values)?;
        if let Some(url) = message.url() {
            if url.is_empty() || !url.bytes().all(|b| b.is_ascii_graphic()) {
                return Err(TemplateError::BadLink);
            }
            values.insert("url", url.to_owned());
        }
        let text = self.part(name, lang, Part::Text, &values)?;
        Ok(RenderedMail {
            subject: one_line(&subject),
            text: format!("{}\n", text.trim()),
            html: self.part(name, lang, Part::Html, &values)?,
        })
    }

    /// The file of a template. For a built-in template, its name.
    pub(super) fn file_of(&self, template: &str) -> PathBuf {
        self.files
            .get(template)
            .cloned()
            .unwrap_or_else(|| PathBuf::from(template))
    }

    fn part(&self, message: &str, lang: &str, part: Part, values: &Values) -> Result<String, TemplateError> {
        let name = format!("{message}/{lang}.{}", part.ending());
        self.env
            .get_template(&name)
            .and_then(|template| template.render(values.clone()))
            .map_err(|error| self.broken(&name, &error))
    }

    pub(super) fn broken(&self, template: &str, error: &minijinja::Error) -> TemplateError {
        let why = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        TemplateError::Broken {
            file: self.file_of(error.name().unwrap_or(template)),
            line: error.line(),
            why: one_line(&why),
        }
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
