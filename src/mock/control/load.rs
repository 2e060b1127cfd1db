//! A load: members write in every server in turn, so many messages a second (`POST /mock/load`).

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;

use super::messages::check_length;
use super::request::{ControlError, optional};
use super::{present_bot, refused, request::Given};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Channel, Draft, Envelope, Permissions, World};

/// The most messages a second.
const MAX_A_SECOND: u32 = 1_000;
/// How often messages are written unless it is said, those together that are due. Few bursts cost little: whoever sends a load
/// shouldn't cost more than whoever bears it.
const USUAL_BURSTS: u32 = 2;
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
    /// In how many bursts a second they come.
    #[serde(default, deserialize_with = "optional")]
    bursts: Option<NonZeroU32>,
    /// Which bot, if there are several.
    #[serde(default, deserialize_with = "optional")]
    bot: Option<Id>,
}

impl Load {
    fn bursts(&self) -> u32 {
        self.bursts.map_or(USUAL_BURSTS, NonZeroU32::get).min(self.per_second)
    }

    /// How many messages are written after so many bursts.
    fn written_after(&self, bursts: u64) -> u64 {
        (u64::from(self.per_second) * bursts / u64::from(self.bursts())).min(self.all())
    }

    fn all(&self) -> u64 {
        u64::from(self.per_second) * u64::from(self.seconds)
    }
}

/// `POST /mock/load`: answers when all is written.
pub(crate) async fn load(State(server): State<Shared>, Given(load): Given<Load>) -> Result<Json<Value>, ControlError> {
    let bot = present_bot(&server.world(), load.bot)?;
    check(&load, bot)?;
    let started = Instant::now();
    // In a task of its own, so that each beat wakes this alone and not all that stands around a request. It ends with it.
    let writing = AbortOnDropHandle::new(tokio::spawn(write(server, load, bot)));
    let sent = writing.await.map_err(|_| ControlError::conflict("The load broke off."))??;
    Ok(Json(json!({ "sent": sent, "seconds": started.elapsed().as_secs_f64() })))
}

/// Writes the messages, and says how many were written when all are, or the server ends.
async fn write(server: Shared, load: Load, bot: Id) -> Result<u64, ControlError> {
    let (places, people) = stage(&server.world());
    if places.is_empty() || people.is_empty() {
        return Err(ControlError::conflict("There is nobody, or no channel to write in."));
    }
    let mut written = 0;
    let texts = load.messages.iter().cycle();
    let mut scenes = (1_u64..).zip(places.iter().cycle().zip(people.iter().cycle()).zip(texts));
    let mut beat = interval(Duration::from_secs(1) / load.bursts());
    beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for at in 1.. {
        tokio::select! {
            _ = beat.tick() => {}
            () = server.stop.cancelled() => break,
        }
        let due = load.written_after(at) - load.written_after(at - 1);
        let mut world = server.world();
        for (number, ((channel, author), text)) in scenes.by_ref().take(usize::try_from(due).unwrap_or(0)) {
            let mentions = load.mention_every > 0 && number % load.mention_every == 0;
            let draft = Draft { content: Some(worded(text, mentions.then_some(bot))), ..Draft::default() };
            // Who may not write there says nothing.
            if world.demand(*channel, *author, Permissions::SEND_MESSAGES).is_ok() {
                world.post(Envelope::new(*channel, *author), draft).map_err(refused)?;
                written += 1;
            }
        }
        if load.written_after(at) == load.all() {
            break;
        }
    }
    Ok(written)
}

/// The first channel with messages of each server, and the members.
fn stage(world: &World) -> (Vec<Id>, Vec<Id>) {
    let written = |channel: &&Channel| channel.room().is_some_and(|room| room.kind.holds_messages());
    let first = |guild: Id| world.channels_of(guild).find(written).map(|channel| channel.id);
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
