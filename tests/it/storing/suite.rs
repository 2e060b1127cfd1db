//! What every store does, whatever database carries it.

use super::child::{Child, save};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use pamphlet::store::{
    Author, BatchId, CountKey, Counted, Counter, Location, NewRevision, Revision, RevisionKind, RevisionState,
    ServerSettings, Store, StoreError, open,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

/// Runs every behaviour in a place of its own.
pub fn run(place: impl Fn(&str) -> Location) {
    let behaviours: [fn(&Location); 11] = [
        counts_add_up_and_stay,
        a_repeated_batch_is_counted_once,
        any_count_comes_back,
        a_counter_writes_what_it_counted,
        a_change_is_pending_then_done,
        an_entry_has_one_pending_change,
        a_history_is_newest_first,
        any_text_comes_back,
        settings_are_seen_by_others,
        many_may_write_at_once,
        a_kill_loses_and_doubles_nothing,
    ];
    for (behaviour, number) in behaviours.into_iter().zip(1..) {
        behaviour(&place(&format!("store_{number}")));
    }
}

/// A day of the month.
pub fn day(number: i8) -> Date {
    date(2026, 11, number)
}

fn key(collection: &str, number: i8, what: Counted) -> CountKey {
    CountKey { collection: collection.to_owned(), day: day(number), what }
}

/// The key of what is offered on a day of the month.
pub fn offered(collection: &str, number: i8) -> CountKey {
    key(collection, number, Counted::Offered)
}

/// All counts of a collection.
pub fn all(store: &Store, collection: &str) -> BTreeMap<CountKey, u64> {
    store.counts(collection, Date::MIN..=date(9999, 12, 31)).unwrap()
}

fn batch(number: u64) -> BatchId {
    BatchId { writer: 1, number }
}

fn counts_add_up_and_stay(place: &Location) {
    let store = open(place).unwrap();
    let answered = |entry: &str| Counted::Answered(entry.to_owned());
    let whats = [
        answered("green"),
        answered("black"),
        Counted::Offered,
        Counted::NotCovered,
        Counted::Urgent,
        Counted::Silent,
        Counted::Helpful("green".to_owned()),
        Counted::NotHelpful("green".to_owned()),
        Counted::Gap("milk".to_owned()),
    ];
    let first: BTreeMap<CountKey, u64> =
        whats.into_iter().zip(1..).map(|(what, number)| (key("tea", 1, what), number)).collect();
    let later = BTreeMap::from([(key("tea", 2, answered("green")), 1), (offered("coffee", 1), 7)]);
    store.add(batch(1), &first).unwrap();
    store.add(batch(2), &first).unwrap();
    store.add(batch(3), &later).unwrap();
    drop(store);
    let store = open(place).unwrap();
    let doubled: BTreeMap<CountKey, u64> = first.into_iter().map(|(key, number)| (key, 2 * number)).collect();
    assert_eq!(store.counts("tea", day(1)..=day(1)).unwrap(), doubled);
    assert_eq!(store.counts("tea", day(2)..=day(3)).unwrap(), [(key("tea", 2, answered("green")), 1)].into());
    assert_eq!(all(&store, "coffee"), [(offered("coffee", 1), 7)].into());
    assert_eq!(all(&store, "tea").len(), doubled.len() + 1);
}

fn a_repeated_batch_is_counted_once(place: &Location) {
    let store = open(place).unwrap();
    let counts = BTreeMap::from([(offered("tea", 1), 3)]);
    for batch in [batch(1), batch(1), BatchId { writer: u64::MAX, number: 1 }, batch(2), batch(1)] {
        store.add(batch, &counts).unwrap();
    }
    assert_eq!(all(&store, "tea"), [(offered("tea", 1), 9)].into(), "two batches of one writer, one of another");
}

fn any_count_comes_back(place: &Location) {
    let store = open(place).unwrap();
    let name = "[^\0]{0,12}";
    let keys =
        (name, 1..=28_i8, name).prop_map(|(collection, number, entry)| key(&collection, number, Counted::Gap(entry)));
    let mut number = 0;
    let mut expected = BTreeMap::<CountKey, u64>::new();
    let kept = |(counts, odd): (BTreeMap<CountKey, u32>, String)| {
        number += 1;
        let counts: BTreeMap<CountKey, u64> = counts.into_iter().map(|(key, number)| (key, number.into())).collect();
        store.add(batch(number), &counts).unwrap();
        for (key, number) in counts {
            *expected.entry(key.clone()).or_default() += number;
            prop_assert_eq!(store.counts(&key.collection, key.day..=key.day).unwrap()[&key], expected[&key]);
        }
        store.counts(&odd, day(1)..=day(2)).unwrap();
        Ok(())
    };
    let kept = std::cell::RefCell::new(kept);
    let counts = proptest::collection::btree_map(keys, any::<u32>(), 0..5);
    let config = ProptestConfig { cases: 40, ..ProptestConfig::default() };
    TestRunner::new(config).run(&(counts, any::<String>()), |given| kept.borrow_mut()(given)).unwrap();
    store.add(batch(number + 1), &[(key("\0", 1, Counted::Gap("\0".to_owned())), 1)].into()).unwrap();
}

fn a_counter_writes_what_it_counted(place: &Location) {
    let store = open(place).unwrap();
    let counters = [Counter::new(Arc::clone(&store)), Counter::new(Arc::clone(&store))];
    for counter in &counters {
        counter.flush().unwrap();
        counter.count(offered("tea", 1));
        counter.count(offered("tea", 1));
        counter.flush().unwrap();
        counter.count(offered("tea", 2));
        counter.flush().unwrap();
        counter.flush().unwrap();
        assert_eq!(counter.lost(), 0);
    }
    assert_eq!(all(&store, "tea"), [(offered("tea", 1), 4), (offered("tea", 2), 2)].into());
}

/// A change of an entry.
pub fn change(entry: &str, before: Option<&str>, after: Option<&str>) -> NewRevision {
    NewRevision {
        collection: "tea".to_owned(),
        entry: entry.to_owned(),
        author: Author { id: u64::MAX, name: "Mo ☕".to_owned() },
        at: Timestamp::from_nanosecond(1_790_000_000_123_456_789).unwrap(),
        kind: RevisionKind::Edit,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

fn history(store: &Store, entry: &str) -> Vec<Revision> {
    store.history("tea", entry, u32::MAX).unwrap()
}

fn a_change_is_pending_then_done(place: &Location) {
    let store = open(place).unwrap();
    let kinds =
        [RevisionKind::Create, RevisionKind::Edit, RevisionKind::Remove, RevisionKind::Undo, RevisionKind::Sign];
    for kind in kinds {
        let change = NewRevision { kind, ..change("green", None, Some("hot")) };
        let number = store.begin(&change).unwrap();
        let pending = Revision { number, change: change.clone(), state: RevisionState::Pending };
        assert_eq!(store.pending().unwrap(), std::slice::from_ref(&pending));
        assert_eq!(store.revision(number).unwrap(), Some(pending));
        assert!(!history(&store, "green").iter().any(|revision| revision.number == number));
        store.finish(number).unwrap();
        store.finish(number).unwrap();
        assert_eq!(store.pending().unwrap(), []);
        assert_eq!(history(&store, "green")[0], Revision { number, change, state: RevisionState::Done });
        assert!(matches!(store.cancel(number), Err(StoreError::NotPending { .. })), "it is done");
    }
    let number = store.begin(&change("green", None, None)).unwrap();
    store.cancel(number).unwrap();
    store.cancel(number).unwrap();
    assert!(matches!(store.finish(number), Err(StoreError::NotPending { .. })), "it is gone");
    assert_eq!(store.revision(number).unwrap(), None);
    assert!(store.begin(&change("green", None, None)).unwrap() > number, "no number is given twice");
    assert_eq!(history(&store, "green").len(), 5);
}

fn an_entry_has_one_pending_change(place: &Location) {
    let store = open(place).unwrap();
    let first = store.begin(&change("green", None, Some("hot"))).unwrap();
    let why = store.begin(&change("green", None, Some("cold"))).unwrap_err();
    assert!(matches!(why, StoreError::Unsettled { .. }), "{why}");
    let other = store.begin(&change("black", None, Some("hot"))).unwrap();
    store.cancel(first).unwrap();
    let again = store.begin(&change("green", None, Some("cold"))).unwrap();
    let pending: Vec<_> = store.pending().unwrap().into_iter().map(|revision| revision.number).collect();
    assert_eq!(pending, [other, again], "oldest first");
}

fn a_history_is_newest_first(place: &Location) {
    let store = open(place).unwrap();
    for text in ["1", "2", "3"] {
        for entry in ["green", "black"] {
            store.finish(store.begin(&change(entry, None, Some(text))).unwrap()).unwrap();
        }
    }
    let texts = |limit| -> Vec<String> {
        store.history("tea", "green", limit).unwrap().into_iter().filter_map(|revision| revision.change.after).collect()
    };
    assert_eq!(texts(2), ["3", "2"]);
    assert_eq!(texts(9), ["3", "2", "1"]);
    assert_eq!(store.history("coffee", "green", 9).unwrap(), []);
    store.begin(&change("white", None, Some("pending"))).unwrap();
    assert_eq!(store.revised("tea").unwrap(), ["black", "green"], "the last one first, and none that is pending");
    assert_eq!(store.revised("coffee").unwrap(), [""; 0]);
}

fn any_text_comes_back(place: &Location) {
    let store = open(place).unwrap();
    let text = || proptest::option::of("(?s)[^\0]{0,40}");
    let config = ProptestConfig { cases: 40, ..ProptestConfig::default() };
    let given = (text(), text(), "[^\0]{0,8}", any::<String>(), any::<u64>());
    TestRunner::new(config)
        .run(&given, |(before, after, entry, name, id)| {
            let author = Author { id, name: name.replace('\0', "\u{fffd}") };
            let change = NewRevision { author, before, after, ..change(&entry, None, None) };
            let number = store.begin(&change).unwrap();
            store.finish(number).unwrap();
            prop_assert_eq!(store.revision(number).unwrap().unwrap().change, change);
            Ok(())
        })
        .unwrap();
    let why = store.begin(&change("green", None, Some("a\0b"))).unwrap_err();
    assert!(matches!(why, StoreError::Nul { .. }), "{why}");
    assert_eq!(store.pending().unwrap(), []);
}

fn settings_are_seen_by_others(place: &Location) {
    let (store, other) = (open(place).unwrap(), open(place).unwrap());
    assert_eq!(other.settings().unwrap(), BTreeMap::new());
    let before = other.settings_version().unwrap();
    let settings = ServerSettings {
        collection: Some("tea\0☕".to_owned()),
        answer_in: [1, u64::MAX].into(),
        listen: [2].into(),
        forums: [3].into(),
        moderator_role: Some(4),
        moderator_channel: Some(5),
        public_ask: true,
        region: Some("GB".to_owned()),
        language: Some("de".to_owned()),
        paused: true,
        told_of_reviews: Some(date(2026, 11, 30)),
        told_of_problems: Some(date(2026, 11, 29)),
    };
    store.change_settings(u64::MAX, |_| ()).unwrap();
    store.change_settings(u64::MAX, |now| now.clone_from(&settings)).unwrap();
    store.change_settings(7, |_| ()).unwrap();
    let changed = other.settings_version().unwrap();
    assert!(changed > before);
    assert_eq!(other.settings_version().unwrap(), changed, "nothing changed since");
    assert_eq!(other.settings().unwrap(), [(7, ServerSettings::default()), (u64::MAX, settings)].into());
    // Each change is of what the other left.
    let paused = other.change_settings(7, |now| now.paused = true).unwrap();
    let both = store.change_settings(7, |now| now.public_ask = true).unwrap();
    assert_eq!(both, ServerSettings { public_ask: true, ..paused });
    assert!(other.settings_version().unwrap() > changed);
}

fn many_may_write_at_once(place: &Location) {
    const WRITERS: u64 = 4;
    const TIMES: u64 = 15;
    // They make the tables at once, too.
    let write = |writer: u64| {
        let store = open(place).unwrap();
        let counts: BTreeMap<CountKey, u64> = (1..=9).map(|number| (offered("tea", number), 1)).collect();
        let numbers = (1..=TIMES).map(|number| {
            store.add(BatchId { writer, number }, &counts).unwrap();
            let number = store.begin(&change(&writer.to_string(), None, None)).unwrap();
            store.finish(number).unwrap();
            number
        });
        numbers.collect::<Vec<_>>()
    };
    let numbers: BTreeSet<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(move || write(writer))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(numbers.len() as u64, WRITERS * TIMES, "a number was given twice");
    let store = open(place).unwrap();
    assert!(all(&store, "tea").values().all(|number| *number == WRITERS * TIMES), "{:?}", all(&store, "tea"));
}

/// Another process saves and counts, and is killed, again and again; this one counts beside it.
fn a_kill_loses_and_doubles_nothing(place: &Location) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("green.md");
    let store = open(place).unwrap();
    let mut done = 0;
    for round in 1..=5 {
        let mut child = Child::start(place, &file);
        for _ in 0..=round {
            child.saved();
            store.add(batch(round * 100 + child.saves), &[(offered("tea", 2), 1)].into()).unwrap();
        }
        done += child.saves;
        drop(child);
        save(&store, &file, &format!("after the kill {round}"));
        let history = history(&store, "green");
        assert!(history.len() as u64 >= done, "{} of {done} saves are there", history.len());
        assert_eq!(history[0].change.after, fs::read_to_string(&file).ok(), "the newest is what the file holds");
        for pair in history.windows(2) {
            assert_eq!(pair[0].change.before, pair[1].change.after, "lost or doubled between two saves");
        }
        let counted = all(&store, "tea")[&offered("tea", 1)];
        assert!(counted >= done, "{counted} of {done} counts are there");
        assert!(counted + round <= history.len() as u64, "{counted} counts for {} saves", history.len());
    }
    assert_eq!(all(&store, "tea")[&offered("tea", 2)], (1..=5).map(|round| round + 1).sum::<u64>());
}
