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
pub(super) const BETWEEN_STARTS: Duration = Duration::from_secs(5);

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
    /// Up to so much longer than the first pause does a new session wait, by chance: Discord asks for that.
    by_chance: Duration,
    /// How long Discord may take to say the next thing while it lets the shard in.
    pub(super) answer: Duration,
    /// How much longer it may take until it is the shard's turn to start.
    pub(super) rounds: Duration,
    /// How long nothing may be heard of Discord once the shard is in. It acknowledges a heartbeat every 41 seconds.
    pub(super) silence: Duration,
    /// How long the connection may be away before the log says so, the turns of the first start aside.
    told_after: Duration,
    /// How long the connection may be away at all, turns aside.
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
        by_chance: Duration::from_secs(4),
        answer: Duration::from_secs(30),
        rounds: Duration::ZERO,
        silence: Duration::from_secs(150),
        told_after: Duration::from_secs(30),
        // Long enough for the attempt after 255 seconds, a quarter later by chance, and for what is said to it.
        away: Duration::from_secs(360),
    };

    /// The patience of shards that start in rounds, the last of which begins after so long.
    pub(super) fn with_rounds(rounds: Duration) -> Self {
        Self { rounds, ..Self::USUAL }
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

    /// How long the next attempt has to wait; it counts as made after that. `start` when it begins a new session. `dice`
    /// is between 0 and 1, and parts the shards that lost their connections at the same time.
    ///
    /// # Errors
    /// When there were too many.
    pub(super) fn next(&mut self, now: Instant, start: bool, dice: f64) -> Result<Duration, RunError> {
        while self.starts.front().is_some_and(|first| now.duration_since(*first) >= self.patience.recent) {
            self.starts.pop_front();
        }
        if self.in_a_row >= self.patience.most_in_a_row || self.starts.len() >= self.patience.most_starts {
            return Err(RunError::Gateway { why: "it had to be taken up again too often" });
        }
        let wait = self.last.map_or(Duration::ZERO, |last| self.wait(now.saturating_duration_since(last), start, dice));
        self.last = Some(now + wait);
        self.in_a_row += 1;
        if start {
            self.starts.push_back(now + wait);
        }
        Ok(wait)
    }

    /// How long an attempt waits that isn't the first, so long after the one before.
    fn wait(&self, since: Duration, start: bool, dice: f64) -> Duration {
        let Patience { first_pause, by_chance, .. } = self.patience;
        let pause = self.pause();
        let wait = pause.saturating_sub(since) + pause.max(first_pause).mul_f64(dice / 4.0);
        if start { wait.max(first_pause + by_chance.mul_f64(dice)) } else { wait }
    }

    fn pause(&self) -> Duration {
        let Some(doublings) = self.in_a_row.checked_sub(1) else { return Duration::ZERO };
        let doubled = 2_u32.saturating_pow(u32::try_from(doublings).unwrap_or(u32::MAX));
        self.patience.first_pause.saturating_mul(doubled).min(self.patience.longest_pause)
    }

    /// The last attempt came to no connection: Discord counts no start.
    pub(super) fn unreached(&mut self) {
        if self.starts.back() == self.last.as_ref() {
            self.starts.pop_back();
        }
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
    let away = patience.away + patience.rounds;
    let mut told_after = patience.told_after + patience.rounds;
    loop {
        // Who tells of the connection outlives this.
        let _ = connected.wait_for(Option::is_none).await;
        if timeout(told_after, connected.wait_for(Option::is_some)).await.is_err() {
            tracing::warn!(target: LOG, shard, "not connected for {} seconds; trying on", told_after.as_secs());
            if timeout(away.saturating_sub(told_after), connected.wait_for(Option::is_some)).await.is_err() {
                return RunError::Gateway { why: "it was away for too long" };
            }
            tracing::info!(target: LOG, shard, "connected again");
        }
        told_after = patience.told_after;
    }
}

#[cfg(test)]
impl Patience {
    /// Waits for next to nothing, and puts up with this many attempts.
    pub(super) const fn hasty(most_in_a_row: usize) -> Self {
        let moment = Duration::from_millis(1);
        let usual = Self { by_chance: moment, told_after: moment, most_in_a_row, ..Self::USUAL };
        Self { first_pause: moment, longest_pause: moment, ..usual }
    }

    /// Waits no longer than this for the next that Discord says.
    pub(super) const fn for_answers(self, answer: Duration) -> Self {
        Self { answer, ..self }
    }

    /// Takes this long a silence for an end.
    pub(super) const fn for_silence(self, silence: Duration) -> Self {
        Self { silence, ..self }
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
        while let Ok(wait) = attempts.next(now, false, 0.0) {
            now += wait;
            came.push(now.duration_since(start).as_secs());
        }
        assert_eq!(came, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111, 1_411, 1_711, 2_011]);
        assert_eq!(attempts.next(now, false, 0.0), Err(TOO_OFTEN));
    }

    #[test]
    fn comes_back_at_once_after_a_steady_connection() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        for minute in 0..100 {
            let now = start + Duration::from_secs(60 * minute);
            assert_eq!(attempts.next(now, false, 0.0), Ok(Duration::ZERO));
            attempts.held(Duration::from_secs(60));
        }
        attempts.held(Duration::from_secs(1));
        let now = start + Duration::from_secs(60 * 99);
        assert_eq!(attempts.next(now, false, 0.0), Ok(Duration::ZERO));
        assert_eq!(attempts.next(now, false, 0.0), Ok(Duration::from_secs(1)), "the next in the row waits");
    }

    #[test]
    fn starts_only_so_often_in_an_hour() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        let mut at = |minute: u64| {
            attempts.held(Duration::from_secs(10));
            attempts.next(start + Duration::from_secs(60 * minute), true, 0.0)
        };
        assert!((0..15).all(|minute| at(minute).is_ok()));
        assert_eq!(at(15), Err(TOO_OFTEN));
        assert!(at(60).is_ok());
    }

    #[test]
    fn counts_no_start_that_nobody_saw() {
        let (mut attempts, now) = (Attempts::new(Patience::USUAL), Instant::now());
        for minute in 0..30 {
            attempts.held(Duration::from_secs(10));
            assert!(attempts.next(now + Duration::from_secs(60 * minute), true, 0.0).is_ok(), "{minute}");
            attempts.unreached();
        }
    }

    #[test]
    fn has_patience_for_its_last_attempt() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        let mut now = start;
        for _ in 0..9 {
            now += attempts.next(now, false, 1.0).unwrap();
        }
        assert!(now.duration_since(start) + Patience::USUAL.answer <= Patience::USUAL.away);
    }

    #[test]
    fn parts_those_that_come_back_at_the_same_time() {
        let wait = |start, dice, row: usize| {
            let (mut attempts, now) = (Attempts::new(Patience::USUAL), Instant::now());
            assert_eq!(attempts.next(now, true, dice), Ok(Duration::ZERO), "the first");
            attempts.in_a_row = row;
            attempts.next(now, start, dice).unwrap().as_secs_f64()
        };
        assert_eq!([wait(false, 0.0, 0), wait(false, 1.0, 0)], [0.0, 0.25]);
        assert_eq!([wait(false, 0.0, 4), wait(false, 0.5, 4), wait(false, 1.0, 4)], [8.0, 9.0, 10.0]);
        assert_eq!([wait(true, 0.0, 0), wait(true, 0.5, 0), wait(true, 1.0, 0)], [1.0, 3.0, 5.0], "a session was lost");
        assert_eq!(wait(true, 0.0, 4), 8.0);
    }

    #[tokio::test]
    async fn waits_for_the_rounds_of_others() {
        let moment = Duration::from_millis(1);
        let patience = Patience { rounds: 300 * moment, ..Patience::away_for(moment) };
        let (connected, began) = (watch::Sender::new(None), Instant::now());
        assert_eq!(
            watch(0, connected.subscribe(), patience).await,
            RunError::Gateway { why: "it was away for too long" }
        );
        assert!(began.elapsed() >= patience.away + patience.rounds);
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
