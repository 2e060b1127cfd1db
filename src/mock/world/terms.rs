//! Terms: what bots are told and held to. The control interface changes them.

use std::time::Duration;

use crate::mock::intents::Intents;

/// The most servers that a shard may carry.
const SERVERS_A_SHARD: u64 = 2500;
/// How many servers a shard carries when Discord says how many shards there should be.
const USUAL_SERVERS_A_SHARD: u64 = 1000;

/// The terms; by default those of a small bot at Discord.
pub(crate) struct Terms {
    /// How often a bot is to show that it lives.
    pub(crate) heartbeat: Duration,
    /// How long a session without a connection can be resumed.
    pub(crate) resumable: Duration,
    /// Whether logins are counted and held apart.
    pub(crate) login_limits: bool,
    /// How often a bot may log in in a day, over all its shards.
    pub(crate) logins_a_day: u32,
    /// How many shards may log in at once; Discord's `max_concurrency`.
    pub(crate) at_once: u64,
    /// How many servers a bot is taken to be in; those of them that don't exist are silent.
    pub(crate) servers: u64,
    /// Intents that the bot's portal page doesn't allow.
    pub(crate) disallowed: Intents,
    /// Whether the limits of requests hold.
    pub(crate) rate_limits: bool,
}

impl Terms {
    /// The terms of a small bot in so many servers.
    pub(crate) fn of(servers: u64) -> Terms {
        Terms {
            heartbeat: Duration::from_millis(41_250),
            resumable: Duration::from_secs(120),
            login_limits: true,
            logins_a_day: 1000,
            at_once: 1,
            servers,
            disallowed: Intents(0),
            rate_limits: true,
        }
    }

    /// How many shards a bot is told to have.
    pub(crate) fn shards(&self) -> u64 {
        self.servers.div_ceil(USUAL_SERVERS_A_SHARD).max(1)
    }

    /// Whether so few shards can't carry the servers.
    pub(crate) fn are_too_few(&self, shards: u64) -> bool {
        self.servers > shards.saturating_mul(SERVERS_A_SHARD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_servers_need_many_shards() {
        let check = |servers: u64, told: u64, fewest: u64| {
            let terms = Terms::of(servers);
            assert_eq!(terms.shards(), told, "{servers}");
            assert!(!terms.are_too_few(fewest), "{servers}");
            assert!(fewest == 1 || terms.are_too_few(fewest - 1), "{servers}");
        };
        check(0, 1, 1);
        check(1, 1, 1);
        check(1001, 2, 1);
        check(2500, 3, 1);
        check(2501, 3, 2);
        check(5001, 6, 3);
    }
}
