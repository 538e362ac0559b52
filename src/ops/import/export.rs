//! A user in an export. [`read`](super::read) reads it as `jsonl`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::user_fields::FIELDS;
use crate::domain::password::{PasswordHash, PasswordState};
use crate::domain::user::User;

/// One line of an export: the user object without its lock, and with the hash where one is given.
/// An import of the line makes the same user.
pub struct ExportRow<'a> {
    user: &'a User,
    hash: Option<&'a str>,
}

impl<'a> ExportRow<'a> {
    /// The line for `user`. The hash is written only if the state of the password is `set`.
    #[must_use]
    pub fn new(user: &'a User, hash: Option<&'a PasswordHash>) -> Self {
        let hash = hash.filter(|_| user.password_state == PasswordState::Set);
        Self {
            user,
            hash: hash.map(PasswordHash::as_str),
        }
    }
}

impl Serialize for ExportRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in &FIELDS {
            if let Some(value) = field.export {
                map.serialize_entry(field.name, &value(self.user))?;
            }
        }
        if let Some(hash) = self.hash {
            map.serialize_entry("password_hash", hash)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::rows;
    use super::super::row::ImportedCredential;
    use super::super::user_fields::{ImportRow, new_user};
    use super::*;
    use crate::domain::clock::Timestamp;
    use crate::domain::email::EmailAddress;
    use crate::domain::group::GroupName;
    use crate::domain::identity::IdentityBond;
    use crate::domain::ids::UserId;
    use crate::domain::throttle::LockKind;
    use crate::domain::user::{Locale, Name, Status};
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
                    let id = UserId(
                        uuid::Builder::from_u128(bits << 40 | bits)
                            .with_version(uuid::Version::SortRand)
                            .with_variant(uuid::Variant::RFC4122)
                            .into_uuid(),
                    );
                    let email = EmailAddress::parse(&email).unwrap();
                    User {
                        first_name,
                        last_name,
                        status,
                        locale: Locale::parse("de-AT").unwrap(),
                        groups,
                        password_state,
                        must_change_password: must,
                        identities,
                        last_login_at: times.2,
                        updated_at: times.1,
                        ..new_user(id, email, times.0)
                    }
                },
            )
    }

    /// The user a row makes, with its hash.
    fn user_of(row: &ImportRow) -> (User, Option<PasswordHash>) {
        let (password_state, hash) = match row.credential.clone() {
            ImportedCredential::None => (PasswordState::None, None),
            ImportedCredential::Random => (PasswordState::Random, None),
            ImportedCredential::Hash(hash) => (PasswordState::Set, Some(hash)),
            other => panic!("{other:?}"),
        };
        let user = User {
            groups: row.groups.clone(),
            password_state,
            must_change_password: row.must_change_password.unwrap(),
            identities: row.identities.clone(),
            ..row.user(row.id.unwrap(), Timestamp::UNIX_EPOCH)
        };
        (user, hash)
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back_the_same(user in user()) {
            let hash = PasswordHash::from_stored(HASH);
            let text = serde_json::to_string(&ExportRow::new(&user, Some(&hash))).unwrap();
            let (back, back_hash) = user_of(&rows(&text).remove(0));
            prop_assert_eq!(&back, &user);
            prop_assert_eq!(back_hash.is_some(), user.password_state == PasswordState::Set);
            let again = serde_json::to_string(&ExportRow::new(&back, back_hash.as_ref())).unwrap();
            prop_assert_eq!(again, text);
        }
    }

    #[test]
    fn the_lock_is_not_carried_and_a_hash_only_if_given() {
        let mut user = user_of(
            &rows(
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
