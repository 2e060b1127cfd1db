//! Webhooks: made and managed by bots, and written through by whoever knows their address.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::body::Body;
use super::caller::{Caller, reader};
use super::path::Path;
use super::query::Query;
use super::threads::{of_its_own, tags};
use super::written::Written;
use crate::mock::checks::message::draft;
use crate::mock::checks::{Problems, given, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, webhook};
use crate::mock::world::{Channel, NewThread, Opening, Permissions, Persona, RoomKind, Webhook, World};

/// The most characters of a webhook's name.
const MAX_NAME: usize = 80;
/// The most characters of the name of a post that it opens.
const MAX_THREAD_NAME: usize = 100;

/// Discord keeps its own names to itself.
const OWN_NAMES: [&str; 2] = ["discord", "clyde"];

/// `POST /channels/{channel}/webhooks`
pub(crate) async fn create(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(channel): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    world.demand(channel, bot, Permissions::MANAGE_WEBHOOKS)?;
    let name = name(&body.json, true)?.unwrap_or_default();
    let id = world.make_webhook(channel, bot, name)?;
    Ok(Json(webhook::managed(&world, world.webhook(id, None)?)))
}

/// `GET /channels/{channel}/webhooks`
pub(crate) async fn of_channel(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand(channel, bot, Permissions::MANAGE_WEBHOOKS)?;
    Ok(Json(listed(&world, |own| own.channel == channel)))
}

/// `GET /guilds/{guild}/webhooks`
pub(crate) async fn of_guild(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_WEBHOOKS)?;
    Ok(Json(listed(&world, |own| world.guild_of(own.channel) == Some(guild))))
}

/// `GET /webhooks/{webhook}`, for a bot that may manage webhooks where it is.
pub(crate) async fn one(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    let found = managed_by(&world, id, bot)?;
    Ok(Json(webhook::managed(&world, found)))
}

/// `PATCH /webhooks/{webhook}`
pub(crate) async fn edit(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let name = name(&body.json, false)?;
    let channel = given(&body.json, "channel_id").map(|_| Id(number(&body.json, "channel_id")));
    let mut world = server.world();
    managed_by(&world, id, bot)?;
    if let Some(channel) = channel {
        world.demand(channel, bot, Permissions::MANAGE_WEBHOOKS)?;
    }
    world.edit_webhook(id, name, channel)?;
    Ok(Json(webhook::managed(&world, world.webhook(id, None)?)))
}

/// `DELETE /webhooks/{webhook}`
pub(crate) async fn delete(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    managed_by(&world, id, bot)?;
    world.delete_webhook(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /webhooks/{webhook}/{token}`, for whoever knows the address.
pub(crate) async fn one_by_token(
    State(server): State<Shared>,
    Path((id, token)): Path<(Id, String)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    Ok(Json(webhook::webhook(&world, world.webhook(id, Some(&token))?)))
}

/// `PATCH /webhooks/{webhook}/{token}`: another name.
pub(crate) async fn edit_by_token(
    State(server): State<Shared>,
    Path((id, token)): Path<(Id, String)>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let name = name(&body.json, false)?;
    let mut world = server.world();
    world.webhook(id, Some(&token))?;
    world.edit_webhook(id, name, None)?;
    Ok(Json(webhook::webhook(&world, world.webhook(id, None)?)))
}

/// `DELETE /webhooks/{webhook}/{token}`
pub(crate) async fn delete_by_token(
    State(server): State<Shared>,
    Path((id, token)): Path<(Id, String)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.webhook(id, Some(&token))?;
    world.delete_webhook(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes through a webhook; without `wait` the answer is empty.
pub(super) fn write(server: &Shared, id: Id, token: &str, query: &Query, body: Body) -> Result<Response, Refusal> {
    let thread_id = query.id("thread_id")?;
    let mut problems = Problems::default();
    let persona = problems
        .text("username", given(&body.json, "username"), 1..=MAX_NAME, given(&body.json, "username").is_some())
        .map(str::to_owned);
    problems.lacks("username", persona.as_deref(), &OWN_NAMES);
    let opens = problems.text(
        "thread_name",
        given(&body.json, "thread_name"),
        1..=MAX_THREAD_NAME,
        given(&body.json, "thread_name").is_some(),
    );
    let opens = opens.map(str::to_owned);
    let tags = tags(&mut problems, &body.json);
    problems.into_result()?;
    let draft = draft(body.json, body.files)?;
    let mut world = server.world();
    let own = world.webhook(id, Some(token))?;
    let (channel, persona) = (own.channel, Persona { name: persona.unwrap_or_else(|| own.name.clone()) });
    let room = world.channels.get(&channel).and_then(Channel::room);
    let in_forum = room.is_some_and(|room| room.kind == RoomKind::Forum);
    let posted = match (opens, thread_id) {
        (Some(_), Some(_)) => return Err(Refusal::webhook_with_two_threads()),
        (Some(_), None) if !in_forum => return Err(Refusal::webhook_without_forum()),
        (None, None) if in_forum => return Err(Refusal::webhook_without_thread()),
        (Some(name), None) => world.start_thread(NewThread {
            parent: channel,
            from: None,
            owner: id,
            name,
            private: false,
            invitable: false,
            minutes: None,
            opening: Some(Opening { draft: of_its_own(draft), persona: Some(persona) }),
            tags,
        })?,
        (None, thread) => world.write_through(id, thread, persona, draft)?,
    };
    if !query.is_yes("wait") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let message = world.message(posted).ok_or_else(Refusal::unknown_message)?;
    Ok(Written(wire::message::answer(&world, message, reader(&world, id))).into_response())
}

fn name(body: &Value, new: bool) -> Result<Option<String>, Refusal> {
    let mut problems = Problems::default();
    let name = problems
        .text("name", given(body, "name"), 1..=MAX_NAME, new || given(body, "name").is_some())
        .map(str::to_owned);
    problems.lacks("name", name.as_deref(), &OWN_NAMES);
    problems.into_result()?;
    Ok(name)
}

fn managed_by(world: &World, id: Id, bot: Id) -> Result<&Webhook, Refusal> {
    let found = world.webhook(id, None)?;
    world.demand(found.channel, bot, Permissions::MANAGE_WEBHOOKS)?;
    Ok(found)
}

fn listed(world: &World, wanted: impl Fn(&Webhook) -> bool) -> Vec<Value> {
    world.webhooks.values().filter(|own| wanted(own)).map(|own| webhook::managed(world, own)).collect()
}
