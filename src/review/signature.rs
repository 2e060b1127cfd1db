//! What a person signs with.

use crate::faq::{MAX_ROLE, unfit_line, units};
use jiff::ToSpan;
use jiff::civil::Date;

/// A review that a person made: their role, its day, and until when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The reviewer's role ("rheumatologist"), never a name.
    pub role: String,
    /// The day of the review.
    pub on: Date,
    /// The day by which the entry is to be looked at again.
    pub until: Date,
}

impl Signature {
    /// A signature, if all of it makes sense today; else all that doesn't, each with what to do. Without `until` it holds for a
    /// year.
    ///
    /// # Errors
    /// When the role can't be shown on a card, the review lies ahead, or its end doesn't.
    pub fn new(role: &str, on: Date, until: Option<Date>, today: Date) -> Result<Self, Vec<String>> {
        let role = role.trim();
        let until = until.unwrap_or_else(|| on.saturating_add(1.year()));
        let mut wrong = Vec::new();
        if role.is_empty() {
            wrong.push("the role is empty\nhint: name who reviewed it, such as --as rheumatologist".to_owned());
        }
        if units(role) > MAX_ROLE {
            wrong.push(format!("the role has {} characters\nhint: a card has room for {MAX_ROLE}", units(role)));
        }
        if let Some(unfit) = unfit_line(role) {
            wrong.push(format!("the role holds {}\nhint: {}", unfit.what, unfit.mend));
        }
        if on > today {
            wrong
                .push(format!("a review on {on} lies ahead: today is {today}\nhint: --on names the day of the review"));
        }
        if until <= today {
            wrong.push(format!(
                "a review that is due again on {until} is over already: today is {today}\n\
                 hint: --until names the day of the next review"
            ));
        }
        if wrong.is_empty() { Ok(Self { role: role.to_owned(), on, until }) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(role: &str, on: Date, until: Option<Date>, expected: &[&str]) {
        let told = Signature::new(role, on, until, date(2026, 11, 23)).err().unwrap_or_default();
        let first = told.iter().map(|told| told.lines().next().unwrap_or_default()).collect::<Vec<_>>();
        assert_eq!(first, expected);
        assert!(told.iter().all(|told| told.contains("\nhint: ")), "{told:?}");
    }

    #[test]
    fn all_that_makes_no_sense_is_told_at_once() {
        check("rheumatologist", date(2026, 11, 23), None, &[]);
        check("nurse", date(2026, 11, 1), Some(date(2026, 11, 24)), &[]);
        check(
            " ",
            date(2026, 11, 24),
            None,
            &["the role is empty", "a review on 2026-11-24 lies ahead: today is 2026-11-23"],
        );
        check(
            "@everyone",
            date(2024, 11, 23),
            None,
            &[
                "the role holds `@everyone`, which Discord reads as a mention",
                "a review that is due again on 2025-11-23 is over already: today is 2026-11-23",
            ],
        );
        check(&"r".repeat(41), date(2026, 11, 23), None, &["the role has 41 characters"]);
    }

    #[test]
    fn without_an_end_it_holds_for_a_year() {
        let signed = Signature::new(" nurse ", date(2024, 2, 29), None, date(2024, 3, 1)).unwrap();
        assert_eq!((signed.role.as_str(), signed.until), ("nurse", date(2025, 2, 28)));
    }
}
