//! The pinned messages of a channel, by Discord's old routes and its new ones.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::caller::Caller;
use super::messages::{find, is_going_on};
use super::path::Path;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::{Id, written};
use crate::mock::wire;
use crate::mock::world::Permissions;

/// `GET /channels/{channel}/messages/pins`: the last pinned first.
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand(channel, caller.0, Permissions::empty())?;
    let reader = caller.reader(&world);
    let pins = world.pins(channel).into_iter();
    let items = pins.map(|(message, since)| {
        json!({ "pinned_at": written(since), "message": wire::message::message(&world, message, reader) })
    });
    Ok(Json(json!({ "items": items.collect::<Vec<_>>(), "has_more": false })))
}

/// `GET /channels/{channel}/pins`
pub(crate) async fn old_list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand(channel, caller.0, Permissions::empty())?;
    let reader = caller.reader(&world);
    Ok(Json(world.pins(channel).iter().map(|(message, _)| wire::message::message(&world, message, reader)).collect()))
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
    find(&world, caller, channel, id)?;
    is_going_on(&world, channel)?;
    world.pin(id, pinned)?;
    Ok(StatusCode::NO_CONTENT)
}
