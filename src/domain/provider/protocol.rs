//! How we talk to a provider.

/// The protocol of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// `OpenID` Connect: the endpoints are discovered.
    Oidc(Oidc),
    /// OAuth 2.0 without `OpenID` Connect: the configuration names each endpoint.
    OAuth2(Box<OAuth2>),
}

impl Protocol {
    /// Whether the texts `"true"` and `"false"` count as what they say, where the provider says
    /// whether an e-mail address is verified.
    #[must_use]
    pub fn email_verified_as_text(&self) -> bool {
        match self {
            Self::Oidc(oidc) => oidc.email_verified_as_text,
            Self::OAuth2(oauth2) => oauth2.email_verified_as_text,
        }
    }
}

/// The settings of an `OpenID` Connect provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oidc {
    /// The issuer, byte for byte as the provider gives it.
    pub issuer: String,
    /// The algorithms with which an ID token can be signed.
    pub algorithms: Vec<SigningAlgorithm>,
    /// The claim that says whether the e-mail address is verified.
    pub email_verified_claim: String,
    /// Whether the text `"true"` in this claim counts as `true` (and `"false"` as `false`).
    pub email_verified_as_text: bool,
}

/// The settings of a plain OAuth 2.0 provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2 {
    /// The page where a person signs in.
    pub authorization_endpoint: String,
    /// The endpoint that exchanges the code for a token.
    pub token_endpoint: String,
    /// The endpoint that issues device codes, if there is one.
    pub device_authorization_endpoint: Option<String>,
    /// The endpoint that says who signed in.
    pub userinfo_endpoint: String,
    /// The endpoint that lists the e-mail addresses of the person, each with `email`, `primary` and
    /// `verified`, as GitHub has it.
    pub emails_endpoint: Option<String>,
    /// The field with the id of the person. It never changes.
    pub subject_field: String,
    /// The field with the e-mail address.
    pub email_field: String,
    /// The field that is `true` if the e-mail address is verified.
    pub email_verified_field: Option<String>,
    /// Whether the text `"true"` in this field counts as `true` (and `"false"` as `false`).
    pub email_verified_as_text: bool,
    /// The field with the first name.
    pub first_name_field: Option<String>,
    /// The field with the last name.
    pub last_name_field: Option<String>,
    /// The field with the whole name, for a provider without fields for first and last name.
    pub name_field: Option<String>,
}

/// How a client sends its secret (RFC 6749 §2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientAuth {
    /// In the `Authorization` header.
    #[default]
    Basic,
    /// In the body.
    Post,
}

impl ClientAuth {
    /// The word for this in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Post => "post",
        }
    }
}

/// The algorithms with a public key (RFC 7518 §3.1). `none` and algorithms with a shared secret are
/// left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519 (RFC 8037).
    EdDsa,
}

impl SigningAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 9] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
    ];

    /// The name of the algorithm in the header of a token.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }
}
