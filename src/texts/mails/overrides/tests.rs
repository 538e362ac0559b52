use super::*;
use crate::domain::email::EmailAddress;
use crate::domain::user::Name;
use crate::texts::mails::{Recipient, Templates};
use std::os::unix::fs::{PermissionsExt, chown, symlink};

use crate::files::Danger;
use nix::unistd::geteuid;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, source) in files {
            folder.put(name, source);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, source: &str) {
        let path = self.path(name);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        set_mode(folder, 0o755);
        fs::write(&path, source).unwrap();
        set_mode(&path, 0o644);
    }

    fn load(&self) -> Result<Templates, TemplateError> {
        Templates::with_overrides(self.0.path())
    }

    fn refused(&self) -> TemplateError {
        self.load().unwrap_err()
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn one_part_of_one_message_is_replaced_and_the_rest_stays() {
    let folder = Folder::with(&[
        ("account-opened/de.subject", "Willkommen, {{ first_name }}\n"),
        ("account-opened/de_AT.txt", "Servus!"),
        ("account-opened/de-AT.subject", "Servus"),
        (
            "account-opened/de-AT.html",
            "{% extends \"layout.html\" %}{% block title %}Servus{% endblock %}",
        ),
    ]);
    let templates = folder.load().unwrap();
    let render = |locale: &str| {
        let to = Recipient {
            email: &EmailAddress::parse("ada@example.com").unwrap(),
            first_name: &Name::parse("Ada").unwrap(),
            last_name: &Name::default(),
            locale: &Locale::parse(locale).unwrap(),
        };
        templates.render(&Message::AccountOpened, &to).unwrap()
    };
    let german = render("de-CH");
    assert_eq!(german.subject, "Willkommen, Ada");
    assert!(german.text.starts_with("Hallo Ada,"));
    assert_eq!(render("de-at").text, "Servus!\n");
    assert!(render("de-at").html.contains("Servus</h1>"));
    assert_eq!(render("en").subject, "Your account is open");
}

#[test]
fn an_unknown_name_is_found_in_each_branch() {
    for (source, line) in [
        ("Hello {{ fist_name }}", 1),
        (
            "Hello fist_name\n\n{% if last_name %}x{% else %}{{ fist_name }}{% endif %}",
            3,
        ),
        ("Hello\n{% if first_name == fist_name %}x{% endif %}", 2),
    ] {
        let folder = Folder::with(&[("account-opened/en.txt", source)]);
        let error = folder.refused();
        let file = folder.path("account-opened/en.txt");
        assert_eq!(
            error.to_string(),
            format!(
                "{}, line {line}: there is no `fist_name` in this template",
                file.display()
            )
        );
        let TemplateError::UnknownName { nearest, known, .. } = error else {
            panic!("another error");
        };
        assert_eq!(nearest.as_deref(), Some("first_name"));
        assert_eq!(known, "email, first_name, lang, last_name");
    }
}

#[test]
fn no_subject_and_no_message_without_a_link_can_use_the_link() {
    for file in ["reset-password/en.subject", "account-opened/en.txt"] {
        let folder = Folder::with(&[(file, "Here: {{ url }}")]);
        let error = folder.refused();
        assert!(
            matches!(&error, TemplateError::UnknownName { name, .. } if name == "url"),
            "{error}"
        );
    }
}

#[test]
fn a_template_that_cannot_be_rendered_is_found_at_once() {
    for (source, line) in [
        ("a\n{% if first_name %}", Some(2)),
        ("a\n{{ first_name | uper }}", Some(2)),
        ("{% extends \"other.html\" %}", Some(1)),
    ] {
        let folder = Folder::with(&[("account-opened/en.txt", source)]);
        let error = folder.refused();
        assert!(
            matches!(&error, TemplateError::Broken { line: at, file, .. }
                if *at == line && file.ends_with("account-opened/en.txt")),
            "{error:?}"
        );
    }
}

#[test]
fn the_link_must_be_seen() {
    for (file, source, fine) in [
        ("reset-password/en.txt", "Here:\n{{ url }}\n", true),
        ("reset-password/en.txt", "Here: {{ url }}\n", false),
        ("reset-password/en.html", "<a href=\"{{ url }}\">Here</a>", false),
        (
            "reset-password/en.html",
            "<a href=\"{{ url }}\">\n{{ url }}</a>",
            true,
        ),
    ] {
        let loaded = Folder::with(&[(file, source)]).load();
        match loaded {
            Ok(_) => assert!(fine, "{source}"),
            Err(error) => assert!(!fine && matches!(error, TemplateError::NoLink { .. }), "{error}"),
        }
    }
}

#[test]
fn a_file_with_an_unknown_name_is_refused_with_the_most_similar_name() {
    for (file, nearest) in [
        ("reset-pasword/en.txt", "reset-password"),
        ("reset-password/en.text", "en.txt"),
        ("reset-password/de.htm", "de.html"),
        ("invite", "invitation"),
    ] {
        let error = Folder::with(&[(file, "x")]).refused();
        let TemplateError::UnknownFile { nearest: found, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(found.as_deref(), Some(nearest));
    }
    let twice = Folder::with(&[("invitation/de_AT.txt", "x"), ("invitation/de-at.txt", "x")]);
    assert!(matches!(twice.refused(), TemplateError::Twice { .. }));
    let french = Folder::with(&[
        ("account-opened/fr.txt", "Bonjour"),
        ("account-opened/fr.subject", "Bonjour"),
    ]);
    let error = french.refused();
    assert!(
        matches!(&error, TemplateError::Incomplete { path } if path.ends_with("account-opened/fr.html")),
        "{error}"
    );
    let empty = Folder::with(&[("account-opened/en.subject", " \n")]);
    assert!(matches!(empty.refused(), TemplateError::Empty { .. }));
}

#[test]
fn a_file_or_folder_that_others_can_write_is_refused() {
    for (place, mode) in [
        ("", 0o777),
        ("", 0o1777),
        ("invitation", 0o775),
        ("invitation/en.txt", 0o666),
    ] {
        let folder = Folder::with(&[("invitation/en.txt", "x")]);
        set_mode(&folder.path(place), mode);
        let error = folder.refused();
        assert!(
            matches!(
                error,
                TemplateError::Unsafe {
                    why: Danger::Writable,
                    ..
                }
            ),
            "{place} {error}"
        );
    }
    if geteuid().is_root() {
        for place in ["", "invitation", "invitation/en.txt"] {
            let folder = Folder::with(&[("invitation/en.txt", "x")]);
            chown(folder.path(place), Some(65_534), None).unwrap();
            let error = folder.refused();
            assert!(
                matches!(
                    error,
                    TemplateError::Unsafe {
                        why: Danger::Foreign,
                        ..
                    }
                ),
                "{error}"
            );
        }
    }
}

#[test]
fn a_link_out_of_the_folder_and_a_file_that_is_no_template_are_refused() {
    let folder = Folder::with(&[("account-opened/en.txt", "Hello")]);
    symlink("en.txt", folder.path("account-opened/de.txt")).unwrap();
    assert!(folder.load().is_ok());
    let there = Folder::with(&[("en.subject", "Hello")]);
    symlink(there.path("en.subject"), folder.path("account-opened/en.subject")).unwrap();
    assert!(matches!(folder.refused(), TemplateError::Outside { .. }));

    let folder = Folder::with(&[("account-opened/en.subject", "x")]);
    nix::unistd::mkfifo(
        &folder.path("account-opened/en.txt"),
        nix::sys::stat::Mode::S_IRUSR | nix::sys::stat::Mode::S_IWUSR,
    )
    .unwrap();
    assert!(matches!(folder.refused(), TemplateError::WrongKind { .. }));
    let folder = Folder::with(&[("account-opened/en.txt", &"x".repeat(300 * 1024))]);
    assert!(matches!(folder.refused(), TemplateError::TooLong { .. }));
    let folder = Folder::with(&[("account-opened/en.txt", "x")]);
    fs::write(folder.path("account-opened/en.txt"), [0xff, 0xfe]).unwrap();
    assert!(matches!(folder.refused(), TemplateError::NotText { .. }));
    let missing = Templates::with_overrides(&folder.path("nowhere"));
    assert!(matches!(missing, Err(TemplateError::Unreadable { .. })));
}
