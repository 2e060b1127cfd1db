//! Threads: started from a message or without one, and changed.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::{Caller, reader};
use super::messages::may_write;
use super::path::Path;
use super::rooms::shown;
use crate::mock::checks::message::draft;
use crate::mock::checks::{Problems, given, items, number, settings};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel};
use crate::mock::world::{Draft, MAX_NAME, MINUTES, NewThread, Opening, Permissions, RoomKind, ThreadEdit, World};

/// The kinds of threads: those of announcements, public and private ones.
const KINDS: [u64; 3] =
    [channel::ANNOUNCEMENT_THREAD as u64, channel::PUBLIC_THREAD as u64, channel::PRIVATE_THREAD as u64];
/// The most tags of a post.
const MAX_TAGS: usize = 5;

/// `POST /channels/{channel}/messages/{message}/threads`
pub(crate) async fn start_from_message(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((parent, message)): Path<(Id, Id)>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    start(&server, bot, parent, Some(message), body)
}

/// `POST /channels/{channel}/threads`: a private one, unless it says that it is public or hangs on a channel of announcements; in a
/// forum a post, with its first message.
pub(crate) async fn start_alone(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(parent): Path<Id>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    start(&server, bot, parent, None, body)
}

fn start(
    server: &Shared,
    bot: Id,
    parent: Id,
    from: Option<Id>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let wish = read(&body.json, true)?;
    let mut world = server.world();
    let found = world.demand(parent, bot, Permissions::empty())?;
    let in_forum = found.room().is_some_and(|room| room.kind == RoomKind::Forum);
    let announces = world.announces(parent);
    // What hangs on a message and what stands in a forum is of one kind, whatever it says.
    let chooses = from.is_none() && !in_forum;
    let kind = number(&body.json, "type");
    let unfit = if announces { channel::PRIVATE_THREAD } else { channel::ANNOUNCEMENT_THREAD };
    if chooses && kind == u64::from(unfit) {
        return Err(Refusal::wrong_kind_of_channel());
    }
    let private = chooses && !announces && kind != u64::from(channel::PUBLIC_THREAD);
    let opening = match given(&body.json, "message") {
        Some(message) if in_forum => Some(opening(message.clone(), body.files)?),
        _ if in_forum => return Err(missing_message()),
        _ => None,
    };
    match (&opening, private) {
        (Some(opening), _) => may_write(&world, parent, bot, &opening.draft)?,
        (None, true) => drop(world.demand(parent, bot, Permissions::CREATE_PRIVATE_THREADS)?),
        (None, false) => drop(world.demand(parent, bot, Permissions::CREATE_PUBLIC_THREADS)?),
    }
    let id = world.start_thread(NewThread {
        parent,
        from,
        owner: bot,
        name: wish.name.unwrap_or_default(),
        private,
        invitable: private && wish.invitable.unwrap_or(true),
        minutes: wish.minutes,
        opening,
        tags: wish.tags.unwrap_or_default(),
    })?;
    let Json(thread) = shown(&world, id)?;
    let opening = world.message(id).filter(|_| in_forum);
    let opening =
        opening.map(|message| json!({ "message": wire::message::message(&world, message, reader(&world, bot)) }));
    Ok((StatusCode::CREATED, Json(opening.map_or(thread.clone(), |opening| wire::with(thread, opening)))))
}

/// `PATCH /channels/{channel}` of a thread. Who started it may name, archive and tag it, and say who lets others in, unless it
/// is locked; the rest is for those who may manage threads.
pub(super) fn edit(world: &mut World, bot: Id, id: Id, body: &Value) -> Result<Json<Value>, Refusal> {
    let wish = read(body, false)?;
    let found = world.demand(id, bot, Permissions::empty())?;
    let manages = world.permissions_in(found, bot).contains(Permissions::MANAGE_THREADS);
    let own = world.thread(id).is_some_and(|thread| thread.owner == bot && !thread.locked);
    if !manages && (!own || wish.locked.is_some() || wish.slowmode.is_some() || wish.pinned.is_some()) {
        return Err(Refusal::missing_permissions());
    }
    let thread = world.thread(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
    if thread.archived && wish.archived != Some(false) {
        return Err(Refusal::thread_archived());
    }
    let in_forum = channel::hangs_in_forum(world, thread);
    // Nothing else is pinned among its like, nor closed to further people.
    let wish = ThreadEdit {
        pinned: wish.pinned.filter(|_| in_forum),
        invitable: wish.invitable.filter(|_| thread.private),
        ..wish
    };
    if let Some(tags) = &wish.tags {
        world.check_tags(thread.parent, bot, tags)?;
    }
    world.edit_thread(id, wish)?;
    shown(world, id)
}

/// The first message of a post, which replies to none and has no files but those that came with it.
fn opening(message: Value, files: Vec<Value>) -> Result<Opening, Refusal> {
    Ok(Opening { draft: of_its_own(draft(message, files)?), persona: None })
}

/// A message that stands at the beginning.
pub(super) fn of_its_own(mut draft: Draft) -> Draft {
    draft.reference = None;
    draft.attachments.iter_mut().for_each(|files| files.retain(|file| file.get("url").is_some()));
    draft
}

fn missing_message() -> Refusal {
    let mut problems = Problems::default();
    problems.missing("message");
    problems.into_result().err().unwrap_or_else(Refusal::empty_message)
}

/// What a body says of a thread; a new one needs a name.
fn read(body: &Value, new: bool) -> Result<ThreadEdit, Refusal> {
    let mut problems = Problems::default();
    let named = given(body, "name");
    let name = problems.text("name", named, 1..=MAX_NAME, new || named.is_some()).map(|name| name.trim().to_owned());
    if named.is_some() && name.as_ref().is_some_and(String::is_empty) {
        problems.missing("name");
    }
    let kind = body.get("type").filter(|kind| !kind.is_null()).map(|_| number(body, "type"));
    if kind.is_some_and(|kind| !KINDS.contains(&kind)) {
        problems.not_a_choice("type", "10, 11, 12");
    }
    let minutes = problems.one_of("auto_archive_duration", given(body, "auto_archive_duration"), &MINUTES);
    let slowmode = settings::slowmode(&mut problems, body);
    problems.count("applied_tags", items(body, "applied_tags").len(), 0..=MAX_TAGS);
    let tags = tags(&mut problems, body);
    problems.into_result()?;
    let flag = |key: &str| body.get(key).and_then(Value::as_bool);
    Ok(ThreadEdit {
        name,
        archived: flag("archived"),
        locked: flag("locked"),
        invitable: flag("invitable"),
        minutes,
        slowmode,
        tags: given(body, "applied_tags").map(|_| tags),
        pinned: given(body, "flags").map(|_| number(body, "flags") & channel::PINNED != 0),
    })
}

/// The tags that a body gives, each once.
pub(super) fn tags(problems: &mut Problems, body: &Value) -> Vec<Id> {
    let given = problems.ids("applied_tags", items(body, "applied_tags"));
    given.into_iter().collect::<BTreeSet<Id>>().into_iter().collect()
}
