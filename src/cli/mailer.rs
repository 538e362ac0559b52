//! What mail is made of and sent with, from the settings. Only commands that send build it.

use crate::config::{MailSettings, TlsChoice, TransportChoice};
use crate::error::Failure;
use crate::mail::{ANSWER_TIMEOUT, Directory, Sender, Smtp, SmtpSettings, Templates, Tls, Transport};
use crate::ops;
use crate::ops::mail::Mailer;
use crate::terminal::Terminal;

/// The mailer the settings describe.
pub fn of(settings: &MailSettings, terminal: &Terminal) -> Result<Mailer, Failure> {
    let transport = transport(terminal, settings)?;
    let templates = match &settings.templates {
        Some(folder) => Templates::with_overrides(folder)?,
        None => Templates::built_in(),
    };
    Ok(Mailer { templates, transport })
}

fn transport(terminal: &Terminal, settings: &MailSettings) -> Result<Transport, Failure> {
    let from = settings.from.clone().unwrap_or_default();
    match settings.transport {
        None => Err(ops::Error::NoMailer.into()),
        Some(TransportChoice::Directory) => {
            let folder = settings.directory.clone().unwrap_or_default();
            Ok(Transport::Directory(Directory::new(
                folder,
                Sender::parse(&from)?,
            )))
        }
        Some(TransportChoice::Smtp) => {
            let what = "the password of the mail server";
            let read = |file| terminal.read_secret_file(file, what);
            let password = settings.password_file.as_deref().map(read).transpose()?;
            Ok(Transport::Smtp(Smtp::new(SmtpSettings {
                host: settings.host.clone().unwrap_or_default(),
                port: settings.port.unwrap_or(settings.tls.usual_port()),
                tls: match settings.tls {
                    TlsChoice::StartTls => Tls::StartTls,
                    TlsChoice::Implicit => Tls::Implicit,
                    TlsChoice::None => Tls::None,
                },
                username: settings.username.clone(),
                password,
                timeout: settings.timeout,
                answer_timeout: ANSWER_TIMEOUT,
                ca_file: settings.ca_file.clone(),
                from,
                hello_name: None,
            })?))
        }
    }
}
