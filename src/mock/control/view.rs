//! Who and what is there: `GET /mock/ready`, `world`, `transcript` and `breaches`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{Asked, ControlError, optional};
use crate::mock::checks::text;
use crate::mock::locale;
use crate::mock::openapi::Breach;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::{Row, rows};
use crate::mock::world::{Channel, World, moderators};

/// The longest that a request waits.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// How long to wait for a bot, and for which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WishForBot {
    #[serde(default, deserialize_with = "optional")]
    wait_ms: u64,
    /// 0 for bots without commands too.
    #[serde(default, deserialize_with = "optional")]
    commands: Option<u8>,
}

/// `GET /mock/ready`
pub(crate) async fn ready(State(server): State<Shared>, Asked(wish): Asked<WishForBot>) -> Response {
    let look = |world: &World| {
        let ready = world.ready_bots(wish.commands != Some(0));
        let bots: Vec<Value> =
            ready.into_iter().map(|id| json!({ "id": id, "commands": command_names(world, id) })).collect();
        (!bots.is_empty()).then_some(bots)
    };
    match server.wait_for(patience(wish.wait_ms), look).await {
        Some(bots) => Json(json!({ "bots": bots })).into_response(),
        None => {
            let error = "No bot is READY with its commands registered.";
            (StatusCode::REQUEST_TIMEOUT, Json(json!({ "error": error }))).into_response()
        }
    }
}

/// Which rows are wanted, and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WishForRows {
    #[serde(default, deserialize_with = "optional")]
    after: Option<Id>,
    #[serde(default, deserialize_with = "optional")]
    wait_ms: u64,
    #[serde(default, deserialize_with = "optional")]
    html: u8,
}

/// `GET /mock/transcript`: waits until there is a row, or the patience ends.
pub(crate) async fn transcript(State(server): State<Shared>, Asked(wish): Asked<WishForRows>) -> Json<Vec<Row>> {
    let look = |world: &World| Some(rows(world, wish.after, wish.html == 1)).filter(|rows| !rows.is_empty());
    Json(server.wait_for(patience(wish.wait_ms), look).await.unwrap_or_default())
}

/// How long a request may wait that asks for so much.
pub(crate) fn patience(wait_ms: u64) -> Duration {
    Duration::from_millis(wait_ms).min(MAX_WAIT)
}

/// `GET /mock/world`: what the page needs to draw itself.
pub(crate) async fn world(State(server): State<Shared>) -> Json<Value> {
    let world = server.world();
    let ready = world.ready_bots(false);
    let members = world.users.values().filter(|user| !user.bot);
    let members: Vec<Value> = members
        .map(|user| json!({ "id": user.id, "name": user.name, "moderator": moderates(&world, user.id) }))
        .collect();
    let written = |channel: &&Channel| channel.room().is_none_or(|room| room.kind.holds_messages());
    let channels = world.channels_of(world.home).filter(written);
    let channels: Vec<Value> = channels.map(|channel| channel_of(&world, channel)).collect();
    let bots = world.bots.iter().map(|(id, bot)| {
        json!({
            "id": id,
            "name": world.name(*id),
            "ready": ready.contains(id),
            "commands": bot.commands.iter().map(|one| command(one, &world.locale)).collect::<Vec<_>>(),
        })
    });
    Json(json!({
        "server": world.home().map(|home| json!({ "id": home.id, "name": home.name })),
        "servers": world.guilds.len(),
        "members": members,
        "channels": channels,
        "bots": bots.collect::<Vec<_>>(),
        "introduction": server.introduction,
        "explains": server.explainer.is_some(),
    }))
}

/// Whether somebody has the role Moderators on the page's server.
fn moderates(world: &World, person: Id) -> bool {
    world.home().is_some_and(|home| world.roles_of(home, person).contains(&moderators(home.id)))
}

/// `GET /mock/breaches`: what broke Discord's OpenAPI document. Without one nothing is checked, which is no praise.
pub(crate) async fn breaches(State(server): State<Shared>) -> Result<Json<Vec<Breach>>, ControlError> {
    let words = "Nothing is held against Discord's OpenAPI document; name it with --openapi.";
    let openapi = server.openapi.as_ref().ok_or_else(|| ControlError::conflict(words))?;
    Ok(Json(openapi.breaches()))
}

/// A channel, and what it hangs on if it is a thread.
fn channel_of(world: &World, channel: &Channel) -> Value {
    let parent = world.thread(channel.id).and_then(|thread| world.channels.get(&thread.parent));
    json!({ "id": channel.id, "name": channel.name(), "parent": parent.map(Channel::name) })
}

fn command_names(world: &World, bot: Id) -> Vec<&str> {
    let commands = world.bots.get(&bot).map_or(&[][..], |bot| bot.commands.as_slice());
    commands.iter().map(|command| text(command, "name")).collect()
}

/// A command with what its user needs to know.
fn command(command: &Value, locale: &str) -> Value {
    let shown = locale::shown(command, locale);
    json!({
        "name": shown.get("name"),
        "type": shown.get("type"),
        "description": shown.get("description"),
        "options": shown.get("options"),
    })
}
