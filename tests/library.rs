//! A program that uses the crate, and not the command line: no rule is only the command line's.
//! What can't be written down at all is shown beside the types, as examples that don't compile.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

use std::net::IpAddr;
use std::time::Duration;

use backoffice::{
    Argon2Cost, BackOffice, Caller, Error, ExposeSecret, FailureFloor, LinkLife, LinkTemplate, NewPassword,
    NewUser, Options, PasswordPolicy, Policies, ResetPolicy, SecretString, SessionPolicy, SignIn,
    ThrottlePolicy,
};
use tempfile::TempDir;

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "umbrella tundra monocle quartz";
const A_YEAR: Duration = Duration::from_hours(365 * 24);

/// This program, as the audit record names it.
fn service() -> Caller {
    Caller::service("tests of the library")
}

/// A new store with one active user, opened under `policies`.
fn office(policies: Policies) -> (BackOffice, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backoffice.db");
    BackOffice::init(&path).unwrap();
    let mut options = Options::default();
    options.policies = policies;
    let office = BackOffice::open_with(&path, options).unwrap();
    let mut new = NewUser::new(EMAIL.parse().unwrap());
    new.activate = true;
    new.password = NewPassword::Plain(PASSWORD.into());
    let service = service();
    office.on_behalf_of(&service).users().create(new).unwrap();
    (office, folder)
}

#[test]
fn no_link_lives_for_a_year() {
    let refused = LinkLife::new(A_YEAR).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a link must live longer than 0 and at most 24h"
    );
    let mut reset = ResetPolicy::default();
    reset.link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com").ok();
    let mut policies = Policies::default();
    policies.reset = reset;
    let (office, _folder) = office(policies);
    let longest = Some(LinkLife::LONGEST);
    let issued = office
        .on_behalf_of(&service())
        .resets()
        .issue(&EMAIL.parse().unwrap(), longest)
        .unwrap();
    let life = issued.link.expires_at.duration_since(issued.link.created_at);
    assert_eq!(life.as_hours(), 24);
}

#[test]
fn no_policy_allows_a_password_of_four_characters() {
    assert!(PasswordPolicy::new(4, 256).is_err());
    let mut policies = Policies::default();
    policies.password = PasswordPolicy::new(8, 256).unwrap();
    let (office, _folder) = office(policies);
    let four = NewPassword::Plain("x7#q".into());
    let who = EMAIL.parse().unwrap();
    let refused = office
        .on_behalf_of(&service())
        .passwords()
        .set(&who, &four, false)
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the password is too short: at least 8 characters are needed"
    );
}

#[test]
fn a_client_is_an_address_and_stands_in_the_session() {
    assert!("192.0.2.7\u{7}".parse::<IpAddr>().is_err());
    let client = "2001:db8::7".parse().unwrap();
    let page = Caller::visitor().at(client);
    let (office, _folder) = office(Policies::default());
    let password = SecretString::from(PASSWORD);
    let request = SignIn::new(EMAIL, &password);
    let signed_in = office.on_behalf_of(&page).sign_in(&request).unwrap();
    let found = office
        .on_behalf_of(&page)
        .sessions()
        .verify(&signed_in.token, &[])
        .unwrap();
    assert_eq!(found.session.client, Some(client));
}

#[test]
fn a_client_that_was_stored_as_another_text_is_left_out() {
    let (office, _folder) = office(Policies::default());
    let password = SecretString::from(PASSWORD);
    let request = SignIn::new(EMAIL, &password);
    let signed_in = office.on_behalf_of(&service()).sign_in(&request).unwrap();
    // An earlier version took any text for an address.
    let store = rusqlite::Connection::open(office.path()).unwrap();
    let changed = store.execute("UPDATE sessions SET client = 'front desk' || char(7)", []);
    assert_eq!(changed, Ok(1));
    let found = office
        .on_behalf_of(&service())
        .sessions()
        .verify(&signed_in.token, &[])
        .unwrap();
    assert_eq!(found.session.client, None);
}

#[test]
fn a_store_of_an_earlier_version_gets_its_id_at_the_first_sign_in() {
    let (office, _folder) = office(Policies::default());
    let store = rusqlite::Connection::open(office.path()).unwrap();
    store
        .execute_batch("DELETE FROM store_id; DELETE FROM keys")
        .unwrap();
    assert_eq!(office.store_id().unwrap(), None);
    let password = SecretString::from(PASSWORD);
    let request = SignIn::new(EMAIL, &password);
    let visitor = Caller::visitor();
    let acting = office.on_behalf_of(&visitor);
    acting.sign_in(&request).unwrap();
    let id = office.store_id().unwrap();
    assert!(id.is_some());
    acting.sign_in(&request).unwrap();
    assert_eq!(office.store_id().unwrap(), id);
}

/// The newest events, as action and changed fields, in the order they were recorded.
fn newest_events(office: &BackOffice, count: u32) -> Vec<(String, String)> {
    let store = rusqlite::Connection::open(office.path()).unwrap();
    let sql = "SELECT action, fields FROM audit_events ORDER BY seq DESC LIMIT ?1";
    let mut statement = store.prepare(sql).unwrap();
    let rows = statement.query_map([count], |row| Ok((row.get(0)?, row.get(1)?)));
    let mut events: Vec<_> = rows.unwrap().map(Result::unwrap).collect();
    events.reverse();
    events
}

#[test]
fn each_way_to_a_new_password_is_recorded_as_a_change_of_the_password() {
    const SECOND: &str = "saffron glacier lantern pewter";
    const THIRD: &str = "velvet anchor thistle harbour";
    const FOURTH: &str = "copper meadow lighthouse sonnet";
    let event = |action: &str, fields: &str| (action.to_owned(), fields.to_owned());
    let mut reset = ResetPolicy::default();
    reset.link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com").ok();
    let mut policies = Policies::default();
    policies.reset = reset;
    let (office, _folder) = office(policies);
    let who = EMAIL.parse().unwrap();

    let (first, second) = (SecretString::from(PASSWORD), SecretString::from(SECOND));
    office
        .on_behalf_of(&service())
        .passwords()
        .change(EMAIL, &first, &second)
        .unwrap();
    let changed = event("authn_password_change", "password");
    assert_eq!(newest_events(&office, 1), std::slice::from_ref(&changed));

    office
        .on_behalf_of(&service())
        .passwords()
        .require_change(&who)
        .unwrap();
    let third = SecretString::from(THIRD);
    let mut request = SignIn::new(EMAIL, &second);
    request.new_password = Some(&third);
    office.on_behalf_of(&service()).sign_in(&request).unwrap();
    let signed_in = event("authn_login_success", "");
    assert_eq!(newest_events(&office, 2), [changed, signed_in]);

    let issued = office
        .on_behalf_of(&service())
        .resets()
        .issue(&who, None)
        .unwrap();
    let token = backoffice::reset_token_in(issued.url.unwrap().expose_secret()).unwrap();
    let caller = service();
    let resets = office.on_behalf_of(&caller).resets();
    let link = resets.check(&token).unwrap();
    resets.complete(&link, &FOURTH.into()).unwrap();
    assert_eq!(
        newest_events(&office, 1),
        [event("authn_password_reset", "password")]
    );
}

#[test]
fn no_other_rule_of_the_configuration_can_be_passed_by() {
    let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
    assert!(Argon2Cost::new(64, 1, 1).is_err());
    assert!(SessionPolicy::new(minute, A_YEAR * 2).is_err());
    assert!(SessionPolicy::new(minute, second).is_err());
    assert!(ThrottlePolicy::new(1000, second, minute, 1000).is_err());
    assert!(ThrottlePolicy::new(5, minute, second, 100).is_err());
    assert!(FailureFloor::new(Duration::ZERO).is_err());
    assert!(FailureFloor::new(minute).is_err());
}

#[test]
fn a_stricter_policy_is_kept() {
    let mut policies = Policies::default();
    policies.password = PasswordPolicy::new(40, 64).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backoffice.db");
    BackOffice::init(&path).unwrap();
    let mut options = Options::default();
    options.policies = policies;
    let office = BackOffice::open_with(&path, options).unwrap();
    let mut new = NewUser::new(EMAIL.parse().unwrap());
    new.password = NewPassword::Plain(PASSWORD.into());
    let refused = office.on_behalf_of(&service()).users().create(new).unwrap_err();
    assert!(matches!(refused, Error::WeakPassword(_)), "{refused}");
}
