//! Members start threads, and posts in forums: `POST /mock/threads`.

use axum::extract::State;
use serde::Deserialize;

use super::messages::check_length;
use super::request::{ControlError, Given, optional};
use super::{Made, Scene, made, present_bot, refused, unknown_message};
use crate::mock::checks::{number, text};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Channel, DIRECT, Draft, MAX_NAME, NOBODY, NewThread, Opening, Permissions, Room, RoomKind};

/// A thread that a member starts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Started {
    channel: String,
    author: String,
    name: String,
    /// The message that it hangs on.
    #[serde(default, deserialize_with = "optional")]
    message: Option<Id>,
    /// In a forum, what the first message says.
    #[serde(default, deserialize_with = "optional")]
    content: Option<String>,
    /// In a forum, the names of the tags that it has.
    #[serde(default, deserialize_with = "optional")]
    tags: Vec<String>,
}

/// `POST /mock/threads`
pub(crate) async fn start(State(server): State<Shared>, Given(started): Given<Started>) -> Result<Made, ControlError> {
    let name = started.name.trim().to_owned();
    if name == DIRECT {
        return Err(ControlError::bad("A thread isn't called dm, as direct messages are."));
    }
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(ControlError::bad(format!("The name of a thread has 1 to {MAX_NAME} characters.")));
    }
    let mut world = server.world();
    let bot = present_bot(&world, None)?;
    let scene = Scene::look(&world, &started.author, &started.channel, bot)?;
    if let Some(id) = started.message.filter(|id| !scene.shows(&world, *id)) {
        return Err(unknown_message(id));
    }
    let room = scene.channel.and_then(|channel| world.channels.get(&channel)).and_then(Channel::room);
    let forum = room.filter(|room| room.kind == RoomKind::Forum);
    let needed = if forum.is_some() { Permissions::SEND_MESSAGES } else { Permissions::CREATE_PUBLIC_THREADS };
    let tags = started.tags.iter().map(|name| tag(forum, name)).collect::<Result<Vec<Id>, _>>()?;
    let opening = match (forum, started.content) {
        (Some(_), content) => {
            let content = content.unwrap_or_default().trim().to_owned();
            check_length(&content)?;
            Some(Opening { draft: Draft { content: Some(content), ..Draft::default() }, persona: None })
        }
        (None, Some(_)) => return Err(ControlError::bad("Only a post in a forum begins with a `content`.")),
        (None, None) => None,
    };
    if let Some(channel) = scene.channel {
        world.check_tags(channel, scene.member.unwrap_or(NOBODY), &tags).map_err(refused)?;
    }
    let (owner, parent) = scene.enter(&mut world, needed)?;
    let from = started.message;
    let (private, invitable, minutes) = (false, false, None);
    let thread = NewThread { parent, from, owner, name, private, invitable, minutes, opening, tags };
    world.start_thread(thread).map(made).map_err(refused)
}

/// The tag of this name in a forum.
fn tag(forum: Option<&Room>, name: &str) -> Result<Id, ControlError> {
    let tags = forum.map_or(&[][..], |forum| &forum.tags);
    let found = tags.iter().find(|tag| text(tag, "name") == name).map(|tag| Id(number(tag, "id")));
    found.ok_or_else(|| ControlError::bad(format!("There is no tag {name:?} here.")))
}
