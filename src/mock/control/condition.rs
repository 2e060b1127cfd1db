//! How bots and faults stand at this moment: `GET /mock/condition`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{RestFault, Session, Span, World};

/// How things stand.
#[derive(Serialize)]
pub(crate) struct Condition {
    sessions: Vec<Login>,
    /// How many requests are still to fare badly, of those that were counted.
    requests: u32,
    /// How many more times the next new message comes.
    repeat: u32,
}

/// A login of a bot.
#[derive(Serialize)]
struct Login {
    bot: String,
    session: String,
    /// The connection that serves it; null while the bot is away.
    connection: Option<Id>,
}

/// `GET /mock/condition`
pub(crate) async fn condition(State(server): State<Shared>) -> Json<Condition> {
    let world = server.world();
    let requests = world.faults.rest.iter().map(left).fold(0, u32::saturating_add);
    let repeat = world.faults.repeat.left().map(|(_, times)| times).fold(0, u32::saturating_add);
    Json(Condition { sessions: logins(&world), requests, repeat })
}

fn logins(world: &World) -> Vec<Login> {
    let login = |(key, session): (&String, &Session)| Login {
        bot: world.name(session.bot).to_owned(),
        session: key.clone(),
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
