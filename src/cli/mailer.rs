//! What mail is made of and sent with, from the settings. Only commands that send build it.

use crate::cli::config::{AuthChoice, MailSettings, TlsChoice, TransportChoice};
use crate::cli::error::Failure;
use crate::cli::terminal::Terminal;
use crate::mail::{
    ANSWER_TIMEOUT, AccessTokenSource, Directory, Sender, Smtp, SmtpSettings, Tls, TokenCommand, Transport,
};
use crate::ops;
use crate::ops::mail::Mailer;
use crate::texts::mails::Templates;

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
    Ok(match settings.transport {
        None => return Err(ops::Error::NoMailer.into()),
        Some(TransportChoice::Directory) => {
            let folder = settings.directory.clone().unwrap_or_default();
            let from = settings.from.as_deref().unwrap_or_default();
            let sender = Sender::parse(from)?.with_reply_to(settings.reply_to.as_deref())?;
            Transport::Directory(Directory::new(folder, sender))
        }
        Some(TransportChoice::Smtp) => Transport::Smtp(Smtp::new(smtp(terminal, settings)?)?),
    })
}

fn smtp(terminal: &Terminal, settings: &MailSettings) -> Result<SmtpSettings, Failure> {
    let by_token = settings.auth == AuthChoice::Xoauth2;
    let password = match &settings.password_file {
        Some(file) if !by_token => Some(terminal.read_secret_file(file, "the password of the mail server")?),
        _ => None,
    };
    Ok(SmtpSettings {
        host: settings.host.clone().unwrap_or_default(),
        port: settings.port.unwrap_or(settings.tls.usual_port()),
        tls: match settings.tls {
            TlsChoice::StartTls => Tls::StartTls,
            TlsChoice::Implicit => Tls::Implicit,
            TlsChoice::None => Tls::None,
        },
        username: settings.username.clone(),
        password,
        token: if by_token {
            token(terminal, settings)?
        } else {
            None
        },
        timeout: settings.timeout,
        answer_timeout: ANSWER_TIMEOUT,
        ca_file: settings.ca_file.clone(),
        from: settings.from.clone().unwrap_or_default(),
        reply_to: settings.reply_to.clone(),
        envelope_from: settings.envelope_from.clone(),
        hello_name: settings.hello_name.clone(),
    })
}

/// The file is read now, while root still can; the program runs as the owner of the store, and
/// only once a mail is sent.
fn token(terminal: &Terminal, settings: &MailSettings) -> Result<Option<AccessTokenSource>, Failure> {
    if let Some(file) = &settings.token_file {
        let token = terminal.read_secret_file(file, "the access token for the mail server")?;
        return Ok(Some(AccessTokenSource::Given(token)));
    }
    let command = settings
        .token_command
        .clone()
        .map(TokenCommand::new)
        .transpose()?;
    Ok(command.map(AccessTokenSource::Command))
}
