//! Logins: how many a bot has left today, and how soon the next may come.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use crate::mock::snowflake::Id;
use crate::mock::token;
use crate::mock::world::World;

/// How far logins of one bucket are apart, whatever becomes of the clock.
const PACE: Duration = Duration::from_secs(5);
/// How long a day of logins is by the clock; it begins with the first.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The most void tokens that are remembered.
const MAX_VOID: usize = 1000;

/// What becomes of a login.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Start {
    Granted,
    /// Another one of its bucket came just before; the bot may try again.
    TooSoon,
    /// The day's logins are used up, which costs the bot its token.
    TooOften,
}

/// The logins of all bots.
#[derive(Default)]
pub(crate) struct Logins {
    days: BTreeMap<Id, Day>,
    /// When a bot last logged in through each of its buckets.
    buckets: BTreeMap<(Id, u64), Instant>,
    /// Tokens that were good once, the latest last.
    void: VecDeque<String>,
}

/// A day of one bot.
#[derive(Clone, Copy)]
struct Day {
    ends: Timestamp,
    used: u32,
}

/// One moment: by this machine, and by the clock that may jump.
#[derive(Clone, Copy)]
struct Moment {
    here: Instant,
    by_the_clock: Timestamp,
}

impl Logins {
    /// Takes a login from a bucket, if it is free and the day has one left.
    fn take(&mut self, bot: Id, bucket: u64, a_day: u32, now: Moment) -> Start {
        let last = self.buckets.get(&(bot, bucket));
        if last.is_some_and(|last| now.here.saturating_duration_since(*last) < PACE) {
            return Start::TooSoon;
        }
        let day = self.day(bot, now.by_the_clock);
        if day.used >= a_day {
            return Start::TooOften;
        }
        self.days.insert(bot, Day { used: day.used + 1, ..day });
        self.buckets.insert((bot, bucket), now.here);
        Start::Granted
    }

    /// The present day of a bot, which may be a fresh one: after a day, or when the clock went back behind its beginning.
    fn day(&self, bot: Id, now: Timestamp) -> Day {
        let fresh = Day { ends: now.saturating_add(DAY).unwrap_or(now), used: 0 };
        self.days.get(&bot).copied().filter(|day| day.ends > now && day.ends <= fresh.ends).unwrap_or(fresh)
    }

    /// Whether a token was good once and isn't any more.
    pub(crate) fn is_void(&self, token: &str) -> bool {
        self.void.iter().any(|void| void == token::bare(token))
    }
}

impl World {
    /// Asks for a login of a shard.
    pub(crate) fn ask_to_start(&mut self, bot: Id, shard: u64) -> Start {
        if !self.terms.login_limits {
            return Start::Granted;
        }
        let bucket = shard.checked_rem(self.terms.at_once).unwrap_or(0);
        let now = Moment { here: Instant::now(), by_the_clock: self.clock.now() };
        self.logins.take(bot, bucket, self.terms.logins_a_day, now)
    }

    /// How many logins a bot has left today, and how long the day still is; no time before its first.
    pub(crate) fn logins_left(&self, bot: Id) -> (u32, SignedDuration) {
        let now = self.clock.now();
        let day = self.logins.day(bot, now);
        let rest = if day.used == 0 { SignedDuration::ZERO } else { day.ends.duration_since(now) };
        (self.terms.logins_a_day.saturating_sub(day.used), rest)
    }

    /// Makes a token void and ends what its bot has here without a connection. Another token of the same bot is good.
    pub(crate) fn reset_token(&mut self, bot: Id, token: &str) {
        if self.logins.void.len() >= MAX_VOID {
            self.logins.void.pop_front();
        }
        self.logins.void.push_back(token::bare(token).to_owned());
        self.sessions.retain(|_, session| session.bot != bot || session.connection.is_some());
        self.tick();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_held_apart_and_counted_by_the_day() {
        let mut logins = Logins::default();
        let (here, there): (Instant, Timestamp) = (Instant::now(), "2026-01-01T00:00:00Z".parse().unwrap());
        let at = |seconds: u64, jump: i64| Moment {
            here: here + Duration::from_secs(seconds),
            by_the_clock: there + SignedDuration::from_secs(i64::try_from(seconds).unwrap() + jump),
        };
        let mut check = |bucket: u64, seconds: u64, jump: i64, expected: Start| {
            let found = logins.take(Id(7), bucket, 3, at(seconds, jump));
            assert_eq!(found, expected, "bucket {bucket} at {seconds} s after a jump of {jump} s");
        };
        check(0, 0, 0, Start::Granted);
        check(0, 4, 0, Start::TooSoon);
        check(1, 4, 0, Start::Granted);
        // A jump back, or on, changes no pace.
        check(0, 4, 3600, Start::TooSoon);
        check(0, 5, -1, Start::Granted);
        check(0, 10, 0, Start::TooOften);
        check(0, 15, 24 * 3600, Start::Granted);
        // A day that would end later than a day from now is none.
        check(0, 20, -3600, Start::Granted);
        assert_eq!(logins.take(Id(8), 0, 3, at(0, 0)), Start::Granted);
    }
}
