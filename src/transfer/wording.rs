//! Sentences that stand in several reports.

use crate::faq::{Place, Problem, Severity};

/// What a row is.
pub(super) const ROW: &str = "an entry has a question and an answer, each under a name such as `question` and `answer`";

/// A row or a part of it that doesn't come in.
pub(super) fn error(place: &Place, what: impl Into<String>, valid: &str, mend: impl Into<String>) -> Problem {
    let place = place.clone();
    Problem { severity: Severity::Error, place, what: what.into(), valid: valid.to_owned(), mend: mend.into() }
}

/// The same of a part of a row that is cut, while the row comes in; or of a row that changes nothing.
pub(super) fn warning(place: &Place, what: impl Into<String>, valid: &str, mend: impl Into<String>) -> Problem {
    Problem { severity: Severity::Warning, ..error(place, what, valid, mend) }
}

/// A number of things.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
