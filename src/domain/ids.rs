//! The ids of users, sessions, links, mails and refused sign-ins. Each is a UUIDv7 (RFC 9562 §5.7),
//! so that ids grow in the order in which things were made.

use std::fmt;

use uuid::Uuid;

/// Defines types of ids: one type for each kind of thing, so that an id of one kind can't be given
/// where an id of another kind is expected.
macro_rules! id_types {
    ($($(#[$doc:meta])* pub struct $name:ident(pub Uuid);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id_types! {
    /// The id of a user.
    pub struct UserId(pub Uuid);

    /// The id of a session. It is not the session's token.
    pub struct SessionId(pub Uuid);

    /// The id of a reset link. It is not the link's token.
    pub struct ResetId(pub Uuid);

    /// The id of a mail in the queue.
    pub struct MailId(pub Uuid);

    /// The id of a refused sign-in at a provider: the id of its event in the audit record.
    pub struct AttemptId(pub Uuid);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shown_as_its_uuid() {
        let id = UserId(Uuid::from_u128(0x0193_b0e5_7c5e_7000_8000_0000_0000_0001));
        assert_eq!(id.to_string(), "0193b0e5-7c5e-7000-8000-000000000001");
        assert_eq!(format!("{id:?}"), "UserId(0193b0e5-7c5e-7000-8000-000000000001)");
    }
}
