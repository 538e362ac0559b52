//! The templates of an operator, in the place of built-in ones. Each is checked before it is used.

use std::path::Path;

use super::message::{Message, Recipient};
use super::overrides::{self, Override};
use super::part::Part;
use super::template_error::TemplateError;
use super::templates::Templates;
use crate::domain::email::EmailAddress;
use crate::domain::likeness::nearest;
use crate::domain::user::{Locale, Name};
use crate::texts::language::FALLBACK;
use crate::texts::moments::Moments;

impl Templates {
    /// The built-in templates, with those of a folder in their place:
    /// `FOLDER/<message>/<locale>.subject`, `.txt` and `.html`. Each template is rendered with
    /// sample data, so that a mistake is found now, and not when a user needs a link.
    ///
    /// # Errors
    /// [`TemplateError`] for the first file that can't be used, or that other operating-system users
    /// can write.
    pub fn with_overrides(folder: &Path) -> Result<Self, TemplateError> {
        let mut templates = Self::built_in();
        let found = overrides::read(folder)?;
        for one in &found {
            let name = one.template_name();
            templates.files.insert(name.clone(), one.path.clone());
            templates
                .env
                .add_template_owned(name, one.source.clone())
                .map_err(|error| templates.broken(&one.path.to_string_lossy(), &error))?;
            templates.add_language(one.message, &one.locale);
        }
        for one in &found {
            templates.check_complete(folder, one)?;
            templates.check_names(one)?;
        }
        for one in &found {
            try_out(&templates, one)?;
        }
        Ok(templates)
    }

    fn check_complete(&self, folder: &Path, one: &Override) -> Result<(), TemplateError> {
        for part in Part::ALL {
            let file = format!("{}/{}.{}", one.message, one.locale, part.ending());
            if self.env.get_template(&file).is_err() {
                let path = folder.join(file);
                return Err(TemplateError::Incomplete { path });
            }
        }
        Ok(())
    }

    /// Checks all names in a template, also in branches that the sample data doesn't reach.
    fn check_names(&self, one: &Override) -> Result<(), TemplateError> {
        let name = one.template_name();
        let template = self
            .env
            .get_template(&name)
            .map_err(|error| self.broken(&name, &error))?;
        let known = known_names(one, &self.moments);
        let mut unknown: Vec<String> = template
            .undeclared_variables(false)
            .into_iter()
            .filter(|name| !known.contains(&name.as_str()))
            .filter(|name| !self.env.globals().any(|(global, _)| global == name))
            .collect();
        unknown.sort();
        match unknown.into_iter().next() {
            Some(name) => Err(unknown_name(one, name, &known)),
            None => Ok(()),
        }
    }
}

/// Renders a message in one language with sample data: once for a user with names, and once without.
fn try_out(templates: &Templates, one: &Override) -> Result<(), TemplateError> {
    let Some(message) = Message::samples().into_iter().find(|m| m.name() == one.message) else {
        return Ok(());
    };
    let email = EmailAddress::from_stored("ada@example.com".to_owned(), "ada@example.com".to_owned());
    let locale = Locale::from_stored(one.locale.clone());
    for (first_name, last_name) in [("Ada", "Lovelace"), ("", "")] {
        let mail = templates.render_in(
            &one.locale,
            &message,
            &Recipient {
                email: &email,
                first_name: &Name::from_stored(first_name.to_owned()),
                last_name: &Name::from_stored(last_name.to_owned()),
                locale: &locale,
            },
        )?;
        let file =
            |part: Part| templates.file_of(&format!("{}/{}.{}", one.message, one.locale, part.ending()));
        if mail.subject.is_empty() {
            let file = file(Part::Subject);
            return Err(TemplateError::Empty { file });
        }
        let Some(url) = message.url() else {
            continue;
        };
        if !mail.text.lines().any(|line| line == url) {
            let file = file(Part::Text);
            return Err(TemplateError::NoLink { file });
        }
        if !shown(&mail.html).contains(url) {
            let file = file(Part::Html);
            return Err(TemplateError::NoLink { file });
        }
    }
    Ok(())
}

/// The text between the tags. A link in an attribute is not visible.
fn shown(html: &str) -> String {
    let text: String = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_tag, text)| text))
        .collect();
    text.replace("&amp;", "&")
}

/// The names that the template can use.
fn known_names(one: &Override, moments: &Moments) -> Vec<&'static str> {
    let Some(message) = Message::samples().into_iter().find(|m| m.name() == one.message) else {
        return Vec::new();
    };
    let nobody = Recipient {
        email: &EmailAddress::from_stored(String::new(), String::new()),
        first_name: &Name::default(),
        last_name: &Name::default(),
        locale: &Locale::default(),
    };
    let mut names: Vec<&'static str> = message.values(&nobody, FALLBACK, moments).into_keys().collect();
    if message.url().is_some() && one.part != Part::Subject {
        names.push("url");
    }
    // The layout can use this block.
    if one.part == Part::Html {
        names.push("self");
    }
    names
}

/// The error for a template with an unknown name.
fn unknown_name(one: &Override, name: String, known: &[&'static str]) -> TemplateError {
    let names_it = |line: &str| {
        line.split(|c: char| c != '_' && !c.is_alphanumeric())
            .any(|word| word == name)
    };
    let line = one
        .source
        .lines()
        .position(|line| line.contains('{') && names_it(line))
        .or_else(|| one.source.lines().position(names_it))
        .map(|index| index + 1);
    let known: Vec<&str> = known.iter().copied().filter(|name| *name != "self").collect();
    TemplateError::UnknownName {
        file: one.path.clone(),
        line,
        nearest: nearest(&name, &known).map(str::to_owned),
        name,
        known: known.join(", "),
    }
}
