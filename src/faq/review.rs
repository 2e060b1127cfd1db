//! Review: who signed an entry, and what that is worth on a day.

use super::{Edit, Entry};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// Who looked at an entry, and until when that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The reviewer's role ("rheumatologist"), never a name of a person. Absent: nobody has reviewed the entry.
    pub reviewed_by: Option<String>,
    /// The day of the review.
    pub reviewed_on: Option<Date>,
    /// The day by which it should be looked at again; it counts for an entry that nobody has reviewed, too.
    pub review_by: Option<Date>,
    /// The hash of the text that was signed; see [`Wording::hash`](super::Wording::hash).
    pub approved: Option<String>,
}

impl Review {
    /// Whether somebody signed. Without the hash nobody can tell which text it was, so that all three are needed.
    pub fn is_signed(&self) -> bool {
        self.reviewed_by.is_some() && self.reviewed_on.is_some() && self.approved.is_some()
    }
}

/// What a review is worth in a collection: `[review]` of `collection.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRules {
    /// Which text of an entry is served.
    pub serve: Serve,
    /// How many days after its `review_by` an entry is served on.
    pub grace_days: u16,
}

impl Default for ReviewRules {
    /// The newest text is served, and for 90 days after its `review_by`.
    fn default() -> Self {
        Self { serve: Serve::Current, grace_days: 90 }
    }
}

impl ReviewRules {
    /// The last day on which an entry is served that was due on this day.
    pub fn last_day(&self, review_by: Date) -> Date {
        let grace: Span = i32::from(self.grace_days).days();
        review_by.saturating_add(grace)
    }
}

/// Which text of an entry is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Serve {
    /// The newest, signed or not; the card says which.
    Current,
    /// The one that was signed last. An entry that nobody signed is withheld.
    Approved,
}

impl Serve {
    /// Each with its name in files.
    pub const NAMES: [(&str, Self); 2] = [("current", Self::Current), ("approved", Self::Approved)];
}

/// What an entry's review comes to on a day. What weighs most is told: withheld before overdue, overdue before changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nobody has signed it.
    #[default]
    NotReviewed,
    /// It reads as it was signed, and its next review isn't due.
    Reviewed,
    /// It changed after it was signed.
    ChangedSince {
        /// Whether the text that was signed is served on.
        serves_approved: bool,
    },
    /// Its review is due, and it is served for the days of grace.
    Overdue,
    /// Withheld: the collection serves signed texts alone, and there is none.
    Unsigned,
    /// Withheld: the days of grace are over.
    Withdrawn,
}

impl Standing {
    /// The standing of an entry under these rules on this day.
    pub fn of(entry: &Entry, rules: ReviewRules, today: Date) -> Self {
        let due = entry.review.review_by.filter(|due| today > *due);
        match (due, &entry.edit) {
            (Some(due), _) if today > rules.last_day(due) => Self::Withdrawn,
            _ if rules.serve == Serve::Approved && !entry.serves_signed() => Self::Unsigned,
            (Some(_), _) => Self::Overdue,
            (None, Some(Edit::Served { .. })) => Self::ChangedSince { serves_approved: false },
            (None, Some(Edit::Waiting { .. })) => Self::ChangedSince { serves_approved: true },
            (None, None) if entry.review.is_signed() => Self::Reviewed,
            (None, None) => Self::NotReviewed,
        }
    }

    /// Whether the entry may not be shown.
    pub fn is_withheld(self) -> bool {
        matches!(self, Self::Unsigned | Self::Withdrawn)
    }
}
