//! Typing: which bots showed that they are writing, and where.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::mock::snowflake::Id;

/// How long members see it, unless a message comes before.
const SHOWN: SignedDuration = SignedDuration::from_secs(10);

/// The bots that are writing.
#[derive(Default)]
pub(crate) struct Typing(Mutex<BTreeMap<Place, Id>>);

/// A channel, and the bot that writes there.
type Place = (Id, Id);

impl Typing {
    /// Notes that a bot is writing in a channel; `since` is the id that was current then.
    pub(crate) fn note(&self, channel: Id, bot: Id, since: Id) {
        let mut places = self.places();
        places.retain(|_, earlier| is_shown(*earlier, since.time()));
        places.insert((channel, bot), since);
    }

    /// Who began to write after this id, in which channel, and still does.
    pub(crate) fn after(&self, after: Option<Id>, now: Timestamp) -> Vec<(Place, Id)> {
        let places = self.places();
        let fresh = places.iter().filter(|(_, since)| after.is_none_or(|after| **since > after));
        fresh.filter(|(_, since)| is_shown(**since, now)).map(|(place, since)| (*place, *since)).collect()
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<Place, Id>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_shown(since: Id, now: Timestamp) -> bool {
    now.duration_since(since.time()) < SHOWN
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An id of so many seconds after the first one.
    fn id(seconds: u64) -> Id {
        Id((seconds * 1000) << 22)
    }

    #[test]
    fn typing_is_seen_for_ten_seconds_and_told_once() {
        let typing = Typing::default();
        let (general, dm, bot) = (Id(1), Id(2), Id(3));
        typing.note(general, bot, id(1));
        typing.note(dm, bot, id(5));
        let check = |after: Option<Id>, now: u64, expected: &[Id]| {
            let found = typing.after(after, id(now).time());
            assert_eq!(found.iter().map(|(_, since)| *since).collect::<Vec<_>>(), expected, "{after:?} at {now}");
        };
        check(None, 6, &[id(1), id(5)]);
        check(Some(id(1)), 6, &[id(5)]);
        check(Some(id(5)), 6, &[]);
        check(None, 11, &[id(5)]);
        typing.note(general, bot, id(20));
        assert_eq!(typing.places().len(), 1, "what is over is forgotten");
    }
}
