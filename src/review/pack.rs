//! Which entries a reviewer is given, and what there is to say of each.

use super::reading_age;
use crate::faq::{Collection, Edit, Entry, Wording};
use jiff::civil::Date;

/// The entries of a collection that a reviewer is given on a day.
#[derive(Debug, Clone)]
pub struct Pack<'c> {
    /// The collection, on that day.
    pub collection: &'c Collection,
    /// The day.
    pub today: Date,
    /// Since when what was reviewed is left out.
    pub since: Option<Date>,
    /// A leaf for each entry, in the collection's order.
    pub leaves: Vec<Leaf<'c>>,
}

/// One entry as its reviewer reads it.
#[derive(Debug, Clone)]
pub struct Leaf<'c> {
    /// The entry.
    pub entry: &'c Entry,
    /// What its file says, which is what gets signed.
    pub newest: Wording,
    /// What was signed last, if that reads differently and is known.
    pub before: Option<Wording>,
    /// The estimated reading age of the passage.
    pub reading_age: Option<u32>,
}

impl<'c> Pack<'c> {
    /// The entries that need a look. Left out are those that were signed on `since` or later, haven't changed since they were
    /// signed, and aren't due; without `since` none is left out. `collection` is the one [on](Collection::on) `today`.
    pub fn of(collection: &'c Collection, today: Date, since: Option<Date>) -> Self {
        let wanted =
            collection.entries.iter().filter(|entry| since.is_none_or(|since| needs_look(entry, today, since)));
        let leaves = wanted.map(|entry| Leaf::of(entry, &collection.language)).collect();
        Self { collection, today, since, leaves }
    }
}

fn needs_look(entry: &Entry, today: Date, since: Date) -> bool {
    let review = &entry.review;
    let is_fresh = review.is_signed() && review.reviewed_on.is_some_and(|day| day >= since);
    let is_due = review.review_by.is_some_and(|day| day <= today);
    !is_fresh || is_due || entry.edit.is_some()
}

impl<'c> Leaf<'c> {
    fn of(entry: &'c Entry, language: &str) -> Self {
        let newest = entry.newest();
        let before = match &entry.edit {
            Some(Edit::Served { signed }) => signed.clone(),
            Some(Edit::Waiting { .. }) => Some(entry.wording()),
            None => None,
        };
        let reading_age = reading_age(&newest.passage, language);
        Self { entry, newest, before, reading_age }
    }

    /// The first letters of the hash of what gets signed: enough to tell that it is the same text still.
    pub fn mark(&self) -> String {
        self.newest.hash().chars().take(MARK).collect()
    }
}

/// The letters of a hash that a pack shows.
const MARK: usize = 12;
