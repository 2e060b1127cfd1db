//! Orders to misbehave: `POST /mock/faults`, and what is left of them.

mod check;
mod list;
mod rest;
mod wish;

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use super::request::{ControlError, Given};
use crate::mock::intents::Intents;
use crate::mock::server::Shared;
use crate::mock::world::{Counts, Faults, Order, World};
use wish::Wish;

/// `POST /mock/faults`
pub(crate) async fn order(State(server): State<Shared>, Given(wish): Given<Wish>) -> Result<StatusCode, ControlError> {
    check::check(&wish)?;
    let mut world = server.world();
    let whom = wish.whom();
    // Looked for first, so that what is refused leaves no trace.
    let room = world.takes_orders(whom, orders(&wish).count())
        && (!wish.is_about_requests() || world.faults.has_room())
        && counts(&mut world.faults, &wish).all(|(_, counts)| counts.has_room(whom));
    if !room {
        return Err(ControlError::conflict("Too many faults wait for their turn."));
    }
    if let Some(fault) = rest::fault(&wish) {
        world.faults.add(fault);
    }
    counts(&mut world.faults, &wish).for_each(|(times, counts)| counts.set(whom, times));
    set_terms(&mut world, &wish);
    disturb_events(&mut world, &wish);
    orders(&wish).for_each(|order| world.order(whom, order));
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /mock/faults`: what is still to go wrong, and the terms.
pub(crate) async fn list(State(server): State<Shared>) -> Json<Value> {
    Json(list::list(&server.world()))
}

/// `DELETE /mock/faults`: nothing goes wrong any more, and the terms and the clock are as at the start.
pub(crate) async fn mend(State(server): State<Shared>) -> StatusCode {
    server.world().mend();
    server.limits.lift();
    StatusCode::NO_CONTENT
}

/// How often heartbeats, logins, returns and messages are to go wrong, of those that are to.
fn counts<'f>(faults: &'f mut Faults, wish: &Wish) -> impl Iterator<Item = (u32, &'f mut Counts)> {
    let counts = [
        (wish.repeat, &mut faults.repeat),
        (wish.withhold_ack, &mut faults.withheld_acks),
        (wish.refuse_identify, &mut faults.refused_logins),
        (wish.refuse_resume, &mut faults.refused_resumes),
    ];
    counts.into_iter().filter_map(|(times, counts)| Some((times?, counts)))
}

/// Changes what bots are held to.
fn set_terms(world: &mut World, wish: &Wish) {
    if let Some(seconds) = wish.clock_jump_s {
        world.clock.jump(seconds);
    }
    let founded = world.guilds.len() as u64;
    let terms = &mut world.terms;
    terms.disallowed = wish.disallow_intents.map_or(terms.disallowed, Intents);
    terms.rate_limits = wish.rate_limits.unwrap_or(terms.rate_limits);
    terms.login_limits = wish.login_limits.unwrap_or(terms.login_limits);
    terms.logins_a_day = wish.logins_a_day.unwrap_or(terms.logins_a_day);
    terms.at_once = wish.max_concurrency.unwrap_or(terms.at_once);
    terms.servers = wish.servers.map_or(terms.servers, |servers| servers.max(founded));
    terms.heartbeat = wish.heartbeat_ms.map_or(terms.heartbeat, Duration::from_millis);
    terms.resumable = wish.resumable_ms.map_or(terms.resumable, Duration::from_millis);
}

/// Lets the next events go wrong.
fn disturb_events(world: &mut World, wish: &Wish) {
    if let Some(delay) = wish.delay_events_ms {
        world.delay_events(wish.whom(), wish.times.unwrap_or(1), Duration::from_millis(delay));
    }
    if wish.reorder {
        world.swap_events(wish.whom());
    }
    if wish.unknown_event {
        world.send_unknown_event(wish.whom());
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
