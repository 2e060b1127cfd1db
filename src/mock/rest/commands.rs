//! A bot's commands, for all servers or for the one.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::channels::is_a_guild;
use super::path::Path;
use crate::mock::checks::{command, number, text};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::with;
use crate::mock::world::World;

/// Whose commands a route is about, and which of them.
#[derive(Deserialize)]
pub(crate) struct Place {
    application: Id,
    /// Absent for commands of all servers.
    guild: Option<Id>,
    command: Option<Id>,
}

/// `GET …/commands`
pub(crate) async fn list(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    allow(&world, caller, &place)?;
    Ok(Json(of_place(&world, &place).cloned().collect()))
}

/// `POST …/commands`: adds a command or replaces the one of the same name and kind.
pub(crate) async fn create(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    command::check_one(&body.json)?;
    let mut world = server.world();
    allow(&world, caller, &place)?;
    let existed = same(&world, &place, &body.json).is_some();
    let mut commands: Vec<Value> = of_place(&world, &place).cloned().collect();
    let made = complete(&mut world, &place, &body.json);
    commands.retain(|command| command.get("id") != made.get("id"));
    commands.push(made.clone());
    command::check_counts(&commands)?;
    replace(&mut world, &place, commands);
    Ok((if existed { StatusCode::OK } else { StatusCode::CREATED }, Json(made)))
}

/// `PUT …/commands`: these and no others.
pub(crate) async fn overwrite(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
    body: Body,
) -> Result<Json<Vec<Value>>, Refusal> {
    let Value::Array(wanted) = body.json else { return Err(Refusal::unreadable()) };
    command::check_set(&wanted)?;
    let mut world = server.world();
    allow(&world, caller, &place)?;
    let commands: Vec<Value> = wanted.iter().map(|command| complete(&mut world, &place, command)).collect();
    replace(&mut world, &place, commands.clone());
    Ok(Json(commands))
}

/// `GET …/commands/{command}`
pub(crate) async fn one(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    allow(&world, caller, &place)?;
    find(&world, &place).map(Json)
}

/// `PATCH …/commands/{command}`: changes the keys that are given.
pub(crate) async fn edit(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    allow(&world, caller, &place)?;
    let old = find(&world, &place)?;
    let version = json!({ "version": world.new_id(), "id": old.get("id"), "type": old.get("type") });
    let changed = with(with(defaults(), without_nulls(&with(old.clone(), body.json))), version);
    command::check_one(&changed)?;
    let keep = |command: &Value| if command.get("id") == old.get("id") { changed.clone() } else { command.clone() };
    let commands = of_place(&world, &place).map(keep).collect();
    replace(&mut world, &place, commands);
    Ok(Json(changed))
}

/// `DELETE …/commands/{command}`
pub(crate) async fn delete(
    State(server): State<Shared>,
    caller: Caller,
    Path(place): Path<Place>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    allow(&world, caller, &place)?;
    let gone = find(&world, &place)?;
    let commands = of_place(&world, &place).filter(|command| command.get("id") != gone.get("id")).cloned().collect();
    replace(&mut world, &place, commands);
    Ok(StatusCode::NO_CONTENT)
}

/// A bot has only its own commands, in one server or in all.
fn allow(world: &World, Caller(bot): Caller, place: &Place) -> Result<(), Refusal> {
    if place.application != bot {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    place.guild.map_or(Ok(()), |guild| is_a_guild(world, guild))
}

fn of_place<'a>(world: &'a World, place: &'a Place) -> impl Iterator<Item = &'a Value> {
    let all = world.bots.get(&place.application).map_or(&[][..], |bot| bot.commands.as_slice());
    all.iter().filter(|command| belongs(command, place))
}

fn belongs(command: &Value, place: &Place) -> bool {
    number(command, "guild_id") == place.guild.map_or(0, |guild| guild.0)
}

fn replace(world: &mut World, place: &Place, commands: Vec<Value>) {
    if let Some(bot) = world.bots.get_mut(&place.application) {
        bot.commands.retain(|command| !belongs(command, place));
        bot.commands.extend(commands);
    }
    world.tick();
}

fn find(world: &World, place: &Place) -> Result<Value, Refusal> {
    let wanted = place.command.map(|id| id.to_string()).unwrap_or_default();
    of_place(world, place).find(|command| text(command, "id") == wanted).cloned().ok_or_else(Refusal::unknown_command)
}

/// The command of the same name and kind.
fn same<'a>(world: &'a World, place: &'a Place, wanted: &Value) -> Option<&'a Value> {
    let key = |command: &Value| (command::kind(command), text(command, "name").to_owned());
    let wanted = key(wanted);
    of_place(world, place).find(|command| key(command) == wanted)
}

/// What a command has that doesn't say otherwise.
fn defaults() -> Value {
    json!({
        "description": "",
        "name_localizations": null,
        "description_localizations": null,
        "default_member_permissions": null,
        "dm_permission": true,
        "contexts": null,
        "integration_types": [0],
        "nsfw": false,
    })
}

/// A value without the keys that are null, at any depth: they say no more than absent ones.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(keys) => {
            let kept = keys.iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect())
        }
        Value::Array(parts) => parts.iter().map(without_nulls).collect(),
        _ => value.clone(),
    }
}

/// A command with everything that Discord adds; it keeps the id of its predecessor.
fn complete(world: &mut World, place: &Place, wanted: &Value) -> Value {
    let version = world.new_id();
    let id = same(world, place, wanted).and_then(|old| old.get("id")).cloned();
    let fixed = json!({
        "id": id.unwrap_or_else(|| json!(version)),
        "application_id": place.application,
        "version": version,
        "type": command::kind(wanted),
    });
    let command = with(with(defaults(), without_nulls(wanted)), fixed);
    place.guild.map_or(command.clone(), |guild| with(command, json!({ "guild_id": guild })))
}
