//! Standings in words.

use crate::faq::{Entry, Standing};

/// The standing of an entry in a few words, for its keepers and its reviewer.
pub fn worded(entry: &Entry) -> &'static str {
    match entry.standing {
        Standing::NotReviewed => "not reviewed",
        Standing::Reviewed => "reviewed",
        Standing::ChangedSince { serves_approved: false } => "changed since its review",
        Standing::ChangedSince { serves_approved: true } => "changed since; the signed text is served",
        Standing::Overdue if entry.edit.is_some() => "overdue, and changed since its review",
        Standing::Overdue => "overdue",
        Standing::Unsigned => "withheld: nobody signed it",
        Standing::Withdrawn => "withdrawn: long overdue",
    }
}
