//! Mail as the transport `directory` leaves it.

use super::Desk;

/// What mail and links need.
pub const MAIL: &str = "base_url = \"https://desk.example.com\"\n\
    [mail]\ntransport = \"directory\"\ndirectory = \"outbox\"\nfrom = \"Back Office <no-reply@example.com>\"\n\
    [login]\nfailure_floor = \"1ms\"\n";

/// A mail, taken apart.
pub struct Letter {
    pub headers: String,
    /// The plain part, as it is read.
    pub text: String,
    /// All of it, with plain line ends.
    pub raw: String,
}

impl Letter {
    fn of(eml: &str) -> Self {
        let eml = eml.replace("\r\n", "\n");
        let (headers, body) = eml.split_once("\n\n").unwrap();
        let plain = body
            .split("\n--")
            .find(|part| part.to_lowercase().contains("content-type: text/plain"))
            .unwrap();
        let (about, text) = plain.split_once("\n\n").unwrap();
        assert!(!about.to_lowercase().contains("base64"), "{about}");
        let text = if about.contains("quoted-printable") {
            text.replace("=\n", "").replace("=3D", "=")
        } else {
            assert!(about.contains("Content-Transfer-Encoding: 7bit"), "{about}");
            text.to_owned()
        };
        Self {
            headers: headers.to_owned(),
            text,
            raw: eml,
        }
    }

    /// The link, which must stand alone on its line.
    pub fn link(&self) -> String {
        let mut links = self.text.lines().filter(|line| line.contains("bo_r_"));
        let link = links.next().unwrap().trim().to_owned();
        assert!(
            link.starts_with("https://desk.example.com/reset#token=bo_r_"),
            "{link}"
        );
        assert!(!link.contains(' '), "{link}");
        link
    }

    pub fn header(&self, name: &str) -> Vec<&str> {
        let start = format!("{name}: ");
        self.headers
            .lines()
            .filter_map(|line| line.strip_prefix(&start))
            .collect()
    }
}

impl Desk {
    /// A home with an empty store that can send mail.
    pub fn with_mail() -> Self {
        let desk = Self::empty();
        desk.configure(MAIL);
        desk.run(["init"]).succeeded();
        desk
    }

    /// What was sent, in order.
    pub fn letters(&self) -> Vec<Letter> {
        let folder = self.path().join(".config/backoffice/outbox");
        let Ok(entries) = std::fs::read_dir(folder) else {
            return Vec::new();
        };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
            .iter()
            .map(|file| Letter::of(&std::fs::read_to_string(file).unwrap()))
            .collect()
    }
}
