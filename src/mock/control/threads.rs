//! Members start threads: `POST /mock/threads`.

use axum::extract::State;
use serde::Deserialize;

use super::request::{ControlError, Given, optional};
use super::{Made, Scene, made, present_bot, refused, unknown_message};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{DIRECT, MAX_NAME, NewThread, USUAL_MINUTES};

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
    let (owner, parent) = scene.enter(&mut world)?;
    let from = started.message;
    let thread = NewThread { parent, from, owner, name, private: false, minutes: USUAL_MINUTES };
    world.start_thread(thread).map(made).map_err(refused)
}
