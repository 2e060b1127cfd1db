//! Servers and their channels.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::Caller;
use super::path::Path;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel as wire_channel, user};
use crate::mock::world::World;

/// The most members of one answer to a search.
const MAX_FOUND: usize = 1000;

/// `GET /guilds/{guild}`
pub(crate) async fn guild(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    is_a_guild(&world, guild)?;
    let members = world.users.len();
    let counts = json!({ "approximate_member_count": members, "approximate_presence_count": members });
    Ok(Json(wire::with(wire::guild::described(&world, guild), counts)))
}

/// `GET /guilds/{guild}/channels`
pub(crate) async fn list(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_a_guild(&server, guild, wire::guild::text_channels)
}

/// `GET /guilds/{guild}/roles`
pub(crate) async fn roles(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_a_guild(&server, guild, |_, guild| wire::guild::roles(guild))
}

/// `GET /guilds/{guild}/members`
pub(crate) async fn members(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_a_guild(&server, guild, wire::guild::members)
}

/// Whose names are wanted.
#[derive(Deserialize)]
pub(crate) struct Search {
    query: String,
    limit: Option<usize>,
}

/// `GET /guilds/{guild}/members/search`: those whose name begins so.
pub(crate) async fn search(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
    Query(search): Query<Search>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    is_a_guild(&world, guild)?;
    let wanted = search.query.to_lowercase();
    let found = world.users.values().filter(|found| found.name.to_lowercase().starts_with(&wanted));
    let found = found.take(search.limit.unwrap_or(1).clamp(1, MAX_FOUND));
    Ok(Json(found.map(|found| user::member(&world, guild, found.id)).collect()))
}

/// `GET /guilds/{guild}/members/{user}`
pub(crate) async fn member(
    State(server): State<Shared>,
    _: Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    is_a_guild(&world, guild)?;
    world.user(id).map(|_| Json(user::member(&world, guild, id))).ok_or_else(Refusal::unknown_member)
}

/// `GET /channels/{channel}`
pub(crate) async fn channel(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    let found = world.channels.get(&id).filter(|channel| channel.is_open_to(bot));
    found.map(|found| Json(wire_channel::channel(&world, found))).ok_or_else(Refusal::unknown_channel)
}

/// `POST /channels/{channel}/typing`
pub(crate) async fn typing(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    open_channel(&world, id, bot)?;
    let since = world.new_id();
    server.typing.note(id, bot, since);
    world.tick();
    Ok(StatusCode::NO_CONTENT)
}

/// A list of what a server has.
fn of_a_guild(server: &Shared, guild: Id, list: fn(&World, Id) -> Vec<Value>) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    is_a_guild(&world, guild)?;
    Ok(Json(list(&world, guild)))
}

/// Refuses a channel that isn't there or isn't the bot's to see.
pub(crate) fn open_channel(world: &World, id: Id, bot: Id) -> Result<(), Refusal> {
    let channel = world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    if channel.is_open_to(bot) { Ok(()) } else { Err(Refusal::missing_access()) }
}

/// Refuses a server that isn't there.
pub(crate) fn is_a_guild(world: &World, guild: Id) -> Result<(), Refusal> {
    if world.guilds.contains_key(&guild) { Ok(()) } else { Err(Refusal::unknown_guild()) }
}
