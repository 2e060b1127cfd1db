//! What lies between two steps of a moderator's work. It is lost with the process, which costs them one form.

use crate::workshop::{Bundle, Draft};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many things lie there at once.
const ROOM: NonZeroUsize = NonZeroUsize::new(200).unwrap();
/// The most bytes of all texts that lie there; the last one lies there whatever it has.
const MOST_BYTES: usize = 32 << 20;
/// How long something lies there: as long as Discord lets a private message be changed (Discord's documentation, "Followup
/// Messages").
const KEPT: Duration = Duration::from_secs(15 * 60);

/// Drafts and questions, each under a number that nobody guesses. What lies there for one collection isn't found for another.
pub(in crate::bot) struct Desk(LruCache<u64, Lying>);

struct Lying {
    collection: String,
    since: Instant,
    thing: Thing,
}

/// Something that lies there.
#[derive(Clone)]
pub(super) enum Thing {
    /// A draft.
    Draft(Box<Draft>),
    /// Several entries that came together.
    Bundle(Arc<Bundle>),
    /// A question that was tried.
    Question(String),
}

impl Thing {
    fn bytes(&self) -> usize {
        match self {
            Self::Draft(draft) => draft.text.len() + draft.diff.len(),
            Self::Bundle(bundle) => bundle.leaves.iter().map(|leaf| leaf.text.len()).sum(),
            Self::Question(question) => question.len(),
        }
    }
}

impl Desk {
    /// An empty desk.
    pub(in crate::bot) fn new() -> Self {
        Self(LruCache::new(ROOM))
    }

    /// Drops what has lain there for too long.
    pub(in crate::bot) fn forget(&mut self, now: Instant) {
        while self.0.peek_lru().is_some_and(|(_, lying)| now.saturating_duration_since(lying.since) >= KEPT) {
            self.0.pop_lru();
        }
    }

    /// Lays something down for a collection; its number, none where the system has no randomness.
    pub(super) fn lay(&mut self, collection: &str, thing: Thing, now: Instant) -> Option<u64> {
        let number = getrandom::u64().ok()?;
        self.lay_as(number, collection, thing, now);
        Some(number)
    }

    /// The same under a number that it had before.
    pub(super) fn lay_as(&mut self, number: u64, collection: &str, thing: Thing, now: Instant) {
        self.0.put(number, Lying { collection: collection.to_owned(), since: now, thing });
        let mut bytes: usize = self.0.iter().map(|(_, lying)| lying.thing.bytes()).sum();
        while bytes > MOST_BYTES && self.0.len() > 1 {
            bytes -= self.0.pop_lru().map_or(0, |(_, lying)| lying.thing.bytes());
        }
    }

    /// What lies there for a collection under a number. Looking at it doesn't keep it longer.
    pub(super) fn find(&self, collection: &str, number: u64) -> Option<Thing> {
        let lying = self.0.peek(&number).filter(|lying| lying.collection == collection)?;
        Some(lying.thing.clone())
    }

    /// Takes something away.
    pub(super) fn clear(&mut self, number: u64) {
        self.0.pop(&number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_found_for_its_collection_alone_and_for_a_quarter_of_an_hour() {
        let (mut desk, now) = (Desk::new(), Instant::now());
        let number = desk.lay("colds", Thing::Question("tea?".to_owned()), now).unwrap();
        let is_there = |desk: &Desk, collection| desk.find(collection, number).is_some();
        assert!(is_there(&desk, "colds") && !is_there(&desk, "chills"));
        desk.forget(now + KEPT / 2);
        assert!(is_there(&desk, "colds"));
        desk.forget(now + KEPT);
        assert!(!is_there(&desk, "colds"));
    }

    #[test]
    fn what_is_large_takes_the_place_of_what_lay_there_longest() {
        let (mut desk, now) = (Desk::new(), Instant::now());
        let mut lay = |bytes: usize| desk.lay("colds", Thing::Question("x".repeat(bytes)), now).unwrap();
        let numbers = [lay(MOST_BYTES / 2), lay(MOST_BYTES / 2), lay(1), lay(MOST_BYTES + 1)];
        assert_eq!(numbers.map(|number| desk.find("colds", number).is_some()), [false, false, false, true]);
        let small = desk.lay("colds", Thing::Question("tea?".to_owned()), now).unwrap();
        assert!(desk.find("colds", small).is_some() && desk.find("colds", numbers[3]).is_none());
    }
}
