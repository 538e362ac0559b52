//! The section `[mail]`: how mail is sent.

mod rules;

use std::time::Duration;

use serde_json::json;

use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::in_force::Config;
use crate::cli::config::mail::{AuthChoice, MailSettings, TlsChoice, TransportChoice};
use crate::cli::config::settings::form::{DurationIn, FilePath, NumberIn, OneLine, OneOf, TextList};
use crate::cli::config::settings::setting::{Example, Section, Setting, shown_duration, shown_path};
use crate::domain::range::{Durations, Numbers};

pub(super) static SECTION: Section = Section {
    settings: &[
        &TRANSPORT,
        &HOST,
        &PORT,
        &TLS,
        &USERNAME,
        &AUTH,
        &PASSWORD_FILE,
        &TOKEN_COMMAND,
        &TOKEN_FILE,
        &FROM,
        &REPLY_TO,
        &ENVELOPE_FROM,
        &HELLO_NAME,
        &DIRECTORY,
        &TEMPLATES,
        &TIMEOUT,
        &CA_FILE,
    ],
    read,
};

static TRANSPORT: Setting<OneOf<TransportChoice>> = Setting {
    key: "mail.transport",
    form: OneOf {
        all: &TransportChoice::ALL,
        word: TransportChoice::as_str,
    },
    meaning: "What takes over the mail: `\"smtp\"` for a mail server, or `\"directory\"` for one `.eml` \
        file for each message. Without it, no mail is sent.",
    example: Example::Of("\"smtp\""),
    shown: |config| json!(config.mail.transport.map(TransportChoice::as_str)),
};

static HOST: Setting<OneLine> = Setting {
    key: "mail.host",
    form: OneLine,
    meaning: "The host of the mail server.",
    example: Example::Of("\"smtp.example.com\""),
    shown: |config| json!(config.mail.host),
};

static PORT: Setting<NumberIn> = Setting {
    key: "mail.port",
    form: NumberIn(Numbers::new(1, 65_535)),
    meaning: "The port of the mail server. The default goes with `tls`: 587, 465 for `\"implicit\"`, 25 \
        for `\"none\"`.",
    example: Example::Default,
    shown: |config| json!(config.mail.port.unwrap_or(config.mail.tls.usual_port())),
};

static TLS: Setting<OneOf<TlsChoice>> = Setting {
    key: "mail.tls",
    form: OneOf {
        all: &TlsChoice::ALL,
        word: TlsChoice::as_str,
    },
    meaning: "How the connection is protected: by STARTTLS (`\"starttls\"`), by TLS from the first byte \
        (`\"implicit\"`), or not (`\"none\"`, only for a mail server on this machine).",
    example: Example::Default,
    shown: |config| json!(config.mail.tls.as_str()),
};

static USERNAME: Setting<OneLine> = Setting {
    key: "mail.username",
    form: OneLine,
    meaning: "The name to sign in with at the mail server. Without it, the program doesn't sign in.",
    example: Example::Of("\"desk\""),
    shown: |config| json!(config.mail.username),
};

static AUTH: Setting<OneOf<AuthChoice>> = Setting {
    key: "mail.auth",
    form: OneOf {
        all: &AuthChoice::ALL,
        word: AuthChoice::as_str,
    },
    meaning: "How to sign in at the mail server: with a password (`\"password\"`), or with an OAuth 2.0 \
        access token (`\"xoauth2\"`, for Microsoft 365 and Google).",
    example: Example::Default,
    shown: |config| json!(config.mail.auth.as_str()),
};

static PASSWORD_FILE: Setting<FilePath> = Setting {
    key: "mail.password_file",
    form: FilePath,
    meaning: "The file of the password for the mail server.",
    example: Example::Of("\"/etc/backoffice/smtp-password\""),
    shown: |config| shown_path(config.mail.password_file.as_deref()),
};

static TOKEN_COMMAND: Setting<TextList> = Setting {
    key: "mail.token_command",
    form: TextList,
    meaning: "For `auth = \"xoauth2\"`: a program that prints the access token, alone on one line of \
        standard output, and its arguments. It is run without a shell, as the owner of the store, \
        once for each flush of the queue, and may take 30 seconds.",
    example: Example::Alone("[\"/usr/local/bin/mail-token\", \"--account\", \"desk\"]"),
    shown: |config| json!(config.mail.token_command),
};

static TOKEN_FILE: Setting<FilePath> = Setting {
    key: "mail.token_file",
    form: FilePath,
    meaning: "For `auth = \"xoauth2\"`, in place of `token_command`: the file of the access token.",
    example: Example::Alone("\"/run/backoffice/mail-token\""),
    shown: |config| shown_path(config.mail.token_file.as_deref()),
};

static FROM: Setting<OneLine> = Setting {
    key: "mail.from",
    form: OneLine,
    meaning: "The sender of mail, as `Name <address>`.",
    example: Example::Of("\"Back Office <no-reply@example.com>\""),
    shown: |config| json!(config.mail.from),
};

static REPLY_TO: Setting<OneLine> = Setting {
    key: "mail.reply_to",
    form: OneLine,
    meaning: "Where replies to mail go, as `Name <address>`.",
    example: Example::Of("\"IT <it@example.com>\""),
    shown: |config| json!(config.mail.reply_to),
};

static ENVELOPE_FROM: Setting<OneLine> = Setting {
    key: "mail.envelope_from",
    form: OneLine,
    meaning: "The address that gets a report when a mail can't be delivered. Without it, the address of \
        `mail.from`.",
    example: Example::Of("\"bounces@example.com\""),
    shown: |config| json!(config.mail.envelope_from),
};

static HELLO_NAME: Setting<OneLine> = Setting {
    key: "mail.hello_name",
    form: OneLine,
    meaning: "The name in the greeting to the mail server. Without it, the domain of `mail.from`.",
    example: Example::Of("\"desk.example.com\""),
    shown: |config| json!(config.mail.hello_name),
};

static DIRECTORY: Setting<FilePath> = Setting {
    key: "mail.directory",
    form: FilePath,
    meaning: "The folder for `transport = \"directory\"`.",
    example: Example::Of("\"/var/spool/backoffice\""),
    shown: |config| shown_path(config.mail.directory.as_deref()),
};

static TEMPLATES: Setting<FilePath> = Setting {
    key: "mail.templates",
    form: FilePath,
    meaning: "A folder of texts that replace the built-in ones: `MESSAGE/LOCALE.subject`, `.txt` and \
        `.html`.",
    example: Example::Of("\"/etc/backoffice/mail\""),
    shown: |config| shown_path(config.mail.templates.as_deref()),
};

static TIMEOUT: Setting<DurationIn> = Setting {
    key: "mail.timeout",
    form: DurationIn(Durations::up_to(Duration::from_mins(5))),
    meaning: "How long each step of sending a mail may take. For the answer to a whole mail, the mail \
        server has 10 minutes.",
    example: Example::Default,
    shown: |config| shown_duration(config.mail.timeout),
};

static CA_FILE: Setting<FilePath> = Setting {
    key: "mail.ca_file",
    form: FilePath,
    meaning: "A file of certificates that are trusted beside those of the system.",
    example: Example::Of("\"/etc/ssl/company.pem\""),
    shown: |config| shown_path(config.mail.ca_file.as_deref()),
};

fn read(file: &Document<'_>, config: &mut Config) -> Result<(), ConfigError> {
    config.mail = MailSettings::read(file)?;
    config.policies.notices = config.mail.transport.is_some();
    Ok(())
}

impl MailSettings {
    fn read(file: &Document<'_>) -> Result<Self, ConfigError> {
        let usual = Self::default();
        let settings = Self {
            transport: TRANSPORT.read(file)?,
            host: HOST.read(file)?,
            port: PORT.read(file)?.and_then(|port| u16::try_from(port).ok()),
            tls: TLS.read(file)?.unwrap_or(usual.tls),
            username: USERNAME.read(file)?,
            auth: AUTH.read(file)?.unwrap_or(usual.auth),
            password_file: PASSWORD_FILE.read(file)?,
            token_command: TOKEN_COMMAND.read(file)?,
            token_file: TOKEN_FILE.read(file)?,
            from: FROM.read(file)?,
            reply_to: REPLY_TO.read(file)?,
            envelope_from: ENVELOPE_FROM.read(file)?,
            hello_name: HELLO_NAME.read(file)?,
            directory: DIRECTORY.read(file)?,
            templates: TEMPLATES.read(file)?,
            timeout: TIMEOUT.read(file)?.unwrap_or(usual.timeout),
            ca_file: CA_FILE.read(file)?,
        };
        settings.check(file)?;
        Ok(settings)
    }
}
