//! Servers and what they list.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::query::Query;
use crate::mock::checks::{Problems, given};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Permissions, World};

/// `GET /guilds/{guild}`: with the number of its members where it is asked for.
pub(crate) async fn guild(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    if !query.is_yes("with_counts") {
        return Ok(Json(wire::guild::described(&world, guild)));
    }
    let members = world.members_of(guild).count();
    let counts = json!({ "approximate_member_count": members, "approximate_presence_count": members });
    Ok(Json(wire::with(wire::guild::described(&world, guild), counts)))
}

/// `PATCH /guilds/{guild}`: another name; the rest is taken and changes nothing here.
pub(crate) async fn rename(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_GUILD)?;
    let mut problems = Problems::default();
    let named = given(&body.json, "name");
    let name = problems.text("name", named, 2..=100, named.is_some()).map(str::to_owned);
    // By their names members call servers and channels.
    let taken = |name: &String| world.guilds.values().any(|other| other.id != guild && other.name == *name);
    if name.as_ref().is_some_and(|name| name.contains('/') || taken(name)) {
        problems.add(
            "name",
            "UNSUPPORTED_HERE",
            "The local Discord needs names of servers without `/`, each for one server.",
        );
    }
    problems.into_result()?;
    if let Some(name) = &name {
        world.rename_guild(guild, name);
    }
    Ok(Json(wire::guild::described(&world, guild)))
}

/// `GET /guilds/{guild}/channels`
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    Ok(Json(wire::guild::rooms(&world, guild)))
}

/// `GET /channels/{channel}`: of a thread with what the bot is in it.
pub(crate) async fn channel(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    let shown = wire::channel::channel(&world, world.demand(id, bot, Permissions::empty())?);
    let own = world.thread(id).and_then(|thread| thread.membership(bot));
    let own = own.map(|own| json!({ "member": wire::channel::thread_member(id, own) }));
    Ok(Json(own.map_or(shown.clone(), |own| wire::with(shown, own))))
}

/// `POST /channels/{channel}/typing`
pub(crate) async fn typing(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    let found = world.demand(id, bot, world.needed_to_write(id))?;
    let guild = found.guild;
    let since = world.new_id();
    server.typing.note(id, bot, since);
    let told = json!({ "channel_id": id, "user_id": bot, "timestamp": since.time().as_second() });
    let member = |guild| json!({ "guild_id": guild, "member": wire::user::member(&world, guild, bot) });
    let told = guild.map(member).map_or(told.clone(), |member| wire::with(told, member));
    world.dispatch("TYPING_START", id, None, |_, _| Some(told.to_string()));
    world.tick();
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a server that isn't there.
pub(crate) fn is_a_guild(world: &World, guild: Id) -> Result<(), Refusal> {
    if world.guilds.contains_key(&guild) { Ok(()) } else { Err(Refusal::unknown_guild()) }
}
