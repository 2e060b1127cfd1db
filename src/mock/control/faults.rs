//! Orders to misbehave: `POST /mock/faults`.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::request::{ControlError, Given, optional};
use crate::mock::intents::Intents;
use crate::mock::server::Shared;
use crate::mock::world::{Order, RestFault};

/// The longest that an answer is held back, in milliseconds.
const MAX_DELAY_MS: u64 = 120_000;
/// The most extra copies of an event.
const MAX_REPEAT: u32 = 100;

/// What is to go wrong; any of these together.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Wish {
    /// Deliver the next new message this many extra times.
    #[serde(deserialize_with = "optional")]
    repeat: Option<u32>,
    /// Answer requests with this status.
    #[serde(deserialize_with = "optional")]
    status: Option<u16>,
    /// Discord's code in that answer.
    #[serde(deserialize_with = "optional")]
    code: u32,
    /// The words of that answer.
    #[serde(deserialize_with = "optional")]
    message: Option<String>,
    /// Hold answers back this long.
    #[serde(deserialize_with = "optional")]
    delay_ms: Option<u64>,
    /// How many requests this happens to.
    #[serde(deserialize_with = "optional")]
    times: Option<u32>,
    /// A part of the path of those requests.
    #[serde(deserialize_with = "optional")]
    path: String,
    /// Close the gateway connections with this code.
    #[serde(deserialize_with = "optional")]
    close: Option<u16>,
    /// Ask the bots to reconnect.
    #[serde(deserialize_with = "optional")]
    reconnect: bool,
    /// Tell the bots that their session is invalid; `true` when they may resume it.
    #[serde(deserialize_with = "optional")]
    invalidate: Option<bool>,
    /// Refuse these privileged intents at the next login, as a number of bits.
    #[serde(deserialize_with = "optional")]
    disallow_intents: Option<u64>,
    /// Whether rate limits hold.
    #[serde(deserialize_with = "optional")]
    rate_limits: Option<bool>,
}

/// `POST /mock/faults`
pub(crate) async fn order(State(server): State<Shared>, Given(wish): Given<Wish>) -> Result<StatusCode, ControlError> {
    check(&wish)?;
    let mut world = server.world();
    if let Some(repeat) = wish.repeat {
        world.faults.repeat = repeat;
    }
    if let Some(bits) = wish.disallow_intents {
        world.faults.disallowed = Intents(bits);
    }
    if let Some(hold) = wish.rate_limits {
        world.faults.rate_limits = hold;
    }
    if wish.status.is_some() || wish.delay_ms.is_some() {
        let fault = RestFault {
            times: wish.times.unwrap_or(1),
            path: wish.path,
            status: wish.status,
            code: wish.code,
            message: wish.message.unwrap_or_else(|| "This was ordered through /mock/faults.".to_owned()),
            delay_ms: wish.delay_ms.unwrap_or(0),
        };
        if !world.faults.add(fault) {
            return Err(ControlError::conflict("Too many faults wait for their turn."));
        }
    }
    let close = wish.close.map(Order::Close);
    let reconnect = wish.reconnect.then_some(Order::Reconnect);
    let orders = [reconnect, wish.invalidate.map(Order::Invalidate), close];
    orders.into_iter().flatten().for_each(|order| world.order_all(order));
    Ok(StatusCode::NO_CONTENT)
}

fn check(wish: &Wish) -> Result<(), ControlError> {
    if wish.repeat.is_some_and(|repeat| repeat > MAX_REPEAT) {
        return Err(ControlError::bad(format!("A message is repeated at most {MAX_REPEAT} times.")));
    }
    if wish.status.is_some_and(|status| !(400..600).contains(&status)) {
        return Err(ControlError::bad("The status of a fault is between 400 and 599."));
    }
    if wish.delay_ms.is_some_and(|delay| delay > MAX_DELAY_MS) {
        return Err(ControlError::bad(format!("An answer is held back for at most {MAX_DELAY_MS} ms.")));
    }
    if wish.times == Some(0) {
        return Err(ControlError::bad("A fault happens at least once."));
    }
    if wish.close.is_some_and(|code| !(1000..5000).contains(&code)) {
        return Err(ControlError::bad("A close code is between 1000 and 4999."));
    }
    Ok(())
}
