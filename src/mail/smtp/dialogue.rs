//! The dialogue with a mail server, step by step, so that a failure can say where it happened.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::{ExposeSecret, SecretString};

use super::super::transport::{SendError, Step};
use super::{Tls, faults};

/// How long a server may take to say goodbye: the mail is in its hands by then.
const GOODBYE: Duration = Duration::from_secs(2);
/// How long to look for answers nobody has asked for.
const GLANCE: Duration = Duration::from_millis(1);

/// The server, and what it takes to talk to it.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) sign_in: Option<(String, SecretString)>,
    pub(super) timeout: Duration,
    pub(super) authority: Option<Certificate>,
    pub(super) hello: String,
}

/// What is to be handed over; without a message, only the question whether it would be taken.
pub(super) struct Task {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) message: Option<Vec<u8>>,
}

/// How far the dialogue is, seen from outside.
#[derive(Default)]
pub(super) struct Progress(Mutex<Stage>);

struct Stage {
    at: Step,
    done: Vec<(Step, String)>,
    given_up: bool,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            at: Step::Resolve,
            done: Vec::new(),
            given_up: false,
        }
    }
}

impl Progress {
    /// The steps that went well, and what each found.
    pub(super) fn done(&self) -> Vec<(Step, String)> {
        self.stage().done.clone()
    }

    /// Nobody waits any more: nothing further is begun. Says which step it got to.
    pub(super) fn give_up(&self) -> Step {
        let mut stage = self.stage();
        stage.given_up = true;
        stage.at
    }

    fn begin(&self, step: Step) -> Result<(), SendError> {
        let mut stage = self.stage();
        stage.at = step;
        if stage.given_up {
            return Err(SendError::new(step, "nobody waits for it any more", true));
        }
        Ok(())
    }

    fn end(&self, step: Step, detail: impl Into<String>) {
        self.stage().done.push((step, detail.into()));
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Goes all steps.
pub(super) fn run(server: &Server, task: &Task, progress: &Progress) -> Result<(), SendError> {
    let addresses = server.resolve(progress)?;
    let mut connection = server.connect(&addresses, progress)?;
    let outcome = server
        .encrypt(&mut connection, progress)
        .and_then(|()| server.sign_in(&mut connection, progress))
        .and_then(|()| server.hand_over(&mut connection, task, progress));
    // Says QUIT too. What it answers changes nothing any more.
    let _ = connection.set_timeout(Some(server.timeout.min(GOODBYE)));
    connection.abort();
    outcome
}

/// Whether the certificates of a file can be used at all.
pub(super) fn try_authority(certificate: &Certificate) -> Result<(), ()> {
    TlsParametersBuilder::new("localhost".to_owned())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(certificate.clone())
        .build()
        .map(|_| ())
        .map_err(|_| ())
}

impl Server {
    fn resolve(&self, progress: &Progress) -> Result<Vec<SocketAddr>, SendError> {
        progress.begin(Step::Resolve)?;
        let failed =
            |why: &str, temporary| SendError::new(Step::Resolve, format!("{}: {why}", self.host), temporary);
        let mut found: Vec<SocketAddr> = (self.host.as_str(), self.port)
            .to_socket_addrs()
            .map_err(|error| failed(&faults::plain(&error.to_string()), true))?
            .collect();
        if self.tls == Tls::None {
            // A hosts file may send `localhost` elsewhere.
            found.retain(|address| address.ip().is_loopback());
        }
        if found.is_empty() {
            return Err(failed("there is no address for it", false));
        }
        let shown: Vec<String> = found.iter().map(|address| address.ip().to_string()).collect();
        progress.end(Step::Resolve, format!("{} is {}", self.host, shown.join(", ")));
        Ok(found)
    }

    /// The first address that answers, greeted; with implicit TLS already encrypted.
    fn connect(&self, addresses: &[SocketAddr], progress: &Progress) -> Result<SmtpConnection, SendError> {
        progress.begin(Step::Connect)?;
        let implicit = self.tls == Tls::Implicit;
        let parameters = implicit.then(|| self.parameters()).transpose()?;
        let hello = ClientId::Domain(self.hello.clone());
        let mut last = SendError::new(Step::Connect, "there is no address for it", false);
        for address in addresses {
            let timeout = Some(self.timeout);
            match SmtpConnection::connect(address, timeout, &hello, parameters.as_ref(), None) {
                Ok(connection) => {
                    progress.end(Step::Connect, format!("{address} answers"));
                    return Ok(connection);
                }
                Err(error) if implicit && !faults::is_tcp(&error) && !faults::is_answer(&error) => {
                    progress.end(Step::Connect, format!("{address} answers"));
                    return Err(self.explain(Step::Tls, &error));
                }
                Err(error) => last = self.explain(Step::Connect, &error),
            }
            progress.begin(Step::Connect)?;
        }
        Err(last)
    }

    fn encrypt(&self, connection: &mut SmtpConnection, progress: &Progress) -> Result<(), SendError> {
        progress.begin(Step::Tls)?;
        if self.tls == Tls::StartTls {
            if !connection.can_starttls() {
                let detail = "the server doesn't offer STARTTLS, and nothing is sent in the clear";
                return Err(SendError::new(Step::Tls, detail, false));
            }
            let hello = ClientId::Domain(self.hello.clone());
            connection
                .starttls(&self.parameters()?, &hello)
                .map_err(|error| self.explain(Step::Tls, &error))?;
            self.refuse_forged(connection)?;
        }
        if self.tls == Tls::None {
            progress.end(Step::Tls, "not used: the server is on this machine");
            return Ok(());
        }
        if !connection.is_encrypted() {
            return Err(SendError::new(Step::Tls, "the connection isn't encrypted", false));
        }
        progress.end(
            Step::Tls,
            format!("encrypted, the certificate is for {} and verified", self.host),
        );
        Ok(())
    }

    /// The mail library keeps what lay behind the answer to STARTTLS, in the clear, for answers
    /// to what follows (RFC 3207 §6 has it thrown away): whoever is in between could say "taken"
    /// in the server's name. A server has nothing to say now. One forged answer alone is found by
    /// the exact codes asked for later.
    fn refuse_forged(&self, connection: &mut SmtpConnection) -> Result<(), SendError> {
        let failed = |_| SendError::new(Step::Tls, "the connection was lost", true);
        connection.set_timeout(Some(GLANCE)).map_err(failed)?;
        let early = connection.read_response();
        connection.set_timeout(Some(self.timeout)).map_err(failed)?;
        match early {
            Err(error) if faults::is_silence(&error) => Ok(()),
            _ => {
                let detail = "answers were slipped in before the connection was encrypted";
                Err(SendError::new(Step::Tls, detail, false).with_hint(faults::IN_BETWEEN))
            }
        }
    }

    fn sign_in(&self, connection: &mut SmtpConnection, progress: &Progress) -> Result<(), SendError> {
        progress.begin(Step::SignIn)?;
        let Some((username, password)) = &self.sign_in else {
            progress.end(Step::SignIn, "not used: no username is configured");
            return Ok(());
        };
        if connection
            .server_info()
            .get_auth_mechanism(DEFAULT_MECHANISMS)
            .is_none()
        {
            let detail = "the server offers neither PLAIN nor LOGIN";
            return Err(SendError::new(Step::SignIn, detail, false));
        }
        let credentials = Credentials::new(username.clone(), password.expose_secret().to_owned());
        let answer = connection.auth(DEFAULT_MECHANISMS, &credentials);
        self.expect(235, Step::SignIn, answer)?;
        progress.end(Step::SignIn, "the server takes username and password");
        Ok(())
    }

    fn hand_over(
        &self,
        connection: &mut SmtpConnection,
        task: &Task,
        progress: &Progress,
    ) -> Result<(), SendError> {
        progress.begin(Step::Accept)?;
        let expect = |code, answer| self.expect(code, Step::Accept, answer);
        let options = mail_options(connection, task)?;
        expect(
            250,
            connection.command(Mail::new(Some(task.from.clone()), options)),
        )?;
        expect(250, connection.command(Rcpt::new(task.to.clone(), Vec::new())))?;
        let Some(message) = &task.message else {
            expect(250, connection.command(Rset))?;
            progress.end(
                Step::Accept,
                format!("a mail to {} would be taken; none was sent", task.to),
            );
            return Ok(());
        };
        // The last moment at which it can still be left.
        progress.begin(Step::Accept)?;
        expect(354, connection.command(Data))?;
        expect(250, connection.message(message))
    }

    /// The one answer that means yes (RFC 5321 §4.3.2): any other belongs to another question.
    /// (251 after RCPT, "not here, but I forward it", is a yes too.)
    fn expect(&self, code: u16, step: Step, answer: Result<Response, Error>) -> Result<(), SendError> {
        let answer = answer.map_err(|error| self.explain(step, &error))?;
        if answer.has_code(code) || (code == 250 && answer.has_code(251)) {
            return Ok(());
        }
        let detail = format!("the server says {} where only {code} means yes", answer.code());
        Err(SendError::new(step, detail, true))
    }

    fn explain(&self, step: Step, error: &Error) -> SendError {
        faults::explain(step, error, self.timeout)
    }

    /// The system's certificates and those of the extra file; TLS 1.2 or newer.
    fn parameters(&self) -> Result<TlsParameters, SendError> {
        let mut builder = TlsParametersBuilder::new(self.host.clone());
        if let Some(authority) = &self.authority {
            builder = builder.add_root_certificate(authority.clone());
        }
        builder
            .build()
            .map_err(|error| SendError::new(Step::Tls, faults::plain(&error.to_string()), false))
    }
}

/// What MAIL FROM has to announce (RFC 6531 §3.4, RFC 6152).
fn mail_options(connection: &SmtpConnection, task: &Task) -> Result<Vec<MailParameter>, SendError> {
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let server = connection.server_info();
    let refuse = |detail| Err(SendError::new(Step::Accept, detail, false));
    let mut options = Vec::new();
    if !is_ascii(&task.from) || !is_ascii(&task.to) {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return refuse(
                "the address holds letters outside ASCII, which this server doesn't take (SMTPUTF8)",
            );
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    if task.message.as_ref().is_some_and(|message| !message.is_ascii()) {
        if !server.supports_feature(Extension::EightBitMime) {
            return refuse(
                "the message holds letters outside ASCII, which this server doesn't take (8BITMIME)",
            );
        }
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(options)
}

/// Shows no password.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}
