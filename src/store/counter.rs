//! Counting while the bot works: in memory at once, in the store when there is time.

use super::Store;
use super::counts::{BatchId, CountKey};
use super::error::StoreError;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many different keys are held until they are written.
const KEYS: usize = 10_000;

/// Gathers counts and writes them to the store in batches. It knows no person: one count for a person and message is its
/// caller's care.
pub struct Counter {
    store: Arc<Store>,
    writer: u64,
    keys: usize,
    gathered: Mutex<Gathered>,
    /// The batch that is on its way to the store. Whoever writes holds it, and nobody who counts waits for that.
    leaving: Mutex<Batch>,
}

#[derive(Default)]
struct Gathered {
    counts: BTreeMap<CountKey, u64>,
    lost: u64,
}

#[derive(Default)]
struct Batch {
    number: u64,
    counts: BTreeMap<CountKey, u64>,
}

impl Counter {
    /// A counter that has counted nothing yet.
    pub fn new(store: Arc<Store>) -> Self {
        Self::with_keys(store, KEYS)
    }

    pub(super) fn with_keys(store: Arc<Store>, keys: usize) -> Self {
        Self { store, writer: by_chance(), keys, gathered: Mutex::default(), leaving: Mutex::default() }
    }

    /// Counts one. It never waits for the store and never fails; where too many different keys wait for a store that is down,
    /// those of a new kind are lost.
    pub fn count(&self, key: CountKey) {
        let mut gathered = locked(&self.gathered);
        if gathered.counts.len() < self.keys || gathered.counts.contains_key(&key) {
            let number = gathered.counts.entry(key).or_default();
            *number = number.saturating_add(1);
            return;
        }
        gathered.lost = gathered.lost.saturating_add(1);
        if gathered.lost == 1 {
            tracing::warn!(
                kinds = self.keys,
                "the store takes no counts and there is no room for more; some are lost\n\
                 hint: see what was said of the store before"
            );
        }
    }

    /// How many counts were lost since the start.
    pub fn lost(&self) -> u64 {
        locked(&self.gathered).lost
    }

    /// Writes what was gathered: to be called now and then, and before the process ends. What can't be written is kept for the
    /// next time.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn flush(&self) -> Result<(), StoreError> {
        let mut leaving = locked(&self.leaving);
        // First what couldn't be written before, under the number that it had: it may have arrived.
        self.write(&mut leaving)?;
        leaving.number += 1;
        leaving.counts = std::mem::take(&mut locked(&self.gathered).counts);
        self.write(&mut leaving)
    }

    /// The counts of a collection on these days. What this process counted is written before, so that it is among them.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn counts(&self, collection: &str, days: RangeInclusive<Date>) -> Result<BTreeMap<CountKey, u64>, StoreError> {
        self.flush()?;
        self.store.counts(collection, days)
    }

    fn write(&self, batch: &mut Batch) -> Result<(), StoreError> {
        if !batch.counts.is_empty() {
            self.store.add(BatchId { writer: self.writer, number: batch.number }, &batch.counts)?;
            batch.counts.clear();
        }
        Ok(())
    }
}

/// A number that nobody else has. The standard library takes the keys of its maps by chance.
pub(super) fn by_chance() -> u64 {
    RandomState::new().build_hasher().finish()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
