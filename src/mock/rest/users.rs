//! A bot's own account and application, where the gateway is, and direct messages.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use crate::mock::checks::{Problems, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{application as wire_application, channel, user as wire_user};
use crate::mock::world::{SERVER, permissions};

/// `GET /gateway`
pub(crate) async fn gateway(State(server): State<Shared>) -> Json<Value> {
    Json(json!({ "url": server.world().gateway_url }))
}

/// `GET /gateway/bot`
pub(crate) async fn gateway_for_bot(State(server): State<Shared>, Caller(bot): Caller) -> Json<Value> {
    let world = server.world();
    let (remaining, reset_after) = world.logins_left(bot);
    Json(json!({
        "url": world.gateway_url,
        "shards": world.terms.shards(),
        "session_start_limit": {
            "total": world.terms.logins_a_day,
            "remaining": remaining,
            "reset_after": u64::try_from(reset_after.as_millis()).unwrap_or(0),
            "max_concurrency": world.terms.at_once,
        },
    }))
}

/// `GET /users/@me`
pub(crate) async fn me(State(server): State<Shared>, Caller(bot): Caller) -> Json<Value> {
    Json(wire_user::own(&server.world(), bot))
}

/// `PATCH /users/@me`: a bot may take another name.
pub(crate) async fn rename(
    State(server): State<Shared>,
    Caller(bot): Caller,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut problems = Problems::default();
    let name = problems.text("username", body.json.get("username"), 2..=32, false);
    problems.into_result()?;
    let mut world = server.world();
    if let (Some(name), Some(user)) = (name, world.users.get_mut(&bot)) {
        user.name = name.to_owned();
    }
    Ok(Json(wire_user::own(&world, bot)))
}

/// `GET /users/@me/guilds`
pub(crate) async fn guilds(State(server): State<Shared>, _: Caller) -> Json<Value> {
    let world = server.world();
    Json(json!([{
        "id": world.guild,
        "name": SERVER,
        "icon": null,
        "banner": null,
        "owner": false,
        "permissions": permissions(false).to_string(),
        "features": [],
    }]))
}

/// `GET /users/{user}`
pub(crate) async fn user(
    State(server): State<Shared>,
    _: Caller,
    Path(user): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.user(user).map(|found| Json(wire_user::user(&world, found.id))).ok_or_else(Refusal::unknown_user)
}

/// `POST /users/@me/channels`: opens a direct message.
pub(crate) async fn open_direct(
    State(server): State<Shared>,
    Caller(bot): Caller,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let member = Id(number(&body.json, "recipient_id"));
    let mut world = server.world();
    if world.user(member).is_none_or(|user| user.bot) {
        return Err(Refusal::unknown_user());
    }
    let id = world.direct_channel(member, bot);
    let found = world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    Ok(Json(channel::channel(&world, found)))
}

/// `GET /applications/@me` and `GET /oauth2/applications/@me`
pub(crate) async fn application(State(server): State<Shared>, Caller(bot): Caller) -> Json<Value> {
    Json(wire_application::full(&server.world(), bot))
}
