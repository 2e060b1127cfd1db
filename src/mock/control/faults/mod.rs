//! Orders to misbehave: `POST /mock/faults`.

mod check;
mod wish;

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use super::request::{ControlError, Given};
use crate::mock::intents::Intents;
use crate::mock::server::Shared;
use crate::mock::world::{Order, RestFault, World};
use wish::Wish;

/// `POST /mock/faults`
pub(crate) async fn order(State(server): State<Shared>, Given(wish): Given<Wish>) -> Result<StatusCode, ControlError> {
    check::check(&wish)?;
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
    set_terms(&mut world, &wish);
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

/// Changes what bots are held to at the gateway.
fn set_terms(world: &mut World, wish: &Wish) {
    let terms = &mut world.terms;
    terms.login_limits = wish.login_limits.unwrap_or(terms.login_limits);
    terms.logins_a_day = wish.logins_a_day.unwrap_or(terms.logins_a_day);
    terms.at_once = wish.max_concurrency.unwrap_or(terms.at_once);
    terms.servers = wish.servers.unwrap_or(terms.servers);
    terms.heartbeat = wish.heartbeat_ms.map_or(terms.heartbeat, Duration::from_millis);
}
