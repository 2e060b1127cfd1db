//! Every collection with its index, held together.

use super::Weights;
use crate::faq::Collection;
use crate::safety;
use crate::search::Index;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every collection, searchable. Immutable: a reload makes a new one and swaps it whole.
pub struct Brain {
    shelves: BTreeMap<String, Index>,
}

impl Brain {
    /// The brain over these indexes. All that every decision needs is ready afterwards, so that the first is as quick as the next.
    pub fn new(indexes: impl IntoIterator<Item = Index>) -> Self {
        safety::ready();
        Weights::shipped();
        let shelves = indexes.into_iter().map(|index| (index.collection().id.clone(), index)).collect();
        Self { shelves }
    }

    /// The index of a collection.
    pub fn index(&self, collection: &str) -> Option<&Index> {
        self.shelves.get(collection)
    }

    /// The collection with this id.
    pub fn collection(&self, id: &str) -> Option<&Arc<Collection>> {
        self.shelves.get(id).map(Index::collection)
    }

    /// The ids of all collections, in order.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        self.shelves.keys().map(String::as_str)
    }
}
