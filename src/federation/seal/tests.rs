use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;

use super::super::testing::client;
use super::super::transaction::Beginning;
use super::*;
use crate::domain::clock::{Clock, NoRandomness, later};

const PLACE: &str = "__Host-backoffice-with-0123abcd https://desk.example.com";
const LIMIT: Duration = Duration::from_mins(10);

struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    #[expect(clippy::disallowed_methods, reason = "any moment will do")]
    fn instant(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    fn worked(&self) -> Duration {
        Duration::ZERO
    }

    fn wait_until(&self, _: Duration) {}
}

/// Each value differs from the one before.
struct Counting(std::sync::atomic::AtomicU8);

impl RandomSource for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        Ok(())
    }
}

fn random() -> Counting {
    Counting(1.into())
}

/// Made once: it reads the certificates of the system.
static DESK: LazyLock<Client> = LazyLock::new(|| client("desk", "id.example.com"));

fn key() -> StoreKey {
    StoreKey::new(7, [9; 32])
}

fn begun_for(purpose: Purpose, redirect_uri: &str) -> Transaction {
    let beginning = Beginning {
        purpose,
        redirect_uri,
        login_hint: None,
        limit: LIMIT,
    };
    let address = "2001:db8::7".parse().ok();
    DESK.begin(&beginning, address, &StoppedClock, &random())
        .unwrap()
        .1
}

fn begun() -> Transaction {
    begun_for(
        Purpose::SignIn,
        "https://desk.example.com/login/with/desk/callback",
    )
}

fn sealed() -> String {
    begun().seal(&key(), PLACE, &random()).unwrap()
}

fn open_at(text: &str, key: &StoreKey, place: &str, now: Timestamp) -> Result<Transaction, TransactionError> {
    DESK.open(&Sealed::parse(text)?, key, place, now)
}

fn open(text: &str) -> Result<Transaction, TransactionError> {
    open_at(text, &key(), PLACE, StoppedClock.now())
}

#[track_caller]
fn is_refused(opened: Result<Transaction, TransactionError>, why: TransactionError) {
    assert_eq!(opened.unwrap_err(), why);
}

#[test]
fn what_is_opened_is_what_was_sealed() {
    for purpose in [Purpose::SignIn, Purpose::Link(UserId(Uuid::from_u128(5)))] {
        let before = begun_for(purpose, "https://desk.example.com/callback");
        let text = before.seal(&key(), PLACE, &random()).unwrap();
        let after = open(&text).unwrap();
        assert_eq!(after.purpose(), purpose);
        assert_eq!(after.provider(), before.provider());
        assert_eq!(after.redirect_uri(), before.redirect_uri());
        assert_eq!(after.lifetime(), before.lifetime());
        assert_eq!(after.client(), before.client());
        assert_eq!(after.state_hash(), before.state_hash());
        assert_eq!(after.nonce.expose_secret(), before.nonce.expose_secret());
        assert_eq!(after.verifier.expose_secret(), before.verifier.expose_secret());
        assert_eq!(after.iss_required, before.iss_required);
    }
}

#[test]
fn ten_of_them_fit_into_the_head_of_a_request() {
    let text = sealed();
    assert!(text.len() <= 1000, "{}", text.len());
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    assert!(text.chars().all(fine));
    assert_eq!(Sealed::parse(&text).unwrap().key_id(), 7);
}

#[test]
fn each_changed_bit_is_noticed() {
    let text = sealed();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&text).unwrap();
    for place in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[place / 8] ^= 1 << (place % 8);
        let changed = BASE64_URL_SAFE_NO_PAD.encode(changed);
        is_refused(open(&changed), TransactionError::Unreadable);
    }
}

#[test]
fn what_is_cut_or_longer_is_refused() {
    let text = sealed();
    for end in 0..text.len() {
        is_refused(open(&text[..end]), TransactionError::Unreadable);
    }
    for more in ["A", "AA", "=", "\n", "é"] {
        is_refused(open(&format!("{text}{more}")), TransactionError::Unreadable);
    }
    is_refused(open(&"A".repeat(LONGEST + 4)), TransactionError::Unreadable);
}

#[test]
fn the_key_of_another_store_opens_nothing() {
    let now = StoppedClock.now();
    for other in [StoreKey::new(7, [8; 32]), StoreKey::new(8, [8; 32])] {
        is_refused(
            open_at(&sealed(), &other, PLACE, now),
            TransactionError::Unreadable,
        );
    }
}

#[test]
fn what_was_sealed_for_another_place_is_refused() {
    let now = StoppedClock.now();
    for place in ["", "__Host-backoffice-with-0123abce https://desk.example.com"] {
        is_refused(
            open_at(&sealed(), &key(), place, now),
            TransactionError::Unreadable,
        );
    }
}

#[test]
fn another_provider_does_not_take_it() {
    let sealed = Sealed::parse(&sealed()).unwrap();
    // The same name, repointed meanwhile, is another provider.
    for other in [
        client("github", "id.example.com"),
        client("desk", "id.example.org"),
    ] {
        let opened = other.open(&sealed, &key(), PLACE, StoppedClock.now());
        is_refused(opened, TransactionError::OtherProvider);
    }
}

#[test]
fn it_is_opened_until_its_end() {
    let opened_after = |seconds| {
        let now = later(StoppedClock.now(), Duration::from_secs(seconds));
        open_at(&sealed(), &key(), PLACE, now)
    };
    assert!(opened_after(599).is_ok());
    is_refused(opened_after(600), TransactionError::Ended);
}

#[test]
fn a_redirect_uri_that_no_cookie_holds_is_refused() {
    let long = format!("https://desk.example.com/{}", "a".repeat(2000));
    let begun = begun_for(Purpose::SignIn, &long);
    let refused = begun.seal(&key(), PLACE, &random()).unwrap_err();
    assert_eq!(refused, TransactionError::TooLong);
}

#[test]
fn debug_shows_no_secret() {
    let begun = begun();
    let shown = format!("{begun:?}");
    for secret in [&begun.state, &begun.nonce, &begun.verifier] {
        assert!(!shown.contains(secret.expose_secret()), "{shown}");
    }
    assert!(shown.contains("desk.example.com"), "{shown}");
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        prop_assert!(open(&text).is_err());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(open(&BASE64_URL_SAFE_NO_PAD.encode(bytes)).is_err());
    }

    #[test]
    fn no_content_panics(content in "\\PC{0,200}") {
        // Sealed with the right key, by a program with a bug.
        let payload = Payload { msg: content.as_bytes(), aad: &authenticated(7, PLACE) };
        let sealed = cipher(&key()).encrypt(&XNonce::from([0; NONCE_BYTES]), payload).unwrap();
        let text = BASE64_URL_SAFE_NO_PAD.encode([&[7], &[0; NONCE_BYTES][..], &sealed].concat());
        is_refused(open(&text), TransactionError::Unreadable);
    }
}
