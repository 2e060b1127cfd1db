//! Members write, edit and delete messages.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::request::{ControlError, Given, optional};
use super::{Made, Scene, check_act, made, present_bot, refused, unknown_message};
use crate::mock::files::File;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Channel, Draft, Envelope, Message, Permissions, World};

/// The most characters of a member's message.
const MAX_CONTENT: usize = 2000;
/// The most files of a member's message.
const MAX_FILES: usize = 10;

/// A message that a member writes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    channel: String,
    author: String,
    #[serde(default, deserialize_with = "optional")]
    content: String,
    /// Whether it starts with a mention of the bot.
    #[serde(default, deserialize_with = "optional")]
    mention_bot: bool,
    #[serde(default, deserialize_with = "optional")]
    files: Vec<GivenFile>,
    #[serde(default, deserialize_with = "optional")]
    reply_to: Option<Id>,
    /// Which bot, if there are several.
    #[serde(default, deserialize_with = "optional")]
    bot: Option<Id>,
}

/// What a member makes of an earlier message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rewritten {
    content: String,
}

/// `POST /mock/messages`
pub(crate) async fn post(State(server): State<Shared>, Given(written): Given<Written>) -> Result<Made, ControlError> {
    if written.files.len() > MAX_FILES {
        return Err(ControlError::bad(format!("A message has at most {MAX_FILES} files.")));
    }
    let mut files: Vec<Value> = written.files.iter().map(|file| file.attach(&server)).collect();
    if written.content.trim().is_empty() && files.is_empty() && !written.mention_bot {
        files.push(picture(&server));
    }
    let mut world = server.world();
    let bot = present_bot(&world, written.bot)?;
    let mention = if written.mention_bot { format!("<@{bot}> ") } else { String::new() };
    let content = format!("{mention}{}", written.content).trim().to_owned();
    check_length(&content)?;
    let scene = Scene::look(&world, &written.author, &written.channel, bot)?;
    if let Some(id) = written.reply_to.filter(|id| !scene.shows(&world, *id)) {
        return Err(unknown_message(id));
    }
    let needed = Permissions::needed_for([
        (true, scene.channel.map_or(Permissions::SEND_MESSAGES, |channel| world.needed_to_write(channel))),
        (!written.files.is_empty(), Permissions::ATTACH_FILES),
        (written.reply_to.is_some(), Permissions::READ_MESSAGE_HISTORY),
    ]);
    let room = scene.channel.and_then(|channel| world.channels.get(&channel)).and_then(Channel::room);
    if room.is_some_and(|room| !room.kind.holds_messages()) {
        return Err(ControlError::bad(
            "No messages stand in a channel of this kind; a forum has posts (/mock/threads).",
        ));
    }
    let (author, channel) = scene.enter(&mut world, needed)?;
    let draft = Draft {
        attachments: Some(files),
        content: Some(content),
        reference: written.reply_to.map(|id| (id, true)),
        ..Draft::default()
    };
    world.post(Envelope::new(channel, author), draft).map(made).map_err(refused)
}

/// `PATCH /mock/messages/{message}`
pub(crate) async fn edit(
    State(server): State<Shared>,
    Path(id): Path<Id>,
    Given(rewritten): Given<Rewritten>,
) -> Result<Json<Value>, ControlError> {
    check_length(&rewritten.content)?;
    let mut world = server.world();
    let message = members_message(&world, id)?;
    check_act(&world, message.channel, Some(message.author), world.needed_to_write(message.channel))?;
    world.edit(id, Draft { content: Some(rewritten.content), ..Draft::default() }).map_err(refused)?;
    Ok(Json(json!({ "id": id })))
}

/// `DELETE /mock/messages/{message}`
pub(crate) async fn delete(State(server): State<Shared>, Path(id): Path<Id>) -> Result<Json<Value>, ControlError> {
    let mut world = server.world();
    let message = members_message(&world, id)?;
    check_act(&world, message.channel, Some(message.author), Permissions::empty())?;
    world.delete(id).map_err(refused)?;
    Ok(Json(json!({ "id": id })))
}

fn members_message(world: &World, id: Id) -> Result<&Message, ControlError> {
    let message = world.message(id).ok_or_else(|| unknown_message(id))?;
    if world.is_automatic(message) {
        return Err(ControlError::bad("This message is a bot's, and not a member's to change."));
    }
    Ok(message)
}

/// What a message without words shows, since Discord knows no empty ones.
fn picture(server: &Shared) -> Value {
    let bytes = Bytes::from_static(include_bytes!("picture.png"));
    server.attach(File { name: "picture.png".to_owned(), kind: None, bytes })
}

/// A file that a member attaches.
#[derive(Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a file has a `name`, and what stands in it as `text` or as `base64`"
)]
pub(super) enum GivenFile {
    Text {
        name: String,
        text: String,
    },
    /// One that isn't text.
    Bytes {
        name: String,
        #[serde(deserialize_with = "of_base64")]
        base64: Bytes,
    },
}

impl GivenFile {
    /// Keeps it, and gives it back as an attachment.
    pub(super) fn attach(&self, server: &Shared) -> Value {
        let (name, bytes) = match self {
            Self::Text { name, text } => (name, Bytes::from(text.clone())),
            Self::Bytes { name, base64 } => (name, base64.clone()),
        };
        server.attach(File { name: name.clone(), kind: None, bytes })
    }
}

fn of_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map(Bytes::from).map_err(D::Error::custom)
}

pub(super) fn check_length(content: &str) -> Result<(), ControlError> {
    let words = format!("A message has at most {MAX_CONTENT} characters.");
    if content.chars().count() <= MAX_CONTENT { Ok(()) } else { Err(ControlError::bad(words)) }
}
