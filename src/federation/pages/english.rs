//! The pages in English.

use super::ending::Ending;
use super::{Labels, Words};
use crate::domain::admission::Refusal;

pub(super) const LABELS: Labels = Labels {
    product: "Back Office",
    name: "Name",
    email: "E-mail",
    provider: "Sign-in with",
    says: "says:",
    origin: "This page comes from the program “backoffice”, where you started to sign in.",
};

const CLOSE: &str = "You can close this window and go on in the terminal.";
const START_AGAIN: &str = "You can close this window. To try again, start to sign in again in the terminal.";

pub(super) fn words(ending: &Ending) -> Words {
    match ending {
        Ending::SignedIn(_) => Words::new(
            "You’re signed in",
            "Welcome back. You are now signed in to the back office as:",
            CLOSE,
        ),
        Ending::Created(person) => Words::new(
            "Welcome, you’re signed in",
            format!(
                "Your account in the back office was just created. From now on you sign in with {}. You are signed in as:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::Linked(person) => Words::new(
            "You’re signed in",
            format!(
                "Your account in the back office is now linked to {}, and you are signed in as:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::LinkedByHand(person) => Words::new(
            "The account is linked",
            format!(
                "From now on, you can sign in to the back office with {} as:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::Refused { provider, refusal } => refused(provider, refusal),
        Ending::Denied { provider, error, .. } if error == "access_denied" => Words::new(
            "You aren’t signed in",
            format!(
                "{provider} sent you back without signing you in. Either it was cancelled there, or {provider} doesn’t let you into the back office. Nothing was changed."
            ),
            format!(
                "{START_AGAIN} If it was not you who cancelled, ask the people who run your back office."
            ),
        ),
        Ending::Denied { provider, .. } => Words::new(
            "You aren’t signed in",
            format!(
                "{provider} could not sign you in, and sent you back with an error. Nothing was changed."
            ),
            "Try again in a few minutes. If it stays like this, tell the people who run your back office what it says here.",
        ),
        Ending::ProviderFailed { provider } => Words::new(
            "You aren’t signed in",
            format!(
                "You came back from {provider}, but then {provider} didn’t answer as it should. Nothing was changed."
            ),
            "Try again in a few minutes. If it stays like this, tell the people who run your back office. The terminal says what happened.",
        ),
        Ending::NotValid { provider } => Words::new(
            "You aren’t signed in",
            format!(
                "What {provider} answered didn’t pass the checks that protect your account. Nothing was changed."
            ),
            "Start to sign in again in the terminal. If it happens again, tell the people who run your back office. The terminal says what was wrong.",
        ),
        Ending::Rehearsed { provider } => Words::new(
            "That was a rehearsal",
            format!(
                "{provider} has confirmed who you are. Nothing was changed: it was only to be seen whether it would work."
            ),
            "You can close this window. The terminal says what would have been done.",
        ),
        Ending::Over => Words::new(
            "This sign-in is over",
            "It has been answered already, or it took too long. This page changed nothing.",
            "You can close this window. The terminal says how the sign-in ended, and you can start a new one there.",
        ),
        Ending::BadLink => Words::new(
            "This link doesn’t belong here",
            "It isn’t the answer to the sign-in that is waiting, so it was ignored.",
            "Close this window and go on in the one where you were signing in, or open the link in the terminal again.",
        ),
        Ending::WrongIssuer => Words::new(
            "This answer comes from elsewhere",
            "It doesn’t come from the service that was asked to sign you in, or doesn’t say so. It was ignored, and nobody is signed in.",
            "Open the link in the terminal again. If it happens again, tell the people who run your back office.",
        ),
        Ending::OtherUser => Words::new(
            "This browser belongs to somebody else",
            "Another user of this computer started this sign-in, so only their own browser can finish it.",
            "Close this window, and open the link in a browser of the user who started to sign in.",
        ),
        Ending::Failed => Words::new(
            "That didn’t work",
            "You came back all right, but it could not be finished on this side. Nobody was signed in.",
            "You can close this window. The terminal says what went wrong, and what to do about it.",
        ),
    }
}

fn refused(provider: &str, refusal: &Refusal) -> Words {
    let known = format!("{provider} has confirmed who you are, but");
    match refusal {
        Refusal::Unknown => Words::new(
            "You have no account here",
            format!("{known} there is no account for you in the back office."),
            format!(
                "Ask the people who run your back office to create one. If you have one with another e-mail address, sign in with that one at {provider}."
            ),
        ),
        Refusal::Administrator => Words::new(
            "An administrator is linked by hand",
            format!(
                "{known} your e-mail address belongs to an administrator. An e-mail address alone is never enough to become one."
            ),
            format!(
                "Sign in with your password, or ask another administrator to link your account to {provider}."
            ),
        ),
        Refusal::LinkedToAnother => Words::new(
            "Your account is linked to another one",
            format!("{known} your account in the back office is linked to another account at {provider}."),
            format!(
                "Sign in at {provider} with that one. If you no longer have it, ask the people who run your back office."
            ),
        ),
        Refusal::Pending => Words::new(
            "Your account isn’t open yet",
            format!("{known} your account in the back office has not been activated."),
            "Ask the people who run your back office to activate it, then sign in again.",
        ),
        Refusal::Deactivated => Words::new(
            "Your account is deactivated",
            format!("{known} your account in the back office has been deactivated."),
            "If you think that this is a mistake, ask the people who run your back office.",
        ),
        Refusal::Deleted => Words::new(
            "Your account was deleted",
            format!("{known} your account in the back office has been deleted."),
            "If you think that this is a mistake, ask the people who run your back office.",
        ),
        Refusal::EmailMissing => Words::new(
            "Your e-mail address is missing",
            format!("{known} gave no e-mail address, so your account can’t be found."),
            format!(
                "See to it that your account at {provider} has an e-mail address and shares it, then sign in again. Or ask the people who run your back office to link your account."
            ),
        ),
        Refusal::EmailUnverified => Words::new(
            "Your e-mail address isn’t confirmed",
            format!("{known} doesn’t say that the e-mail address there is really yours."),
            format!(
                "Confirm the address at {provider}, then sign in again. Or ask the people who run your back office to link your account."
            ),
        ),
        Refusal::EmailMalformed => Words::new(
            "Your e-mail address can’t be used",
            format!("{known} what it gave as your e-mail address isn’t one that the back office can use."),
            format!(
                "Correct the address at {provider}, then sign in again. Or ask the people who run your back office to link your account."
            ),
        ),
        Refusal::LookAlike => Words::new(
            "Your e-mail address looks like another",
            format!(
                "{known} the e-mail address there only looks like one that the back office knows: some of its characters are others."
            ),
            format!("Correct the address at {provider}, or tell the people who run your back office."),
        ),
        Refusal::EmailDomain => Words::new(
            "Your e-mail address isn’t let in",
            format!(
                "{known} only e-mail addresses of certain organisations are let in this way, and yours isn’t one."
            ),
            format!(
                "Sign in at {provider} with the address of your organisation, or ask the people who run your back office."
            ),
        ),
        Refusal::ClaimMissing(claim) => Words::new(
            "You aren’t let in yet",
            format!("{known} doesn’t say something about you that is required here. It is called “{claim}”."),
            "Ask the people who run your back office, and tell them what it is called.",
        ),
        Refusal::ClaimDifferent(claim) => Words::new(
            "You aren’t let in",
            format!(
                "{known} something it says about you isn’t what is required here. It is called “{claim}”, and can be a group or a role, for example."
            ),
            "Ask the people who run your back office, and tell them what it is called.",
        ),
    }
}
