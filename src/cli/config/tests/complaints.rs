//! What is said of a faulty file.

use super::*;
use proptest::prelude::*;

#[test]
fn a_wrong_link_names_the_key_that_is_at_fault() {
    let link = "[reset]\nlink = '{base_url}/reset#{token}'";
    for (base, link, line, key) in [
        (
            "https://desk.example.com/#x",
            link,
            1,
            "`base_url` isn't right: it must end with",
        ),
        (
            "https://desk.example.com:0",
            link,
            1,
            "`base_url` isn't right: port 0",
        ),
        (
            "https://desk.example.com?x",
            "[reset]\nlink = 'https://login.example.com/#{token}'",
            1,
            "`base_url` isn't right: it must end with",
        ),
        (
            "https://desk.example.com",
            "[reset]\nlink = '{base_url}/a b#{token}'",
            3,
            "`reset.link` isn't right: a URL holds no blanks",
        ),
    ] {
        let (at, _, what, _) = complaint(&format!("base_url = '{base}'\n{link}\n"));
        assert_eq!(at, line, "{what}");
        assert!(what.starts_with(key), "{what}");
    }
}

#[test]
fn an_unknown_key_is_placed_and_the_nearest_one_named() {
    let (line, column, what, hint) = complaint("[password]\n  min_lenght = 20\n");
    assert_eq!((line, column), (2, 3));
    assert_eq!(what, "`password.min_lenght` is no key of the configuration");
    assert_eq!(hint, "did you mean `min_length`?");
    for content in [
        "base_uri = 'https://desk.example.com'",
        "[mail]\nhosts = 'x'",
        "[provider.okta]\nisuer = 'https://example.okta.com'",
        "[provider.Okta]\npreset = 'okta'",
        "[provider.'ok.ta']\npreset = 'okta'",
        "[provider]\nissuer = 'https://example.okta.com'",
        "[[provider.okta]]",
        "[resets]",
        "'session.idle' = '1h'",
        "'' = 1",
        "[password]\n'argon2.iterations' = 3",
        "[password.argon2.iterations.deep]\nx = 1",
        "[[session]]",
        "session = 5",
    ] {
        assert!(!is_taken(content), "{content}");
    }
}

#[test]
fn the_wrong_key_that_stands_first_is_named() {
    let (line, _, what, _) = complaint("[throttle]\nzz = 1\n[login]\naa = 1\n");
    assert_eq!(
        (line, what.as_str()),
        (2, "`throttle.zz` is no key of the configuration")
    );
}

#[test]
fn no_complaint_quotes_the_file() {
    const SECRET: &str = "Hunter2Secret";
    for content in [
        "SECRET = 1",
        "[login]\nSECRET = 1",
        "'SECRET = 1",
        "store = SECRET",
        "store = 'SECRET",
        "store = \"SECRET\\q\"",
        "store = 'a' SECRET",
        "SECRET",
        "SECRET = 1\nSECRET = 2",
        "[SECRET]\n[SECRET]",
        "SECRET.a = 1\nSECRET.a.b = 1",
        "[login]\npassword = 'SECRET'",
        "[login]\npassword = ['SECRET,']",
        "[login]\nfailure_floor = 'SECRET'",
        "[session]\nidle = ['SECRET']",
        "[password]\nmin_length = 'SECRET'",
        "[password]\nargon2 = 'SECRET'",
        "store = ['SECRET']",
    ] {
        let content = content.replace("SECRET", SECRET);
        let error = Home::with(&content).load().unwrap_err();
        let said = format!("{error} {} {error:?}", error.hint());
        assert!(!said.contains(SECRET), "{content}: {said}");
    }
}

#[test]
fn a_hint_speaks_of_a_default_only_where_there_is_one() {
    const DEFAULT: &str = "correct it, or leave the key out to have the default";
    const NONE: &str = "correct it there";
    for (content, expected) in [
        ("[session]\nidle = 'soon'", DEFAULT),
        ("[mail]\ntls = 'never'", DEFAULT),
        ("[session]\nidle = '9h'", DEFAULT),
        ("[mail]\nhost = 5", NONE),
        ("store = 5", NONE),
        ("base_url = 'ftp://desk.example.com'", NONE),
        ("[provider.okta]\npreset = 'okta'\nissuer = 5", NONE),
        (
            "[provider.okta]\npreset = 'okta'\nissuer = 'https://example.okta.com'\nclient_id = 5",
            NONE,
        ),
    ] {
        let (_, _, what, hint) = complaint(content);
        assert_eq!(hint, expected, "{content}: {what}");
    }
}

#[test]
fn a_setting_that_is_missing_beside_another_is_shown_with_an_example() {
    let smtp = "[mail]\ntransport = 'smtp'\n";
    let token = format!("{smtp}host = 'h'\nfrom = 'a@example.com'\nauth = 'xoauth2'\n");
    for (content, missing, line) in [
        (smtp.to_owned(), "host", "host = \"smtp.example.com\""),
        (
            format!("{smtp}host = 'h'"),
            "from",
            "from = \"Back Office <no-reply@example.com>\"",
        ),
        (
            format!("{smtp}host = 'h'\nfrom = 'a@example.com'\nusername = 'u'"),
            "password_file",
            "password_file = \"/etc/backoffice/smtp-password\"",
        ),
        (
            "[mail]\ntransport = 'directory'".to_owned(),
            "directory",
            "directory = \"/var/spool/backoffice\"",
        ),
        (
            format!("{token}token_file = 't'"),
            "username",
            "username = \"desk\"",
        ),
    ] {
        let (_, _, what, hint) = complaint(&content);
        assert!(what.ends_with(&format!("needs `{missing}` beside it")), "{what}");
        assert_eq!(
            hint,
            format!("write it into the section [mail], for example: {line}")
        );
    }
    let (_, _, what, hint) = complaint(&token);
    assert!(
        what.ends_with("needs `token_command` or `token_file` beside it"),
        "{what}"
    );
    assert!(hint.contains("token_command = ["), "{hint}");
}

#[test]
fn a_syntax_error_is_placed_by_line_and_character() {
    let (line, column, what, _) = complaint("# é\n[session]\nidle = 30m\n");
    assert_eq!((line, column), (3, 8), "{what}");
    let (line, column, what, _) = complaint("store = 'a'\nstore = 'b'\n");
    assert_eq!(
        (line, column, what.as_str()),
        (2, 1, "this key stands in the file twice")
    );
    let home = Home::with("");
    fs::write(home.file(), b"# fine\n# \xC3\xA9 \xFF").unwrap();
    let error = home.load().unwrap_err();
    assert!(
        matches!(
            error,
            ConfigError::InFile {
                line: 2,
                column: 5,
                ..
            }
        ),
        "{error}"
    );
}

proptest! {
    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let file = Path::new("/config.toml");
        if let Ok(text) = document::decode(file, &bytes) {
            let _ = Document::parse(file, text, settings::keys());
        }
    }

    #[test]
    fn no_toml_of_ours_panics(key in "(store|password|login|session|throttle|x)(\\.[a-z_0-9\"]{0,12})?", value in "\\PC{0,20}") {
        let text = format!("{key} = {value}");
        let file = Path::new("/config.toml");
        if let Ok(document) = Document::parse(file, &text, settings::keys()) {
            let store = StoreChoice { path: file.to_owned(), origin: StoreOrigin::Flag };
            let mut config = Config::with_defaults(Some(store));
            let _ = settings::read_all(&document, &mut config);
        }
    }
}
