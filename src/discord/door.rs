//! The door to the gateway: how often serenity may connect, and when it is time to give up.
//!
//! Left to itself, serenity 0.12.5 resumes at once and without end when Discord keeps closing the connection, and
//! identifies every 5 seconds when that fails; neither can be seen. But it takes the gateway's address out of a lock
//! each time. Who holds the lock keeps it waiting, and who opens it for a moment sees whether it waited.

use super::{LOG, RunError};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long a bot waits before it connects again, and how much it puts up with.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// How often the door is opened for a moment.
    look: Duration,
    /// The pause after the first of the recent attempts; each further one doubles it.
    first_pause: Duration,
    /// The longest pause.
    longest_pause: Duration,
    /// How long an attempt counts as recent.
    recent: Duration,
    /// The most recent attempts.
    most: usize,
    /// How long the connection may be away before the log says so.
    told_after: Duration,
    /// How long the connection may be away at all.
    away: Duration,
}

impl Patience {
    /// Discord allows 1,000 starts a day and resets the token after the last.
    pub(super) const USUAL: Self = Self {
        look: Duration::from_millis(100),
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(300),
        recent: Duration::from_secs(3_600),
        most: 15,
        told_after: Duration::from_secs(30),
        away: Duration::from_secs(300),
    };
}

/// Keeps the door until the bot had better end, and says why. `connected` is set by who hears that Discord let the bot
/// in, and taken back here at each attempt to connect.
pub(super) async fn keep(address: &Mutex<String>, connected: &AtomicBool, patience: Patience) -> RunError {
    let mut attempts = Attempts::new(patience);
    let mut shut = address.lock().await;
    loop {
        tokio::time::sleep(patience.look).await;
        let now = Instant::now();
        if attempts.may_come(now) {
            drop(shut);
            // The lock is fair: if somebody waited, it is theirs already.
            shut = match address.try_lock() {
                Ok(shut) => shut,
                Err(_) => {
                    connected.store(false, Ordering::Relaxed);
                    attempts.came(now);
                    address.lock().await
                }
            };
        }
        if let Some(why) = attempts.judge(connected.load(Ordering::Relaxed), now) {
            return RunError::Gateway { why };
        }
    }
}

/// The attempts to connect, and what came of them.
struct Attempts {
    patience: Patience,
    recent: VecDeque<Instant>,
    away_since: Option<Instant>,
    told: bool,
}

impl Attempts {
    fn new(patience: Patience) -> Self {
        Self { patience, recent: VecDeque::new(), away_since: None, told: false }
    }

    /// Whether the pause since the last attempt is over.
    fn may_come(&mut self, now: Instant) -> bool {
        while self.recent.front().is_some_and(|first| now.duration_since(*first) >= self.patience.recent) {
            self.recent.pop_front();
        }
        let Some(last) = self.recent.back() else { return true };
        let doublings = u32::try_from(self.recent.len() - 1).unwrap_or(u32::MAX);
        let pause = self.patience.first_pause.saturating_mul(2_u32.saturating_pow(doublings));
        now.duration_since(*last) >= pause.min(self.patience.longest_pause)
    }

    fn came(&mut self, now: Instant) {
        self.recent.push_back(now);
    }

    /// Why the bot had better end, if so.
    fn judge(&mut self, connected: bool, now: Instant) -> Option<&'static str> {
        if self.recent.len() > self.patience.most {
            return Some("it had to be taken up again too often");
        }
        if connected {
            if std::mem::take(&mut self.told) {
                tracing::info!(target: LOG, "connected again");
            }
            self.away_since = None;
            return None;
        }
        let away = now.duration_since(*self.away_since.get_or_insert(now));
        if away >= self.patience.told_after && !self.told {
            tracing::warn!(target: LOG, "not connected for {} seconds; trying on", away.as_secs());
            self.told = true;
        }
        (away >= self.patience.away).then_some("it was away for too long")
    }
}

#[cfg(test)]
impl Patience {
    /// Waits for next to nothing, and puts up with this many attempts.
    pub(super) const fn hasty(most: usize) -> Self {
        let moment = Duration::from_millis(1);
        Self { look: moment, first_pause: moment, longest_pause: moment, most, ..Self::USUAL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Attempts that come whenever they may, for this many seconds: the second in which each came.
    fn come(attempts: &mut Attempts, start: Instant, seconds: u64) -> Vec<u64> {
        let at = |second| start + Duration::from_secs(second);
        let may_come = |second: &u64| {
            let may = attempts.may_come(at(*second));
            if may {
                attempts.came(at(*second));
            }
            may
        };
        (0..seconds).filter(may_come).collect()
    }

    #[test]
    fn waits_longer_each_time() {
        let mut attempts = Attempts::new(Patience::USUAL);
        let came = come(&mut attempts, Instant::now(), 1_200);
        assert_eq!(came, [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111]);
    }

    #[test]
    fn forgets_what_is_long_past() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        come(&mut attempts, start, 60);
        assert!(!attempts.may_come(start + Duration::from_secs(60)));
        let later = start + Duration::from_secs(3_700);
        assert_eq!(come(&mut attempts, later, 3), [0, 1]);
    }

    #[test]
    fn gives_up_when_it_comes_too_often_or_stays_away() {
        let (mut attempts, start) = (Attempts::new(Patience::USUAL), Instant::now());
        let at = |second| start + Duration::from_secs(second);
        assert_eq!(attempts.judge(false, at(0)), None);
        assert_eq!(attempts.judge(false, at(299)), None);
        assert_eq!(attempts.judge(true, at(299)), None);
        assert_eq!(attempts.judge(false, at(300)), None);
        assert_eq!(attempts.judge(false, at(600)), Some("it was away for too long"));
        come(&mut attempts, start, 3_000);
        assert_eq!(attempts.judge(true, at(3_000)), Some("it had to be taken up again too often"));
    }

    #[tokio::test]
    async fn counts_each_that_comes_through() {
        let (address, connected) = (Mutex::new(String::new()), AtomicBool::new(true));
        let mut through = 0;
        let coming = async {
            loop {
                drop(address.lock().await);
                through += 1;
                tokio::task::yield_now().await;
            }
        };
        let ended = tokio::select! {
            ended = keep(&address, &connected, Patience::hasty(5)) => ended,
            () = coming => unreachable!(),
        };
        assert_eq!(ended, RunError::Gateway { why: "it had to be taken up again too often" });
        assert!((6..=7).contains(&through), "{through}");
        assert!(!connected.load(Ordering::Relaxed));
    }
}
