//! Messages through an address: what a bot says after its first response to an interaction; what a webhook says stands
//! under the same address.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::body::Body;
use super::caller::reader;
use super::path::{ORIGINAL, Path};
use super::query::Query;
use super::webhooks;
use crate::mock::checks::message::{changes, draft};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Envelope, Message, World};

/// `POST /webhooks/{webhook}/{token}`: of those that follow a promise, the first one is the promised message.
pub(crate) async fn write(
    State(server): State<Shared>,
    Path((id, token)): Path<(Id, String)>,
    query: Query,
    body: Body,
) -> Result<Response, Refusal> {
    if server.world().webhooks.contains_key(&id) {
        return webhooks::write(&server, id, &token, &query, body);
    }
    follow_up(&server, id, &token, body).map(IntoResponse::into_response)
}

fn follow_up(server: &Shared, bot: Id, token: &str, body: Body) -> Result<Json<Value>, Refusal> {
    let draft = draft(body.json, body.files)?;
    let mut world = server.world();
    let interaction = world.interaction_behind(bot, token)?;
    let promised = interaction.original.filter(|id| world.message(*id).is_some_and(Message::is_loading));
    let id = match promised {
        Some(promised) => world.edit(promised, draft).map(|()| promised)?,
        None => {
            let (channel, answers) = (interaction.deed.channel, Some(interaction.answered()));
            world.post(Envelope { answers, ..Envelope::new(channel, bot) }, draft)?
        }
    };
    shown(&world, bot, id)
}

/// `GET /webhooks/{webhook}/{token}/messages/{message}`
pub(crate) async fn one(
    State(server): State<Shared>,
    Path((bot, token, name)): Path<(Id, String, String)>,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let thread = query.id("thread_id")?;
    let world = server.world();
    let id = find(&world, bot, &token, &name, thread)?;
    shown(&world, bot, id)
}

/// `PATCH /webhooks/{webhook}/{token}/messages/{message}`
pub(crate) async fn edit(
    State(server): State<Shared>,
    Path((bot, token, name)): Path<(Id, String, String)>,
    query: Query,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let thread = query.id("thread_id")?;
    let mut world = server.world();
    let id = find(&world, bot, &token, &name, thread)?;
    let before = world.message(id).ok_or_else(Refusal::unknown_message)?;
    let draft = changes(body.json, body.files, before)?;
    world.edit(id, draft)?;
    shown(&world, bot, id)
}

/// `DELETE /webhooks/{webhook}/{token}/messages/{message}`
pub(crate) async fn delete(
    State(server): State<Shared>,
    Path((bot, token, name)): Path<(Id, String, String)>,
    query: Query,
) -> Result<StatusCode, Refusal> {
    let thread = query.id("thread_id")?;
    let mut world = server.world();
    let id = find(&world, bot, &token, &name, thread)?;
    world.delete(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The message of an interaction, its original or one that followed; or one that a webhook wrote in its channel, or in the
/// thread that is named.
fn find(world: &World, author: Id, token: &str, name: &str, thread: Option<Id>) -> Result<Id, Refusal> {
    let by_id = || name.parse().ok().and_then(|id| world.message(id));
    if world.webhooks.contains_key(&author) {
        let place = thread.unwrap_or(world.webhook(author, Some(token))?.channel);
        let own = by_id().filter(|message| message.author == author && message.channel == place);
        return own.map(|message| message.id).ok_or_else(Refusal::unknown_message);
    }
    let interaction = world.interaction_behind(author, token)?;
    let wanted = if name == ORIGINAL { interaction.original.and_then(|id| world.message(id)) } else { by_id() };
    let message = wanted.ok_or_else(Refusal::unknown_message)?;
    let answers_it = message.answers.as_ref().is_some_and(|answered| answered.interaction == interaction.id);
    if answers_it || interaction.original == Some(message.id) {
        Ok(message.id)
    } else {
        Err(Refusal::unknown_message())
    }
}

fn shown(world: &World, bot: Id, id: Id) -> Result<Json<Value>, Refusal> {
    let message = world.message(id).ok_or_else(Refusal::unknown_message)?;
    Ok(Json(wire::message::message(world, message, reader(world, bot))))
}
