//! Members react: `POST` and `DELETE /mock/reactions`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{ControlError, Given};
use super::{NEEDED_TO_ACT, check_act, come_to, refused, unknown_message};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Permissions, World};

/// A member's emoji under a message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reacted {
    message: Id,
    author: String,
    /// As it is written: 👀.
    emoji: String,
}

/// `POST /mock/reactions`
pub(crate) async fn add(
    State(server): State<Shared>,
    Given(reacted): Given<Reacted>,
) -> Result<Json<Value>, ControlError> {
    let mut world = server.world();
    let message = world.message(reacted.message).ok_or_else(|| unknown_message(reacted.message))?;
    let known = message.reactions.iter().any(|reaction| reaction.emoji == reacted.emoji);
    let needed = if known { NEEDED_TO_ACT } else { Permissions::ADD_REACTIONS };
    let by = reader(&mut world, &reacted, needed)?;
    world.react(reacted.message, by, &reacted.emoji).map_err(refused)?;
    Ok(Json(json!({ "id": reacted.message })))
}

/// `DELETE /mock/reactions`
pub(crate) async fn take(
    State(server): State<Shared>,
    Given(reacted): Given<Reacted>,
) -> Result<Json<Value>, ControlError> {
    let mut world = server.world();
    let by = reader(&mut world, &reacted, Permissions::empty())?;
    world.take_reaction(reacted.message, by, &reacted.emoji).map_err(refused)?;
    Ok(Json(json!({ "id": reacted.message })))
}

/// The member, who must see the message and be allowed to do what is needed.
fn reader(world: &mut World, reacted: &Reacted, needed: Permissions) -> Result<Id, ControlError> {
    let member = world.known_member(&reacted.author)?;
    let message = world.message(reacted.message).ok_or_else(|| unknown_message(reacted.message))?;
    let channel = message.channel;
    let sees = world.channels.get(&channel).is_some_and(|channel| world.is_shown(channel, member));
    if message.is_ephemeral() || !sees {
        return Err(unknown_message(reacted.message));
    }
    check_act(world, channel, member, needed)?;
    let member = world.member(&reacted.author)?;
    come_to(world, channel, member);
    Ok(member)
}
