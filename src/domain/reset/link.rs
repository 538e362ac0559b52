//! The URL of reset links, and the token in a pasted text.

use secrecy::SecretString;
use url::Url;

use crate::domain::provider::is_loopback;
use crate::domain::text::is_hostile;
use crate::domain::token::{MalformedToken, PlainToken, TokenKind};

/// The template of reset links: a URL with a place for the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTemplate(String);

/// Why a text can't be the URL of reset links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The text is not an absolute URL.
    #[error("an absolute URL is needed, such as https://desk.example.com")]
    NotAbsolute,
    /// The connection would not be encrypted, so that others could read the token.
    #[error("https is needed; http only leads to this machine itself")]
    NotSecure,
    /// The URL holds `user:password@` before the host.
    #[error("a user or a password can't stand in it")]
    Credentials,
    /// No connection can be made to port 0.
    #[error("port 0 can't be reached")]
    Port,
    /// The base URL holds `?…` or `#…`. The path of the link would become a part of the query or the
    /// fragment.
    #[error("it must end with the host or a path: a query (`?…`) or a fragment (`#…`) can't stand in it")]
    QueryOrFragment,
    /// The template has no place for the token, or several.
    #[error("the link needs `{{token}}` once, after the host")]
    NoToken,
    /// The text holds a character that a URL can't hold.
    #[error("a URL holds no blanks, quotes, backslashes, braces or control characters")]
    Character,
}

impl LinkTemplate {
    /// The default template. The token stands in the fragment, which is not sent to a server (OWASP
    /// ASVS 5.0 14.2.1).
    pub const DEFAULT: &'static str = "{base_url}/reset#token={token}";

    /// Puts `base_url` into `template`.
    ///
    /// # Errors
    /// [`LinkError`] if the links would be unsafe or would not work.
    pub fn new(template: &str, base_url: &str) -> Result<Self, LinkError> {
        check_base(base_url)?;
        let link = template.replace("{base_url}", base_url.trim_end_matches('/'));
        if link.matches("{token}").count() != 1 || authority(&link).contains("{token}") {
            return Err(LinkError::NoToken);
        }
        check_url(&link.replace("{token}", "x"))?;
        Ok(Self(link))
    }

    /// The link with this token.
    #[must_use]
    pub fn with(&self, token: &PlainToken) -> SecretString {
        self.0.replace("{token}", token.expose()).into()
    }
}

/// Checks the beginning of links: scheme, host and, if there is one, the path.
///
/// # Errors
/// Each [`LinkError`] but [`LinkError::NoToken`].
pub fn check_base(url: &str) -> Result<(), LinkError> {
    let parsed = check_url(url)?;
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(LinkError::QueryOrFragment);
    }
    Ok(())
}

fn check_url(text: &str) -> Result<Url, LinkError> {
    // The parser, which is made for browsers, skips white space and changes `\` to `/`.
    let odd = |c: char| c.is_whitespace() || is_hostile(c) || "\"<>\\`{}".contains(c);
    if text.chars().any(odd) {
        return Err(LinkError::Character);
    }
    let authority = authority(text);
    if authority.is_empty() || authority.ends_with(':') {
        return Err(LinkError::NotAbsolute);
    }
    if authority.contains('@') {
        return Err(LinkError::Credentials);
    }
    let url = Url::parse(text).map_err(|_| LinkError::NotAbsolute)?;
    match (url.scheme(), url.port()) {
        ("https" | "http", Some(0)) => Err(LinkError::Port),
        ("https", _) => Ok(url),
        ("http", _) if is_loopback(&url) => Ok(url),
        ("http", _) => Err(LinkError::NotSecure),
        _ => Err(LinkError::NotAbsolute),
    }
}

/// The part between `://` and the path: user, host and port.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Finds the reset token in a pasted text, which can be the token or the whole link.
///
/// # Errors
/// [`MalformedToken`] if the text holds no token, or only a part of one.
pub fn token_in(text: &str) -> Result<PlainToken, MalformedToken> {
    let text = text.trim();
    let start = text.find(TokenKind::Reset.prefix()).ok_or(MalformedToken)?;
    let rest = text.get(start..).ok_or(MalformedToken)?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    PlainToken::parse(TokenKind::Reset, rest.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{NoRandomness, RandomSource};
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    struct Fixed;

    impl RandomSource for Fixed {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            buffer.fill(0xA7);
            Ok(())
        }
    }

    fn token() -> PlainToken {
        PlainToken::draw(TokenKind::Reset, &Fixed).unwrap()
    }

    #[test]
    fn a_link_leads_over_https_or_to_this_machine() {
        let made = |base| LinkTemplate::new(LinkTemplate::DEFAULT, base);
        for base in [
            "https://desk.example.com",
            "https://desk.example.com/",
            "http://localhost:8080",
            "http://127.0.0.1",
            "http://[::1]:3000",
        ] {
            assert!(made(base).is_ok(), "{base}");
        }
        for (base, error) in [
            ("http://desk.example.com", LinkError::NotSecure),
            ("http://localhost.example.com", LinkError::NotSecure),
            ("http://127.0.0.1@evil.example", LinkError::Credentials),
            ("https://ada:pw@desk.example.com", LinkError::Credentials),
            ("https://desk.example.com\\@evil.example", LinkError::Character),
            ("https://desk.example.com:0", LinkError::Port),
            ("http://localhost:0", LinkError::Port),
            ("https://desk.example.com:65536", LinkError::NotAbsolute),
            ("https://desk.example.com:", LinkError::NotAbsolute),
            ("https://desk.example.com:x", LinkError::NotAbsolute),
            ("https:///desk.example.com", LinkError::NotAbsolute),
            ("https:desk.example.com", LinkError::NotAbsolute),
            ("https://desk..example\u{202E}.com", LinkError::Character),
            ("https://desk.example.com/?", LinkError::QueryOrFragment),
            ("https://desk.example.com?lang=de", LinkError::QueryOrFragment),
            ("https://desk.example.com/#", LinkError::QueryOrFragment),
            ("https://desk.example.com/app#/login", LinkError::QueryOrFragment),
            ("https://desk.example.com/{token}", LinkError::Character),
            ("desk.example.com", LinkError::NotAbsolute),
            ("javascript://x", LinkError::NotAbsolute),
            ("https://", LinkError::NotAbsolute),
            ("https://desk.example.com/a b", LinkError::Character),
            ("https://desk.example.com\r\nBcc: x", LinkError::Character),
        ] {
            assert_eq!(made(base), Err(error), "{base}");
        }
    }

    #[test]
    fn a_template_has_the_token_once_after_the_host_and_may_have_a_query_and_a_fragment() {
        let made = |template| LinkTemplate::new(template, "https://desk.example.com/app");
        for template in [
            "{base_url}/reset#token={token}",
            "{base_url}/#/reset?token={token}",
            "{base_url}/reset?lang=de#{token}",
            "https://login.example.com/{token}",
        ] {
            assert!(made(template).is_ok(), "{template}");
        }
        for (template, error) in [
            ("{base_url}/{token}/{token}", LinkError::NoToken),
            ("{base_url}/reset", LinkError::NoToken),
            ("https://{token}.example.com/", LinkError::NoToken),
            ("https://{token}@desk.example.com/", LinkError::NoToken),
            ("{base_url}/{email}#{token}", LinkError::Character),
            ("http://desk.example.com/#{token}", LinkError::NotSecure),
            ("/reset#{token}", LinkError::NotAbsolute),
        ] {
            assert_eq!(made(template), Err(error), "{template}");
        }
    }

    #[test]
    fn the_token_stands_in_the_fragment() {
        let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com/").unwrap();
        let url = link.with(&token());
        let expected = format!("https://desk.example.com/reset#token={}", token().expose());
        assert_eq!(url.expose_secret(), expected);
    }

    #[test]
    fn the_token_is_found_in_what_was_pasted() {
        let plain = token();
        for text in [
            plain.expose().to_owned(),
            format!(" https://desk.example.com/reset#token={}\n", plain.expose()),
            format!("https://evil.example/?a=b&token={}&c=d", plain.expose()),
            format!("<{}>", plain.expose()),
        ] {
            assert_eq!(token_in(&text).unwrap().hash(), plain.hash(), "{text}");
        }
        let cut = &plain.expose()[..40];
        assert!(token_in(cut).is_err());
        let session = PlainToken::draw(TokenKind::Session, &Fixed).unwrap();
        assert!(token_in(session.expose()).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}", base in "\\PC{0,40}") {
            let _ = token_in(&text);
            let _ = token_in(&format!("bo_r_{text}"));
            let _ = LinkTemplate::new(&text, &base);
        }
    }
}
