//! A user as an export writes it: what [`read`](super::read) takes as `jsonl`.

use serde::Serialize;

use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::{PasswordHash, PasswordState};
use crate::domain::user::{Locale, Name, Status, User};

/// One line of an export: the user object without its lock, which is not carried, and with
/// the hash where one is given. Read back, it is the same user.
#[derive(Serialize)]
pub struct ExportRow<'a> {
    id: UserId,
    email: &'a EmailAddress,
    first_name: &'a Name,
    last_name: &'a Name,
    status: Status,
    locale: &'a Locale,
    groups: &'a [GroupName],
    password_state: PasswordState,
    must_change_password: bool,
    identities: &'a [IdentityBond],
    #[serde(serialize_with = "crate::domain::moment::exact_if_any")]
    last_login_at: Option<Timestamp>,
    #[serde(serialize_with = "crate::domain::moment::exact")]
    created_at: Timestamp,
    #[serde(serialize_with = "crate::domain::moment::exact")]
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_hash: Option<&'a str>,
}

impl<'a> ExportRow<'a> {
    /// The line for `user`. Only the hash of a password somebody knows is written: of a
    /// random one the state says all there is.
    #[must_use]
    pub fn new(user: &'a User, hash: Option<&'a PasswordHash>) -> Self {
        Self {
            id: user.id,
            email: &user.email,
            first_name: &user.first_name,
            last_name: &user.last_name,
            status: user.status,
            locale: &user.locale,
            groups: &user.groups,
            password_state: user.password_state,
            must_change_password: user.must_change_password,
            identities: &user.identities,
            last_login_at: user.last_login_at,
            created_at: user.created_at,
            updated_at: user.updated_at,
            password_hash: hash
                .filter(|_| user.password_state == PasswordState::Set)
                .map(PasswordHash::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::rows;
    use super::super::row::{ImportRow, ImportedCredential};
    use super::*;
    use crate::domain::throttle::LockKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo";

    fn moment() -> impl Strategy<Value = Timestamp> {
        // Whole seconds, milliseconds and microseconds of the years 1970 to 2100.
        (
            0..4_102_444_800_i64,
            0..1_000_000_i64,
            prop_oneof![Just(1), Just(1_000), Just(1_000_000)],
        )
            .prop_map(|(s, us, step)| Timestamp::from_microsecond(s * 1_000_000 + us / step * step).unwrap())
    }

    fn name() -> impl Strategy<Value = Name> {
        "\\PC{0,30}".prop_filter_map("no name", |text| Name::parse(&text).ok())
    }

    fn groups() -> impl Strategy<Value = Vec<GroupName>> {
        prop::collection::btree_set("[a-zäß -]{1,9}", 0..4).prop_map(|names| {
            let mut groups: Vec<_> = names
                .iter()
                .filter_map(|name| GroupName::parse(name).ok())
                .collect();
            groups.sort_by_key(GroupName::canonical);
            groups.dedup_by_key(|group| group.canonical());
            groups
        })
    }

    fn user() -> impl Strategy<Value = User> {
        let state = prop_oneof![
            Just(PasswordState::None),
            Just(PasswordState::Set),
            Just(PasswordState::Random)
        ];
        let bond = ("\\PC{1,20}", "\\PC{1,20}", "\\PC{1,20}")
            .prop_filter_map("no bond", |(p, i, s)| IdentityBond::new(p, i, s).ok());
        let times = (moment(), moment(), prop::option::of(moment()));
        let person = (name(), name(), "[a-z]{1,8}\\+?[a-zé]{1,8}@[a-z]{2,8}\\.example");
        let standing = (
            prop::sample::select(&Status::ALL[..]),
            groups(),
            state,
            any::<bool>(),
        );
        (
            0..1_u128 << 74,
            person,
            standing,
            prop::collection::vec(bond, 0..3),
            times,
        )
            .prop_map(
                |(
                    bits,
                    (first_name, last_name, email),
                    (status, groups, password_state, must),
                    identities,
                    times,
                )| {
                    User {
                        id: UserId(
                            uuid::Builder::from_u128(bits << 40 | bits)
                                .with_version(uuid::Version::SortRand)
                                .with_variant(uuid::Variant::RFC4122)
                                .into_uuid(),
                        ),
                        email: EmailAddress::parse(&email).unwrap(),
                        first_name,
                        last_name,
                        status,
                        locale: Locale::parse("de-AT").unwrap(),
                        groups,
                        password_state,
                        must_change_password: must,
                        identities,
                        lock: LockKind::None,
                        locked_until: None,
                        last_login_at: times.2,
                        created_at: times.0,
                        updated_at: times.1,
                    }
                },
            )
    }

    /// The user a row makes, with its hash.
    fn user_of(row: ImportRow) -> (User, Option<PasswordHash>) {
        let (password_state, hash) = match row.credential {
            ImportedCredential::None => (PasswordState::None, None),
            ImportedCredential::Random => (PasswordState::Random, None),
            ImportedCredential::Hash(hash) => (PasswordState::Set, Some(hash)),
            other => panic!("{other:?}"),
        };
        let user = User {
            id: row.id.unwrap(),
            email: row.email,
            first_name: row.first_name.unwrap(),
            last_name: row.last_name.unwrap(),
            status: row.status.unwrap(),
            locale: row.locale.unwrap(),
            groups: row.groups,
            password_state,
            must_change_password: row.must_change_password.unwrap(),
            identities: row.identities,
            lock: LockKind::None,
            locked_until: None,
            last_login_at: row.last_login_at,
            created_at: row.created_at.unwrap(),
            updated_at: row.updated_at.unwrap(),
        };
        (user, hash)
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back_the_same(user in user()) {
            let hash = PasswordHash::from_stored(HASH);
            let text = serde_json::to_string(&ExportRow::new(&user, Some(&hash))).unwrap();
            let (back, back_hash) = user_of(rows(&text).remove(0));
            prop_assert_eq!(&back, &user);
            prop_assert_eq!(back_hash.is_some(), user.password_state == PasswordState::Set);
            let again = serde_json::to_string(&ExportRow::new(&back, back_hash.as_ref())).unwrap();
            prop_assert_eq!(again, text);
        }
    }

    #[test]
    fn the_lock_is_not_carried_and_a_hash_only_if_given() {
        let mut user = user_of(
            rows(
                r#"{"id":"0193b0e5-7c5e-7000-8000-000000000001","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace","status":"active","locale":"en","groups":[],"password_state":"none","must_change_password":false,"created_at":"2026-11-24T09:00:00Z","updated_at":"2026-11-24T09:00:00Z"}"#,
            )
            .remove(0),
        )
        .0;
        user.lock = LockKind::Stopped;
        user.password_state = PasswordState::Set;
        let text = serde_json::to_string(&ExportRow::new(&user, None)).unwrap();
        assert_eq!(
            text,
            r#"{"id":"0193b0e5-7c5e-7000-8000-000000000001","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace","status":"active","locale":"en","groups":[],"password_state":"set","must_change_password":false,"identities":[],"last_login_at":null,"created_at":"2026-11-24T09:00:00Z","updated_at":"2026-11-24T09:00:00Z"}"#
        );
        assert_eq!(
            user.id.0,
            Uuid::from_u128(0x0193_b0e5_7c5e_7000_8000_0000_0000_0001)
        );
    }
}
