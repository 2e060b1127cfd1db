//! Members type, and bots offer texts to complete an option.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::commands::{data, find, is_offered};
use super::request::{ControlError, Given, optional};
use super::{Scene, options, present_bot};
use crate::mock::checks::command::TYPED;
use crate::mock::locale;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Deed, Kind, Permissions};

/// How long a bot has to offer something.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a member has typed so far.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    channel: String,
    author: String,
    name: String,
    option: String,
    #[serde(default, deserialize_with = "optional")]
    text: String,
    /// Options that were filled in before.
    #[serde(default, deserialize_with = "optional")]
    options: Map<String, Value>,
    /// Which bot, if there are several.
    #[serde(default, deserialize_with = "optional")]
    bot: Option<Id>,
}

/// `POST /mock/autocomplete`
pub(crate) async fn complete(
    State(server): State<Shared>,
    Given(typed): Given<Typed>,
) -> Result<Json<Value>, ControlError> {
    let id = {
        let mut world = server.world();
        present_bot(&world, typed.bot)?;
        let place = world.text_channel(&typed.channel).and_then(|channel| world.guild_of(channel));
        let found = find(&world, &typed.name, &[TYPED], typed.bot, place)?;
        let scene = Scene::look(&world, &typed.author, &typed.channel, found.bot)?;
        is_offered(&world, &found, &scene)?;
        let given = options::by_own_name(&found, typed.options, &world.locale);
        let option = options::own_name(&found, &typed.option, &world.locale);
        let spelled = options::fill_partly(&found.command, &found.subcommands, &option, &typed.text, &given)?;
        let (member, channel) = scene.enter(&mut world, Permissions::USE_APPLICATION_COMMANDS)?;
        world.interact(Deed {
            kind: Kind::Autocomplete,
            bot: found.bot,
            member,
            channel,
            data: data(&found, spelled),
            command: Some(typed.name),
            menu: false,
            about: None,
            trigger: None,
        })
    };
    let choices = server.wait_for(PATIENCE, |world| world.interactions.get(&id)?.choices.clone()).await;
    let shown = choices.map(|choices| Json(locale::shown_choices(&choices, &server.world().locale)));
    shown.ok_or_else(|| ControlError::late("The bot offered nothing within 3 seconds."))
}
