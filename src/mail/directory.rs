//! Mails as files, for a mail system that picks them up, or for a look at what would be sent.

use std::fs::DirBuilder;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, Once};

use super::address;
use super::error::{MailStep, SendError};
use super::letter;
use super::sender::Sender;
use crate::domain::check::CheckStep;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::files::{Draft, PutError};
use crate::texts::mails::RenderedMail;

const PRIVATE_FOLDER: u32 = 0o700;
const SAMPLE: &[u8] = b"This file shows that mail can be kept here.\r\n";
const HINT: &str = "see that `mail.directory` is a folder you may write to";

/// Writes one `.eml` file a message into a folder.
#[derive(Debug, Clone)]
pub struct Directory {
    folder: PathBuf,
    sender: Sender,
    swept: Arc<Once>,
}

impl Directory {
    /// The folder is made with the first message, for its owner alone.
    #[must_use]
    pub fn new(folder: PathBuf, sender: Sender) -> Self {
        Self {
            folder,
            sender,
            swept: Arc::new(Once::new()),
        }
    }

    pub(super) fn send(
        &self,
        mail: &RenderedMail,
        to: &EmailAddress,
        now: Timestamp,
        random: &dyn RandomSource,
    ) -> Result<(), SendError> {
        let letter = letter::write(mail, &self.sender, to, now, random)?;
        // In order of time; the rest keeps two of one moment apart.
        let name = format!(
            "{}-{}.eml",
            now.strftime("%Y%m%dT%H%M%S.%6fZ"),
            letter::draw(random)?
        );
        let draft = self.draft(&letter.bytes)?;
        self.swept.call_once(|| draft.remove_orphans());
        draft
            .put_new(&self.folder.join(name))
            .map_err(|error| self.not_put(error))
    }

    /// Does with a file of its own all that is done with a mail to `to`.
    pub(super) fn check(&self, to: &EmailAddress) -> CheckStep {
        let tried = address::recipient(to).and_then(|_| {
            let draft = self.draft(SAMPLE)?;
            draft.rehearse().map_err(|error| self.not_put(error))
        });
        match tried {
            Ok(()) => CheckStep::passed(
                MailStep::Accept.name(),
                format!("{} takes files", self.folder.display()),
            ),
            Err(error) => CheckStep::from(&error),
        }
    }

    /// All that is written, still under a random name.
    fn draft(&self, bytes: &[u8]) -> Result<Draft, SendError> {
        let written = DirBuilder::new()
            .recursive(true)
            .mode(PRIVATE_FOLDER)
            .create(&self.folder)
            .and_then(|()| Draft::in_folder(&self.folder))
            .and_then(|mut draft| draft.write_all(bytes).map(|()| draft));
        written.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> SendError {
        let detail = format!("{} can't be written to: {error}", self.folder.display());
        SendError::new(MailStep::Accept, detail).with_hint(HINT)
    }

    /// A file that has its name may have been picked up already.
    fn not_put(&self, error: PutError) -> SendError {
        match error {
            PutError::NotPut(error) => self.failed(&error),
            PutError::NotSynced(error) => {
                let folder = self.folder.display();
                SendError::uncertain(format!(
                    "the file is in {folder}, but may be lost if the machine stops: {error}"
                ))
                .with_hint(HINT)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::testing::{Counting, email, mail, parse};
    use crate::mail::{Fate, Transport};
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    fn at(folder: &Path) -> Transport {
        let sender = Sender::parse("Back Office <no-reply@example.com>").unwrap();
        Transport::Directory(Directory::new(folder.to_owned(), sender))
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files
    }

    #[test]
    fn every_message_is_a_private_file_in_order_of_time() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("spool/mail");
        let (transport, random) = (at(&folder), Counting::default());
        for (to, now) in [
            ("second@example.com", "2026-11-24T09:00:00.000002Z"),
            ("first@example.com", "2026-11-24T09:00:00.000001Z"),
            ("third@example.com", "2026-11-24T09:00:01Z"),
        ] {
            let now = now.parse().unwrap();
            transport.send(&mail(), &email(to), now, &random).unwrap();
        }
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
        let files = files(&folder);
        let mut recipients = Vec::new();
        for file in &files {
            assert_eq!(fs::metadata(file).unwrap().mode() & 0o777, 0o600);
            assert_eq!(file.extension().unwrap(), "eml");
            let eml = fs::read_to_string(file).unwrap();
            let (text, html) = parse(&eml);
            assert_eq!((text, html), (mail().text, mail().html));
            let to = eml.lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
            recipients.push(to.to_owned());
        }
        assert_eq!(
            recipients,
            ["first@example.com", "second@example.com", "third@example.com"]
        );
    }

    #[test]
    fn a_file_that_has_its_name_and_may_not_last_is_uncertain() {
        let sender = Sender::parse("a@example.com").unwrap();
        let directory = Directory::new("/spool".into(), sender);
        let failed = || io::Error::other("the disk is failing");
        let named = directory.not_put(PutError::NotSynced(failed()));
        assert_eq!(named.fate, Fate::Uncertain);
        assert!(named.detail.contains("/spool"), "{named}");
        assert_eq!(directory.not_put(PutError::NotPut(failed())).fate, Fate::NotSent);
    }

    #[test]
    fn a_check_refuses_an_address_that_a_delivery_refuses() {
        let home = tempfile::tempdir().unwrap();
        let transport = at(home.path());
        let stored = EmailAddress::from_stored("a>b@example.com".to_owned(), "a>b@example.com".to_owned());
        assert!(!transport.check(&stored)[0].ok);
        let sent = transport.send(&mail(), &stored, Timestamp::UNIX_EPOCH, &Counting::default());
        assert_eq!(sent.unwrap_err().fate, Fate::Refused);
        assert!(files(home.path()).is_empty());
    }

    #[test]
    fn a_folder_that_takes_nothing_is_said_so() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        let transport = at(&file);
        let sent = transport.send(
            &mail(),
            &email("a@example.com"),
            Timestamp::UNIX_EPOCH,
            &Counting::default(),
        );
        assert_eq!(sent.unwrap_err().step, MailStep::Accept);
        let steps = transport.check(&email("a@example.com"));
        assert!(steps.len() == 1 && !steps[0].ok && steps[0].hint.is_some());
        let steps = at(&home.path().join("new")).check(&email("a@example.com"));
        assert!(steps[0].ok, "{steps:?}");
        assert!(files(&home.path().join("new")).is_empty());
    }
}
