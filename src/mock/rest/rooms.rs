//! The channels of a server: made, changed, opened to some and closed to others, taken away.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::threads;
use crate::mock::checks::{Problems, given, items, number, settings};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{self, channel};
use crate::mock::world::{
    Channel, Holder, MAX_OVERWRITES, Overwrite, Permissions, REQUIRE_TAG, RoomEdit, RoomKind, World,
};

/// The most characters of a channel's name and topic.
const MAX_NAME: usize = 100;
const MAX_TOPIC: usize = 1024;
const MAX_FORUM_TOPIC: usize = 4096;
/// The furthest down that a channel stands.
const MAX_POSITION: u64 = 65_535;
/// The most tags of a forum.
const MAX_TAGS: usize = 20;

/// `POST /guilds/{guild}/channels`
pub(crate) async fn create(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_CHANNELS)?;
    let kind = RoomKind::of(number(&body.json, "type"));
    let place = Place { guild, bot, kind: kind.unwrap_or_default() };
    let edit = read(&mut world, &body.json, true, place)?;
    let mut problems = Problems::default();
    if kind.is_none() {
        problems.not_a_choice("type", "0, 2, 4, 5, 15");
    }
    problems.into_result()?;
    let id = world.open_room(guild, kind.unwrap_or_default(), edit)?;
    Ok((StatusCode::CREATED, shown(&world, id)?))
}

/// `PATCH /guilds/{guild}/channels`: where several stand in the list.
pub(crate) async fn order(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_CHANNELS)?;
    let moves = || body.json.as_array().into_iter().flatten();
    if moves().any(|moved| world.guild_of(Id(number(moved, "id"))) != Some(guild)) {
        return Err(Refusal::unknown_channel());
    }
    for moved in moves() {
        let id = Id(number(moved, "id"));
        let position = given(moved, "position").map(|_| number(moved, "position").min(MAX_POSITION) as usize);
        world.edit_room(id, RoomEdit { position, parent: parent(moved), ..RoomEdit::default() })?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `PATCH /channels/{channel}`
pub(crate) async fn edit(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    if world.thread(id).is_some() {
        return threads::edit(&mut world, bot, id, &body.json);
    }
    let found = world.demand(id, bot, Permissions::MANAGE_CHANNELS)?;
    let guild = found.guild.ok_or_else(Refusal::direct_message)?;
    let kind = found.room().map(|room| room.kind).ok_or_else(Refusal::wrong_kind_of_channel)?;
    if body.json.get("permission_overwrites").is_some() {
        world.demand(id, bot, Permissions::MANAGE_ROLES)?;
    }
    let place = Place { guild, bot, kind };
    let edit = read(&mut world, &body.json, false, place)?;
    world.edit_room(id, edit)?;
    shown(&world, id)
}

/// `DELETE /channels/{channel}`: a direct message is merely put aside.
pub(crate) async fn delete(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(id): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    let is_thread = world.thread(id).is_some();
    let is_direct = world.demand(id, bot, Permissions::empty())?.is_direct();
    match (is_direct, is_thread) {
        (true, _) => {}
        (false, true) => drop(world.demand(id, bot, Permissions::MANAGE_THREADS)?),
        (false, false) => drop(world.demand(id, bot, Permissions::MANAGE_CHANNELS)?),
    }
    let gone = shown(&world, id)?;
    match (is_direct, is_thread) {
        (true, _) => {}
        (false, true) => world.delete_thread(id),
        (false, false) => world.delete_room(id)?,
    }
    Ok(gone)
}

/// `PUT /channels/{channel}/permissions/{target}`
pub(crate) async fn overwrite(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, holder)): Path<(Id, Id)>,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let own = wire::with(body.json, json!({ "id": holder }));
    let mut world = server.world();
    let found = world.demand(id, bot, Permissions::MANAGE_ROLES)?;
    let guild = found.guild.ok_or_else(Refusal::direct_message)?;
    let own = read_overwrites(&world, guild, bot, std::slice::from_ref(&own))?;
    own.into_iter().try_for_each(|own| world.set_overwrite(id, own))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /channels/{channel}/permissions/{target}`
pub(crate) async fn lift_overwrite(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((id, holder)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand(id, bot, Permissions::MANAGE_ROLES)?;
    world.lift_overwrite(id, holder)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The overwrites that a bot may set: each for a role or a member of the server, of what the bot itself may do, one for each.
fn read_overwrites(world: &World, guild: Id, bot: Id, given: &[Value]) -> Result<Vec<Overwrite>, Refusal> {
    let mut problems = Problems::default();
    problems.count("permission_overwrites", given.len(), 0..=MAX_OVERWRITES);
    problems.into_result()?;
    let found = world.guilds.get(&guild).ok_or_else(Refusal::unknown_guild)?;
    let may = world.permissions(guild, bot);
    let mut all: Vec<Overwrite> = Vec::new();
    for given in given {
        let bits = |key: &str| Permissions::from_bits_retain(number(given, key));
        let id = Id(number(given, "id"));
        let holder = match number(given, "type") {
            0 if found.roles.contains_key(&id) => Holder::Role,
            1 if world.is_member(guild, id) => Holder::Member,
            _ => return Err(Refusal::unknown_overwrite()),
        };
        let own = Overwrite { id, holder, allow: bits("allow"), deny: bits("deny") };
        if !may.contains(own.allow | own.deny) {
            return Err(Refusal::missing_permissions());
        }
        all.retain(|other| other.id != id);
        all.push(own);
    }
    Ok(all)
}

/// The category that a body puts a channel under, or under none; `None` where it doesn't say.
fn parent(body: &Value) -> Option<Option<Id>> {
    body.get("parent_id").map(|parent| (!parent.is_null()).then(|| Id(number(body, "parent_id"))))
}

/// The kind that a body gives a channel of this one, if it says so: texts may become announcements, and back.
fn other_kind(problems: &mut Problems, body: &Value, kind: RoomKind) -> Option<RoomKind> {
    let wished = problems.whole("type", given(body, "type"), i64::MIN..=i64::MAX)?;
    let found = u64::try_from(wished).ok().and_then(RoomKind::of).filter(|wished| kind.may_become(*wished));
    if found.is_none() {
        let choices = RoomKind::ALL.into_iter().filter(|wished| kind.may_become(*wished));
        let choices = choices.map(|kind| (kind as u8).to_string()).collect::<Vec<_>>().join(", ");
        problems.not_a_choice("type", &choices);
    }
    found
}

/// Of which server and kind a channel is, and which bot makes or changes it.
#[derive(Clone, Copy)]
struct Place {
    guild: Id,
    bot: Id,
    kind: RoomKind,
}

/// What a body says of a channel; a new one needs a name.
fn read(world: &mut World, body: &Value, new: bool, place: Place) -> Result<RoomEdit, Refusal> {
    let Place { guild, bot, kind } = place;
    let mut problems = Problems::default();
    let named = given(body, "name");
    let name = problems.text("name", named, 1..=MAX_NAME, new || named.is_some()).map(|name| spelled(name, kind));
    if name.as_ref().is_some_and(String::is_empty) {
        problems.missing("name");
    }
    let becomes = if new { None } else { other_kind(&mut problems, body, kind) };
    let longest = if kind == RoomKind::Forum { MAX_FORUM_TOPIC } else { MAX_TOPIC };
    let topic = problems.text("topic", given(body, "topic"), 0..=longest, false).map(str::to_owned);
    let slowmode = settings::slowmode(&mut problems, body);
    let position = given(body, "position").map(|_| number(body, "position"));
    if position.is_some_and(|position| position > MAX_POSITION) {
        problems.add(
            "position",
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {MAX_POSITION}."),
        );
    }
    let tags = items(body, "available_tags");
    problems.count("available_tags", tags.len(), 0..=MAX_TAGS);
    for (at, tag) in tags.iter().enumerate() {
        problems.text(format!("available_tags.{at}.name"), tag.get("name"), 1..=50, true);
    }
    let settings = settings::read(&mut problems, body, kind);
    problems.into_result()?;
    let overwrites = given(body, "permission_overwrites").map(|_| items(body, "permission_overwrites"));
    let overwrites = overwrites.map(|given| read_overwrites(world, guild, bot, given)).transpose()?;
    Ok(RoomEdit {
        name,
        kind: becomes,
        position: position.map(|position| position as usize),
        parent: parent(body),
        topic: body.get("topic").map(|_| topic.filter(|topic| !topic.is_empty())),
        nsfw: body.get("nsfw").and_then(Value::as_bool),
        slowmode,
        overwrites,
        flags: given(body, "flags").map(|_| number(body, "flags") & REQUIRE_TAG),
        settings,
        tags: given(body, "available_tags").map(|_| tags.iter().map(|tag| complete(world, tag)).collect()),
    })
}

/// A forum's tag as Discord stores it; a new one gets an id.
fn complete(world: &mut World, tag: &Value) -> Value {
    let id = given(tag, "id").map_or_else(|| world.new_id(), |_| Id(number(tag, "id")));
    wire::with(wire::with(channel::tag(id, ""), tag.clone()), json!({ "id": id }))
}

/// A name as Discord writes it: of a channel with messages in small letters, with hyphens for spaces.
fn spelled(name: &str, kind: RoomKind) -> String {
    match kind {
        RoomKind::Voice | RoomKind::Category => name.trim().to_owned(),
        RoomKind::Text | RoomKind::Announcement | RoomKind::Forum => {
            name.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase()
        }
    }
}

pub(super) fn shown(world: &World, id: Id) -> Result<Json<Value>, Refusal> {
    let found: &Channel = world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    Ok(Json(channel::channel(world, found)))
}
