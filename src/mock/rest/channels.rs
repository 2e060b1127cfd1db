//! The server and its channels.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::caller::Caller;
use super::path::Path;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel as wire_channel, user};
use crate::mock::world::World;

/// `GET /guilds/{guild}`
pub(crate) async fn guild(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    is_the_guild(&world, guild)?;
    let members = world.users.len();
    let counts = json!({ "approximate_member_count": members, "approximate_presence_count": members });
    Ok(Json(wire::with(wire::guild::described(&world), counts)))
}

/// `GET /guilds/{guild}/channels`
pub(crate) async fn list(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_the_guild(&server, guild, wire::guild::text_channels)
}

/// `GET /guilds/{guild}/roles`
pub(crate) async fn roles(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_the_guild(&server, guild, wire::guild::roles)
}

/// `GET /guilds/{guild}/members`
pub(crate) async fn members(
    State(server): State<Shared>,
    _: Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    of_the_guild(&server, guild, |world| world.users.keys().map(|id| user::member(world, *id)).collect())
}

/// `GET /guilds/{guild}/members/{user}`
pub(crate) async fn member(
    State(server): State<Shared>,
    _: Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    is_the_guild(&world, guild)?;
    world.user(id).map(|_| Json(user::member(&world, id))).ok_or_else(Refusal::unknown_member)
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

/// A list of what the one server has.
fn of_the_guild(server: &Shared, guild: Id, list: fn(&World) -> Vec<Value>) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    is_the_guild(&world, guild)?;
    Ok(Json(list(&world)))
}

/// Refuses a channel that isn't there or isn't the bot's to see.
pub(crate) fn open_channel(world: &World, id: Id, bot: Id) -> Result<(), Refusal> {
    let open = world.channels.get(&id).is_some_and(|channel| channel.is_open_to(bot));
    if open { Ok(()) } else { Err(Refusal::unknown_channel()) }
}

/// Refuses any server but the one.
pub(crate) fn is_the_guild(world: &World, guild: Id) -> Result<(), Refusal> {
    if world.guild == guild { Ok(()) } else { Err(Refusal::unknown_guild()) }
}
