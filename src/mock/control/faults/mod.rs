//! Orders to misbehave: `POST /mock/faults`.

mod check;
mod rest;
mod wish;

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use super::request::{ControlError, Given};
use crate::mock::intents::Intents;
use crate::mock::server::Shared;
use crate::mock::world::{Order, Times, World};
use wish::Wish;

/// `POST /mock/faults`
pub(crate) async fn order(State(server): State<Shared>, Given(wish): Given<Wish>) -> Result<StatusCode, ControlError> {
    check::check(&wish)?;
    let mut world = server.world();
    if let Some(fault) = rest::fault(&wish)
        && !world.faults.add(fault)
    {
        return Err(ControlError::conflict("Too many faults wait for their turn."));
    }
    if let Some(repeat) = wish.repeat {
        world.faults.repeat = repeat;
    }
    if let Some(bits) = wish.disallow_intents {
        world.faults.disallowed = Intents(bits);
    }
    if let Some(hold) = wish.rate_limits {
        world.faults.rate_limits = hold;
    }
    if let Some(seconds) = wish.clock_jump_s {
        world.clock.jump(seconds);
    }
    set_terms(&mut world, &wish);
    disturb_sessions(&mut world, &wish);
    disturb_events(&mut world, &wish);
    orders(&wish).for_each(|order| world.order_all(order));
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

/// Lets heartbeats, logins and returns go wrong.
fn disturb_sessions(world: &mut World, wish: &Wish) {
    let faults = &mut world.faults;
    faults.withheld_acks = wish.withhold_ack.map_or(faults.withheld_acks, Times);
    faults.refused_logins = wish.refuse_identify.map_or(faults.refused_logins, Times);
    faults.refused_resumes = wish.refuse_resume.map_or(faults.refused_resumes, Times);
}

/// Lets the next events go wrong.
fn disturb_events(world: &mut World, wish: &Wish) {
    if let Some(delay) = wish.delay_events_ms {
        world.delay_all(wish.times.unwrap_or(1), Duration::from_millis(delay));
    }
    if wish.reorder {
        world.swap_all();
    }
    if wish.unknown_event {
        world.dispatch("SOMETHING_NEW", None, None, |world, _| json!({ "guild_id": world.guild, "news": [1, null] }));
    }
}

/// What the connections are told to do, what ends them last.
fn orders(wish: &Wish) -> impl Iterator<Item = Order> {
    let orders = [
        wish.freeze_ms.map(Duration::from_millis).map(Order::Freeze),
        wish.malformed.then_some(Order::Malformed),
        wish.garbage.then_some(Order::Garbage),
        wish.reconnect.then_some(Order::Reconnect),
        wish.invalidate.map(Order::Invalidate),
        wish.drop.then_some(Order::Drop),
        wish.close.map(Order::Close),
    ];
    orders.into_iter().flatten()
}
