use std::time::Duration;

use super::super::identities::Other;
use super::super::testing::{EMAIL, TestDesk, who};
use super::super::{IdentityError, Written};
use super::*;
use crate::domain::clock::{CLOCK_STEP, Clock};
use crate::domain::third_party::{Lifetime, StateHash};
use crate::federation::testing::{client, profile};
use crate::federation::{ProviderError, Vouched};
use crate::store::Keeping;

const LIMIT: Duration = Duration::from_mins(3);
const STRANGER: &str = "stranger@example.com";

/// A desk with one user, and a provider.
struct Case {
    desk: TestDesk,
    client: Client,
}

impl Case {
    fn new() -> Self {
        Self {
            desk: TestDesk::new(),
            client: client("okta", "id.example.com"),
        }
    }

    /// A person whom the provider vouched for now, at the end of the login with this state.
    fn vouched(&self, purpose: Purpose, state: &str, email: &str) -> Vouched {
        Vouched::for_tests(
            profile(&self.client, email, email),
            self.client.provider().name(),
            purpose,
            StateHash::of(state),
            Lifetime::begin(self.desk.clock.now(), LIMIT),
        )
    }

    fn sign_in(&self, state: &str, email: &str) -> Result<SignedInAtProvider, Error> {
        let vouched = self.vouched(Purpose::SignIn, state, email);
        self.third_party().sign_in(Ok(vouched), None)
    }

    fn link(&self, state: &str, email: &str) -> Result<Written, Error> {
        let vouched = self.vouched(self.to_link(), state, email);
        self.third_party().link(Ok(vouched), Other::Keep)
    }

    fn to_link(&self) -> Purpose {
        Purpose::Link(self.desk.office.users().get(&who()).unwrap().id)
    }

    fn third_party(&self) -> ThirdParty<'_> {
        self.desk.office.third_party(&self.client)
    }

    fn sessions(&self) -> usize {
        self.desk.office.sessions().list(None).unwrap().len()
    }

    fn beginning(purpose: Purpose) -> Beginning<'static> {
        Beginning {
            purpose,
            redirect_uri: "https://desk.example.com/callback",
            login_hint: None,
            limit: LIMIT,
        }
    }
}

#[track_caller]
fn is_fault<T>(outcome: Result<T, Error>, expected: TransactionError) {
    match outcome.map(drop) {
        Err(Error::ThirdParty(ThirdPartyError::Transaction(fault))) => assert_eq!(fault, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_login_is_completed_once() {
    let case = Case::new();
    case.sign_in("a", EMAIL).unwrap();
    is_fault(case.sign_in("a", EMAIL), TransactionError::Completed);
    assert_eq!(case.sessions(), 1);
    case.sign_in("b", EMAIL).unwrap();
}

#[test]
fn a_refusal_completes_a_login_too() {
    let case = Case::new();
    let refused = case.sign_in("a", STRANGER);
    assert!(matches!(
        refused,
        Err(Error::ThirdParty(ThirdPartyError::LoginRefused(_)))
    ));
    is_fault(case.sign_in("a", EMAIL), TransactionError::Completed);
    assert_eq!(case.sessions(), 0);
}

#[test]
fn a_link_completes_a_login_whether_it_is_made_or_refused() {
    let case = Case::new();
    case.link("a", EMAIL).unwrap();
    is_fault(case.link("a", EMAIL), TransactionError::Completed);
    let refused = case.link("b", STRANGER).unwrap_err();
    assert!(matches!(
        refused,
        Error::Identity(IdentityError::LinkedToAnother { .. })
    ));
    is_fault(case.link("b", EMAIL), TransactionError::Completed);
}

#[test]
fn a_rehearsed_link_completes_nothing() {
    let case = Case::new();
    let rehearsal = case.desk.another(|options| options.keeping = Keeping::RollBack);
    let vouched = case.vouched(case.to_link(), "a", EMAIL);
    let rehearsed = rehearsal.third_party(&case.client).link(Ok(vouched), Other::Keep);
    assert!(rehearsed.unwrap().changed());
    assert!(case.link("a", EMAIL).unwrap().changed());
}

#[test]
fn of_two_completions_at_once_one_signs_in() {
    let case = Case::new();
    let outcomes = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4).map(|_| scope.spawn(|| case.sign_in("a", EMAIL))).collect();
        tries
            .into_iter()
            .map(|one| one.join().unwrap())
            .collect::<Vec<_>>()
    });
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 3));
    for one in lost {
        is_fault(one, TransactionError::Completed);
    }
    assert_eq!(case.sessions(), 1);
}

#[test]
fn a_login_is_good_for_what_it_was_begun_for() {
    let case = Case::new();
    let to_link = case.vouched(case.to_link(), "a", EMAIL);
    is_fault(
        case.third_party().sign_in(Ok(to_link), None),
        TransactionError::OtherPurpose,
    );
    let to_sign_in = case.vouched(Purpose::SignIn, "b", EMAIL);
    is_fault(
        case.third_party().link(Ok(to_sign_in), Other::Keep),
        TransactionError::OtherPurpose,
    );
    let other = client("github", "id.example.com");
    let vouched = case.vouched(Purpose::SignIn, "c", EMAIL);
    is_fault(
        case.desk.office.third_party(&other).sign_in(Ok(vouched), None),
        TransactionError::OtherProvider,
    );
    assert_eq!(case.sessions(), 0);
}

#[test]
fn a_login_is_completed_a_minute_after_its_end_at_the_latest() {
    let case = Case::new();
    let (in_time, too_late) = (
        case.vouched(Purpose::SignIn, "a", EMAIL),
        case.vouched(Purpose::SignIn, "b", EMAIL),
    );
    case.desk.clock.pass(LIMIT + CLOCK_STEP);
    case.third_party().sign_in(Ok(in_time), None).unwrap();
    case.desk.clock.pass(Duration::from_secs(1));
    is_fault(
        case.third_party().sign_in(Ok(too_late), None),
        TransactionError::Ended,
    );
}

#[test]
fn a_login_that_was_completed_is_remembered_for_as_long_as_it_could_be_completed_again() {
    let case = Case::new();
    case.sign_in("a", EMAIL).unwrap();
    let again = case.vouched(Purpose::SignIn, "a", EMAIL);
    case.desk.clock.pass(LIMIT + CLOCK_STEP);
    // This write removes what need not be remembered.
    case.sign_in("b", EMAIL).unwrap();
    is_fault(
        case.third_party().sign_in(Ok(again), None),
        TransactionError::Completed,
    );
}

#[test]
fn a_login_for_which_the_provider_did_not_vouch_is_not_completed() {
    let case = Case::new();
    for _ in 0..2 {
        let refused = case.third_party().sign_in(Err(ProviderError::TimedOut), None);
        assert!(matches!(
            refused,
            Err(Error::ThirdParty(ThirdPartyError::Provider(
                ProviderError::TimedOut
            )))
        ));
    }
    case.sign_in("a", EMAIL).unwrap();
}

#[test]
fn what_one_process_sealed_another_one_of_the_same_store_opens() {
    let case = Case::new();
    let begun = case
        .third_party()
        .begin(&Case::beginning(case.to_link()))
        .unwrap();
    assert!(begun.url.starts_with("https://id.example.com/authorize?"));
    let sealed = case.third_party().seal(&begun.transaction, "a cookie").unwrap();

    let another = case.desk.another(|_| ());
    let opened = another
        .third_party(&case.client)
        .open(&sealed, "a cookie")
        .unwrap();
    assert_eq!(opened.purpose(), case.to_link());
    assert_eq!(opened.state_hash(), begun.transaction.state_hash());

    let other_store = TestDesk::new();
    let refused = other_store
        .office
        .third_party(&case.client)
        .open(&sealed, "a cookie");
    is_fault(refused, TransactionError::Unreadable);
    let other_place = another.third_party(&case.client).open(&sealed, "another");
    is_fault(other_place, TransactionError::Unreadable);
    case.desk.clock.pass(LIMIT);
    let ended = another.third_party(&case.client).open(&sealed, "a cookie");
    is_fault(ended, TransactionError::Ended);
}

#[test]
fn a_login_begins_only_where_it_could_end_well() {
    let case = Case::new();
    let unknown = Purpose::Link(UserId(uuid::Uuid::nil()));
    let refused = case.third_party().begin(&Case::beginning(unknown)).unwrap_err();
    assert!(matches!(refused, Error::UserNotFound { .. }), "{refused}");
    let to_link = case.to_link();
    case.desk.office.users().delete(&who()).unwrap();
    let refused = case.third_party().begin(&Case::beginning(to_link)).unwrap_err();
    assert!(matches!(refused, Error::Transition { .. }), "{refused}");
}
