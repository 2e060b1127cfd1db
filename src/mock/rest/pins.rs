//! The pinned messages of a channel, by Discord's old routes and its new ones.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::caller::Caller;
use super::messages::{find, is_going_on};
use super::path::Path;
use super::query::Query;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::{Id, written};
use crate::mock::wire;
use crate::mock::world::{Message, Permissions, World};

/// The most pinned messages of one answer.
const MAX_LIMIT: u16 = 50;

/// `GET /channels/{channel}/messages/pins`: the last pinned first.
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let (before, limit) = query.past(1..=MAX_LIMIT, MAX_LIMIT)?;
    let world = server.world();
    let wanted = pinned(&world, caller, channel)?;
    let mut wanted = wanted.into_iter().filter(|(_, since)| before.is_none_or(|before| *since < before));
    let reader = caller.reader(&world);
    let item = |(message, since): (&Message, Timestamp)| json!({ "pinned_at": written(since), "message": wire::message::message(&world, message, reader) });
    let items: Vec<Value> = wanted.by_ref().take(limit).map(item).collect();
    Ok(Json(json!({ "items": items, "has_more": wanted.next().is_some() })))
}

/// `GET /channels/{channel}/pins`
pub(crate) async fn old_list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    let reader = caller.reader(&world);
    let pinned = pinned(&world, caller, channel)?.into_iter().take(usize::from(MAX_LIMIT));
    Ok(Json(pinned.map(|(message, _)| wire::message::message(&world, message, reader)).collect()))
}

/// The pinned messages of a channel that the bot sees; none if it may not read what was said before.
fn pinned(world: &World, caller: Caller, channel: Id) -> Result<Vec<(&Message, Timestamp)>, Refusal> {
    let found = world.demand(channel, caller.0, Permissions::empty())?;
    let reads = world.permissions_in(found, caller.0).contains(Permissions::READ_MESSAGE_HISTORY);
    Ok(if reads { world.pins(channel).collect() } else { Vec::new() })
}

/// `PUT /channels/{channel}/messages/pins/{message}`, and the old route.
pub(crate) async fn pin(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    change(&server, caller, channel, id, true)
}

/// `DELETE /channels/{channel}/messages/pins/{message}`, and the old route.
pub(crate) async fn unpin(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    change(&server, caller, channel, id, false)
}

fn change(server: &Shared, caller: Caller, channel: Id, id: Id, pinned: bool) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand(channel, caller.0, Permissions::PIN_MESSAGES)?;
    find(&world, caller, channel, id, Permissions::READ_MESSAGE_HISTORY)?;
    is_going_on(&world, channel)?;
    world.pin(id, pinned)?;
    Ok(StatusCode::NO_CONTENT)
}
