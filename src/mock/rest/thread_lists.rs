//! Lists of threads: those of a server that go on, and those of a channel that are over.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::caller::Caller;
use super::path::Path;
use super::query::Query;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel};
use crate::mock::world::{Channel, Permissions, Thread, World};

/// The fewest and the most threads of one answer that are over.
const MIN_ARCHIVED: u16 = 2;
const MAX_ARCHIVED: u16 = 100;

/// `GET /channels/{channel}/threads/archived/{kind}`: the last archived first, public or private ones.
pub(crate) async fn archived(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((parent, kind)): Path<(Id, String)>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let private = match kind.as_str() {
        "public" => false,
        "private" => true,
        _ => return Err(Refusal::no_route()),
    };
    let (before, limit) = query.past(MIN_ARCHIVED..=MAX_ARCHIVED, MAX_ARCHIVED)?;
    let world = server.world();
    let needed = if private { Permissions::MANAGE_THREADS } else { Permissions::READ_MESSAGE_HISTORY };
    world.demand(parent, bot, needed)?;
    let earlier = |thread: &Thread| before.is_none_or(|before| thread.since < before);
    let mut found = over(&world, parent, |_, thread| thread.private == private && earlier(thread))?;
    found.sort_by_key(|(_, thread)| Reverse(thread.since));
    Ok(Json(part_of(&world, bot, &found, limit)))
}

/// `GET /channels/{channel}/users/@me/threads/archived/private`: those that the bot is in, the newest first.
pub(crate) async fn archived_joined(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(parent): Path<Id>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let part = query.part(MIN_ARCHIVED..=MAX_ARCHIVED, MAX_ARCHIVED)?;
    let world = server.world();
    world.demand(parent, bot, Permissions::READ_MESSAGE_HISTORY)?;
    let joined = |thread: &Thread| thread.private && thread.membership(bot).is_some();
    let mut found = over(&world, parent, |id, thread| joined(thread) && part.holds(id))?;
    found.sort_by_key(|(channel, _)| Reverse(channel.id));
    Ok(Json(part_of(&world, bot, &found, part.limit)))
}

/// `GET /guilds/{guild}/threads/active`
pub(crate) async fn active(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    let threads = wire::guild::threads(&world, guild, bot);
    Ok(Json(wire::with(listed(&world, bot, threads), json!({ "has_more": false }))))
}

/// The threads of a channel that are over and wanted.
fn over(world: &World, parent: Id, wanted: impl Fn(Id, &Thread) -> bool) -> Result<Vec<(&Channel, &Thread)>, Refusal> {
    let guild = world.guild_of(parent).ok_or_else(Refusal::wrong_kind_of_channel)?;
    let threads = world.channels_of(guild).filter_map(|found| Some((found, world.thread(found.id)?)));
    let over = threads.filter(|(_, thread)| thread.parent == parent && thread.archived);
    Ok(over.filter(|(found, thread)| wanted(found.id, thread)).collect())
}

/// The first of these threads, and whether there are more.
fn part_of(world: &World, bot: Id, found: &[(&Channel, &Thread)], limit: usize) -> Value {
    let shown = found.iter().take(limit).map(|(found, _)| *found);
    wire::with(listed(world, bot, shown), json!({ "has_more": found.len() > limit }))
}

/// Threads as lists of them show them, with what the bot is in them.
fn listed<'w>(world: &World, bot: Id, threads: impl Iterator<Item = &'w Channel>) -> Value {
    let (mut shown, mut members) = (Vec::new(), Vec::new());
    for found in threads {
        shown.push(channel::channel(world, found));
        let own = world.thread(found.id).and_then(|thread| thread.membership(bot));
        members.extend(own.map(|own| channel::thread_member(found.id, own)));
    }
    json!({ "threads": shown, "members": members })
}
