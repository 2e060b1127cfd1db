//! How bots and faults stand at this moment: `GET /mock/condition`.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::request::{Asked, optional};
use super::view::patience;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{RestFault, Session, Span, World};

/// What to wait for, and how long.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    #[serde(default, deserialize_with = "optional")]
    wait_ms: u64,
    /// That so many logins are served by a connection.
    #[serde(default, deserialize_with = "optional")]
    connected: usize,
    /// That none is by this one any more.
    #[serde(default, deserialize_with = "optional")]
    gone: Option<Id>,
}

/// How things stand.
#[derive(Serialize)]
pub(crate) struct Condition {
    sessions: Vec<Login>,
    /// How many requests are still to fare badly, of those that were counted.
    requests: u32,
    /// How many more times the next new message comes.
    repeat: u32,
    /// How many requests were refused because a bot didn't keep to a limit that it was told.
    limited: u64,
}

/// A login of a bot.
#[derive(Serialize)]
struct Login {
    /// The bot's name and id.
    bot: String,
    id: Id,
    session: String,
    /// Which shard, of how many.
    shard: (u64, u64),
    /// The connection that serves it; null while the bot is away.
    connection: Option<Id>,
}

/// `GET /mock/condition`: waits until it is as wished, or the patience ends.
pub(crate) async fn condition(State(server): State<Shared>, Asked(wish): Asked<Wish>) -> Json<Condition> {
    let look = |world: &World| {
        let mut connections = world.sessions.values().filter_map(|session| session.connection.as_ref());
        let gone = wish.gone.is_none_or(|gone| connections.clone().all(|(connection, _)| *connection != gone));
        (gone && connections.by_ref().count() >= wish.connected).then_some(())
    };
    server.wait_for(patience(wish.wait_ms), look).await;
    let world = server.world();
    let requests = world.faults.rest.iter().map(left).fold(0, u32::saturating_add);
    let repeat = world.faults.repeat.left().map(|(_, times)| times).fold(0, u32::saturating_add);
    Json(Condition { sessions: logins(&world), requests, repeat, limited: server.limits.exceeded() })
}

fn logins(world: &World) -> Vec<Login> {
    let login = |(key, session): (&String, &Session)| Login {
        bot: world.name(session.bot).to_owned(),
        id: session.bot,
        session: key.clone(),
        shard: session.shard,
        connection: session.connection.as_ref().map(|(connection, _)| *connection),
    };
    world.sessions.iter().map(login).collect()
}

fn left(fault: &RestFault) -> u32 {
    match fault.span {
        Span::Times(times) => times.0,
        Span::Until(_) => 0,
    }
}
