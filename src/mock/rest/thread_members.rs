//! Who is in a thread: told, let in and sent out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use super::caller::Caller;
use super::messages::is_going_on;
use super::path::Path;
use super::query::Query;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::channel;
use crate::mock::world::{Permissions, ThreadMember, World};

/// The most members of one answer that tells what they are in the server, too.
const MAX_MEMBERS: u16 = 100;

/// `GET /channels/{channel}/thread-members`: all of them, but in parts with what they are in the server.
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_MEMBERS, MAX_MEMBERS)?;
    let world = server.world();
    world.demand(id, bot, Permissions::empty())?;
    let thread = world.thread(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
    let with_member = query.is_yes("with_member");
    let wanted = thread.members().filter(|member| !with_member || part.holds(member.id));
    let limit = if with_member { part.limit } else { usize::MAX };
    Ok(Json(wanted.take(limit).map(|member| shown(&world, id, member, with_member)).collect()))
}

/// `GET /channels/{channel}/thread-members/@me`
pub(crate) async fn own(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    membership(&server, bot, id, bot, &query)
}

/// `GET /channels/{channel}/thread-members/{user}`
pub(crate) async fn one(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, user)): Path<(Id, Id)>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    membership(&server, bot, id, user, &query)
}

fn membership(server: &Shared, bot: Id, id: Id, user: Id, query: &Query) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand(id, bot, Permissions::empty())?;
    let thread = world.thread(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
    let found = thread.membership(user).ok_or_else(Refusal::unknown_member)?;
    Ok(Json(shown(&world, id, found, query.is_yes("with_member"))))
}

/// Somebody in a thread, with what they are in the server where that is wanted.
fn shown(world: &World, thread: Id, found: ThreadMember, with_member: bool) -> Value {
    if with_member { channel::known_thread_member(world, thread, found) } else { channel::thread_member(thread, found) }
}

/// `PUT /channels/{channel}/thread-members/@me`
pub(crate) async fn join(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    change(&server, bot, id, bot, true)
}

/// `DELETE /channels/{channel}/thread-members/@me`
pub(crate) async fn leave(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    change(&server, bot, id, bot, false)
}

/// `PUT /channels/{channel}/thread-members/{user}`: into a private one that isn't open to invitations only by who started it,
/// or with Manage Threads.
pub(crate) async fn add(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, user)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    {
        let world = server.world();
        let open = world.thread(id).is_none_or(|thread| !thread.private || thread.invitable || thread.owner == bot);
        world.demand(id, bot, if open { Permissions::empty() } else { Permissions::MANAGE_THREADS })?;
    }
    change(&server, bot, id, user, true)
}

/// `DELETE /channels/{channel}/thread-members/{user}`: from a private thread of one's own, or with Manage Threads.
pub(crate) async fn remove(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, user)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    {
        let world = server.world();
        let own = world.thread(id).is_some_and(|thread| thread.private && thread.owner == bot);
        world.demand(id, bot, if own { Permissions::empty() } else { Permissions::MANAGE_THREADS })?;
    }
    change(&server, bot, id, user, false)
}

/// Lets somebody into a thread that the bot sees, or out of it.
fn change(server: &Shared, bot: Id, id: Id, user: Id, joins: bool) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand(id, bot, Permissions::empty())?;
    world.user(user).ok_or_else(Refusal::unknown_user)?;
    is_going_on(&world, id)?;
    world.change_thread_member(id, user, joins)?;
    Ok(StatusCode::NO_CONTENT)
}
