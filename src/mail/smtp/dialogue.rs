//! The dialogue with a mail server, step by step, so that a failure can say where it happened.

use std::cell::Cell;
use std::iter;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

use super::super::error::{MailStep, SendError};
use super::answer::Asked;
use super::faults;
use super::progress::DialogueProgress;
use super::server::Server;
use super::settings::Tls;
use super::sign_in::{Offer, ServerSignIn, sign_in};

/// How long a server may take to say goodbye: the mail is in its hands by then.
const GOODBYE: Duration = Duration::from_secs(2);
/// What is to be handed over; without a message, only the question whether it would be taken.
pub(super) struct Task {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) message: Option<Vec<u8>>,
    /// Without it, there is no sign-in.
    pub(super) sign_in: Option<ServerSignIn>,
}

/// Goes through all steps.
pub(super) fn run(server: &Server, task: &Task, progress: &DialogueProgress) -> Result<(), SendError> {
    let addresses = server.resolve(progress)?;
    let mut connection = server.connect(&addresses, progress)?;
    let outcome = server
        .encrypt(&mut connection, progress)
        .and_then(|()| server.sign_in(&mut connection, task, progress))
        .and_then(|()| server.hand_over(&mut connection, task, progress));
    // Says QUIT too. What it answers changes nothing any more.
    let _ = connection.set_timeout(Some(server.timeout.min(GOODBYE)));
    connection.abort();
    outcome
}

impl Server {
    fn resolve(&self, progress: &DialogueProgress) -> Result<Vec<SocketAddr>, SendError> {
        progress.begin(MailStep::Resolve)?;
        let failed = |why: &str| SendError::new(MailStep::Resolve, format!("{}: {why}", self.host));
        let mut found: Vec<SocketAddr> = (self.host.as_str(), self.port)
            .to_socket_addrs()
            .map_err(|error| failed(&faults::plain(&error.to_string())))?
            .collect();
        if self.tls == Tls::None {
            // A hosts file may send `localhost` elsewhere.
            found.retain(|address| address.ip().is_loopback());
        }
        if found.is_empty() {
            return Err(failed("there is no address for it"));
        }
        let shown: Vec<String> = found.iter().map(|address| address.ip().to_string()).collect();
        progress.end(
            MailStep::Resolve,
            format!("{} is {}", self.host, shown.join(", ")),
        );
        Ok(found)
    }

    /// The first address that answers, greeted; with implicit TLS already encrypted.
    fn connect(
        &self,
        addresses: &[SocketAddr],
        progress: &DialogueProgress,
    ) -> Result<SmtpConnection, SendError> {
        progress.begin(MailStep::Connect)?;
        let implicit = self.tls == Tls::Implicit;
        let parameters = implicit.then(|| self.parameters()).transpose()?;
        let hello = ClientId::Domain(self.hello.clone());
        let mut last = SendError::new(MailStep::Connect, "there is no address for it");
        for address in addresses {
            let timeout = Some(self.timeout);
            match SmtpConnection::connect(address, timeout, &hello, parameters.as_ref(), None) {
                Ok(connection) => {
                    progress.end(MailStep::Connect, format!("{address} answers"));
                    return Ok(connection);
                }
                Err(error) if implicit && !faults::is_tcp(&error) && !faults::is_answer(&error) => {
                    progress.end(MailStep::Connect, format!("{address} answers"));
                    return Err(self.explain(Asked::Encryption, &error));
                }
                Err(error) => last = self.explain(Asked::Connection, &error),
            }
            progress.begin(MailStep::Connect)?;
        }
        Err(last)
    }

    fn sign_in(
        &self,
        connection: &mut SmtpConnection,
        task: &Task,
        progress: &DialogueProgress,
    ) -> Result<(), SendError> {
        progress.begin(MailStep::SignIn)?;
        let Some(who) = &task.sign_in else {
            progress.end(MailStep::SignIn, "not used: no username is configured");
            return Ok(());
        };
        let answer = sign_in(connection, &self.hello, who, |error| {
            self.explain(Asked::SignIn, error)
        })?;
        expect(235, Asked::SignIn, &answer)?;
        progress.end(MailStep::SignIn, who.done());
        Ok(())
    }

    fn hand_over(
        &self,
        connection: &mut SmtpConnection,
        task: &Task,
        progress: &DialogueProgress,
    ) -> Result<(), SendError> {
        progress.begin(MailStep::Accept)?;
        let options = self.mail_options(connection, task)?;
        let from = Mail::new(Some(task.from.clone()), options);
        self.ask(Asked::Sender, 250, connection.command(from))?;
        let to = Rcpt::new(task.to.clone(), Vec::new());
        self.ask(Asked::Recipient, 250, connection.command(to))?;
        let Some(message) = &task.message else {
            self.ask(Asked::Data, 250, connection.command(Rset))?;
            progress.end(
                MailStep::Accept,
                format!("a mail to {} would be accepted; none was sent", task.to),
            );
            return Ok(());
        };
        progress.begin(MailStep::Accept)?;
        self.ask(Asked::Data, 354, connection.command(Data))?;
        progress.begin_message()?;
        self.hand_over_message(connection, message)
    }

    /// After the final dot the server may have accepted the message, even if the connection then breaks
    /// (RFC 5321 §4.5.3.2.6): only its answer can say that it did not.
    fn hand_over_message(&self, connection: &mut SmtpConnection, message: &[u8]) -> Result<(), SendError> {
        connection
            .set_timeout(Some(self.answer_timeout))
            .map_err(|_| SendError::new(MailStep::Accept, "the connection was lost"))?;
        let dot = Cell::new(false);
        // Asked for a second piece once the first is written: the dot is next.
        let end = iter::from_fn(|| {
            dot.set(true);
            None
        });
        let answer = connection.message_iter(iter::once(message).chain(end));
        match answer {
            Ok(answer) => {
                expect(250, Asked::Message, &answer).map_err(|error| SendError::uncertain(error.detail))
            }
            Err(error) => {
                let failure = faults::explain(Asked::Message, &error, self.answer_timeout, false);
                Err(if dot.get() && !faults::is_answer(&error) {
                    SendError::uncertain(failure.detail)
                } else {
                    failure
                })
            }
        }
    }

    /// The one answer that means yes, or what the server said instead.
    fn ask(&self, asked: Asked, code: u16, answer: Result<Response, Error>) -> Result<(), SendError> {
        expect(code, asked, &answer.map_err(|error| self.explain(asked, &error))?)
    }

    /// What MAIL FROM has to announce (RFC 6531 §3.4, RFC 6152).
    fn mail_options(
        &self,
        connection: &mut SmtpConnection,
        task: &Task,
    ) -> Result<Vec<MailParameter>, SendError> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let mut options = Vec::new();
        if !is_ascii(&task.from) || !is_ascii(&task.to) {
            let mut is_known = connection.server_info().supports_feature(Extension::SmtpUtfEight);
            if !is_known {
                let offer = Offer::ask(connection, &self.hello);
                is_known = offer
                    .map_err(|error| self.explain(Asked::Sender, &error))?
                    .has("SMTPUTF8");
            }
            if !is_known {
                let detail = "the address has characters outside ASCII, and this server doesn't accept them (no SMTPUTF8)";
                return Err(if is_ascii(&task.to) {
                    SendError::new(MailStep::Accept, detail)
                } else {
                    SendError::refused(detail)
                });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if task.message.as_ref().is_some_and(|message| !message.is_ascii()) {
            if !connection.server_info().supports_feature(Extension::EightBitMime) {
                let detail = "the message has characters outside ASCII, and this server doesn't accept them (no 8BITMIME)";
                return Err(SendError::new(MailStep::Accept, detail));
            }
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(options)
    }
}

/// The one answer that means yes (RFC 5321 §4.3.2): any other belongs to another question.
/// (251 after RCPT, "not here, but I forward it", is a yes too.)
fn expect(code: u16, asked: Asked, answer: &Response) -> Result<(), SendError> {
    if answer.has_code(code) || (asked == Asked::Recipient && answer.has_code(251)) {
        return Ok(());
    }
    let detail = format!(
        "the server answers {}, and only {code} would mean that it accepts",
        answer.code()
    );
    Err(SendError::new(asked.step(), detail))
}
