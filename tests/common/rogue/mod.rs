//! A provider that misbehaves on purpose. It signs in whoever comes, at once, and is right in
//! everything but what a test changes in its [`Manners`].

mod http;
mod manners;
mod tokens;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use http::{Reply, Request};
pub use manners::{Changes, Instead, Manners, Signed, UserInfoForm};
pub use tokens::Key;

pub const CLIENT_ID: &str = "back-office";
pub const CLIENT_SECRET: &str = "a client's secret, which goes to the token endpoint only";
/// What every code begins with; its number follows.
pub const CODE: &str = "a-code-that-is-good-for-one-exchange-";
pub const ACCESS_TOKEN: &str = "an-access-token-that-is-used-once";
pub const SUBJECT: &str = "248289761001";
pub const DEVICE_CODE: &str = "a-device-code-that-only-the-device-knows";
pub const USER_CODE: &str = "WDJB-MJHT";

/// A running provider; it ends with the test.
pub struct Rogue {
    inner: Arc<Inner>,
}

struct Inner {
    issuer: String,
    manners: Mutex<Manners>,
    seen: Mutex<Seen>,
    /// Told of each request at the token endpoint.
    asked: Condvar,
}

/// What it was asked.
#[derive(Default, Clone)]
pub struct Seen {
    /// The parameters of each request at the authorization endpoint.
    pub authorizations: Vec<BTreeMap<String, String>>,
    /// Each request at the token endpoint.
    pub exchanges: Vec<Exchange>,
    /// Each request for a device code.
    pub devices: Vec<Exchange>,
    /// How often the keys were asked for.
    pub keys: usize,
    /// The last ID token it gave.
    pub id_token: String,
}

/// A request at the token endpoint.
#[derive(Clone)]
pub struct Exchange {
    /// The header `Authorization`.
    pub authorization: Option<String>,
    pub fields: BTreeMap<String, String>,
    /// Whether the code, the redirect URI and the verifier (RFC 7636 §4.6) are the right ones.
    pub right: bool,
}

impl Rogue {
    /// Starts one with these changes in its manners.
    pub fn start(change: impl FnOnce(&mut Manners)) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let mut manners = Manners::default();
        change(&mut manners);
        let inner = Arc::new(Inner {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            manners: Mutex::new(manners),
            seen: Mutex::default(),
            asked: Condvar::new(),
        });
        let shared = Arc::clone(&inner);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = Arc::clone(&shared);
                std::thread::spawn(move || {
                    if let Some(request) = Request::read(&stream) {
                        let now = now() + inner.manners.lock().unwrap().clock;
                        let date = http_date(now);
                        inner.answer(
                            &request,
                            &Reply {
                                stream: &stream,
                                date,
                            },
                            now,
                        );
                    }
                });
            }
        });
        Self { inner }
    }

    /// Changes the manners between two logins.
    pub fn change(&self, change: impl FnOnce(&mut Manners)) {
        change(&mut self.inner.manners.lock().unwrap());
    }

    pub fn issuer(&self) -> &str {
        &self.inner.issuer
    }

    /// Waits until it was asked for tokens so many times.
    pub fn wait_for_exchanges(&self, count: usize) {
        let seen = self.inner.seen();
        let too_few = |seen: &mut Seen| seen.exchanges.len() < count;
        drop(self.inner.asked.wait_while(seen, too_few).unwrap());
    }

    /// What it was asked so far.
    pub fn seen(&self) -> Seen {
        self.inner.seen().clone()
    }

    /// Its table of the configuration, by the name `desk`, for a public client.
    pub fn settings(&self) -> String {
        let issuer = self.issuer();
        format!("[provider.desk]\nkind = \"oidc\"\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\n")
    }

    /// The same for plain OAuth 2.0, with a numeric id and a list of addresses as GitHub has them.
    pub fn plain_settings(&self, name: &str) -> String {
        let issuer = self.issuer();
        format!(
            "[provider.{name}]\nkind = \"oauth2\"\nclient_id = \"{CLIENT_ID}\"\n\
             authorization_endpoint = \"{issuer}/authorize\"\ntoken_endpoint = \"{issuer}/token\"\n\
             userinfo_endpoint = \"{issuer}/userinfo\"\nemails_endpoint = \"{issuer}/emails\"\n\
             subject_field = \"id\"\n"
        )
    }
}

impl Inner {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }

    fn answer(&self, request: &Request, reply: &Reply<'_>, now: i64) {
        let manners = self.manners.lock().unwrap().clone();
        match request.path.as_str() {
            "/.well-known/openid-configuration" => {
                let document = manners.metadata.apply(self.metadata(), now);
                unless(&manners.discovery, request, reply, || reply.json(200, &document));
            }
            "/keys" => {
                let mut seen = self.seen();
                seen.keys += 1;
                let first = manners.keys_at_first.filter(|_| seen.keys == 1);
                drop(seen);
                reply.json(200, &tokens::key_set(&first.unwrap_or(manners.keys)));
            }
            "/authorize" => self.authorize(request, &manners, reply, now),
            "/token" => self.exchange(request, &manners, reply, now),
            "/device" => {
                self.seen().devices.push(Exchange {
                    authorization: request.headers.get("authorization").cloned(),
                    fields: request.fields.clone(),
                    right: true,
                });
                think(manners.device_code_after);
                let code = manners.device_code.apply(self.device(), now);
                unless(&manners.device_code_instead, request, reply, || {
                    reply.json(200, &code);
                });
            }
            "/userinfo" => {
                let authorized = request.headers.get("authorization");
                if authorized == Some(&format!("Bearer {ACCESS_TOKEN}")) {
                    let told = manners.user_info.apply(json!({"sub": SUBJECT}), now);
                    unless(&manners.user_info_instead, request, reply, || {
                        send_user_info(&told, &manners, reply, now);
                    });
                } else {
                    reply.json(401, &json!({"error": "invalid_token"}));
                }
            }
            "/emails" => reply.json(200, &manners.emails),
            _ => reply.html(404),
        }
    }

    /// The discovery document (OpenID Connect Discovery §3).
    fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"),
            "jwks_uri": format!("{issuer}/keys"),
            "device_authorization_endpoint": format!("{issuer}/device"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    /// Sends the browser back at once (RFC 6749 §4.1.2, RFC 9207 §2).
    fn authorize(&self, request: &Request, manners: &Manners, reply: &Reply<'_>, now: i64) {
        let number = {
            let mut seen = self.seen();
            seen.authorizations.push(request.fields.clone());
            seen.authorizations.len() - 1
        };
        let state = request.field("state");
        let back = json!({"code": format!("{CODE}{number}"), "state": state, "iss": self.issuer});
        let back = manners.callback.apply(back, now);
        let mut to = url::Url::parse(request.field("redirect_uri")).unwrap();
        for (name, value) in back.as_object().unwrap() {
            to.query_pairs_mut().append_pair(name, value.as_str().unwrap());
        }
        reply.redirect(to.as_str());
    }

    /// RFC 6749 §4.1.3 and RFC 8628 §3.4.
    fn exchange(&self, request: &Request, manners: &Manners, reply: &Reply<'_>, now: i64) {
        let is_device = request.field("grant_type").ends_with(":device_code");
        let number = request
            .field("code")
            .strip_prefix(CODE)
            .and_then(|number| number.parse().ok());
        let asked = number.and_then(|number: usize| self.seen().authorizations.get(number).cloned());
        let asked = asked.unwrap_or_default();
        let right = if is_device {
            request.field("device_code") == DEVICE_CODE
        } else {
            let challenge = tokens::base64url(Sha256::digest(request.field("code_verifier")));
            let is = |name: &str, value: &str| asked.get(name).is_some_and(|asked| asked == value);
            is("redirect_uri", request.field("redirect_uri"))
                && is("code_challenge", &challenge)
                && is("code_challenge_method", "S256")
        };
        self.seen().exchanges.push(Exchange {
            authorization: request.headers.get("authorization").cloned(),
            fields: request.fields.clone(),
            right,
        });
        self.asked.notify_all();
        if is_device {
            let mut manners = self.manners.lock().unwrap();
            if let Some(instead) = manners.device_instead.pop_front() {
                drop(manners);
                return unless(&instead, request, reply, || ());
            }
            if let Some(error) = manners.device.pop_front() {
                drop(manners);
                return reply.json(400, &json!({"error": error}));
            }
        }
        if !right {
            return reply.json(400, &json!({"error": "invalid_grant"}));
        }
        let mut claims = json!({
            "iss": self.issuer, "sub": SUBJECT, "aud": CLIENT_ID, "iat": now, "exp": now + 120,
            "at_hash": tokens::at_hash(ACCESS_TOKEN),
            "email": "ada@example.com", "email_verified": true,
            "given_name": "Ada", "family_name": "Lovelace", "locale": "en",
        });
        if let Some(nonce) = asked.get("nonce") {
            claims["nonce"] = json!(nonce);
        }
        let id_token = tokens::signed(&manners.claims.apply(claims, now), manners, now);
        self.seen().id_token.clone_from(&id_token);
        let tokens = json!({
            "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 60, "id_token": id_token,
        });
        let tokens = manners.tokens.apply(tokens, now);
        unless(&manners.token, request, reply, || {
            reply.json(manners.token_status, &tokens);
        });
    }

    /// RFC 8628 §3.2.
    fn device(&self) -> Value {
        json!({
            "device_code": DEVICE_CODE, "user_code": USER_CODE,
            "verification_uri": format!("{}/activate", self.issuer),
            "expires_in": 600, "interval": 1,
        })
    }
}

/// `UserInfo` in the form that was agreed (OpenID Connect Core §5.3.2).
fn send_user_info(told: &Value, manners: &Manners, reply: &Reply<'_>, now: i64) {
    match manners.user_info_form {
        UserInfoForm::Json => reply.json(200, told),
        UserInfoForm::Signed => reply.token(&tokens::signed(told, manners, now)),
        UserInfoForm::Forged => {
            let signed = tokens::signed(&json!({"sub": SUBJECT}), manners, now);
            let forged = tokens::signed(told, manners, now);
            let (content, _) = forged.rsplit_once('.').unwrap();
            let (_, signature) = signed.rsplit_once('.').unwrap();
            reply.token(&format!("{content}.{signature}"));
        }
        UserInfoForm::Encrypted => reply.token(&tokens::encrypted()),
    }
}

/// The proper answer, unless something comes instead.
fn unless(instead: &Instead, request: &Request, reply: &Reply<'_>, proper: impl FnOnce()) {
    match instead {
        Instead::Redirect if request.field("again").is_empty() => {
            reply.redirect(&format!("{}?again=1", request.path));
        }
        Instead::Nothing | Instead::Redirect => proper(),
        Instead::Json(status, body) => reply.json(*status, body),
        Instead::Html(status) => reply.html(*status),
        Instead::Silence => reply.silence(),
        Instead::Endless => reply.endless(),
        Instead::Echo => reply.json(
            401,
            &json!({"error": "invalid_client", "error_description": request.echo()}),
        ),
    }
}

#[expect(clippy::disallowed_methods, reason = "a provider has the time of day")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[expect(clippy::disallowed_methods, reason = "a provider takes its time")]
fn think(time: Duration) {
    std::thread::sleep(time);
}

/// RFC 9110 §5.6.7.
fn http_date(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap();
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
