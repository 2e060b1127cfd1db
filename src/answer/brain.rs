//! Every collection with its index, held together.

use super::Weights;
use crate::faq::Collection;
use crate::safety;
use crate::search::Index;
use arc_swap::ArcSwap;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every collection, searchable. Immutable: a reload makes a new one and swaps it whole.
#[derive(Clone)]
pub struct Brain {
    shelves: BTreeMap<String, Arc<Index>>,
    day: Date,
}

impl Brain {
    /// The brain over these indexes, on this day. All that every decision needs is ready afterwards, so that the first is as quick
    /// as the next.
    pub fn new(indexes: impl IntoIterator<Item = Index>, today: Date) -> Self {
        safety::ready();
        Weights::shipped();
        Self::of(indexes.into_iter().map(|index| index.on(today)), today)
    }

    /// The same brain on another day, on which other reviews are overdue. It shares all that is large.
    #[must_use]
    pub fn on(&self, today: Date) -> Self {
        Self::of(self.shelves.values().map(|index| index.on(today)), today)
    }

    fn of(indexes: impl Iterator<Item = Index>, day: Date) -> Self {
        let shelves = indexes.map(|index| (index.collection().id.clone(), Arc::new(index))).collect();
        Self { shelves, day }
    }

    /// The day whose standings it serves by.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The same with this index in the place of an earlier one of its collection.
    #[must_use]
    pub fn with(&self, index: &Index) -> Self {
        let mut shelves = self.shelves.clone();
        shelves.insert(index.collection().id.clone(), Arc::new(index.on(self.day)));
        Self { shelves, day: self.day }
    }

    /// The same without a collection.
    #[must_use]
    pub fn without(&self, collection: &str) -> Self {
        let mut shelves = self.shelves.clone();
        shelves.remove(collection);
        Self { shelves, day: self.day }
    }

    /// The index of a collection.
    pub fn index(&self, collection: &str) -> Option<&Index> {
        self.shelves.get(collection).map(Arc::as_ref)
    }

    /// The collection with this id.
    pub fn collection(&self, id: &str) -> Option<&Arc<Collection>> {
        self.index(id).map(Index::collection)
    }

    /// The ids of all collections, in order.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        self.shelves.keys().map(String::as_str)
    }
}

/// The brain that serves at the moment. Whoever answers takes it once for each question, so that no answer is of two versions.
pub struct Serving(ArcSwap<Brain>);

impl Serving {
    /// Serves with this brain from now on.
    pub fn new(brain: Brain) -> Self {
        Self(ArcSwap::from_pointee(brain))
    }

    /// The brain of this moment. It stays whole for as long as it is held.
    pub fn brain(&self) -> Arc<Brain> {
        self.0.load_full()
    }

    /// Serves by the standings of this day: to be called every minute or so. On the day that it serves by already, nothing
    /// happens.
    pub fn turn_to(&self, today: Date) {
        if self.brain().day() != today {
            self.change(|brain| brain.on(today));
        }
    }

    /// Puts a changed brain in its place, whoever else does so at the same time: `make` may be asked more than once.
    pub fn change(&self, make: impl Fn(&Brain) -> Brain) {
        self.0.rcu(|brain| make(brain));
    }
}
