//! Reactions under a message: a bot's own and those of others.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use super::caller::Caller;
use super::messages::{find, is_going_on};
use super::path::Path;
use super::query::Query;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::user;
use crate::mock::world::{Permissions, World};

/// The most people of one answer, and how many there are unless asked.
const MAX_PEOPLE: u16 = 100;
const USUAL_PEOPLE: u16 = 25;

/// `PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me`
pub(crate) async fn put(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id, emoji)): Path<(Id, Id, String)>,
) -> Result<StatusCode, Refusal> {
    {
        let world = server.world();
        let known = find(&world, caller, channel, id, Permissions::READ_MESSAGE_HISTORY)?
            .reactions
            .iter()
            .any(|reaction| reaction.emoji == emoji);
        let needed = if known { Permissions::empty() } else { Permissions::ADD_REACTIONS };
        world.demand(channel, caller.0, needed)?;
    }
    change(&server, caller, channel, id, |world| world.react(id, caller.0, &emoji))
}

/// `DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/@me`
pub(crate) async fn take(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id, emoji)): Path<(Id, Id, String)>,
) -> Result<StatusCode, Refusal> {
    change(&server, caller, channel, id, |world| world.take_reaction(id, caller.0, &emoji))
}

/// `DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}`: somebody else's.
pub(crate) async fn take_from(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id, emoji, user)): Path<(Id, Id, String, Id)>,
) -> Result<StatusCode, Refusal> {
    if user != caller.0 {
        server.world().demand(channel, caller.0, Permissions::MANAGE_MESSAGES)?;
    }
    change(&server, caller, channel, id, |world| world.take_reaction(id, user, &emoji))
}

/// `DELETE /channels/{channel}/messages/{message}/reactions/{emoji}`: everybody's.
pub(crate) async fn clear_one(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id, emoji)): Path<(Id, Id, String)>,
) -> Result<StatusCode, Refusal> {
    server.world().demand(channel, caller.0, Permissions::MANAGE_MESSAGES)?;
    change(&server, caller, channel, id, |world| world.clear_reactions(id, Some(&emoji)))
}

/// `DELETE /channels/{channel}/messages/{message}/reactions`
pub(crate) async fn clear(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    server.world().demand(channel, caller.0, Permissions::MANAGE_MESSAGES)?;
    change(&server, caller, channel, id, |world| world.clear_reactions(id, None))
}

/// `GET /channels/{channel}/messages/{message}/reactions/{emoji}`: who put it there.
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id, emoji)): Path<(Id, Id, String)>,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_PEOPLE, USUAL_PEOPLE)?;
    let world = server.world();
    let message = find(&world, caller, channel, id, Permissions::READ_MESSAGE_HISTORY)?;
    let by = message.reactions.iter().filter(|reaction| reaction.emoji == emoji).flat_map(|reaction| &reaction.by);
    let by = by.filter(|person| part.holds(**person)).take(part.limit);
    Ok(Json(by.map(|person| user::user(&world, *person)).collect()))
}

/// Changes a message that the bot sees.
fn change(
    server: &Shared,
    caller: Caller,
    channel: Id,
    id: Id,
    change: impl FnOnce(&mut World) -> Result<(), Refusal>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    find(&world, caller, channel, id, Permissions::empty())?;
    is_going_on(&world, channel)?;
    change(&mut world)?;
    Ok(StatusCode::NO_CONTENT)
}
