//! The messages of a channel.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::body::Body;
use super::caller::Caller;
use super::channels::open_channel;
use super::path::Path;
use crate::mock::checks::message::{changes, draft};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{EPHEMERAL, Envelope, Message, World};

/// The most messages of one answer, and how many there are unless asked.
const MAX_LIMIT: usize = 100;
const USUAL_LIMIT: usize = 50;

/// Which part of a channel's past is wanted.
#[derive(Deserialize)]
pub(crate) struct Range {
    before: Option<Id>,
    after: Option<Id>,
    around: Option<Id>,
    limit: Option<usize>,
}

/// `POST /channels/{channel}/messages`
pub(crate) async fn create(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    open_channel(&server.world(), channel, caller.0)?;
    let mut draft = draft(&body.json, body.files)?;
    // Only answers to interactions can be private.
    draft.flags = draft.flags.map(|flags| flags & !EPHEMERAL);
    let mut world = server.world();
    let id = world.post(Envelope { channel, author: caller.0, answers: None }, draft)?;
    shown(&world, id, caller)
}

/// `GET /channels/{channel}/messages`: newest first.
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    Query(range): Query<Range>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    open_channel(&world, channel, caller.0)?;
    let messages = world.messages_of(world.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?);
    let visible = messages.filter(|message| {
        let in_range =
            range.before.is_none_or(|before| message.id < before) && range.after.is_none_or(|after| message.id > after);
        in_range && is_visible(message)
    });
    let limit = range.limit.unwrap_or(USUAL_LIMIT).clamp(1, MAX_LIMIT);
    let reader = caller.reader(&world);
    let show = |message: &Message| wire::message::message(&world, message, reader);
    let chosen: Vec<Value> = if let Some(around) = range.around {
        let visible: Vec<&Message> = visible.collect();
        let start = visible.partition_point(|message| message.id < around).saturating_sub(limit / 2);
        visible.into_iter().skip(start).take(limit).rev().map(show).collect()
    } else if range.after.is_some() {
        let mut oldest: Vec<Value> = visible.take(limit).map(show).collect();
        oldest.reverse();
        oldest
    } else {
        visible.rev().take(limit).map(show).collect()
    };
    Ok(Json(chosen))
}

/// `GET /channels/{channel}/messages/{message}`
pub(crate) async fn one(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    find(&world, caller, channel, id)?;
    shown(&world, id, caller)
}

/// `PATCH /channels/{channel}/messages/{message}`: only one's own.
pub(crate) async fn edit(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    let message = find(&world, caller, channel, id)?;
    if message.author != caller.0 {
        return Err(Refusal::not_the_author());
    }
    is_going_on(&world, channel)?;
    let draft = changes(&body.json, body.files, message)?;
    world.edit(id, draft)?;
    shown(&world, id, caller)
}

/// `DELETE /channels/{channel}/messages/{message}`: only one's own, since bots here have no Manage Messages.
pub(crate) async fn delete(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    if find(&world, caller, channel, id)?.author != caller.0 {
        return Err(Refusal::missing_permissions());
    }
    world.delete(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a change in a thread that is over.
pub(super) fn is_going_on(world: &World, channel: Id) -> Result<(), Refusal> {
    if world.thread(channel).is_some_and(|thread| thread.archived) { Err(Refusal::thread_archived()) } else { Ok(()) }
}

/// Whether the channel's own routes show it: private answers are for their webhook alone.
fn is_visible(message: &Message) -> bool {
    !message.deleted && !message.is_ephemeral()
}

/// A message that the bot sees in this channel.
pub(super) fn find(world: &World, caller: Caller, channel: Id, id: Id) -> Result<&Message, Refusal> {
    open_channel(world, channel, caller.0)?;
    let message = world.message(id).filter(|message| message.channel == channel && is_visible(message));
    message.ok_or_else(Refusal::unknown_message)
}

fn shown(world: &World, id: Id, caller: Caller) -> Result<Json<Value>, Refusal> {
    let message = world.message(id).ok_or_else(Refusal::unknown_message)?;
    Ok(Json(wire::message::message(world, message, caller.reader(world))))
}
