//! What a command says of the hashes that it stored.

use std::time::Duration;

use crate::cli::answer::counted;
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

/// Tells how many of the stored hashes are weak.
pub fn tell_weak(context: &Context<'_>, weak: u64) {
    if weak > 0 {
        context.terminal.note(&format!(
            "{} protected by a weak hash (MD5, SHA-1 or too few rounds) until the user signs in: the first \
             sign-in replaces the hash by a strong one",
            counted(weak, "password is", "passwords are")
        ));
    }
}
