//! Threads: started from a message or without one, joined, left and changed.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::channels::{is_a_guild, open_channel};
use super::messages::is_going_on;
use super::path::Path;
use crate::mock::checks::{Problems, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel};
use crate::mock::world::{MAX_NAME, NewThread, Place, ThreadEdit, USUAL_MINUTES, World};

/// The kinds of threads: public and private ones.
const KINDS: [u64; 2] = [channel::PUBLIC_THREAD as u64, channel::PRIVATE_THREAD as u64];
/// After how many minutes without a message a thread may count as over.
const MINUTES: [u64; 4] = [60, 1440, USUAL_MINUTES, 10_080];

/// `POST /channels/{channel}/messages/{message}/threads`
pub(crate) async fn start_from_message(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((parent, message)): Path<(Id, Id)>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    start(&server, bot, parent, Some(message), &body.json)
}

/// `POST /channels/{channel}/threads`: a private one, unless it says that it is public.
pub(crate) async fn start_alone(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(parent): Path<Id>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    start(&server, bot, parent, None, &body.json)
}

fn start(
    server: &Shared,
    bot: Id,
    parent: Id,
    from: Option<Id>,
    body: &Value,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let wish = read(body, true)?;
    let mut world = server.world();
    open_channel(&world, parent, bot)?;
    let id = world.start_thread(NewThread {
        parent,
        from,
        owner: bot,
        name: wish.name.unwrap_or_default(),
        private: from.is_none() && number(body, "type") != u64::from(channel::PUBLIC_THREAD),
        minutes: wish.minutes.unwrap_or(USUAL_MINUTES),
    })?;
    Ok((StatusCode::CREATED, shown(&world, id)?))
}

/// `PATCH /channels/{channel}`: only a thread of one's own that isn't locked, since bots here have neither Manage Channels nor
/// Manage Threads.
pub(crate) async fn edit(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let wish = read(&body.json, false)?;
    let mut world = server.world();
    open_channel(&world, id, bot)?;
    if world.thread(id).is_none_or(|thread| thread.owner != bot || thread.locked) {
        return Err(Refusal::missing_permissions());
    }
    world.edit_thread(id, wish)?;
    shown(&world, id)
}

/// `GET /guilds/{guild}/threads/active`
pub(crate) async fn active(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    is_a_guild(&world, guild)?;
    let threads = || wire::guild::threads(&world, guild, bot);
    let joined =
        threads().filter(|found| matches!(&found.place, Place::Thread(thread) if thread.members.contains(&bot)));
    let members: Vec<Value> = joined.map(|found| channel::thread_member(found.id, bot)).collect();
    let threads: Vec<Value> = threads().map(|found| channel::channel(&world, found)).collect();
    Ok(Json(json!({ "threads": threads, "members": members, "has_more": false })))
}

/// `GET /channels/{channel}/thread-members`
pub(crate) async fn members(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    open_channel(&world, id, bot)?;
    let thread = world.thread(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
    Ok(Json(thread.members.iter().map(|member| channel::thread_member(id, *member)).collect()))
}

/// `PUT /channels/{channel}/thread-members/@me`
pub(crate) async fn join(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    change(&server, bot, id, bot, BTreeSet::insert)
}

/// `DELETE /channels/{channel}/thread-members/@me`
pub(crate) async fn leave(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<StatusCode, Refusal> {
    change(&server, bot, id, bot, |members, bot| members.remove(&bot))
}

/// `PUT /channels/{channel}/thread-members/{user}`
pub(crate) async fn add(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, user)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    change(&server, bot, id, user, BTreeSet::insert)
}

/// `DELETE /channels/{channel}/thread-members/{user}`: from a private thread of one's own, since bots here have no Manage
/// Threads.
pub(crate) async fn remove(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, user)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let may = server.world().thread(id).is_none_or(|thread| thread.private && thread.owner == bot);
    if !may {
        return Err(Refusal::missing_permissions());
    }
    change(&server, bot, id, user, |members, user| members.remove(&user))
}

/// Changes whether somebody is in a thread that the bot sees.
fn change(
    server: &Shared,
    bot: Id,
    id: Id,
    user: Id,
    change: impl FnOnce(&mut BTreeSet<Id>, Id) -> bool,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    open_channel(&world, id, bot)?;
    world.user(user).ok_or_else(Refusal::unknown_user)?;
    is_going_on(&world, id)?;
    change(&mut world.thread_mut(id).ok_or_else(Refusal::wrong_kind_of_channel)?.members, user);
    Ok(StatusCode::NO_CONTENT)
}

/// What a body says of a thread; a new one needs a name.
fn read(body: &Value, new: bool) -> Result<ThreadEdit, Refusal> {
    let mut problems = Problems::default();
    let given = body.get("name").filter(|name| !name.is_null());
    let name = problems.text("name", given, 1..=MAX_NAME, new || given.is_some()).map(|name| name.trim().to_owned());
    if given.is_some() && name.as_ref().is_some_and(String::is_empty) {
        problems.missing("name");
    }
    let kind = body.get("type").filter(|kind| !kind.is_null()).map(|_| number(body, "type"));
    if kind.is_some_and(|kind| !KINDS.contains(&kind)) {
        problems.not_a_choice("type", "11, 12");
    }
    let minutes = body.get("auto_archive_duration").filter(|minutes| !minutes.is_null());
    let minutes = minutes.map(|_| number(body, "auto_archive_duration"));
    if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
        problems.not_a_choice("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    problems.into_result()?;
    let flag = |key: &str| body.get(key).and_then(Value::as_bool);
    Ok(ThreadEdit { name, archived: flag("archived"), locked: flag("locked"), minutes })
}

fn shown(world: &World, id: Id) -> Result<Json<Value>, Refusal> {
    let found = world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    Ok(Json(channel::channel(world, found)))
}
