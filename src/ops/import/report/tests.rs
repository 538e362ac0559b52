use super::*;
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::testing::{assert_codes, coded};
use crate::domain::user::{Status, TransitionRefused};
use crate::ops::Error;
use crate::ops::import::{ImportError, ImportProblem, ReadError, RowError};

fn report(problem: ImportProblem) -> ImportReport {
    let failure = ImportFailure {
        line: 1,
        email: None,
        problem,
    };
    let mut failures = RefusedRows::default();
    failures.add(failure);
    ImportReport::default().with(failures)
}

fn conflicting() -> ImportProblem {
    ImportProblem::Refused(Box::new(Error::IdentityTaken))
}

#[test]
fn each_code_of_an_import_is_the_one_it_always_was() {
    use ImportError as E;
    let codes = coded!(E,
        E::Read(_) => (E::Read(ReadError::Empty), "invalid_input"),
        E::Refused(_) => (E::Refused(Box::new(report(conflicting()))), "conflicting_rows"),
        E::Other(_) => (E::Other(Error::IdentityTaken), "identity_taken"),
    );
    assert_codes(&codes, &[]);
}

#[test]
fn a_refused_row_has_the_code_of_its_refusal_only_where_that_says_enough() {
    let refused = |error: Error| ImportProblem::Refused(Box::new(error)).code();
    assert_eq!(ImportProblem::Row(RowError::Id).code(), "invalid_row");
    assert_eq!(ImportProblem::Repeated { line: 1 }.code(), "repeated_row");
    assert_eq!(
        refused(Error::EmailTaken {
            email: "ada@example.com".parse().unwrap(),
            status: Status::Active,
        }),
        "email_taken"
    );
    assert_eq!(
        refused(Error::IdTaken(crate::domain::ids::UserId(uuid::Uuid::nil()))),
        "id_taken"
    );
    assert_eq!(refused(Error::IdentityTaken), "identity_taken");
    assert_eq!(
        refused(Error::GroupNotFound {
            name: "support".parse().unwrap(),
            nearest: None,
        }),
        "group_not_found"
    );
    assert_eq!(
        refused(Error::AdministratorsNotAllowed),
        "administrators_not_allowed"
    );
    assert_eq!(
        refused(Error::Transition {
            email: "ada@example.com".parse().unwrap(),
            refused: TransitionRefused {
                from: Status::Deleted,
                to: "activated",
            },
        }),
        "transition_refused"
    );
    assert_eq!(
        refused(Error::WeakPassword(PasswordRefusal::Run)),
        "weak_password"
    );
    assert_eq!(
        refused(Error::LastAdministrator {
            email: "ada@example.com".parse().unwrap(),
        }),
        "refused"
    );
}

#[test]
fn a_report_says_whether_the_input_has_to_be_mended() {
    let malformed = report(ImportProblem::Row(RowError::Id));
    assert_eq!(
        (malformed.code(), malformed.is_malformed()),
        ("invalid_rows", true)
    );
    let conflicting = report(conflicting());
    assert_eq!(
        (conflicting.code(), conflicting.is_malformed()),
        ("conflicting_rows", false)
    );
}
