//! What is still to go wrong, in the words in which it is ordered.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::mock::wire::{entry, with};
use crate::mock::world::{Counts, Order, Outcome, RestFault, Span, Target, Whom, World};

/// All that waits, and the terms.
pub(super) fn list(world: &World) -> Value {
    let faults = &world.faults;
    let counted = [
        ("repeat", &faults.repeat),
        ("withhold_ack", &faults.withheld_acks),
        ("refuse_identify", &faults.refused_logins),
        ("refuse_resume", &faults.refused_resumes),
    ];
    let waiting = faults.rest.iter().filter(|fault| fault.span.lasts()).map(request);
    let waiting = waiting.chain(counted.into_iter().flat_map(|(name, counts)| count(name, counts)));
    let waiting: Vec<Value> = waiting.chain(events(world)).chain(orders(world)).collect();
    let terms = &world.terms;
    json!({
        "waiting": waiting,
        "terms": {
            "rate_limits": terms.rate_limits,
            "login_limits": terms.login_limits,
            "logins_a_day": terms.logins_a_day,
            "max_concurrency": terms.at_once,
            "servers": terms.servers,
            "heartbeat_ms": milliseconds(terms.heartbeat),
            "resumable_ms": milliseconds(terms.resumable),
            "disallow_intents": terms.disallowed.0,
            "clock_jump_s": SignedDuration::as_secs(&world.clock.ahead()),
        },
    })
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// These with the keys that say something.
fn with_keys<const N: usize>(fault: Value, keys: [(&str, Option<Value>); N]) -> Value {
    let said = keys.into_iter().filter_map(|(key, value)| value.map(|value| entry(key, value)));
    said.fold(fault, with)
}

fn of_whom(fault: Value, whom: Whom) -> Value {
    with_keys(fault, [("bot", whom.bot.map(|bot| json!(bot))), ("shard", whom.shard.map(|shard| json!(shard)))])
}

fn request(fault: &RestFault) -> Value {
    let Target { bot, method, path } = &fault.target;
    let what = match &fault.outcome {
        Outcome::Served => json!({}),
        Outcome::Refused(refusal) => {
            json!({ "status": refusal.status.as_u16(), "code": refusal.code, "message": refusal.message })
        }
        Outcome::Limited(limit) => json!({
            "status": 429,
            "scope": limit.scope,
            "retry_after": limit.wait.as_secs_f64(),
            "headers": limit.headers,
        }),
        Outcome::Cut { after } => json!({ "cut": true, "after": after }),
    };
    let span = match fault.span {
        Span::Times(times) => json!({ "times": times.0 }),
        Span::Until(end) => json!({ "for_ms": milliseconds(end.saturating_duration_since(Instant::now())) }),
    };
    with_keys(
        with(what, span),
        [
            ("bot", bot.map(|bot| json!(bot))),
            ("method", method.as_ref().map(|method| json!(method.as_str()))),
            ("path", (!path.is_empty()).then(|| json!(path))),
            ("delay_ms", (!fault.delay.is_zero()).then(|| json!(milliseconds(fault.delay)))),
        ],
    )
}

fn count<'a>(name: &'a str, counts: &'a Counts) -> impl Iterator<Item = Value> + 'a {
    counts.left().map(move |(whom, times)| of_whom(entry(name, times), whom))
}

/// What is to befall the next events of each session.
fn events(world: &World) -> impl Iterator<Item = Value> {
    world.sessions.values().flat_map(|session| {
        let whom = Whom { bot: Some(session.bot), shard: Some(session.shard.0) };
        let late = session.late;
        let late = (late.times > 0).then(|| json!({ "delay_events_ms": milliseconds(late.by), "times": late.times }));
        let swap = session.swaps().then(|| json!({ "reorder": true }));
        late.into_iter().chain(swap).map(move |fault| of_whom(fault, whom))
    })
}

/// What connections are told to do and haven't done yet.
fn orders(world: &World) -> impl Iterator<Item = Value> {
    world.lines.values().flat_map(|line| {
        let whom = line.serves.map_or(Whom::default(), |(bot, shard)| Whom { bot: Some(bot), shard: Some(shard) });
        line.orders.iter().map(move |order| of_whom(ordered(*order), whom))
    })
}

fn ordered(order: Order) -> Value {
    match order {
        Order::Close(code) => json!({ "close": code }),
        Order::Reconnect => json!({ "reconnect": true }),
        Order::Invalidate(resumable) => json!({ "invalidate": resumable }),
        Order::Drop => json!({ "drop": true }),
        Order::Freeze(long) => json!({ "freeze_ms": milliseconds(long) }),
        Order::Malformed => json!({ "malformed": true }),
        Order::Garbage => json!({ "garbage": true }),
    }
}
