//! `/faq stats` and `/faq gaps`: what was counted, told to the moderators so that nobody can be read from it.
//!
//! | file | what it is |
//! |---|---|
//! | `rounded` | a count as it may be shown, and why so |
//! | `span` | the days that are meant, and the bars that they make |
//! | `stats` | how much was asked, what was answered, what helped |
//! | `picture` | the same over time, as a chart |
//! | `gaps` | what members asked that the FAQ has nothing on |
//! | `wording` | what is said |

pub(super) mod gaps;
mod picture;
mod rounded;
mod span;
pub(super) mod stats;
#[cfg(test)]
mod tests;
mod wording;

use super::list::fitting;
use super::said;
use crate::answer::Reply;
use crate::bot::conversation::Turn;
use crate::faq::Collection;
use crate::store::{CountKey, Counted};
use jiff::civil::Date;
use rounded::Rounded;
use span::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The most characters of a list, so that one message holds two of them and what stands beside them.
const LIST: usize = 600;

/// What was counted of a collection on some days. Nothing leaves it but rounded.
pub(super) struct Figures {
    span: Span,
    counts: BTreeMap<CountKey, u64>,
}

impl Turn<'_> {
    /// What was counted on the last so many days, as `tell` puts it.
    pub(super) fn figures(
        &self,
        collection: &Collection,
        days: u16,
        tell: impl FnOnce(&Collection, &Figures) -> Reply,
    ) -> Reply {
        let span = Span::last(days, self.brain.day());
        let Some(counter) = &self.bot.counter else { return said(wording::NOTHING_IS_COUNTED) };
        match counter.counts(&collection.id, span.days()) {
            Ok(counts) => tell(collection, &Figures { span, counts }),
            Err(why) => {
                tracing::warn!(collection = %collection.id, "a moderator couldn't be shown the counts: {why}");
                said(wording::COUNTS_ARE_AWAY)
            }
        }
    }
}

impl Figures {
    /// How often what fits happened on all of the days.
    fn total(&self, fits: impl Fn(&Counted) -> bool) -> Rounded {
        self.within(&self.span.days(), fits)
    }

    /// How often what fits happened on these of the days.
    fn within(&self, days: &RangeInclusive<Date>, fits: impl Fn(&Counted) -> bool) -> Rounded {
        let counts = self.counts.iter().filter(|(key, _)| days.contains(&key.day) && fits(&key.what));
        Rounded::of(counts.fold(0, |sum, (_, count)| sum.saturating_add(*count)))
    }

    /// How often what is picked happened on all of the days, for each entry or topic that isn't few of: the most first, and
    /// equals by name, for the order must not tell more than the counts that are shown.
    fn each<'f>(&'f self, pick: impl Fn(&'f Counted) -> Option<&'f str>) -> Vec<(&'f str, Rounded)> {
        let mut sums = BTreeMap::<&str, u64>::new();
        for (key, count) in &self.counts {
            if let Some(subject) = pick(&key.what) {
                let sum = sums.entry(subject).or_default();
                *sum = sum.saturating_add(*count);
            }
        }
        let rounded = sums.into_iter().map(|(subject, sum)| (subject, Rounded::of(sum)));
        let mut many: Vec<_> = rounded.filter(|(_, count)| !count.is_few()).collect();
        many.sort_by_key(|(_, count)| Reverse(*count));
        many
    }
}

/// A list below its title; none where there is nothing to list.
fn list(title: &str, lines: impl Iterator<Item = String>) -> Option<String> {
    let lines = fitting(lines, LIST);
    (!lines.is_empty()).then(|| format!("**{title}**\n{lines}"))
}

/// What an entry is called: by its question, or by its id where it is gone.
fn name<'a>(collection: &'a Collection, entry: &'a str) -> &'a str {
    collection.entry(entry).map_or(entry, |entry| entry.question.as_str())
}
