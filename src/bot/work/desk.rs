//! What lies between two steps of a moderator's work. It is lost with the process, which costs them one form.

use crate::workshop::{Draft, Fields};
use lru::LruCache;
use std::num::NonZeroUsize;

/// How many things lie there at once.
const ROOM: NonZeroUsize = NonZeroUsize::new(200).unwrap();

/// Drafts and questions, by number.
pub(in crate::bot) struct Desk {
    things: LruCache<u64, Thing>,
    last: u64,
}

/// Something that lies there.
#[derive(Clone)]
pub(super) enum Thing {
    /// A draft, and the fields that it was made of.
    Draft(Box<Draft>, Box<Fields>),
    /// A question that was tried.
    Question(String),
}

impl Desk {
    /// An empty desk. Its numbers begin at a chance one, so that a control of an earlier process finds nothing.
    pub(in crate::bot) fn new() -> Self {
        Self { things: LruCache::new(ROOM), last: getrandom::u64().unwrap_or_default() >> 16 }
    }

    /// Lays something down; its number.
    pub(super) fn lay(&mut self, thing: Thing) -> u64 {
        self.last += 1;
        self.things.put(self.last, thing);
        self.last
    }

    /// What lies there under a number.
    pub(super) fn find(&mut self, number: u64) -> Option<Thing> {
        self.things.get(&number).cloned()
    }

    /// Takes something away.
    pub(super) fn clear(&mut self, number: u64) {
        self.things.pop(&number);
    }
}
