//! Which files are read, and which store is named.

use super::*;

#[test]
fn the_flag_wins_over_the_environment_and_that_over_the_file() {
    let home = Home::with("store = '/from/file.db'");
    let env = Environment::from_pairs([
        ("HOME", home.0.path().as_os_str()),
        ("BACKOFFICE_STORE", "/from/env.db".as_ref()),
    ]);
    let flags = Flags {
        store: Some(Path::new("/from/flag.db")),
        config: None,
    };
    let origin = |config: &Config| config.shown()[0].origin.clone();
    let config = load(&flags, &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/flag.db"));
    assert_eq!(origin(&config), "flag --store");
    let config = load(&Flags::default(), &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/env.db"));
    assert_eq!(origin(&config), "environment BACKOFFICE_STORE");
    let config = home.load().unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/file.db"));
    assert_eq!(origin(&config), format!("file {}:1", home.file().display()));
}

#[test]
fn the_default_store_is_in_the_data_folder() {
    let home = Home::with("");
    let config = home.load().unwrap();
    assert_eq!(
        config.store().unwrap().path,
        home.path(".local/share/backoffice/backoffice.db")
    );
    assert_eq!(config.store().unwrap().origin, StoreOrigin::Default);
    let env = Environment::from_pairs([("HOME", home.0.path()), ("XDG_DATA_HOME", Path::new("/data"))]);
    let config = load(&Flags::default(), &env, None).unwrap();
    assert_eq!(
        config.store().unwrap().path,
        Path::new("/data/backoffice/backoffice.db")
    );
    let config = load(&Flags::default(), &env, Some(Path::new("/home/desk"))).unwrap();
    assert_eq!(
        config.store().unwrap().path,
        Path::new("/home/desk/.local/share/backoffice/backoffice.db")
    );
}

#[test]
fn a_named_file_must_be_there() {
    let home = Home::with("");
    let missing = home.path("no.toml");
    let flags = Flags {
        store: None,
        config: Some(&missing),
    };
    let error = load(&flags, &home.env(), None).unwrap_err();
    assert!(matches!(
        error,
        ConfigError::Missing {
            named_by: "--config",
            ..
        }
    ));
    let env = Environment::from_pairs([("BACKOFFICE_CONFIG", missing.as_os_str())]);
    let error = load(&Flags::default(), &env, None).unwrap_err();
    assert!(matches!(
        error,
        ConfigError::Missing {
            named_by: "BACKOFFICE_CONFIG",
            ..
        }
    ));
    fs::remove_file(home.file()).unwrap();
    assert!(home.load().is_ok());
}

#[test]
fn without_a_home_a_store_must_be_named() {
    let env = Environment::from_pairs([("HOME", "")]);
    let config = load(&Flags::default(), &env, None).unwrap();
    assert!(matches!(config.store(), Err(ConfigError::NoHome)));
    let shown = config.shown().into_iter().find(|setting| setting.key == "store");
    assert_eq!(shown.unwrap().value, serde_json::Value::Null);
    let store = Path::new("/data/desk.db");
    let flags = Flags {
        store: Some(store),
        ..Flags::default()
    };
    let config = load(&flags, &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, store);
}
