//! How a provider behaves: well, but for what a test changes.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Map, Value};

use super::tokens::Key;

/// What is different in an object that the provider would have made.
#[derive(Default, Clone)]
pub struct Changes(Vec<(String, Change)>);

#[derive(Clone)]
enum Change {
    Value(Value),
    SecondsAhead(i64),
    Removed,
}

impl Changes {
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.0.push((name.to_owned(), Change::Value(value.into())));
        self
    }

    /// A time so many seconds after now.
    pub fn seconds_ahead(&mut self, name: &str, seconds: i64) -> &mut Self {
        self.0.push((name.to_owned(), Change::SecondsAhead(seconds)));
        self
    }

    pub fn remove(&mut self, name: &str) -> &mut Self {
        self.0.push((name.to_owned(), Change::Removed));
        self
    }

    /// The object with the changes.
    pub(super) fn apply(&self, to: Value, now: i64) -> Value {
        let mut object: Map<String, Value> = serde_json::from_value(to).unwrap();
        for (name, change) in &self.0 {
            match change {
                Change::Value(value) => object.insert(name.clone(), value.clone()),
                Change::SecondsAhead(seconds) => object.insert(name.clone(), (now + seconds).into()),
                Change::Removed => object.shift_remove(name),
            };
        }
        Value::Object(object)
    }
}

/// What comes instead of a proper answer.
#[derive(Default, Clone)]
pub enum Instead {
    #[default]
    Nothing,
    /// A status and a body that is said to be JSON.
    Json(u16, Value),
    Html(u16),
    /// To the same endpoint, as it would answer properly.
    Redirect,
    /// The connection stays open.
    Silence,
    /// Blanks, which JSON may begin with.
    Endless,
    /// An error that repeats what it was asked with, as it came and as it was meant, and is long.
    Echo,
}

/// How a token is signed. Its header follows.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    #[default]
    Rs256,
    Es256,
    /// `none`, with no signature.
    Nobody,
    /// HS256 with the client's secret.
    ClientSecret,
    /// HS256 with the PEM of the public RSA key as the secret.
    PublicKey,
    /// RS256 with a key that stands nowhere.
    UnknownKey,
}

/// How `UserInfo` is sent.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub enum UserInfoForm {
    #[default]
    Json,
    /// A token, signed as the ID token is.
    Signed,
    /// A token whose signature is of another token.
    Forged,
    /// Five parts that nobody can read.
    Encrypted,
}

/// A key with the name it is published by.
pub type Published = (Key, Option<&'static str>);

/// How a provider behaves.
#[derive(Clone)]
pub struct Manners {
    /// In the discovery document.
    pub metadata: Changes,
    pub discovery: Instead,
    /// What the browser brings back: `code`, `state`, `iss`.
    pub callback: Changes,
    pub token: Instead,
    /// In the answer that holds the tokens, and its status.
    pub tokens: Changes,
    pub token_status: u16,
    /// In the header of the ID token: `alg`, `typ`, `kid`.
    pub header: Changes,
    /// In the ID token.
    pub claims: Changes,
    pub signed: Signed,
    /// Whether a bit of the signature is turned over.
    pub broken: bool,
    pub keys: Vec<Published>,
    /// What the keys are when they are asked for first, if something else.
    pub keys_at_first: Option<Vec<Published>>,
    /// In `UserInfo`, where only `sub` stands.
    pub user_info: Changes,
    pub user_info_instead: Instead,
    pub user_info_form: UserInfoForm,
    /// A list of addresses, as GitHub has it.
    pub emails: Value,
    /// In the answer that holds the device code.
    pub device_code: Changes,
    pub device_code_instead: Instead,
    /// How long the provider thinks before it gives one.
    pub device_code_after: Duration,
    /// What the device is told before it gets its tokens: errors.
    pub device: VecDeque<&'static str>,
    /// What comes instead before that.
    pub device_instead: VecDeque<Instead>,
    /// By how many seconds the clock is wrong.
    pub clock: i64,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            metadata: Changes::default(),
            discovery: Instead::default(),
            callback: Changes::default(),
            token: Instead::default(),
            tokens: Changes::default(),
            token_status: 200,
            header: Changes::default(),
            claims: Changes::default(),
            signed: Signed::default(),
            broken: false,
            keys: vec![(Key::Rsa, Some("rsa")), (Key::Ec, Some("ec"))],
            keys_at_first: None,
            user_info: Changes::default(),
            user_info_instead: Instead::default(),
            user_info_form: UserInfoForm::default(),
            emails: Value::Array(Vec::new()),
            device_code: Changes::default(),
            device_code_instead: Instead::default(),
            device_code_after: Duration::ZERO,
            device: VecDeque::new(),
            device_instead: VecDeque::new(),
            clock: 0,
        }
    }
}
