//! The caller of a use case: who acts, and from which address. It belongs to each call, and not to
//! the open store.

use std::net::IpAddr;
use std::sync::LazyLock;

use super::system;
use crate::domain::audit::Actor;
use crate::domain::ids::{SessionId, UserId};
use crate::domain::text::is_hostile;

/// Who acts, and the address of the client.
///
/// ```
/// use backoffice::Caller;
///
/// let shop = Caller::service("shop-import");
/// let page = Caller::visitor().at("192.0.2.7".parse().unwrap());
/// ```
pub struct Caller {
    who: Who,
    client: Option<IpAddr>,
}

enum Who {
    /// Looked up when something is written, and not before.
    Os(LazyLock<Actor, Box<dyn FnOnce() -> Actor + Send>>),
    Service(Actor),
    User {
        actor: Actor,
        session: SessionId,
    },
    Visitor(Actor),
}

/// What decides the rights of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credentials {
    /// Those of the owner of the store.
    Owner,
    /// Those of the user of a session.
    Session(SessionId),
    /// None.
    None,
}

impl Caller {
    /// The operating-system user of this process.
    #[must_use]
    pub fn process_owner() -> Self {
        Self::operating_system_user(system::process_owner)
    }

    /// An operating-system user; `look_up` is called when something is written.
    pub(crate) fn operating_system_user(look_up: impl FnOnce() -> Actor + Send + 'static) -> Self {
        Self::of(Who::Os(LazyLock::new(Box::new(look_up))))
    }

    /// A program that uses this library, with a name of its own. It may do everything.
    #[must_use]
    pub fn service(name: &'static str) -> Self {
        let name = name.chars().filter(|c| !is_hostile(*c)).collect();
        Self::of(Who::Service(Actor::Service(name)))
    }

    /// A person at a public page who is not signed in. The person may sign in, ask for a link and
    /// complete a link.
    #[must_use]
    pub fn visitor() -> Self {
        Self::of(Who::Visitor(Actor::Visitor))
    }

    /// A user, by a session. The session is looked at again in each transaction.
    pub(super) fn user(id: UserId, session: SessionId) -> Self {
        let actor = Actor::User(id);
        Self::of(Who::User { actor, session })
    }

    fn of(who: Who) -> Self {
        Self { who, client: None }
    }

    /// The same caller, acting from the address `client`. It is recorded.
    #[must_use]
    pub fn at(mut self, client: IpAddr) -> Self {
        self.client = Some(client);
        self
    }

    /// The address of the client.
    #[must_use]
    pub fn client(&self) -> Option<IpAddr> {
        self.client
    }

    /// The actor for the audit record.
    pub(super) fn actor(&self) -> &Actor {
        match &self.who {
            Who::Os(actor) => actor,
            Who::Service(actor) | Who::User { actor, .. } | Who::Visitor(actor) => actor,
        }
    }

    pub(super) fn credentials(&self) -> Credentials {
        match &self.who {
            Who::Os(_) | Who::Service(_) => Credentials::Owner,
            Who::User { session, .. } => Credentials::Session(*session),
            Who::Visitor(_) => Credentials::None,
        }
    }
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = match &self.who {
            Who::Os(_) => "operating-system user",
            Who::Service(_) => "service",
            Who::User { .. } => "user",
            Who::Visitor(_) => "visitor",
        };
        f.debug_struct("Caller")
            .field("who", &who)
            .field("client", &self.client)
            .finish()
    }
}
