//! The algorithms with which an ID token can be signed.

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

/// Why a name is not the name of an algorithm that can be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AlgorithmFault {
    /// `none`: the token has no signature.
    #[error("must not hold \"none\": anybody could have made such a token")]
    Unsigned,
    /// An algorithm with a shared secret.
    #[error("must not hold HS256 or its like: anybody who has the client secret could make such a token")]
    SharedSecret,
    /// Another name.
    #[error("must be a list of signing algorithms")]
    Unknown,
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

    /// Reads the name of an algorithm.
    ///
    /// # Errors
    /// [`AlgorithmFault`] if no algorithm with a public key has this name.
    pub fn parse(name: &str) -> Result<Self, AlgorithmFault> {
        let found = Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name);
        found.ok_or(match name {
            "none" => AlgorithmFault::Unsigned,
            name if name.starts_with("HS") => AlgorithmFault::SharedSecret,
            _ => AlgorithmFault::Unknown,
        })
    }

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
