//! A desk for tests: its clock stands still until a test moves it, and its hashes are cheap.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tempfile::TempDir;

use super::acting::{Acting, Gate};
#[cfg(feature = "mail")]
use super::mail::Mailer;
use super::read_transaction::ReadTransaction;
use super::sessions::SignedIn;
use super::sign_in::SignIn;
#[cfg(feature = "federation")]
use super::third_party_login;
use super::users::{NewPassword, NewUser};
use super::write_transaction::WriteTransaction;
use super::{BackOffice, Caller, Error, Options};
use super::{audit, groups, mail, passwords, resets, sessions, users};
use crate::domain::clock::{Clock, Timestamp, later};
use crate::domain::password::Argon2Cost;
use crate::domain::policies::{FailureFloor, Policies};
#[cfg(feature = "mail")]
use crate::domain::reset::LinkTemplate;
use crate::domain::user::{User, UserRef};
#[cfg(feature = "federation")]
use crate::federation::Client;
#[cfg(feature = "mail")]
use crate::mail::{Memory, Sender, Transport};
#[cfg(feature = "mail")]
use crate::texts::mails::Templates;

pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "umbrella tundra monocle quartz";
pub const OTHER_PASSWORD: &str = "saffron glacier lantern pewter";
pub const FLOOR: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub struct TestClock {
    began: Instant,
    moments: Arc<Mutex<Moments>>,
}

impl Default for TestClock {
    #[expect(clippy::disallowed_methods, reason = "no moment is made from nothing")]
    fn default() -> Self {
        Self {
            began: Instant::now(),
            moments: Arc::default(),
        }
    }
}

#[derive(Default)]
struct Moments {
    passed: Duration,
    elapsed: Duration,
    work: Duration,
    worked: Duration,
    hashing: Duration,
}

impl TestClock {
    fn moments(&self) -> MutexGuard<'_, Moments> {
        self.moments.lock().unwrap()
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.moments().passed += time;
    }

    /// Moves the clock back. The elapsed time stays.
    pub fn step_back(&self, by: Duration) {
        let mut moments = self.moments();
        moments.passed = moments.passed.checked_sub(by).unwrap();
    }

    /// From now on each hash takes this processor time.
    pub fn hashes_take(&self, time: Duration) {
        self.moments().hashing = time;
    }

    /// From now on this time passes between two looks at the elapsed time.
    pub fn work_takes(&self, time: Duration) {
        self.moments().work = time;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        later(
            Timestamp::from_second(1_800_000_000).unwrap(),
            self.moments().passed,
        )
    }

    fn elapsed(&self) -> Duration {
        let mut moments = self.moments();
        let (now, work) = (moments.elapsed, moments.work);
        moments.elapsed = now + work;
        now
    }

    fn instant(&self) -> Instant {
        self.began + self.elapsed()
    }

    fn worked(&self) -> Duration {
        let mut moments = self.moments();
        let (worked, hashing) = (moments.worked, moments.hashing);
        moments.worked = worked + hashing;
        moments.elapsed += hashing;
        worked
    }

    fn wait_until(&self, _: Duration) {
        panic!("a use case waits");
    }
}

/// A desk with one active user, [`EMAIL`], whose password is [`PASSWORD`].
pub struct TestDesk {
    pub office: TestOffice,
    pub clock: TestClock,
    folder: TempDir,
}

impl TestDesk {
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    pub fn with(set: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::default();
        let options = options(&clock);
        let opened =
            BackOffice::init_with(&folder.path().join("s.db"), options, &Caller::process_owner()).unwrap();
        let office = opened.office;
        let office = TestOffice::new(office, Caller::process_owner());
        let new = NewUser {
            activate: true,
            password: NewPassword::Plain(SecretString::from(PASSWORD)),
            ..NewUser::new(EMAIL.parse().unwrap())
        };
        office.users().create(new).unwrap();
        let mut desk = Self {
            office,
            clock,
            folder,
        };
        desk.office = desk.another(set);
        desk
    }

    #[cfg(feature = "mail")]
    /// A desk that makes links and mails into memory.
    pub fn that_mails(set: impl FnOnce(&mut Options)) -> (Self, Memory) {
        let memory = Memory::new(Sender::parse("Desk <desk@example.com>").unwrap());
        let transport = Transport::Memory(memory.clone());
        let desk = Self::with(|options| {
            let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
            options.policies.reset.link = link.ok();
            options.mailer = Some(Mailer {
                templates: Templates::built_in(),
                transport,
            });
            set(options);
        });
        (desk, memory)
    }

    /// The same store, opened once more.
    pub fn another(&self, set: impl FnOnce(&mut Options)) -> TestOffice {
        let mut options = options(&self.clock);
        set(&mut options);
        let office = BackOffice::open_with(&self.path(), options).unwrap();
        TestOffice::new(office, Caller::process_owner())
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("s.db")
    }

    pub fn sign_in(&mut self, password: &str) -> Result<SignedIn, Error> {
        self.sign_in_with(password, None)
    }

    pub fn sign_in_with(&mut self, password: &str, new: Option<&str>) -> Result<SignedIn, Error> {
        let new = new.map(SecretString::from);
        self.office.sign_in(&SignIn {
            email: EMAIL,
            password: &SecretString::from(password),
            new_password: new.as_ref(),
            replaces: None,
        })
    }

    pub fn user(&mut self) -> User {
        self.office.users().get(&who()).unwrap()
    }
}

pub fn who() -> UserRef {
    EMAIL.parse().unwrap()
}

fn options(clock: &TestClock) -> Options {
    Options {
        policies: Policies {
            argon2: Argon2Cost::for_tests(64, 1, 1),
            failure_floor: FailureFloor::new(FLOOR).unwrap(),
            ..Policies::default()
        },
        clock: Box::new(clock.clone()),
        ..Options::default()
    }
}

/// An office on behalf of its owner.
pub struct TestOffice {
    back_office: BackOffice,
    caller: Caller,
}

impl std::ops::Deref for TestOffice {
    type Target = BackOffice;

    fn deref(&self) -> &BackOffice {
        &self.back_office
    }
}

impl TestOffice {
    pub fn new(back_office: BackOffice, caller: Caller) -> Self {
        Self { back_office, caller }
    }

    pub fn acting(&self) -> Acting<'_> {
        self.back_office.on_behalf_of(&self.caller)
    }

    pub fn users(&self) -> users::Users<'_> {
        self.acting().users()
    }

    pub fn passwords(&self) -> passwords::Passwords<'_> {
        self.acting().passwords()
    }

    pub fn resets(&self) -> resets::Resets<'_> {
        self.acting().resets()
    }

    pub fn mail(&self) -> mail::MailQueue<'_> {
        self.acting().mail()
    }

    pub fn audit(&self) -> audit::AuditRecord<'_> {
        self.acting().audit()
    }

    pub fn sessions(&self) -> sessions::Sessions<'_> {
        self.acting().sessions()
    }

    pub fn groups(&self) -> groups::Groups<'_> {
        self.acting().groups()
    }

    #[cfg(feature = "federation")]
    pub fn third_party<'o>(&'o self, client: &'o Client) -> third_party_login::ThirdParty<'o> {
        self.acting().third_party(client)
    }

    pub fn sign_in(&self, request: &SignIn<'_>) -> Result<SignedIn, Error> {
        self.acting().sign_in(request)
    }

    pub fn read<T>(&self, read: impl FnOnce(&ReadTransaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.acting().read(Gate::Anybody, read)
    }

    pub fn write<T>(&self, write: impl Fn(&WriteTransaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.acting().write(Gate::Anybody, write)
    }

    pub fn write_for_good<T>(
        &self,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.acting().write_for_good(Gate::Anybody, write)
    }
}
