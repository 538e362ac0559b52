//! The pages in German.

use super::ending::Ending;
use super::{Labels, Words};
use crate::domain::admission::Refusal;

pub(super) const LABELS: Labels = Labels {
    product: "Back Office",
    name: "Name",
    email: "E-Mail",
    provider: "Anmeldung mit",
    says: "schreibt:",
    origin: "Diese Seite kommt vom Programm „backoffice“, in dem Sie die Anmeldung begonnen haben.",
};

const CLOSE: &str = "Sie können dieses Fenster schließen und im Terminal weitermachen.";
const START_AGAIN: &str = "Sie können dieses Fenster schließen. Für einen neuen Versuch beginnen Sie die Anmeldung im Terminal noch einmal.";

pub(super) fn words(ending: &Ending) -> Words {
    match ending {
        Ending::SignedIn(_) => Words::new(
            "Sie sind angemeldet",
            "Willkommen zurück. Sie sind jetzt im Back Office angemeldet als:",
            CLOSE,
        ),
        Ending::Created(person) => Words::new(
            "Willkommen, Sie sind angemeldet",
            format!(
                "Ihr Konto im Back Office wurde eben angelegt. Ab jetzt melden Sie sich mit {} an. Sie sind angemeldet als:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::Linked(person) => Words::new(
            "Sie sind angemeldet",
            format!(
                "Ihr Konto im Back Office ist jetzt mit {} verknüpft, und Sie sind angemeldet als:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::LinkedByHand(person) => Words::new(
            "Das Konto ist verknüpft",
            format!(
                "Ab jetzt können Sie sich mit {} im Back Office anmelden als:",
                person.provider
            ),
            CLOSE,
        ),
        Ending::Refused { provider, refusal } => refused(provider, refusal),
        Ending::Denied { provider, error, .. } if error == "access_denied" => Words::new(
            "Sie sind nicht angemeldet",
            format!(
                "{provider} hat Sie zurückgeschickt, ohne Sie anzumelden. Entweder wurde dort abgebrochen, oder {provider} lässt Sie nicht ins Back Office. Es wurde nichts geändert."
            ),
            format!(
                "{START_AGAIN} Wenn nicht Sie abgebrochen haben, fragen Sie die Leute, die Ihr Back Office betreuen."
            ),
        ),
        Ending::Denied { provider, .. } => Words::new(
            "Sie sind nicht angemeldet",
            format!(
                "{provider} konnte Sie nicht anmelden und hat Sie mit einer Fehlermeldung zurückgeschickt. Es wurde nichts geändert."
            ),
            "Versuchen Sie es in ein paar Minuten noch einmal. Wenn es so bleibt, sagen Sie den Leuten, die Ihr Back Office betreuen, was hier steht.",
        ),
        Ending::ProviderFailed { provider } => Words::new(
            "Sie sind nicht angemeldet",
            format!(
                "Sie sind von {provider} zurückgekommen, aber danach hat {provider} nicht so geantwortet, wie es sollte. Es wurde nichts geändert."
            ),
            "Versuchen Sie es in ein paar Minuten noch einmal. Wenn es so bleibt, sagen Sie den Leuten Bescheid, die Ihr Back Office betreuen. Was passiert ist, steht im Terminal.",
        ),
        Ending::NotValid { provider } => Words::new(
            "Sie sind nicht angemeldet",
            format!(
                "Die Antwort von {provider} hat die Prüfungen nicht bestanden, die Ihr Konto schützen. Es wurde nichts geändert."
            ),
            "Beginnen Sie die Anmeldung im Terminal noch einmal. Wenn es wieder passiert, sagen Sie den Leuten Bescheid, die Ihr Back Office betreuen. Was nicht gestimmt hat, steht im Terminal.",
        ),
        Ending::Rehearsed { provider } => Words::new(
            "Das war nur eine Probe",
            format!(
                "{provider} hat bestätigt, wer Sie sind. Geändert wurde nichts: Es sollte sich nur zeigen, ob es ginge."
            ),
            "Sie können dieses Fenster schließen. Im Terminal steht, was geschehen wäre.",
        ),
        Ending::Over => Words::new(
            "Diese Anmeldung ist beendet",
            "Sie wurde schon beantwortet, oder es hat zu lange gedauert. Diese Seite hat nichts geändert.",
            "Sie können dieses Fenster schließen. Im Terminal steht, wie die Anmeldung ausgegangen ist, und Sie können dort eine neue beginnen.",
        ),
        Ending::BadLink => Words::new(
            "Dieser Link gehört nicht hierher",
            "Er ist nicht die Antwort auf die Anmeldung, die gerade wartet, und wurde deshalb nicht beachtet.",
            "Schließen Sie dieses Fenster und machen Sie in dem weiter, in dem Sie sich gerade anmelden, oder öffnen Sie noch einmal den Link aus dem Terminal.",
        ),
        Ending::WrongIssuer => Words::new(
            "Diese Antwort kommt von anderswo",
            "Sie kommt nicht von dem Dienst, bei dem Sie sich anmelden wollten, oder sagt es nicht. Sie wurde nicht beachtet, und niemand ist angemeldet.",
            "Öffnen Sie noch einmal den Link aus dem Terminal. Wenn es wieder passiert, sagen Sie den Leuten Bescheid, die Ihr Back Office betreuen.",
        ),
        Ending::OtherUser => Words::new(
            "Dieser Browser gehört jemand anderem",
            "Diese Anmeldung hat jemand anderes auf diesem Computer begonnen. Nur ein eigener Browser kann sie abschließen.",
            "Schließen Sie dieses Fenster und öffnen Sie den Link in einem Browser des Benutzers, der die Anmeldung begonnen hat.",
        ),
        Ending::Failed => Words::new(
            "Das hat nicht geklappt",
            "Sie sind richtig zurückgekommen, aber hier ließ es sich nicht abschließen. Niemand wurde angemeldet.",
            "Sie können dieses Fenster schließen. Im Terminal steht, was nicht geklappt hat und was Sie tun können.",
        ),
    }
}

fn refused(provider: &str, refusal: &Refusal) -> Words {
    let known = format!("{provider} hat bestätigt, wer Sie sind, aber");
    match refusal {
        Refusal::Unknown => Words::new(
            "Sie haben hier kein Konto",
            format!("{known} im Back Office gibt es kein Konto für Sie."),
            format!(
                "Bitten Sie die Leute, die Ihr Back Office betreuen, eines anzulegen. Wenn Sie eines mit einer anderen E-Mail-Adresse haben, melden Sie sich bei {provider} mit dieser an."
            ),
        ),
        Refusal::Administrator => Words::new(
            "Administratoren werden von Hand verknüpft",
            format!(
                "{known} Ihre E-Mail-Adresse gehört zu einem Administrator. Eine E-Mail-Adresse allein reicht nie, um einer zu sein."
            ),
            format!(
                "Melden Sie sich mit Ihrem Passwort an, oder bitten Sie einen anderen Administrator, Ihr Konto mit {provider} zu verknüpfen."
            ),
        ),
        Refusal::LinkedToAnother => Words::new(
            "Ihr Konto ist mit einem anderen verknüpft",
            format!("{known} Ihr Konto im Back Office ist mit einem anderen Konto bei {provider} verknüpft."),
            format!(
                "Melden Sie sich bei {provider} mit diesem anderen an. Wenn Sie es nicht mehr haben, fragen Sie die Leute, die Ihr Back Office betreuen."
            ),
        ),
        Refusal::Pending => Words::new(
            "Ihr Konto ist noch nicht freigeschaltet",
            format!("{known} Ihr Konto im Back Office ist noch nicht freigeschaltet."),
            "Bitten Sie die Leute, die Ihr Back Office betreuen, es freizuschalten, und melden Sie sich dann noch einmal an.",
        ),
        Refusal::Deactivated => Words::new(
            "Ihr Konto ist deaktiviert",
            format!("{known} Ihr Konto im Back Office wurde deaktiviert."),
            "Wenn Sie glauben, dass das ein Irrtum ist, fragen Sie die Leute, die Ihr Back Office betreuen.",
        ),
        Refusal::Deleted => Words::new(
            "Ihr Konto wurde gelöscht",
            format!("{known} Ihr Konto im Back Office wurde gelöscht."),
            "Wenn Sie glauben, dass das ein Irrtum ist, fragen Sie die Leute, die Ihr Back Office betreuen.",
        ),
        Refusal::EmailMissing => Words::new(
            "Ihre E-Mail-Adresse fehlt",
            format!("{known} keine E-Mail-Adresse mitgeteilt. So lässt sich Ihr Konto nicht finden."),
            format!(
                "Sorgen Sie dafür, dass Ihr Konto bei {provider} eine E-Mail-Adresse hat und sie weitergibt, und melden Sie sich dann noch einmal an. Oder bitten Sie die Leute, die Ihr Back Office betreuen, Ihr Konto zu verknüpfen."
            ),
        ),
        Refusal::EmailUnverified => Words::new(
            "Ihre E-Mail-Adresse ist nicht bestätigt",
            format!("{known} nicht, dass die E-Mail-Adresse dort wirklich Ihre ist."),
            format!(
                "Bestätigen Sie die Adresse bei {provider} und melden Sie sich dann noch einmal an. Oder bitten Sie die Leute, die Ihr Back Office betreuen, Ihr Konto zu verknüpfen."
            ),
        ),
        Refusal::EmailMalformed => Words::new(
            "Ihre E-Mail-Adresse geht hier nicht",
            format!(
                "{known} was von dort als Ihre E-Mail-Adresse kam, kann das Back Office nicht verwenden."
            ),
            format!(
                "Berichtigen Sie die Adresse bei {provider} und melden Sie sich dann noch einmal an. Oder bitten Sie die Leute, die Ihr Back Office betreuen, Ihr Konto zu verknüpfen."
            ),
        ),
        Refusal::LookAlike => Words::new(
            "Ihre E-Mail-Adresse sieht einer anderen ähnlich",
            format!(
                "{known} die E-Mail-Adresse dort sieht nur so aus wie eine, die das Back Office kennt: Einige ihrer Zeichen sind andere."
            ),
            format!(
                "Berichtigen Sie die Adresse bei {provider}, oder sagen Sie den Leuten Bescheid, die Ihr Back Office betreuen."
            ),
        ),
        Refusal::EmailDomain => Words::new(
            "Ihre E-Mail-Adresse ist nicht zugelassen",
            format!(
                "{known} auf diesem Weg sind nur E-Mail-Adressen bestimmter Organisationen zugelassen, und Ihre gehört nicht dazu."
            ),
            format!(
                "Melden Sie sich bei {provider} mit der Adresse Ihrer Organisation an, oder fragen Sie die Leute, die Ihr Back Office betreuen."
            ),
        ),
        Refusal::ClaimMissing(claim) => Words::new(
            "Sie sind noch nicht zugelassen",
            format!("{known} etwas nicht mitgeteilt, das hier verlangt wird. Es heißt „{claim}“."),
            "Fragen Sie die Leute, die Ihr Back Office betreuen, und sagen Sie ihnen, wie es heißt.",
        ),
        Refusal::ClaimDifferent(claim) => Words::new(
            "Sie sind nicht zugelassen",
            format!(
                "{known} eine Angabe über Sie ist nicht die, die hier verlangt wird. Sie heißt „{claim}“ und kann zum Beispiel eine Gruppe oder eine Rolle sein."
            ),
            "Fragen Sie die Leute, die Ihr Back Office betreuen, und sagen Sie ihnen, wie die Angabe heißt.",
        ),
    }
}
