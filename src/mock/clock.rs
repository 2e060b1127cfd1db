//! The clock: the machine's, and how far it was made to jump.

use jiff::{SignedDuration, Timestamp};

/// The farthest that the clock may be from the machine's, so that ids can still carry it.
const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

/// The time in this Discord.
#[derive(Default)]
pub(crate) struct Clock {
    /// How far it is ahead of the machine's; below zero when it is behind.
    ahead: SignedDuration,
}

impl Clock {
    /// The present time.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.saturating_add(self.ahead).unwrap_or(now)
    }

    /// How far it is ahead of the machine's.
    pub(crate) fn ahead(&self) -> SignedDuration {
        self.ahead
    }

    /// Jumps so many seconds on, or back.
    pub(crate) fn jump(&mut self, seconds: i64) {
        let ahead = self.ahead.saturating_add(SignedDuration::from_secs(seconds));
        self.ahead = ahead.clamp(-FARTHEST, FARTHEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_add_up_and_have_an_end() {
        let mut clock = Clock::default();
        let mut check = |seconds: i64, ahead: SignedDuration| {
            clock.jump(seconds);
            let found = clock.now().duration_since(Timestamp::now());
            assert!((found - ahead).abs() < SignedDuration::from_secs(1), "{found} after {seconds}");
        };
        check(3600, SignedDuration::from_hours(1));
        check(-7200, SignedDuration::from_hours(-1));
        check(i64::MAX, FARTHEST);
        check(i64::MIN, -FARTHEST);
    }
}
