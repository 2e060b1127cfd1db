//! The first response to an interaction.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::body::Body;
use super::path::Path;
use super::query::Query;
use crate::mock::checks::options::check_choices;
use crate::mock::checks::{Problems, form, items, message, number, text};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Draft, EPHEMERAL, Envelope, Interaction, Kind, LOADING, Message, World};

/// Discord's numbers for the kinds of response.
const MESSAGE: u64 = 4;
const MESSAGE_LATER: u64 = 5;
const UPDATE_LATER: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const FORM: u64 = 9;

/// What a bot does first about an interaction.
enum First {
    /// It answers with a message.
    Post(Draft),
    /// It promises a message.
    Promise(Draft),
    /// It promises to change the message whose component was used.
    UpdateLater,
    /// It changes the message whose component was used.
    Update(Draft),
    /// It offers texts to complete an option.
    Choices(Value),
    /// It shows a form.
    Form(Value),
}

/// `POST /interactions/{interaction}/{token}/callback`
pub(crate) async fn respond(
    State(server): State<Shared>,
    Path((id, token)): Path<(Id, String)>,
    query: Query,
    body: Body,
) -> Result<Response, Refusal> {
    let mut world = server.world();
    let interaction = world.awaiting_response(id, &token)?;
    let response = number(&body.json, "type");
    let source = interaction.message().and_then(|id| world.message(id));
    let first = read(interaction, source, body)?;
    let posted = perform(&mut world, id, first)?;
    world.acknowledge(id, posted);
    match world.interactions.get(&id).filter(|_| query.is_yes("with_response")) {
        Some(interaction) => {
            Ok(Json(wire::interaction::callback(&world, interaction, response, posted)).into_response())
        }
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

/// Reads a response and checks it, against the interaction too.
fn read(interaction: &Interaction, source: Option<&Message>, body: Body) -> Result<First, Refusal> {
    let Body { json: mut body, files } = body;
    let data = body.get_mut("data").map_or_else(|| json!({}), Value::take);
    let draft = |data, files| message::draft(data, files).map_err(under_data);
    match (interaction.deed.kind, number(&body, "type"), source) {
        (Kind::Autocomplete, CHOICES, _) => {
            let mut problems = Problems::default();
            let kind = completed(&interaction.deed.data).map_or(0, |option| number(option, "type"));
            check_choices(&mut problems, "data.choices", items(&data, "choices"), kind);
            problems.into_result()?;
            Ok(First::Choices(items(&data, "choices").to_vec().into()))
        }
        (Kind::Command | Kind::Component | Kind::Form, MESSAGE, _) => Ok(First::Post(draft(data, files)?)),
        (Kind::Command | Kind::Component | Kind::Form, MESSAGE_LATER, _) => {
            let flags = Some(number(&data, "flags") & EPHEMERAL | LOADING);
            Ok(First::Promise(Draft { flags, ..Draft::default() }))
        }
        (Kind::Component | Kind::Form, UPDATE_LATER, Some(_)) => Ok(First::UpdateLater),
        (Kind::Component | Kind::Form, UPDATE, Some(source)) => {
            message::changes(data, files, source).map_err(under_data).map(First::Update)
        }
        (Kind::Command | Kind::Component, FORM, _) => form::check(&data).map(|()| First::Form(data)),
        (kind, ..) => {
            let mut problems = Problems::default();
            problems.not_a_choice("type", if kind == Kind::Autocomplete { "8" } else { "4, 5, 6, 7, 9" });
            problems.into_result()?;
            Err(Refusal::unknown_interaction())
        }
    }
}

/// The option that a member is typing, in a command or one of its subcommands.
fn completed(data: &Value) -> Option<&Value> {
    let options = items(data, "options");
    let focused = options.iter().find(|option| option.get("focused") == Some(&Value::Bool(true)));
    focused.or_else(|| options.iter().find_map(completed))
}

/// Moves the errors of a message to where the message stands in the response.
fn under_data(mut refusal: Refusal) -> Refusal {
    refusal.errors = refusal.errors.map(|errors| json!({ "data": errors }));
    refusal
}

/// Does what the bot wants; gives back the message that `@original` then names.
fn perform(world: &mut World, id: Id, first: First) -> Result<Option<Id>, Refusal> {
    let interaction = world.interactions.get(&id).ok_or_else(Refusal::unknown_interaction)?;
    let source = interaction.message();
    match first {
        First::Post(draft) | First::Promise(draft) => {
            let (channel, author) = (interaction.deed.channel, interaction.deed.bot);
            let answers = Some(interaction.answered());
            world.post(Envelope { answers, ..Envelope::new(channel, author) }, draft).map(Some)
        }
        First::UpdateLater => Ok(source),
        First::Update(draft) => {
            if let Some(source) = source {
                world.edit(source, draft)?;
            }
            Ok(source)
        }
        First::Choices(choices) => {
            world.offer_choices(id, choices);
            Ok(None)
        }
        First::Form(data) => {
            world.show_form(id, text(&data, "custom_id"), text(&data, "title"), items(&data, "components").to_vec());
            Ok(None)
        }
    }
}
