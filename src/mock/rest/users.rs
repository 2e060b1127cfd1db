//! A bot's own account and application, where the gateway is, and direct messages.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::query::Query;
use crate::mock::checks::{Problems, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{application as wire_application, channel, user as wire_user};
use crate::mock::world::Guild;

/// The most servers of one answer.
const MAX_GUILDS: u16 = 200;
/// The most characters of what an application says of itself.
const MAX_DESCRIPTION: usize = 400;

/// What stands in no name of a user: what means something in messages, and Discord's own.
const NOT_IN_NAMES: [&str; 5] = ["@", "#", ":", "```", "discord"];

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
    problems.lacks("username", name, &NOT_IN_NAMES);
    problems.into_result()?;
    let mut world = server.world();
    if let Some(name) = name {
        world.rename(bot, name);
    }
    Ok(Json(wire_user::own(&world, bot)))
}

/// `GET /users/@me/guilds`: oldest first.
pub(crate) async fn guilds(
    State(server): State<Shared>,
    Caller(bot): Caller,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_GUILDS, MAX_GUILDS)?;
    let world = server.world();
    let is_in = |guild: &&Guild| world.is_member(guild.id, bot) && part.holds(guild.id);
    let wanted = world.guilds.values().filter(is_in);
    // Before a server, the nearest ones are wanted.
    let left_out = if part.before.is_some() { wanted.clone().count().saturating_sub(part.limit) } else { 0 };
    let told = wanted.skip(left_out).take(part.limit).map(|guild| {
        json!({
            "id": guild.id,
            "name": guild.name,
            "icon": null,
            "banner": null,
            "owner": false,
            "permissions": world.permissions(guild.id, bot),
            "features": [],
        })
    });
    Ok(Json(told.collect()))
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
    if world.user(member).ok_or_else(Refusal::unknown_user)?.bot {
        return Err(Refusal::no_direct_message());
    }
    let id = world.direct_channel(member, bot);
    let found = world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    Ok(Json(channel::channel(&world, found)))
}

/// `PATCH /applications/@me`: another description; the rest is taken and changes nothing here.
pub(crate) async fn edit_application(
    State(server): State<Shared>,
    Caller(bot): Caller,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut problems = Problems::default();
    // The documentation has a text there, and the OpenAPI document one for each language.
    let told = body.json.get("description").map(|told| told.get("default").unwrap_or(told));
    let description = problems.text("description", told, 0..=MAX_DESCRIPTION, false);
    problems.into_result()?;
    let mut world = server.world();
    if let (Some(_), Some(own)) = (told, world.bots.get_mut(&bot)) {
        own.description = description.unwrap_or("").to_owned();
    }
    Ok(Json(wire_application::full(&world, bot)))
}

/// `GET /applications/@me` and `GET /oauth2/applications/@me`
pub(crate) async fn application(State(server): State<Shared>, Caller(bot): Caller) -> Json<Value> {
    Json(wire_application::full(&server.world(), bot))
}
