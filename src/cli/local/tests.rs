use super::*;
use crate::domain::clock::{NoRandomness, RandomSource};
use std::os::unix::fs::{PermissionsExt, chown, symlink};

struct Fixed(u8);

impl RandomSource for Fixed {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0);
        Ok(())
    }
}

fn token(seed: u8) -> PlainToken {
    PlainToken::draw(TokenKind::Session, &Fixed(seed)).unwrap()
}

/// A home, its files, a store in it and the place of that store's session.
struct Case {
    home: tempfile::TempDir,
    files: LocalFiles,
    store: PathBuf,
}

fn case() -> Case {
    let home = tempfile::tempdir().unwrap();
    let files = LocalFiles::new(&home.path().join("state"));
    let store = home.path().join("store.db");
    Case { home, files, store }
}

fn saved() -> (Case, PathBuf) {
    let case = case();
    case.files.save_session(by_path(&case.store), &token(1)).unwrap();
    let place = case.files.place(by_path(&case.store)).unwrap();
    (case, place)
}

fn by_path(path: &Path) -> StoreName<'_> {
    StoreName { id: None, path }
}

fn by_id(id: u8, path: &Path) -> StoreName<'_> {
    StoreName {
        id: Some(StoreId([id; 16])),
        path,
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_session_is_kept_replaced_and_forgotten() {
    let Case { home, files, store } = case();
    let other = home.path().join("other.db");
    assert!(files.session(by_path(&store)).unwrap().is_none());
    assert!(!files.remove_session(by_path(&store)).unwrap());
    files.save_session(by_path(&store), &token(1)).unwrap();
    files.save_session(by_path(&store), &token(2)).unwrap();
    files.save_session(by_path(&other), &token(3)).unwrap();
    let kept = |store| files.session(by_path(store)).unwrap().unwrap().hash();
    assert_eq!(kept(&store), token(2).hash());
    assert_eq!(kept(&other), token(3).hash());
    assert_eq!(fs::read_dir(&files.folder).unwrap().count(), 2);
    assert!(files.remove_session(by_path(&store)).unwrap());
    assert!(files.session(by_path(&store)).unwrap().is_none());
    assert_eq!(kept(&other), token(3).hash());
}

#[test]
fn only_its_owner_can_read_it() {
    let (case, place) = saved();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
    assert_eq!(mode(&place), 0o600);
    assert_eq!(mode(&case.files.folder), 0o700);
    assert_eq!(place.file_name().unwrap().len(), 32);
}

#[test]
fn two_ways_to_name_a_store_are_one_store() {
    let (case, place) = saved();
    fs::create_dir(case.home.path().join("real")).unwrap();
    symlink(case.home.path(), case.home.path().join("real/back")).unwrap();
    let other_way = case.home.path().join("real/back/store.db");
    assert_eq!(case.files.place(by_path(&other_way)).unwrap(), place);
}

#[test]
fn a_store_whose_folder_is_gone_has_no_session() {
    let case = case();
    let store = case.home.path().join("gone/store.db");
    assert!(case.files.session(by_path(&store)).unwrap().is_none());
    assert!(!case.files.remove_session(by_path(&store)).unwrap());
}

#[test]
fn a_link_in_its_place_is_refused_and_never_written_through() {
    let (case, place) = saved();
    let target = case.home.path().join("target");
    fs::rename(&place, &target).unwrap();
    symlink(&target, &place).unwrap();
    let read = case.files.session(by_path(&case.store));
    assert!(matches!(read, Err(LocalError::Link { .. })));
    case.files.save_session(by_path(&case.store), &token(2)).unwrap();
    let before = fs::read_to_string(&target).unwrap();
    assert_eq!(before.trim_end(), token(1).expose());
    let kept = case.files.session(by_path(&case.store)).unwrap().unwrap();
    assert_eq!(kept.hash(), token(2).hash());
}

#[test]
fn a_folder_that_is_a_link_is_refused() {
    let (case, _) = saved();
    let elsewhere = case.home.path().join("elsewhere");
    fs::rename(&case.files.folder, &elsewhere).unwrap();
    symlink(&elsewhere, &case.files.folder).unwrap();
    let read = case.files.session(by_path(&case.store));
    assert!(matches!(read, Err(LocalError::Link { .. })));
    let written = case.files.save_session(by_path(&case.store), &token(2));
    assert!(matches!(written, Err(LocalError::Link { .. })));
}

#[test]
fn what_others_can_read_is_refused() {
    let (case, place) = saved();
    set_mode(&place, 0o640);
    let read = case.files.session(by_path(&case.store));
    assert!(matches!(read, Err(LocalError::OpenToOthers { path }) if path == place));
    set_mode(&place, 0o600);
    set_mode(&case.files.folder, 0o750);
    let read = case.files.session(by_path(&case.store));
    assert!(matches!(read, Err(LocalError::OpenToOthers { path }) if path == case.files.folder));
    let written = case.files.save_session(by_path(&case.store), &token(2));
    assert!(matches!(written, Err(LocalError::OpenToOthers { .. })));
}

#[test]
fn a_strangers_file_is_refused() {
    let (case, place) = saved();
    if geteuid().is_root() {
        chown(&place, Some(65_534), None).unwrap();
        let read = case.files.session(by_path(&case.store));
        assert!(matches!(read, Err(LocalError::ForeignOwner { .. })));
    }
}

#[test]
fn rubbish_asks_to_sign_in_again_and_is_not_quoted() {
    let (case, place) = saved();
    let twice = format!("{0}\n{0}\n", token(1).expose());
    for content in [
        &b""[..],
        b"\n",
        b"rubbish",
        &[0xFF; 54],
        &[b'x'; 5000],
        twice.as_bytes(),
    ] {
        fs::write(&place, content).unwrap();
        let error = case.files.session(by_path(&case.store)).unwrap_err();
        assert!(matches!(error, LocalError::Damaged { .. }));
        assert_eq!(error.hint(), "sign in again: backoffice login");
        assert!(!error.to_string().contains("rubbish"));
    }
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    let read = case.files.session(by_path(&case.store));
    assert!(matches!(read, Err(LocalError::WrongKind { .. })));
}

#[test]
fn what_a_killed_process_left_is_in_nobodys_way() {
    let (case, place) = saved();
    let left = place.with_extension(format!("{}-0.new", std::process::id()));
    fs::write(&left, "").unwrap();
    case.files.save_session(by_path(&case.store), &token(2)).unwrap();
    let kept = case.files.session(by_path(&case.store)).unwrap().unwrap();
    assert_eq!(kept.hash(), token(2).hash());
}

#[test]
fn the_place_follows_the_environment() {
    let env = Environment::from_pairs([("HOME", "/home/kate")]);
    let files = LocalFiles::of(&env).unwrap();
    assert_eq!(
        files.folder,
        Path::new("/home/kate/.local/state/backoffice/sessions")
    );
    let none = Environment::from_pairs::<&str, &str>([]);
    assert!(matches!(LocalFiles::of(&none), Err(LocalError::NoHome)));
}

#[test]
fn a_store_that_was_moved_keeps_its_session_and_one_in_its_place_has_none() {
    let Case { home, files, store } = case();
    files.save_session(by_id(1, &store), &token(1)).unwrap();
    let moved = home.path().join("elsewhere/store.db");
    let kept = files.session(by_id(1, &moved)).unwrap().unwrap();
    assert_eq!(kept.hash(), token(1).hash());
    assert!(files.session(by_id(2, &store)).unwrap().is_none());
    assert!(files.session(by_path(&store)).unwrap().is_none());
    assert!(files.remove_session(by_id(1, &moved)).unwrap());
    assert!(files.session(by_id(1, &store)).unwrap().is_none());
}

#[test]
fn a_new_session_takes_the_place_of_one_that_an_earlier_version_kept() {
    let Case { files, store, .. } = case();
    files.save_session(by_path(&store), &token(1)).unwrap();
    let earlier = files.session_by_path(&store).unwrap().unwrap();
    assert_eq!(earlier.hash(), token(1).hash());
    files.save_session(by_id(1, &store), &token(2)).unwrap();
    assert!(files.session_by_path(&store).unwrap().is_none());
    files.save_session(by_path(&store), &token(1)).unwrap();
    assert!(files.remove_session(by_id(1, &store)).unwrap());
    assert!(files.session_by_path(&store).unwrap().is_none());
}
