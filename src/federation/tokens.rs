//! The provider's answer to the exchange of a code: the tokens.

use std::fmt;

use oauth2::basic::BasicTokenType;
use oauth2::{ExtraTokenFields, StandardTokenResponse};
use serde::{Deserialize, Serialize};

/// The token that says who it is, beside those of OAuth 2.0.
#[derive(Serialize, Deserialize)]
pub(super) struct IdTokenField {
    #[serde(default)]
    pub(super) id_token: Option<String>,
}

/// Shows no token.
impl fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenField").finish_non_exhaustive()
    }
}

impl ExtraTokenFields for IdTokenField {}

pub(super) type Tokens = StandardTokenResponse<IdTokenField, BasicTokenType>;
