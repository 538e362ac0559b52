//! The encryption of the connection to the mail server.

use std::time::Duration;

use lettre::transport::smtp::client::{SmtpConnection, TlsParameters, TlsParametersBuilder};
use lettre::transport::smtp::extension::ClientId;

use super::super::error::{MailStep, SendError};
use super::answer::Asked;
use super::faults;
use super::progress::DialogueProgress;
use super::server::Server;
use super::settings::Tls;

/// How long to look for answers that no command asked for.
const GLANCE: Duration = Duration::from_millis(1);

impl Server {
    pub(super) fn encrypt(
        &self,
        connection: &mut SmtpConnection,
        progress: &DialogueProgress,
    ) -> Result<(), SendError> {
        progress.begin(MailStep::Tls)?;
        if self.tls == Tls::StartTls {
            if !connection.can_starttls() {
                let detail = "the server doesn't offer STARTTLS, and nothing is sent unencrypted";
                return Err(SendError::new(MailStep::Tls, detail));
            }
            let hello = ClientId::Domain(self.hello.clone());
            connection
                .starttls(&self.parameters()?, &hello)
                .map_err(|error| self.explain(Asked::Encryption, &error))?;
            self.refuse_forged(connection)?;
        }
        if self.tls == Tls::None {
            progress.end(MailStep::Tls, "not used: the server is on this machine");
            return Ok(());
        }
        if !connection.is_encrypted() {
            return Err(SendError::new(MailStep::Tls, "the connection isn't encrypted"));
        }
        progress.end(
            MailStep::Tls,
            format!("encrypted, the certificate is for {} and verified", self.host),
        );
        Ok(())
    }

    /// The mail library keeps what lay behind the answer to STARTTLS, in the clear, for answers
    /// to what follows (RFC 3207 §6 has it thrown away): an attacker on the network could accept the mail
    /// in the server's name. A server has nothing to say now. One forged answer alone is found by
    /// the exact codes asked for later.
    fn refuse_forged(&self, connection: &mut SmtpConnection) -> Result<(), SendError> {
        let failed = |_| SendError::new(MailStep::Tls, "the connection was lost");
        connection.set_timeout(Some(GLANCE)).map_err(failed)?;
        let early = connection.read_response();
        connection.set_timeout(Some(self.timeout)).map_err(failed)?;
        match early {
            Err(error) if faults::is_silence(&error) => Ok(()),
            _ => {
                let detail =
                    "the server's answers began before the connection was encrypted, so they may be forged";
                Err(SendError::new(MailStep::Tls, detail).with_hint(faults::IN_BETWEEN))
            }
        }
    }

    /// The system's certificates and those of the extra file; TLS 1.2 or newer.
    pub(super) fn parameters(&self) -> Result<TlsParameters, SendError> {
        let mut builder = TlsParametersBuilder::new(self.host.clone());
        if let Some(authority) = &self.authority {
            builder = builder.add_root_certificate(authority.clone());
        }
        builder
            .build()
            .map_err(|error| SendError::new(MailStep::Tls, faults::plain(&error.to_string())))
    }
}
