//! With which settings or templates no mail can be sent: the exit code, and what to do next.

use super::{Exit, Failure};
use crate::mail::{Danger, SettingsError};
use crate::texts::mails::TemplateError;

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(Exit::Invalid, error.code(), error.to_string())
            .hint(settings_hint(&error))
            .in_configuration()
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::new(Exit::Invalid, error.code(), error.to_string()).hint(template_hint(&error))
    }
}

fn settings_hint(error: &SettingsError) -> String {
    use SettingsError as E;
    let hint = match error {
        E::From => "for example: from = \"Back Office <no-reply@example.com>\"",
        E::Host => "for example: host = \"smtp.example.com\"",
        E::HelloName => "give this machine's name, such as desk.example.com",
        E::PlainElsewhere { .. } => "set tls = \"starttls\" or \"implicit\"",
        E::ReplyTo => "for example: reply_to = \"it@example.com\"",
        E::EnvelopeFrom => "for example: envelope_from = \"bounces@example.com\"",
        E::HalfSignIn => {
            "set `username` with `password_file`; or with `auth = \"xoauth2\"` and one of `token_command` and `token_file`; or none of them"
        }
        E::TokenCommand => {
            "for example: token_command = [\"/usr/local/bin/mail-token\", \"--account\", \"desk\"]"
        }
        E::Token => "the file of `token_file` holds the token alone, on one line",
        E::Certificates(error) => return error.hint(),
        E::NoTime => "for example: timeout = \"20s\"",
    };
    hint.to_owned()
}

fn template_hint(error: &TemplateError) -> String {
    match error {
        TemplateError::Unsafe { path, why } => match why {
            Danger::Writable => format!(
                "see who could have changed it, then: chmod go-w {}",
                path.display()
            ),
            Danger::Foreign => {
                format!("see what is in it, then: chown root {}", path.display())
            }
        },
        TemplateError::Outside { .. } => "put a copy of the file there instead".to_owned(),
        TemplateError::Unreadable { .. } => "see that it is there and that you may read it".to_owned(),
        TemplateError::WrongKind { .. }
        | TemplateError::TooLong { .. }
        | TemplateError::UnknownFile { nearest: None, .. } => {
            "make a folder for each message, and in it one file for each part: reset-password/de.txt"
                .to_owned()
        }
        TemplateError::NotText { .. } => "save it as UTF-8".to_owned(),
        TemplateError::UnknownFile {
            nearest: Some(nearest),
            ..
        } => format!("did you mean {nearest}?"),
        TemplateError::Twice { .. } => "keep one of them".to_owned(),
        TemplateError::Incomplete { .. } => "write subject, txt and html".to_owned(),
        TemplateError::Broken { .. } => "templates are written in the language of Jinja".to_owned(),
        TemplateError::UnknownName {
            nearest: Some(nearest),
            known,
            ..
        } => {
            format!("did you mean `{nearest}`? The names are {known}")
        }
        TemplateError::UnknownName { known, .. } => format!("the names are {known}"),
        TemplateError::NoLink { file } if file.extension().is_some_and(|e| e == "txt") => {
            "put {{ url }} on a line of its own".to_owned()
        }
        TemplateError::NoLink { .. } => "show {{ url }} beside the button too".to_owned(),
        TemplateError::Empty { .. } => "write one line".to_owned(),
        TemplateError::BadLink => "see `base_url` and `reset.link` in the configuration".to_owned(),
    }
}
