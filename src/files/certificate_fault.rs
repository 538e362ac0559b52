//! Why a server's certificate is not trusted.

/// Why a server's certificate is not trusted, from the words of the TLS library: its error types
/// are not handed on by the libraries for mail and HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// Nobody who is trusted here signed it.
    #[error("the certificate comes from an authority that isn't known here")]
    UnknownAuthority,
    /// It says of itself that it is the certificate of an authority. Then it can't be that of a
    /// server (RFC 5280 §4.2.1.9), even if it is trusted itself.
    #[error("the certificate is marked as that of an authority (CA:TRUE), and a server can't use it")]
    MarkedAsAuthority,
    /// It is for another name.
    #[error("the certificate is for another name")]
    OtherName,
    /// Its time is over.
    #[error("the certificate has expired")]
    Expired,
    /// Its time has not come.
    #[error("the certificate isn't valid yet")]
    NotYetValid,
}

impl CertificateFault {
    /// What to do about [`MarkedAsAuthority`](Self::MarkedAsAuthority): `openssl req -x509` makes
    /// that mark unless it is told not to.
    pub(crate) const UNMARK: &'static str = "make a certificate without that mark: add `-addext basicConstraints=critical,CA:FALSE` to the `openssl req -x509` that made it";

    /// The fault that these words tell.
    pub(crate) fn of(said: &str) -> Option<Self> {
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if says(&["CaUsedAsEndEntity"]) {
            Some(Self::MarkedAsAuthority)
        } else if says(&["UnknownIssuer"]) {
            Some(Self::UnknownAuthority)
        } else if says(&["not valid for name", "NotValidForName"]) {
            Some(Self::OtherName)
        } else if says(&["not valid yet", "NotValidYet"]) {
            Some(Self::NotYetValid)
        } else if says(&["expired", "Expired"]) {
            Some(Self::Expired)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_tls_library_are_told_apart() {
        for (said, fault) in [
            ("UnknownIssuer", CertificateFault::UnknownAuthority),
            (
                "Other(OtherError(CaUsedAsEndEntity))",
                CertificateFault::MarkedAsAuthority,
            ),
            (
                "certificate not valid for name \"localhost\"",
                CertificateFault::OtherName,
            ),
            (
                "certificate expired: verification time 2",
                CertificateFault::Expired,
            ),
            (
                "certificate not valid yet: verification time 1",
                CertificateFault::NotYetValid,
            ),
        ] {
            let said = format!("invalid peer certificate: {said}");
            assert_eq!(CertificateFault::of(&said), Some(fault), "{said}");
        }
        assert_eq!(CertificateFault::of("corrupt message"), None);
    }
}
