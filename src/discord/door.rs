//! The door to the gateway: how often a shard may connect, and when it is time to give up.
//!
//! twilight waits longer and longer while it can't connect at all, but comes back at once, and without end, when Discord
//! lets it connect and closes the connection again. So pamphlet makes each connection itself, when this file lets it.

use super::{LOG, RunError};
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;

/// Discord lets so many shards start at once, and the next ones after this long.
const BETWEEN_STARTS: Duration = Duration::from_secs(5);

/// How long a shard waits before it connects again, and how much it puts up with.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// The pause after the first of the attempts in a row; each further one doubles it.
    first_pause: Duration,
    /// The longest pause.
    longest_pause: Duration,
    /// A connection that held this long ends the row.
    steady: Duration,
    /// The most attempts in a row.
    most_in_a_row: usize,
    /// For how long a start counts.
    recent: Duration,
    /// The most recent starts.
    most_starts: usize,
    /// How long Discord may take to say the next thing until it has let the shard in.
    pub(super) let_in: Duration,
    /// How long the connection may be away before the log says so.
    told_after: Duration,
    /// How long the connection may be away at all.
    away: Duration,
}

impl Patience {
    /// Discord allows 1,000 starts a day and resets the token after the last. Taking a session up again is no start.
    const USUAL: Self = Self {
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(300),
        steady: Duration::from_secs(5),
        most_in_a_row: 15,
        recent: Duration::from_secs(3_600),
        most_starts: 15,
        let_in: Duration::from_secs(30),
        told_after: Duration::from_secs(30),
        away: Duration::from_secs(300),
    };

    /// The patience of shards that start in so many rounds, since all but the first have to wait.
    pub(super) fn with_rounds(rounds: u32) -> Self {
        let waiting = BETWEEN_STARTS * rounds.saturating_sub(1);
        let usual = Self::USUAL;
        Self { let_in: usual.let_in + waiting, away: usual.away + waiting, ..usual }
    }
}

/// The attempts of a shard to connect, and what came of them.
pub(super) struct Attempts {
    patience: Patience,
    last: Option<Instant>,
    in_a_row: usize,
    starts: VecDeque<Instant>,
}

impl Attempts {
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, last: None, in_a_row: 0, starts: VecDeque::new() }
    }

    /// How long the next attempt has to wait; it counts as made after that. `start` when it begins a new session.
    ///
    /// # Errors
    /// When there were too many.
    pub(super) fn next(&mut self, now: Instant, start: bool) -> Result<Duration, RunError> {
        while self.starts.front().is_some_and(|first| now.duration_since(*first) >= self.patience.recent) {
            self.starts.pop_front();
        }
        if self.in_a_row >= self.patience.most_in_a_row || self.starts.len() >= self.patience.most_starts {
            return Err(RunError::Gateway { why: "it had to be taken up again too often" });
        }
        let since = self.last.map_or(Duration::MAX, |last| now.saturating_duration_since(last));
        let wait = self.pause().saturating_sub(since);
        self.last = Some(now + wait);
        self.in_a_row += 1;
        if start {
            self.starts.push_back(now + wait);
        }
        Ok(wait)
    }

    fn pause(&self) -> Duration {
        let Some(doublings) = self.in_a_row.checked_sub(1) else { return Duration::ZERO };
        let doubled = 2_u32.saturating_pow(u32::try_from(doublings).unwrap_or(u32::MAX));
        self.patience.first_pause.saturating_mul(doubled).min(self.patience.longest_pause)
    }

    /// The connection of the last attempt held for so long.
    pub(super) fn held(&mut self, long: Duration) {
        if long >= self.patience.steady {
            self.in_a_row = 0;
        }
    }
}

/// Watches over a shard until it has been away for too long. `connected` holds since when Discord has let it in.
pub(super) async fn watch(shard: u32, mut connected: watch::Receiver<Option<Instant>>, patience: Patience) -> RunError {
    loop {
        // Who tells of the connection outlives this.
        let _ = connected.wait_for(Option::is_none).await;
        if timeout(patience.told_after, connected.wait_for(Option::is_some)).await.is_ok() {
            continue;
        }
        tracing::warn!(target: LOG, shard, "not connected for {} seconds; trying on", patience.told_after.as_secs());
        let rest = patience.away.saturating_sub(patience.told_after);
        if timeout(rest, connected.wait_for(Option::is_some)).await.is_err() {
            return RunError::Gateway { why: "it was away for too long" };
        }
        tracing::info!(target: LOG, shard, "connected again");
    }
}

#[cfg(test)]
impl Patience {
    /// Waits for next to nothing, and puts up with this many attempts.
    pub(super) const fn hasty(most_in_a_row: usize) -> Self {
        let moment = Duration::from_millis(1);
        Self { first_pause: moment, longest_pause: moment, told_after: moment, most_in_a_row, ..Self::USUAL }
    }

    /// Gives up after this long without a connection.
    const fn away_for(away: Duration) -> Self {
        Self { away, ..Self::hasty(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOO_OFTEN: RunError = RunError::Gateway { why: "it had to be taken up again too often" };

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        let mut now = start;
        let mut came = Vec::new();
        while let Ok(wait) = attempts.next(now, false) {
            now += wait;
            came.push(now.duration_since(start).as_secs());
        }
        assert_eq!(came, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111, 1_411, 1_711, 2_011]);
        assert_eq!(attempts.next(now, false), Err(TOO_OFTEN));
    }

    #[test]
    fn comes_back_at_once_after_a_steady_connection() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        for minute in 0..100 {
            let now = start + Duration::from_secs(60 * minute);
            assert_eq!(attempts.next(now, false), Ok(Duration::ZERO));
            attempts.held(Duration::from_secs(60));
        }
        attempts.held(Duration::from_secs(1));
        let now = start + Duration::from_secs(60 * 99);
        assert_eq!(attempts.next(now, false), Ok(Duration::ZERO));
        assert_eq!(attempts.next(now, false), Ok(Duration::from_secs(1)), "the next in the row waits");
    }

    #[test]
    fn starts_only_so_often_in_an_hour() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        let mut at = |minute: u64| {
            attempts.held(Duration::from_secs(10));
            attempts.next(start + Duration::from_secs(60 * minute), true)
        };
        assert!((0..15).all(|minute| at(minute).is_ok()));
        assert_eq!(at(15), Err(TOO_OFTEN));
        assert_eq!(at(60), Ok(Duration::ZERO));
    }

    #[test]
    fn waits_for_the_rounds_of_others() {
        let (one, ten) = (Patience::with_rounds(1), Patience::with_rounds(10));
        assert_eq!((one.let_in, ten.let_in), (Duration::from_secs(30), Duration::from_secs(75)));
        assert_eq!(ten.away, Duration::from_secs(345));
    }

    #[tokio::test]
    async fn gives_up_when_it_stays_away() {
        let connected = watch::Sender::new(None);
        let mut watching = Box::pin(watch(0, connected.subscribe(), Patience::away_for(Duration::from_millis(300))));
        assert!(timeout(Duration::from_millis(100), &mut watching).await.is_err());
        connected.send_replace(Some(Instant::now()));
        assert!(timeout(Duration::from_millis(500), &mut watching).await.is_err(), "it is there");
        connected.send_replace(None);
        let ended = timeout(Duration::from_secs(5), watching).await.expect("an end");
        assert_eq!(ended, RunError::Gateway { why: "it was away for too long" });
    }
}
