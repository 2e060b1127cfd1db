//! Which wishes for faults make sense.

use super::wish::Wish;
use crate::mock::control::request::ControlError;

/// The longest that anything is held back, in milliseconds.
const MAX_DELAY_MS: u64 = 120_000;
/// The most extra copies of an event.
const MAX_REPEAT: u32 = 100;
/// The longest that a 429 asks to wait, in seconds.
const MAX_RETRY_AFTER: f64 = 86_400.0;
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
    if wish.for_ms.is_some_and(|time| time > MAX_DELAY_MS) || (wish.for_ms.is_some() && wish.times.is_some()) {
        let words = format!("A fault of requests has `times` or `for_ms`, and lasts at most {MAX_DELAY_MS} ms.");
        return Err(ControlError::bad(words));
    }
    if wish.cut && wish.status.is_some() {
        return Err(ControlError::bad("A connection that is cut brings no status."));
    }
    let limit = wish.scope.is_some() || wish.retry_after.is_some() || wish.headers.is_some();
    if limit && wish.status != Some(429) {
        return Err(ControlError::bad("`scope`, `retry_after` and `headers` belong to the status 429."));
    }
    if wish.retry_after.is_some_and(|seconds| !(0.0..=MAX_RETRY_AFTER).contains(&seconds)) {
        return Err(ControlError::bad(format!("`retry_after` is between 0 and {MAX_RETRY_AFTER} seconds.")));
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
