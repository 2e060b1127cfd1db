//! Counts: how many more times something happens, and to whom.

use crate::mock::snowflake::Id;
use crate::mock::world::Whom;

/// The most counts of one kind, each for somebody else.
const MAX_COUNTS: usize = 100;

/// How many more times something happens.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Times(pub(crate) u32);

impl Times {
    /// Whether it happens now, which is thereby used once.
    pub(crate) fn take(&mut self) -> bool {
        let happens = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        happens
    }
}

/// How many more times something happens, for each whom it was ordered for.
#[derive(Clone, Default, Debug)]
pub(crate) struct Counts(Vec<(Whom, Times)>);

impl Counts {
    /// Whether it may be ordered for these, too.
    pub(crate) fn has_room(&self, whom: Whom) -> bool {
        self.left().filter(|(other, _)| *other != whom).count() < MAX_COUNTS
    }

    /// Orders it anew for these, in place of what was ordered for them before.
    pub(crate) fn set(&mut self, whom: Whom, times: u32) {
        self.0.retain(|(other, left)| *other != whom && left.0 > 0);
        if times > 0 {
            self.0.push((whom, Times(times)));
        }
    }

    /// Whether it happens now to this bot and shard, which is thereby used once.
    pub(crate) fn take(&mut self, who: Option<(Id, u64)>) -> bool {
        self.0.iter_mut().any(|(whom, times)| whom.covers(who) && times.take())
    }

    /// How many times it was ordered for this bot and shard.
    pub(super) fn of(&self, who: (Id, u64)) -> u32 {
        self.0.iter().filter(|(whom, _)| whom.covers(Some(who))).fold(0, |sum, (_, times)| sum.saturating_add(times.0))
    }

    /// Uses up whatever was ordered for any of these.
    pub(super) fn use_up(&mut self, by: &[(Id, u64)]) {
        self.0.retain(|(whom, _)| !by.iter().any(|who| whom.covers(Some(*who))));
    }

    /// What is left, and for whom.
    pub(crate) fn left(&self) -> impl Iterator<Item = (Whom, u32)> {
        self.0.iter().filter(|(_, times)| times.0 > 0).map(|(whom, times)| (*whom, times.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_used_by_those_it_is_for() {
        let mut counts = Counts::default();
        let of_shard = Whom { bot: None, shard: Some(1) };
        counts.set(of_shard, 9);
        counts.set(of_shard, 2);
        assert!(!counts.take(Some((Id(7), 0))) && !counts.take(None));
        assert!(counts.take(Some((Id(7), 1))));
        assert_eq!(counts.left().collect::<Vec<_>>(), [(of_shard, 1)]);
        counts.set(Whom::default(), 1);
        assert_eq!((counts.of((Id(7), 1)), counts.of((Id(7), 0))), (2, 1));
        counts.use_up(&[(Id(7), 0)]);
        assert!(counts.take(Some((Id(7), 1))) && !counts.take(Some((Id(7), 1))));
        let of = |shard| Whom { bot: None, shard: Some(shard) };
        (0..100).for_each(|shard| counts.set(of(shard), 1));
        assert!(counts.has_room(of(99)) && !counts.has_room(of(100)));
    }
}
