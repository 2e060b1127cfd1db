//! Which wishes for faults make sense.

use super::wish::Wish;
use crate::mock::control::request::ControlError;

/// The longest that anything is held back, in milliseconds.
const MAX_DELAY_MS: u64 = 120_000;
/// The most extra copies of an event.
const MAX_REPEAT: u32 = 100;
/// The most shards that log in at once.
const MAX_AT_ONCE: u64 = 64;
/// The shortest time between heartbeats, in milliseconds.
const MIN_HEARTBEAT_MS: u64 = 50;

/// Refuses a wish that asks for too much or for what can't be.
pub(super) fn check(wish: &Wish) -> Result<(), ControlError> {
    if wish.repeat.is_some_and(|repeat| repeat > MAX_REPEAT) {
        return Err(ControlError::bad(format!("A message is repeated at most {MAX_REPEAT} times.")));
    }
    if wish.status.is_some_and(|status| !(400..600).contains(&status)) {
        return Err(ControlError::bad("The status of a fault is between 400 and 599."));
    }
    if [wish.delay_ms, wish.delay_events_ms, wish.freeze_ms].into_iter().flatten().any(|delay| delay > MAX_DELAY_MS) {
        return Err(ControlError::bad(format!("Nothing is held back for more than {MAX_DELAY_MS} ms.")));
    }
    if wish.times == Some(0) {
        return Err(ControlError::bad("A fault happens at least once."));
    }
    if wish.close.is_some_and(|code| !(1000..5000).contains(&code)) {
        return Err(ControlError::bad("A close code is between 1000 and 4999."));
    }
    if wish.max_concurrency.is_some_and(|at_once| !(1..=MAX_AT_ONCE).contains(&at_once)) {
        return Err(ControlError::bad(format!("Between 1 and {MAX_AT_ONCE} shards log in at once.")));
    }
    if wish.heartbeat_ms.is_some_and(|interval| !(MIN_HEARTBEAT_MS..=MAX_DELAY_MS).contains(&interval)) {
        let words = format!("Heartbeats are between {MIN_HEARTBEAT_MS} and {MAX_DELAY_MS} ms apart.");
        return Err(ControlError::bad(words));
    }
    Ok(())
}
