//! Who is writing: `GET /mock/typing`.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::request::{Asked, optional};
use super::view::patience;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::World;

/// Since when, and how long to wait.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    #[serde(default, deserialize_with = "optional")]
    after: Option<Id>,
    #[serde(default, deserialize_with = "optional")]
    wait_ms: u64,
}

/// A bot that is writing.
#[derive(Serialize)]
pub(crate) struct Typist {
    /// When it said so.
    id: Id,
    author: String,
    /// The server, by name; none for a direct message.
    server: Option<String>,
    channel: String,
    /// The member of a direct message.
    dm_with: Option<String>,
}

/// `GET /mock/typing`: waits until a bot writes, or the patience ends.
pub(crate) async fn typing(State(server): State<Shared>, Asked(wish): Asked<Wish>) -> Json<Vec<Typist>> {
    let look = |world: &World| {
        let typing = server.typing.after(wish.after, world.clock.now());
        let typists = typing.into_iter().filter_map(|((channel, bot), id)| typist(world, channel, bot, id));
        Some(typists.collect::<Vec<_>>()).filter(|typists| !typists.is_empty())
    };
    Json(server.wait_for(patience(wish.wait_ms), look).await.unwrap_or_default())
}

fn typist(world: &World, channel: Id, bot: Id, id: Id) -> Option<Typist> {
    let channel = world.channels.get(&channel)?;
    let dm_with = channel.direct_member().map(|member| world.name(member).to_owned());
    let server = channel.guild.and_then(|guild| world.guilds.get(&guild)).map(|guild| guild.name.clone());
    Some(Typist { id, author: world.name(bot).to_owned(), server, channel: channel.name().to_owned(), dm_with })
}
