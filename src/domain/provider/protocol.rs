//! How we talk to a provider.

use super::algorithm::SigningAlgorithm;

/// The protocol of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// `OpenID` Connect: the endpoints are discovered.
    Oidc(Oidc),
    /// OAuth 2.0 without `OpenID` Connect: the configuration names each endpoint.
    OAuth2(Box<OAuth2>),
}

impl Protocol {
    /// The kind of the provider.
    #[must_use]
    pub fn kind(&self) -> ProviderKind {
        match self {
            Self::Oidc(_) => ProviderKind::Oidc,
            Self::OAuth2(_) => ProviderKind::OAuth2,
        }
    }

    /// The claim or the field that says whether an e-mail address is verified. A provider with a list
    /// of addresses says it in the list.
    #[must_use]
    pub fn email_verified_by(&self) -> Option<&str> {
        match self {
            Self::Oidc(oidc) => Some(&oidc.email_verified_claim),
            Self::OAuth2(oauth2) if oauth2.emails_endpoint.is_some() => None,
            Self::OAuth2(oauth2) => oauth2.email_verified_field.as_deref(),
        }
    }

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

/// The protocol of a provider, without its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderKind {
    /// `OpenID` Connect.
    Oidc,
    /// OAuth 2.0 without `OpenID` Connect.
    OAuth2,
}

impl ProviderKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Oidc, Self::OAuth2];

    /// The word for the kind in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
            Self::OAuth2 => "oauth2",
        }
    }
}

/// The settings of an `OpenID` Connect provider. [`Provider::new`](super::Provider::new) checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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

impl Oidc {
    /// A provider with this issuer, with the default of every other setting.
    pub fn new(issuer: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            algorithms: vec![SigningAlgorithm::Rs256, SigningAlgorithm::Es256],
            email_verified_claim: "email_verified".to_owned(),
            email_verified_as_text: false,
        }
    }
}

/// The settings of a plain OAuth 2.0 provider. [`Provider::new`](super::Provider::new) checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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

impl OAuth2 {
    /// A provider with these endpoints. The other settings have their defaults: the fields are those
    /// of `OpenID` Connect (Core §5.1).
    pub fn new(
        authorization_endpoint: impl Into<String>,
        token_endpoint: impl Into<String>,
        userinfo_endpoint: impl Into<String>,
    ) -> Self {
        let field = |name: &str| Some(name.to_owned());
        Self {
            authorization_endpoint: authorization_endpoint.into(),
            token_endpoint: token_endpoint.into(),
            device_authorization_endpoint: None,
            userinfo_endpoint: userinfo_endpoint.into(),
            emails_endpoint: None,
            subject_field: "sub".to_owned(),
            email_field: "email".to_owned(),
            email_verified_field: field("email_verified"),
            email_verified_as_text: false,
            first_name_field: field("given_name"),
            last_name_field: field("family_name"),
            name_field: field("name"),
        }
    }
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
