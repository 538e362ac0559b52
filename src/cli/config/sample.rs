//! A configuration file with every setting.

use super::explained::{Explanation, explanations};
use crate::domain::provider::ProviderKind;

/// How long a line of a comment is at most.
const WIDTH: usize = 98;

/// A configuration file that sets every setting to its default, or to an example where there is no
/// default. Above each stands what it means. Settings that exclude others stand in comments.
#[must_use]
pub fn sample() -> String {
    let is_comment = |setting: &Explanation| setting.is_alone;
    Sample::of(&explanations(), is_comment)
}

/// The same, with every setting in a comment: the file changes nothing.
pub(super) fn in_comments() -> String {
    const BEGINNING: &str =
        "# The configuration of backoffice. To change a setting, remove the `#` in front of it.\n\n";
    let all = Sample::of(&explanations(), |_| true);
    // A section of a provider can't be empty.
    BEGINNING.to_owned() + &all.replace("\n[provider.", "\n#[provider.")
}

#[derive(Default)]
struct Sample {
    text: String,
    section: Option<String>,
}

impl Sample {
    fn of(settings: &[Explanation], is_comment: fn(&Explanation) -> bool) -> String {
        let is_of = |setting: &Explanation, kind| setting.kind == Some(kind);
        let mut sample = Self::default();
        for setting in settings {
            if !is_of(setting, ProviderKind::OAuth2) {
                sample.add(setting, "example", &setting.example, is_comment(setting));
            }
        }
        for setting in settings {
            let is_own = setting.key == "provider.NAME.client_id" || is_of(setting, ProviderKind::OAuth2);
            if setting.key == "provider.NAME.kind" {
                sample.add(setting, "plain", "kind = \"oauth2\"", is_comment(setting));
            } else if is_own {
                sample.add(setting, "plain", &setting.example, is_comment(setting));
            }
        }
        sample.text
    }

    fn add(&mut self, setting: &Explanation, provider: &str, line: &str, is_comment: bool) {
        let section = setting.section.as_ref();
        let section = section.map(|section| section.replace("NAME", provider));
        if self.section != section {
            self.text.push('\n');
            self.text.extend(section.as_deref());
            self.text.push('\n');
            self.section = section;
        }
        self.add_comment(&setting.description());
        if is_comment {
            self.text.push('#');
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn add_comment(&mut self, text: &str) {
        let mut line = "#".to_owned();
        for word in text.split(' ') {
            if line.len() + 1 + word.len() > WIDTH {
                self.text.push_str(&line);
                self.text.push('\n');
                line.truncate(1);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }
}
