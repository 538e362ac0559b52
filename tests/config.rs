//! Settings: flags win over the environment, that over the file, that over the defaults.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use common::{Desk, PASSWORD, Run};

/// The run with these variables.
fn run_with(desk: &Desk, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = desk.command(arguments);
    Run::of(&command.envs(variables.iter().copied()).output().unwrap())
}

/// Value and origin of a setting.
fn shown(run: &Run, key: &str) -> (String, String) {
    let text = |value: &serde_json::Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let settings = run.json();
    let setting = settings
        .as_array()
        .unwrap()
        .iter()
        .find(|setting| setting["key"] == key)
        .unwrap();
    (text(&setting["value"]), text(&setting["origin"]))
}

const SHOW: &[&str] = &["config", "show", "--origin", "--json"];

fn store(run: &Run) -> (String, String) {
    run.succeeded();
    shown(run, "store")
}

fn pair(value: impl AsRef<Path>, origin: &str) -> (String, String) {
    (value.as_ref().display().to_string(), origin.to_owned())
}

#[test]
fn the_flag_wins_over_the_environment_the_file_and_the_default() {
    let desk = Desk::empty();
    assert_eq!(store(&desk.run(SHOW)), pair(desk.store(), "default"));
    desk.configure("# the store:\nstore = \"/srv/file.db\"\n");
    let file = desk.path().join(".config/backoffice/config.toml");
    assert_eq!(
        store(&desk.run(SHOW)),
        pair("/srv/file.db", &format!("file {}:2", file.display()))
    );
    let named = [("BACKOFFICE_STORE", "environment.db")];
    assert_eq!(
        store(&run_with(&desk, &named, SHOW)),
        pair(desk.path().join("environment.db"), "environment BACKOFFICE_STORE")
    );
    let flagged = run_with(&desk, &named, &[SHOW, &["--store", "flag.db"]].concat());
    assert_eq!(store(&flagged), pair(desk.path().join("flag.db"), "flag --store"));
}

#[test]
fn the_first_file_that_is_there_is_read() {
    let desk = Desk::empty();
    let length = |variables: &[(&str, &str)], arguments: &[&str]| {
        let run = run_with(&desk, variables, &[SHOW, arguments].concat());
        run.succeeded();
        shown(&run, "password.min_length").0
    };
    let file = |name, length: u8| {
        let path = desk.file(name, &format!("[password]\nmin_length = {length}\n"));
        path.to_str().unwrap().to_owned()
    };
    assert_eq!(length(&[], &[]), "15");
    file(".config/backoffice/config.toml", 21);
    assert_eq!(length(&[], &[]), "21");
    file("xdg/backoffice/config.toml", 22);
    let folder = desk.path().join("xdg");
    let xdg = ("XDG_CONFIG_HOME", folder.to_str().unwrap());
    assert_eq!(length(&[xdg], &[]), "22");
    let named = file("named.toml", 23);
    let variable = ("BACKOFFICE_CONFIG", named.as_str());
    assert_eq!(length(&[xdg, variable], &[]), "23");
    let flagged = file("flagged.toml", 24);
    assert_eq!(length(&[xdg, variable], &["--config", &flagged]), "24");
}

#[test]
fn a_setting_is_in_force() {
    let desk = Desk::new();
    desk.configure("[password]\nmin_length = 40\n");
    let run = desk.pipe(
        PASSWORD,
        ["user", "create", "ada@example.com", "--password-stdin", "--json"],
    );
    assert_eq!(run.ended(6).error()["rule"], "too_short");
    desk.configure("[login]\npassword = \"nobody\"\nfailure_floor = \"1ms\"\n");
    desk.user("ada@example.com");
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(5);
    desk.configure("");
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
}

#[test]
fn every_setting_is_shown_with_or_without_its_origin() {
    let desk = Desk::empty();
    let keys = |arguments: &[&str]| -> Vec<Vec<String>> {
        let settings = desk.run(arguments).ended(0).json();
        let settings = settings.as_array().unwrap().clone();
        settings
            .iter()
            .map(|setting| setting.as_object().unwrap().keys().cloned().collect())
            .collect()
    };
    assert!(
        keys(&["config", "show", "--json"])
            .iter()
            .all(|keys| *keys == ["key", "value"])
    );
    assert!(keys(SHOW).iter().all(|keys| *keys == ["key", "value", "origin"]));
    let csv = desk.run(["config", "show", "-o", "csv"]).ended(0);
    let rows: BTreeMap<&str, &str> = csv
        .stdout
        .lines()
        .filter_map(|line| line.split_once(','))
        .collect();
    assert_eq!(
        (rows["session.idle"], rows["throttle.lock_after"]),
        ("30m", "100")
    );
}

#[test]
fn the_settings_of_each_provider_are_shown_with_where_they_came_from() {
    let desk = Desk::empty();
    desk.configure(
        "[provider.okta]\npreset = \"okta\"\nissuer = \"https://example.okta.com\"\nclient_id = \"0oa1\"\n\
         extra = { prompt = \"login\" }\n\
         [provider.github]\npreset = \"github\"\nclient_id = \"Iv1\"\n",
    );
    let run = desk.run(SHOW).ended(0);
    let file = desk.path().join(".config/backoffice/config.toml");
    let line = |line: u8| format!("file {}:{line}", file.display());
    for (key, value, origin) in [
        ("okta.preset", "okta", line(2)),
        ("okta.issuer", "https://example.okta.com", line(3)),
        ("okta.extra", "{\"prompt\":\"login\"}", line(5)),
        ("okta.kind", "oidc", "preset okta".to_owned()),
        ("okta.ports", "[8765,8766,8767]", "preset okta".to_owned()),
        ("okta.strategy", "accept-existing", "default".to_owned()),
        (
            "github.token_endpoint",
            "https://github.com/login/oauth/access_token",
            "preset github".to_owned(),
        ),
        ("github.client_id", "Iv1", line(8)),
    ] {
        let shown = shown(&run, &format!("provider.{key}"));
        assert_eq!(shown, (value.to_owned(), origin), "{key}");
    }
    let settings = run.json();
    let keys: Vec<&str> = settings
        .as_array()
        .unwrap()
        .iter()
        .map(|setting| setting["key"].as_str().unwrap())
        .collect();
    let first = |start: &str| keys.iter().position(|key| key.starts_with(start)).unwrap();
    assert!(first("throttle.") < first("provider.github."));
    assert!(first("provider.github.") < first("provider.okta."));
    // What is discovered, or what OAuth 2.0 hasn't, is no setting.
    assert!(!keys.contains(&"provider.okta.token_endpoint"));
    assert!(!keys.contains(&"provider.github.issuer"));
}

#[test]
fn what_is_wrong_with_a_provider_is_placed_and_never_quoted() {
    assert_eq!(
        complaint("[provider.okta]\npreset = \"okta\"\nisuer = \"hunter2\"\n"),
        "error: FILE, line 3, column 1: `provider.okta.isuer` is no key of the configuration\n\
         hint: did you mean `issuer`?\n"
    );
    assert_eq!(
        complaint("[provider.\"hunter2 \"]\n"),
        "error: FILE, line 1, column 11: this is no name of a provider\n\
         hint: the name of a provider is 1 to 32 small letters, digits, `-` and `_`, and begins with a letter\n"
    );
    assert_eq!(
        complaint("[provider]\nissuer = \"hunter2\"\n"),
        "error: FILE, line 2, column 1: `provider.issuer` must be a section\n\
         hint: write [provider.NAME] on a line of its own and its keys below\n"
    );
    assert_eq!(
        complaint("\n[provider.okta]\npreset = \"okta\"\n"),
        "error: FILE, line 2, column 1: `provider.okta` needs `issuer`\n\
         hint: write issuer = \"…\" below it\n"
    );
    assert_eq!(
        complaint(
            "[provider.okta]\npreset = \"okta\"\nissuer = \"https://hunter2@example.okta.com\"\nclient_id = \"x\"\n"
        ),
        "error: FILE, line 3, column 10: `provider.okta.issuer` must not hold a user or a password\n\
         hint: correct it there\n"
    );
}

fn complaint(content: &str) -> String {
    let desk = Desk::empty();
    desk.configure(content);
    let run = desk.run(["config", "show"]).ended(6);
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains("hunter2"), "{run:?}");
    let file = desk.path().join(".config/backoffice/config.toml");
    run.stderr.replace(file.to_str().unwrap(), "FILE")
}

#[test]
fn an_unknown_key_is_placed_and_the_nearest_one_named() {
    assert_eq!(
        complaint("[password]\nmin_lenght = 20\n"),
        "error: FILE, line 2, column 1: `password.min_lenght` is no key of the configuration\nhint: did you mean `min_length`?\n"
    );
    assert_eq!(
        complaint("stoer = \"hunter2\"\n"),
        "error: FILE, line 1, column 1: `stoer` is no key of the configuration\nhint: did you mean `store`?\n"
    );
}

#[test]
fn what_is_wrong_is_placed_and_never_quoted() {
    assert_eq!(
        complaint("[password]\nbreached_file = hunter2\n"),
        "error: FILE, line 2, column 17: this isn't TOML\n\
         hint: correct the file there; the form is TOML (https://toml.io), in which a text stands in quotation marks\n"
    );
    assert_eq!(
        complaint("[session]\nidle = \"hunter2\"\n"),
        "error: FILE, line 2, column 8: `session.idle` must be a duration such as \"500ms\", \"30m\" or \"1h30m\", in quotation marks\n\
         hint: correct it, or leave the key out to have the default\n"
    );
    assert!(complaint("\u{1}hunter2").starts_with("error: FILE, line 1, column "));
}

#[test]
fn a_named_file_must_be_there() {
    let desk = Desk::empty();
    let path = desk.path().join("nope.toml");
    let run = desk.run(["config", "show", "--config", "nope.toml"]).ended(6);
    assert_eq!(
        run.stderr,
        format!(
            "error: there is no configuration file at {}, which --config names\n\
             hint: correct --config, leave it out to use the default places, or make the file: \
             `backoffice --config nope.toml config init`\n",
            path.display()
        )
    );
    let run = run_with(&desk, &[("BACKOFFICE_CONFIG", "nope.toml")], &["config", "show"]).ended(6);
    assert!(run.stderr.contains("which BACKOFFICE_CONFIG names\n"), "{run:?}");
}

#[test]
fn a_file_that_others_can_write_is_refused() {
    let desk = Desk::new();
    desk.configure("");
    let file = desk.path().join(".config/backoffice/config.toml");
    let folder = file.parent().unwrap();
    let set =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    desk.run(["user", "list"]).succeeded();
    for (path, usual) in [(file.as_path(), 0o600), (folder, 0o700)] {
        for mode in [usual | 0o020, usual | 0o002] {
            set(path, mode);
            let run = desk.run(["user", "list"]).ended(6);
            assert_eq!(
                run.stderr,
                format!(
                    "error: the configuration isn't safe: {0} can be written by others\n\
                     hint: check what stands in it, then: chmod go-w {0}\n",
                    path.display()
                )
            );
        }
        set(path, usual);
    }
    desk.run(["user", "list"]).succeeded();
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn a_file_of_somebody_else_is_refused() {
    if !nix::unistd::geteuid().is_root() {
        println!("only root can give a file away: not tested");
        return;
    }
    let desk = Desk::new();
    desk.configure("");
    let file = desk.path().join(".config/backoffice/config.toml");
    std::os::unix::fs::chown(&file, Some(65_534), None).unwrap();
    let run = desk.run(["config", "show"]).ended(6);
    assert!(
        run.stderr.contains(" belongs to neither root nor you\n"),
        "{run:?}"
    );
}

#[test]
fn a_setting_is_explained_without_a_store_and_in_spite_of_a_fault_in_the_file() {
    let desk = Desk::empty();
    desk.configure("[session]\nidle = \"hunter2\"\n");
    let run = desk.run(["config", "explain", "session.idle"]).ended(0);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "key      session.idle\n\
         meaning  A session ends when it was not used for this long.\n\
         rule     must be a duration such as \"500ms\", \"30m\" or \"1h30m\", in quotation marks; it must be above zero and at most 365d\n\
         default  30m\n\
         section  [session]\n\
         example  idle = \"30m\"\n"
    );
    let run = desk
        .run(["config", "explain", "provider.okta.ports", "--json"])
        .ended(0);
    let setting = run.json();
    assert_eq!(setting["key"], "provider.NAME.ports");
    assert_eq!(setting["default"], serde_json::json!([0]));
    assert_eq!(setting["example"], "ports = [0]");
    let run = desk.run(["config", "explain", "mail.host", "--json"]).ended(0);
    assert_eq!(run.json()["default"], serde_json::Value::Null);
}

#[test]
fn a_section_is_explained_setting_by_setting() {
    let desk = Desk::empty();
    let keys = |section: &str| {
        let list = desk.run(["config", "explain", section, "--json"]).ended(0).json();
        let keys = list
            .as_array()
            .unwrap()
            .iter()
            .map(|setting| setting["key"].clone());
        keys.map(|key| key.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let of_provider = keys("provider");
    for key in ["issuer", "client_auth", "email_verified_as_text", "subject_field"] {
        assert!(of_provider.contains(&format!("provider.NAME.{key}")), "{key}");
    }
    for section in ["provider.NAME", "provider.okta"] {
        assert_eq!(keys(section), of_provider);
    }
    assert_eq!(keys("session"), ["session.idle", "session.absolute"]);
    let table = desk.run(["config", "explain", "provider"]).ended(0).stdout;
    assert!(table.lines().count() > of_provider.len(), "{table}");
    let wrong = desk.run(["config", "explain", "providr"]).ended(3);
    assert!(wrong.stderr.contains("did you mean provider?"), "{wrong:?}");
}

#[test]
fn a_setting_that_is_not_there_is_not_found_and_the_nearest_one_is_named() {
    let desk = Desk::empty();
    let run = desk.run(["config", "explain", "sesion.idle"]).ended(3);
    assert_eq!(
        run.stderr,
        "error: the configuration has no setting `sesion.idle`\nhint: did you mean session.idle?\n"
    );
    let run = desk.run(["config", "explain", "zz", "--json"]).ended(3);
    assert_eq!(run.error()["code"], "setting_not_found");
    assert!(run.stderr.contains("`backoffice config show` lists the settings"));
}

#[test]
fn a_new_configuration_has_every_setting_in_a_comment_and_changes_nothing() {
    let desk = Desk::empty();
    let before = desk.run(["config", "show"]).ended(0).stdout;
    let file = desk.path().join(".config/backoffice/config.toml");
    let run = desk.run(["config", "init"]).ended(0);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        format!("created the configuration {}\n", file.display())
    );
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    assert_eq!(desk.run(["config", "show"]).ended(0).stdout, before);
    let text = std::fs::read_to_string(&file).unwrap();
    for key in ["store", "memory_kib", "token_command", "issuer", "subject_field"] {
        assert!(text.contains(&format!("\n#{key} = ")), "{text}");
    }
    // One `#` less sets a setting.
    desk.configure(&text.replace("\n#idle = \"30m\"", "\nidle = \"20m\""));
    let run = desk.run(SHOW).ended(0);
    assert_eq!(shown(&run, "session.idle").0, "20m");
}

#[test]
fn a_configuration_that_exists_stays_as_it_is() {
    let desk = Desk::empty();
    desk.configure("# mine\n");
    let file = desk.path().join(".config/backoffice/config.toml");
    let run = desk.run(["config", "init"]).ended(0);
    assert_eq!(
        run.stderr,
        format!("unchanged: the configuration {} exists already\n", file.display())
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\n");
    let run = desk
        .run(["config", "init", "--config", "other.toml", "--json"])
        .ended(0);
    let answer = run.json();
    let other = desk.path().join("other.toml");
    assert_eq!(answer["action"], "created");
    assert_eq!(answer["configuration"], other.to_str().unwrap());
    let variable = [("BACKOFFICE_CONFIG", "third.toml")];
    run_with(&desk, &variable, &["config", "init"]).ended(0);
    assert!(desk.path().join("third.toml").exists());
    let run = desk
        .run(["config", "init", "--config", "nowhere/a.toml", "--json"])
        .ended(6);
    assert_eq!(run.error()["code"], "configuration_not_made");
    let run = run_with(&desk, &[("HOME", "")], &["config", "init"]).ended(6);
    assert!(run.stderr.contains("neither XDG_CONFIG_HOME nor HOME"), "{run:?}");
}
