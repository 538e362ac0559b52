//! Third-party login by a program that uses the crate, as a web application does: it begins in one
//! process, goes on in another one of the same store, and is completed once.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::sync::Mutex;
use std::time::Duration;

use backoffice::third_party_login::{
    Beginning, Callback, Client, Clock, Other, Purpose, StateHash, SystemClock, Transaction,
    TransactionError, Vouched,
};
use backoffice::third_party_login::{
    EmailDomain, OAuth2, Oidc, Preset, Protocol, Provider, ProviderDescription, ProviderName,
};
use backoffice::{BackOffice, Caller, Done, Error, NewUser, UserId};
use common::browser::Browser;
use common::rogue::{CLIENT_ID, Instead, Rogue, SUBJECT};
use tempfile::TempDir;
use url::Url;

const ADA: &str = "ada@example.com";
const COOKIE: &str = "__Host-login https://desk.example.com";

/// A provider, a client of it, and a store with Ada, which any number of processes open.
struct Site {
    rogue: Rogue,
    client: Client,
    folder: TempDir,
    ada: UserId,
    /// A person at a page of the site.
    visitor: Caller,
    /// The site itself.
    service: Caller,
}

impl Site {
    fn new() -> Self {
        let rogue = Rogue::start(|_| ());
        let folder = tempfile::tempdir().unwrap();
        let office = BackOffice::init(&folder.path().join("backoffice.db")).unwrap();
        let service = Caller::service("site");
        let mut ada = NewUser::new(ADA.parse().unwrap());
        ada.activate = true;
        Self {
            client: Client::new(provider(&rogue), None).unwrap(),
            ada: office.on_behalf_of(&service).users().create(ada).unwrap().user.id,
            visitor: Caller::visitor(),
            service,
            rogue,
            folder,
        }
    }

    /// The store as one more process opens it.
    fn office(&self) -> BackOffice {
        BackOffice::open(&self.folder.path().join("backoffice.db")).unwrap()
    }

    /// Begins in one process and sends the browser to the provider; gives what the browser comes
    /// back with: a cookie and a query.
    fn begun(&self, purpose: Purpose) -> (String, String) {
        let office = self.office();
        let beginning = Beginning {
            purpose,
            redirect_uri: "https://desk.example.com/callback",
            login_hint: None,
            limit: Duration::from_mins(10),
        };
        let login = office
            .on_behalf_of(self.caller(purpose))
            .third_party(&self.client);
        let begun = login.begin(&beginning).unwrap();
        let cookie = login.seal(&begun.transaction, COOKIE).unwrap();
        let address = Url::parse(&Browser::default().sent_to(&begun.url)).unwrap();
        (cookie, address.query().unwrap().to_owned())
    }

    fn opened(&self, cookie: &str) -> Transaction {
        let office = self.office();
        office
            .on_behalf_of(&self.visitor)
            .third_party(&self.client)
            .open(cookie, COOKIE)
            .unwrap()
    }

    /// Who begins and completes a login for this.
    fn caller(&self, purpose: Purpose) -> &Caller {
        match purpose {
            Purpose::SignIn => &self.visitor,
            Purpose::Link(_) => &self.service,
        }
    }

    /// Asks the provider, as another process with the cookie and the query.
    fn vouched(&self, cookie: &str, query: &str) -> Vouched {
        let transaction = self.opened(cookie);
        let callback = Callback::from_query(query, &transaction.expected()).unwrap();
        let vouched = self.client.vouch(&transaction, &callback, &SystemClock::start());
        vouched.unwrap()
    }

    /// The rows of a table.
    fn rows(&self, table: &str) -> i64 {
        let store = rusqlite::Connection::open(self.office().path()).unwrap();
        let sql = format!("SELECT count(*) FROM {table}");
        store.query_row(&sql, [], |row| row.get(0)).unwrap()
    }
}

fn provider(rogue: &Rogue) -> Provider {
    let described = described(rogue.issuer(), |desk| {
        "Desk".clone_into(&mut desk.label);
        desk.device = true;
    });
    Provider::new(described).unwrap()
}

/// The settings of an OpenID Connect provider, changed.
fn described(issuer: &str, change: impl FnOnce(&mut ProviderDescription)) -> ProviderDescription {
    let name = ProviderName::parse("desk").unwrap();
    let mut described = ProviderDescription::new(name, CLIENT_ID, Protocol::Oidc(Oidc::new(issuer)));
    change(&mut described);
    described
}

#[test]
fn a_program_cannot_make_a_provider_that_breaks_a_rule() {
    let at = |issuer: &str| described(issuer, |_| ());
    let with = |change: fn(&mut ProviderDescription)| described("https://id.example.com", change);
    let plain = |endpoint: &str| {
        let oauth2 = OAuth2::new(
            endpoint,
            "https://id.example.com/token",
            "https://id.example.com/me",
        );
        let name = ProviderName::parse("desk").unwrap();
        ProviderDescription::new(name, CLIENT_ID, Protocol::OAuth2(Box::new(oauth2)))
    };
    for (described, setting) in [
        (at("http://id.example.com"), "issuer"),
        (at("https://id.example.com/?tenant=a"), "issuer"),
        (at("https://login.microsoftonline.com/common/v2.0"), "issuer"),
        (plain("http://id.example.com/authorize"), "authorization_endpoint"),
        (with(|id| id.scopes = vec!["email".to_owned()]), "scopes"),
        (
            with(|id| id.extra = [("state".to_owned(), "0".to_owned())].into()),
            "extra",
        ),
        (
            with(|id| {
                let mut oidc = Oidc::new("https://id.example.com");
                oidc.algorithms.clear();
                id.protocol = Protocol::Oidc(oidc);
            }),
            "algorithms",
        ),
        (
            with(|id| id.redirect.path = "/../back".to_owned()),
            "redirect_path",
        ),
        (with(|id| id.redirect.ports.clear()), "ports"),
        (with(|id| id.preset = Some(Preset::GitHub)), "kind"),
        (with(|id| id.client_id.clear()), "client_id"),
    ] {
        assert_eq!(Provider::new(described).unwrap_err().setting, setting);
    }
    for domain in ["*.example.com", "ada@example.com", "example..com"] {
        assert!(domain.parse::<EmailDomain>().is_err(), "{domain}");
    }
}

#[track_caller]
fn is_completed<T>(outcome: Result<T, Error>) {
    let refused = outcome.map(drop).unwrap_err();
    assert_eq!(refused.to_string(), TransactionError::Completed.to_string());
}

#[test]
fn another_process_of_the_same_store_signs_in() {
    let site = Site::new();
    let (cookie, query) = site.begun(Purpose::SignIn);
    // The cookie is found by the `state` of the query.
    let state = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state");
    let hash = StateHash::of(&state.unwrap().1);
    assert_eq!(hash, site.opened(&cookie).state_hash());
    let vouched = site.vouched(&cookie, &query);
    let office = site.office();
    let done = office
        .on_behalf_of(&site.visitor)
        .third_party(&site.client)
        .sign_in(Ok(vouched), None)
        .unwrap();
    assert_eq!(done.signed_in.user.id, site.ada);
    office
        .on_behalf_of(&site.visitor)
        .sessions()
        .verify(&done.signed_in.token, &[])
        .unwrap();
}

#[test]
fn of_two_processes_with_the_same_cookie_one_signs_in() {
    let site = Site::new();
    let (cookie, query) = site.begun(Purpose::SignIn);
    // This provider exchanges a code twice, as no provider should.
    let both = [site.vouched(&cookie, &query), site.vouched(&cookie, &query)];
    let [first, second] = both.map(|vouched| {
        let office = site.office();
        office
            .on_behalf_of(&site.visitor)
            .third_party(&site.client)
            .sign_in(Ok(vouched), None)
    });
    first.unwrap();
    is_completed(second);
    assert_eq!(site.rows("sessions"), 1);
}

/// A clock that lets no waiting take time.
#[derive(Default)]
struct Hurried(Mutex<Duration>);

impl Clock for Hurried {
    fn now(&self) -> jiff::Timestamp {
        SystemClock::start().now()
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn instant(&self) -> std::time::Instant {
        SystemClock::start().instant()
    }

    fn worked(&self) -> Duration {
        Duration::ZERO
    }

    fn wait_until(&self, moment: Duration) {
        *self.0.lock().unwrap() = moment;
    }
}

#[test]
fn a_login_with_a_device_code_is_completed_once() {
    let site = Site::new();
    let office = site.office();
    let login = office.on_behalf_of(&site.visitor).third_party(&site.client);
    let begun = login
        .begin_device(Purpose::SignIn, Duration::from_mins(3))
        .unwrap();
    // This provider gives tokens twice, as no provider should.
    let vouch = || site.client.vouch_device(&begun, &Hurried::default());
    let [first, second] = [vouch(), vouch()].map(|vouched| login.sign_in(vouched, None));
    assert_eq!(first.unwrap().signed_in.user.id, site.ada);
    is_completed(second);
}

#[test]
fn another_process_of_the_same_store_links() {
    let site = Site::new();
    let (cookie, query) = site.begun(Purpose::Link(site.ada));
    let vouched = site.vouched(&cookie, &query);
    let again = site.vouched(&cookie, &query);
    let office = site.office();
    let linked = office
        .on_behalf_of(&site.service)
        .third_party(&site.client)
        .link(Ok(vouched), Other::Keep);
    let linked = linked.unwrap();
    assert_eq!((linked.done, linked.user.id), (Done::Linked, site.ada));
    assert_eq!(linked.user.identities[0].subject, SUBJECT);
    is_completed(
        office
            .on_behalf_of(&site.service)
            .third_party(&site.client)
            .link(Ok(again), Other::Keep),
    );
}

#[test]
fn strangers_who_begin_and_never_come_back_leave_nothing() {
    let site = Site::new();
    let before = fs_bytes(&site);
    for _ in 0..10 {
        let (cookie, query) = site.begun(Purpose::SignIn);
        site.opened(&cookie);
        assert!(query.contains("code="));
    }
    assert_eq!(fs_bytes(&site), before);
    assert_eq!(site.rows("completed_logins"), 0);
}

/// The store and its log, byte for byte.
fn fs_bytes(site: &Site) -> [Vec<u8>; 2] {
    ["backoffice.db", "backoffice.db-wal"]
        .map(|name| std::fs::read(site.folder.path().join(name)).unwrap_or_default())
}

#[test]
fn a_provider_that_refuses_the_code_completes_nothing() {
    let site = Site::new();
    let (cookie, query) = site.begun(Purpose::SignIn);
    site.rogue.change(|rogue| rogue.token = Instead::Html(500));
    let transaction = site.opened(&cookie);
    let callback = Callback::from_query(&query, &transaction.expected()).unwrap();
    let vouched = site.client.vouch(&transaction, &callback, &SystemClock::start());
    let office = site.office();
    let refused = office
        .on_behalf_of(&site.visitor)
        .third_party(&site.client)
        .sign_in(vouched, None);
    assert!(refused.unwrap_err().to_string().contains("500"));
    assert_eq!(site.rows("completed_logins"), 0);
    let failures = "audit_events WHERE action = 'authn_login_fail'";
    assert_eq!(site.rows(failures), 1);
}

#[test]
fn a_visitor_links_nobody() {
    let site = Site::new();
    let (cookie, query) = site.begun(Purpose::Link(site.ada));
    let vouched = site.vouched(&cookie, &query);
    let office = site.office();
    let login = office.on_behalf_of(&site.visitor).third_party(&site.client);
    let refused = login.link(Ok(vouched), Other::Keep);
    assert!(matches!(refused, Err(Error::NotAllowed(_))));
    assert_eq!(site.rows("identities"), 0);
    // The refusal completes the login, and stands in the record.
    assert_eq!(site.rows("completed_logins"), 1);
    assert_eq!(site.rows("audit_events WHERE reason = 'visitor x1'"), 1);
}
