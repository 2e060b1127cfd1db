//! Which wishes for faults make sense.

use axum::http::Method;

use super::wish::Wish;
use crate::mock::control::request::ControlError;
use crate::mock::intents::Intents;

/// The longest that anything is held back, in milliseconds.
const MAX_DELAY_MS: u64 = 120_000;
/// The most extra copies of an event.
const MAX_REPEAT: u32 = 100;
/// The most times that a fault happens.
const MAX_TIMES: u32 = 10_000;
/// The longest that a 429 asks to wait, in seconds.
const MAX_RETRY_AFTER: f64 = 86_400.0;
/// The most shards that log in at once.
const MAX_AT_ONCE: u64 = 64;
/// The most servers that a bot is taken to be in.
const MAX_SERVERS: u64 = 1_000_000;
/// The shortest time between heartbeats, in milliseconds. Two a second would be all that a bot may say in a minute.
const MIN_HEARTBEAT_MS: u64 = 1_000;
/// The codes between 1000 and 4999 that may not stand in a close frame.
const NEVER_SENT: [u16; 4] = [1004, 1005, 1006, 1015];

/// Refuses a wish that asks for too much, for nothing, or for what can't be.
pub(super) fn check(wish: &Wish) -> Result<(), ControlError> {
    if !(wish.is_about_requests() || wish.is_about_the_gateway() || wish.is_about_terms()) {
        return Err(ControlError::bad("Nothing of that makes anything go wrong."));
    }
    check_whom(wish)?;
    check_requests(wish)?;
    check_gateway(wish)?;
    check_terms(wish)
}

/// The first of these that holds is why a wish is refused.
fn refuse_if<'a>(reasons: impl IntoIterator<Item = (bool, &'a str)>) -> Result<(), ControlError> {
    match reasons.into_iter().find(|(holds, _)| *holds) {
        Some((_, words)) => Err(ControlError::bad(words)),
        None => Ok(()),
    }
}

fn exceeds<T: PartialOrd>(value: Option<T>, most: T) -> bool {
    value.is_some_and(|value| value > most)
}

fn check_whom(wish: &Wish) -> Result<(), ControlError> {
    let (requests, gateway) = (wish.is_about_requests(), wish.is_about_the_gateway());
    refuse_if([
        ((wish.bot.is_some() || wish.shard.is_some()) && wish.is_about_terms(), "Terms hold for every bot."),
        (wish.shard.is_some() && !gateway, "Only what happens at the gateway happens to a shard."),
        (wish.shard.is_some() && requests, "A request comes from no shard; order its fault apart."),
    ])
}

fn check_requests(wish: &Wish) -> Result<(), ControlError> {
    let requests = wish.is_about_requests();
    let limit = wish.scope.is_some() || wish.retry_after.is_some() || wish.headers.is_some();
    let which = wish.for_ms.is_some() || !wish.path.is_empty() || wish.method.is_some();
    let method = wish.method.as_deref().map(str::as_bytes).map(Method::from_bytes);
    let words = wish.code.is_some() || wish.message.is_some();
    let most = format!("A fault of requests has `times` or `for_ms`, and lasts at most {MAX_DELAY_MS} ms.");
    refuse_if([
        (which && !requests, "`path`, `method` and `for_ms` need `status`, `delay_ms` or `cut`."),
        (method.is_some_and(|method| method.is_err()), "A method is a word such as POST."),
        (
            wish.status.is_some_and(|status| !(400..600).contains(&status)),
            "The status of a fault is between 400 and 599.",
        ),
        (exceeds(wish.for_ms, MAX_DELAY_MS) || (wish.for_ms.is_some() && wish.times.is_some()), &most),
        (wish.cut && wish.status.is_some(), "A connection that is cut brings no status."),
        (wish.after && !wish.cut, "`after` belongs to `cut`."),
        (limit && wish.status != Some(429), "`scope`, `retry_after` and `headers` belong to the status 429."),
        (
            words && wish.status.is_none_or(|status| status == 429),
            "`code` and `message` need a status, other than 429.",
        ),
        (
            wish.retry_after.is_some_and(|seconds| !(0.0..=MAX_RETRY_AFTER).contains(&seconds)),
            &format!("`retry_after` is between 0 and {MAX_RETRY_AFTER} seconds."),
        ),
    ])
}

fn check_gateway(wish: &Wish) -> Result<(), ControlError> {
    let counts = [wish.times, wish.withhold_ack, wish.refuse_resume, wish.refuse_identify];
    let delays = [wish.delay_ms, wish.delay_events_ms, wish.freeze_ms];
    let (requests, events) = (wish.is_about_requests(), wish.delay_events_ms.is_some());
    let code = wish.close.is_some_and(|code| !(1000..5000).contains(&code) || NEVER_SENT.contains(&code));
    refuse_if([
        (exceeds(wish.repeat, MAX_REPEAT), &*format!("A message is repeated at most {MAX_REPEAT} times.")),
        (
            counts.iter().any(|times| exceeds(*times, MAX_TIMES)),
            &format!("Nothing happens more than {MAX_TIMES} times."),
        ),
        (
            delays.iter().any(|delay| exceeds(*delay, MAX_DELAY_MS)),
            &format!("Nothing is held back for more than {MAX_DELAY_MS} ms."),
        ),
        (wish.times == Some(0), "A fault happens at least once."),
        (wish.times.is_some() && !requests && !events, "`times` needs a fault of requests, or `delay_events_ms`."),
        (requests && events, "A fault of requests and late events are ordered apart."),
        (code, "A close code is between 1000 and 4999, and one that a frame may hold."),
    ])
}

fn check_terms(wish: &Wish) -> Result<(), ControlError> {
    let unprivileged = |bits: u64| Intents(bits).privileged() != Intents(bits);
    let heartbeat = wish.heartbeat_ms.is_some_and(|interval| !(MIN_HEARTBEAT_MS..=MAX_DELAY_MS).contains(&interval));
    refuse_if([
        (
            wish.max_concurrency.is_some_and(|at_once| !(1..=MAX_AT_ONCE).contains(&at_once)),
            &*format!("Between 1 and {MAX_AT_ONCE} shards log in at once."),
        ),
        (heartbeat, &format!("Heartbeats are between {MIN_HEARTBEAT_MS} and {MAX_DELAY_MS} ms apart.")),
        (exceeds(wish.resumable_ms, MAX_DELAY_MS), &format!("A session can be resumed for {MAX_DELAY_MS} ms at most.")),
        (exceeds(wish.servers, MAX_SERVERS), &format!("A bot is in {MAX_SERVERS} servers at most.")),
        (
            wish.disallow_intents.is_some_and(unprivileged),
            "Only privileged intents can be disallowed: 2, 256 and 32768.",
        ),
    ])
}
