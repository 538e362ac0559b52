use super::*;
use crate::domain::audit::ChainFault;
use crate::ops::testing::{EMAIL, PASSWORD, TestDesk, who};

fn actions(desk: &TestDesk, listing: &EventListing) -> Vec<String> {
    let listed = desk.office.audit().list(listing).unwrap();
    listed.into_iter().map(|listed| listed.event.action).collect()
}

#[test]
fn events_are_listed_by_what_happened_to_whom_and_by_whom() {
    let mut desk = TestDesk::new();
    desk.sign_in(PASSWORD).unwrap();
    let _ = desk.sign_in("wrong");
    let all = actions(&desk, &EventListing::default());
    let of = |change: &dyn Fn(&mut EventListing)| {
        let mut listing = EventListing::default();
        change(&mut listing);
        actions(&desk, &listing)
    };
    assert_eq!(of(&|wanted| wanted.user = Some(who())), all[all.len() - 3..]);
    assert_eq!(
        of(&|wanted| wanted.outcome = Some(Outcome::Failure)),
        ["authn_login_fail"]
    );
    assert_eq!(
        of(&|wanted| wanted.actions = vec!["authn_login_success".to_owned()]),
        ["authn_login_success"]
    );
    assert_eq!(of(&|wanted| wanted.limit = Some(2)), all[all.len() - 2..]);
    assert_eq!(of(&|wanted| wanted.since = Some(Timestamp::MAX)).len(), 0);
    assert_eq!(of(&|wanted| wanted.until = Some(Timestamp::MAX)), all);
    assert_eq!(of(&|wanted| wanted.actor = Some(EventCause::Visitors)).len(), 0);
    let first = desk.office.audit().list(&EventListing::default()).unwrap()[0]
        .event
        .id;
    assert_eq!(of(&|wanted| wanted.after = Some(first)), all[1..]);
    let nobody: UserRef = UserId(Uuid::nil()).into();
    assert_eq!(of(&|wanted| wanted.user = Some(nobody.clone())).len(), 0);
}

#[test]
fn addresses_stand_beside_the_events_of_users_who_exist() {
    let mut desk = TestDesk::new();
    desk.sign_in(PASSWORD).unwrap();
    let mut listing = EventListing {
        limit: Some(1),
        ..EventListing::default()
    };
    let newest = |listing: &EventListing| desk.office.audit().list(listing).unwrap().pop().unwrap();
    assert_eq!(newest(&listing).target_email, None);
    listing.with_addresses = true;
    assert_eq!(newest(&listing).target_email.unwrap().as_str(), EMAIL);
}

#[test]
fn the_record_is_whole_and_goes_on_from_a_head_that_was_kept() {
    let mut desk = TestDesk::new();
    let kept = desk.office.audit().head().unwrap();
    desk.sign_in(PASSWORD).unwrap();
    let checked = desk.office.audit().check(Some(kept.hash)).unwrap();
    assert_eq!(checked.broken.map(|link| link.fault), None::<ChainFault>);
    assert!(checked.goes_on_from_kept);
    assert_eq!(checked.head, desk.office.audit().head().unwrap().hash);
    let foreign = desk.office.audit().check(Some(ChainHash([1; 32]))).unwrap();
    assert!(!foreign.goes_on_from_kept);
}
