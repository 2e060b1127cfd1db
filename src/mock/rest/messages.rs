//! The messages of a channel.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::Value;

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::query::Query;
use super::written::Written;
use crate::mock::checks::message::{changes, draft};
use crate::mock::checks::{Problems, items};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Draft, Envelope, Message, Permissions, World};

/// The most messages of one answer, and how many there are unless asked.
const MAX_LIMIT: u16 = 100;
const USUAL_LIMIT: u16 = 50;
/// The most messages that are deleted together.
const MAX_TOGETHER: usize = 100;

/// Messages that are older than two weeks are deleted one by one.
const OLDEST_TOGETHER: SignedDuration = SignedDuration::from_hours(14 * 24);

/// `POST /channels/{channel}/messages`
pub(crate) async fn create(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    body: Body,
) -> Result<Written, Refusal> {
    server.world().demand(channel, caller.0, Permissions::empty())?;
    let draft = draft(body.json, body.files)?;
    let mut world = server.world();
    may_write(&world, channel, caller.0, &draft)?;
    let id = world.post(Envelope::new(channel, caller.0), draft)?;
    shown(&world, id, caller)
}

/// `GET /channels/{channel}/messages`: newest first.
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_LIMIT, USUAL_LIMIT)?;
    let world = server.world();
    let found = world.demand(channel, caller.0, Permissions::empty())?;
    // Who may not read what was said before gets an empty list, and no refusal.
    if !world.permissions_in(found, caller.0).contains(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Json(Vec::new()));
    }
    let messages = world.messages_of(found);
    let visible = messages.filter(|message| part.holds(message.id) && is_visible(message));
    let limit = part.limit;
    let reader = caller.reader(&world);
    let show = |message: &Message| wire::message::message(&world, message, reader);
    let chosen: Vec<Value> = if let Some(around) = part.around {
        let visible: Vec<&Message> = visible.collect();
        let start = visible.partition_point(|message| message.id < around).saturating_sub(limit / 2);
        visible.into_iter().skip(start).take(limit).rev().map(show).collect()
    } else if part.after.is_some() {
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
) -> Result<Written, Refusal> {
    let world = server.world();
    find(&world, caller, channel, id, Permissions::READ_MESSAGE_HISTORY)?;
    shown(&world, id, caller)
}

/// `PATCH /channels/{channel}/messages/{message}`: only one's own, but whether embeds are shown.
pub(crate) async fn edit(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
    body: Body,
) -> Result<Written, Refusal> {
    let mut world = server.world();
    let message = find(&world, caller, channel, id, Permissions::empty())?;
    if message.author != caller.0 {
        let hides_embeds = body.json.as_object().is_some_and(|keys| keys.keys().all(|key| key == "flags"));
        let manages = world.demand(channel, caller.0, Permissions::MANAGE_MESSAGES).is_ok();
        if !(hides_embeds && manages) {
            return Err(Refusal::not_the_author());
        }
    }
    is_going_on(&world, channel)?;
    let draft = changes(body.json, body.files, message)?;
    world.edit(id, draft)?;
    shown(&world, id, caller)
}

/// `DELETE /channels/{channel}/messages/{message}`
pub(crate) async fn delete(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    if find(&world, caller, channel, id, Permissions::empty())?.author != caller.0 {
        world.demand(channel, caller.0, Permissions::MANAGE_MESSAGES)?;
    }
    world.delete(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /channels/{channel}/messages/bulk-delete`
pub(crate) async fn delete_together(
    State(server): State<Shared>,
    caller: Caller,
    Path(channel): Path<Id>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand(channel, caller.0, Permissions::MANAGE_MESSAGES)?;
    let mut problems = Problems::default();
    let ids = problems.distinct_ids("messages", items(&body.json, "messages"));
    problems.count("messages", ids.len(), 2..=MAX_TOGETHER);
    problems.into_result()?;
    let oldest = world.clock.now() - OLDEST_TOGETHER;
    if ids.iter().any(|id| id.time() < oldest) {
        return Err(Refusal::too_old_to_delete());
    }
    world.delete_together(channel, &ids);
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /channels/{channel}/messages/{message}/crosspost`: publishes what stands in a channel of announcements.
pub(crate) async fn publish(
    State(server): State<Shared>,
    caller: Caller,
    Path((channel, id)): Path<(Id, Id)>,
) -> Result<Written, Refusal> {
    let mut world = server.world();
    let own = find(&world, caller, channel, id, Permissions::SEND_MESSAGES)?.author == caller.0;
    world.demand(channel, caller.0, if own { Permissions::empty() } else { Permissions::MANAGE_MESSAGES })?;
    if !world.announces(channel) {
        return Err(Refusal::wrong_kind_of_channel());
    }
    world.publish(id)?;
    shown(&world, id, caller)
}

/// Refuses to write where somebody may not, or what they may not write there.
pub(super) fn may_write(world: &World, channel: Id, bot: Id, draft: &Draft) -> Result<(), Refusal> {
    let shows = |list: &Option<Vec<Value>>| list.as_ref().is_some_and(|list| !list.is_empty());
    let needed = Permissions::needed_for([
        (true, world.needed_to_write(channel)),
        (shows(&draft.embeds), Permissions::EMBED_LINKS),
        (shows(&draft.attachments), Permissions::ATTACH_FILES),
    ]);
    world.demand(channel, bot, needed)?;
    if draft.reference.is_some() && world.demand(channel, bot, Permissions::READ_MESSAGE_HISTORY).is_err() {
        return Err(Refusal::no_history());
    }
    Ok(())
}

/// Refuses a change in a thread that is over.
pub(super) fn is_going_on(world: &World, channel: Id) -> Result<(), Refusal> {
    if world.thread(channel).is_some_and(|thread| thread.archived) { Err(Refusal::thread_archived()) } else { Ok(()) }
}

/// Whether the channel's own routes show it: private answers are for their webhook alone.
fn is_visible(message: &Message) -> bool {
    !message.deleted && !message.is_ephemeral()
}

/// A message that the bot sees in this channel, where it may do what is needed.
pub(super) fn find(
    world: &World,
    caller: Caller,
    channel: Id,
    id: Id,
    needed: Permissions,
) -> Result<&Message, Refusal> {
    world.demand(channel, caller.0, needed)?;
    let message = world.message(id).filter(|message| message.channel == channel && is_visible(message));
    message.ok_or_else(Refusal::unknown_message)
}

fn shown(world: &World, id: Id, caller: Caller) -> Result<Written, Refusal> {
    let message = world.message(id).ok_or_else(Refusal::unknown_message)?;
    Ok(Written(wire::message::answer(world, message, caller.reader(world))))
}
