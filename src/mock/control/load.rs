//! A load: members write in every server in turn, so many messages a second (`POST /mock/load`).

use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use super::messages::check_length;
use super::request::{ControlError, optional};
use super::{present_bot, refused, request::Given};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Draft, Envelope, World};

/// The most messages a second. Waits are kept to the millisecond.
const MAX_A_SECOND: u32 = 1_000;
/// The longest that a load goes on, in seconds.
const MAX_SECONDS: u32 = 3_600;

/// Who writes what, and how fast.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Load {
    /// Messages a second.
    per_second: u32,
    seconds: u32,
    /// What is written, in turn.
    messages: Vec<String>,
    /// Every so many messages one starts with a mention of the bot; 0 for none.
    #[serde(default, deserialize_with = "optional")]
    mention_every: u64,
    /// Which bot, if there are several.
    #[serde(default, deserialize_with = "optional")]
    bot: Option<Id>,
}

/// `POST /mock/load`: answers when all is written.
pub(crate) async fn load(State(server): State<Shared>, Given(load): Given<Load>) -> Result<Json<Value>, ControlError> {
    let bot = present_bot(&server.world(), load.bot)?;
    check(&load, bot)?;
    let (places, people) = stage(&server.world());
    let started = Instant::now();
    let mut beat = interval(Duration::from_secs(1) / load.per_second);
    beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let texts = load.messages.iter().cycle();
    let scenes = places.iter().cycle().zip(people.iter().cycle()).zip(texts);
    let all = u64::from(load.per_second) * u64::from(load.seconds);
    let mut sent = 0_u64;
    for (number, ((channel, author), text)) in (1..=all).zip(scenes) {
        tokio::select! {
            _ = beat.tick() => {}
            () = server.stop.cancelled() => break,
        }
        let mentions = load.mention_every > 0 && number % load.mention_every == 0;
        let content = worded(text, mentions.then_some(bot));
        let envelope = Envelope { channel: *channel, author: *author, answers: None };
        let draft = Draft { content: Some(content), ..Draft::default() };
        server.world().post(envelope, draft).map_err(refused)?;
        sent = number;
    }
    Ok(Json(json!({ "sent": sent, "seconds": started.elapsed().as_secs_f64() })))
}

/// The first channel of each server, and the members.
fn stage(world: &World) -> (Vec<Id>, Vec<Id>) {
    let first = |guild: Id| world.channels_of(guild).next().map(|channel| channel.id);
    let people = world.users.values().filter(|user| !user.bot).map(|user| user.id);
    (world.guilds.keys().filter_map(|guild| first(*guild)).collect(), people.collect())
}

/// A message, with the mention of a bot before it.
fn worded(text: &str, mentioned: Option<Id>) -> String {
    mentioned.map_or_else(|| text.to_owned(), |bot| format!("<@{bot}> {text}"))
}

fn check(load: &Load, bot: Id) -> Result<(), ControlError> {
    let fits = (1..=MAX_A_SECOND).contains(&load.per_second) && (1..=MAX_SECONDS).contains(&load.seconds);
    if !fits {
        let words = format!("Say 1 to {MAX_A_SECOND} messages `per_second`, for 1 to {MAX_SECONDS} `seconds`.");
        return Err(ControlError::bad(words));
    }
    if load.messages.is_empty() || load.messages.iter().any(|text| text.trim().is_empty()) {
        return Err(ControlError::bad("Say in `messages` what is written."));
    }
    load.messages.iter().try_for_each(|text| check_length(&worded(text, Some(bot))))
}
