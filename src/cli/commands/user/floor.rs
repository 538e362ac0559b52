//! What a command says where it made failed sign-ins slower.

use std::time::Duration;

use crate::cli::context::Context;

/// Tells that failed sign-ins are answered later from now on, until `who` has signed in.
pub fn tell_floor(context: &Context<'_>, floor: Option<Duration>, who: &str) {
    if let Some(floor) = floor {
        context.terminal.note(&format!(
            "failed sign-ins are answered after {} s until {who} signed in: the first sign-in replaces the hash \
             by a faster one",
            floor.as_secs_f64()
        ));
    }
}
