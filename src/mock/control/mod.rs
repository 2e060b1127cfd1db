//! The control interface under `/mock/`: through it members act, and tests and the page see what came of it.

mod autocomplete;
mod chosen;
mod clicks;
mod commands;
mod condition;
mod explanations;
mod faults;
mod forms;
mod load;
mod members;
mod messages;
mod options;
mod permissions;
mod reactions;
mod request;
mod resolved;
mod threads;
mod typing;
mod view;

use axum::Json;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, patch, post};
use serde_json::{Value, json};

use crate::mock::recording::record_deeds;
use crate::mock::refusal::Refusal;
use crate::mock::rest::MAX_REQUEST;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{DIRECT, NOBODY, Permissions, Unwelcome, World};
use request::ControlError;

pub(crate) fn router(server: &Shared) -> Router<Shared> {
    Router::new()
        .route("/mock/ready", get(view::ready))
        .route("/mock/world", get(view::world))
        .route("/mock/transcript", get(view::transcript))
        .route("/mock/breaches", get(view::breaches))
        .route("/mock/messages", post(messages::post))
        .route("/mock/messages/{message}", patch(messages::edit).delete(messages::delete))
        .route("/mock/threads", post(threads::start))
        .route("/mock/reactions", post(reactions::add).delete(reactions::take))
        .route("/mock/members", patch(members::change))
        .route("/mock/permissions", post(permissions::change))
        .route("/mock/commands", post(commands::run))
        .route("/mock/autocomplete", post(autocomplete::complete))
        .route("/mock/clicks", post(clicks::click))
        .route("/mock/forms", post(forms::submit))
        .route("/mock/faults", get(faults::list).post(faults::order).delete(faults::mend))
        .route("/mock/condition", get(condition::condition))
        .route("/mock/typing", get(typing::typing))
        .route("/mock/load", post(load::load))
        .route("/mock/explanations", post(explanations::explain))
        .route_layer(from_fn_with_state(server.clone(), record_deeds))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
}

/// The answer that names what was made.
type Made = (StatusCode, Json<Value>);

fn made(id: Id) -> Made {
    (StatusCode::CREATED, Json(json!({ "id": id })))
}

/// The bot that members deal with: the one asked for, or the first that is READY.
fn present_bot(world: &World, wanted: Option<Id>) -> Result<Id, ControlError> {
    let words = || ControlError::conflict("No bot is READY yet; wait on /mock/ready.");
    world.connected_bot(wanted).ok_or_else(words)
}

/// Where a member is about to act. Looking changes nothing; who enters joins, and opens a direct message, if need be.
struct Scene<'a> {
    author: &'a str,
    bot: Id,
    /// `None` before a stranger joined.
    member: Option<Id>,
    /// `None` before the direct message was opened.
    channel: Option<Id>,
}

impl<'a> Scene<'a> {
    /// Finds the member and the channel, or says why they can't be.
    fn look(world: &World, author: &'a str, channel: &str, bot: Id) -> Result<Scene<'a>, ControlError> {
        let member = world.known_member(author)?;
        let sees = |id: &Id| world.channels.get(id).is_some_and(|found| world.is_shown(found, member));
        let text = world.text_channel(channel).filter(sees);
        if text.is_none() && channel != DIRECT {
            let here =
                world.channels_of(world.home).filter(|found| world.is_shown(found, member)).map(|found| found.name());
            let words = format!(
                "There is no channel {channel:?}; there are {}, {DIRECT}.",
                here.collect::<Vec<_>>().join(", ")
            );
            return Err(ControlError::absent(words));
        }
        let direct = || member.and_then(|member| world.direct_between(member, bot));
        Ok(Scene { author, bot, member, channel: text.or_else(direct) })
    }

    /// The server that it is in; none for a direct message.
    fn guild(&self, world: &World) -> Option<Id> {
        world.guild_of(self.channel?)
    }

    /// Whether the member sees this message here.
    fn shows(&self, world: &World, id: Id) -> bool {
        let here = world.message(id).filter(|message| Some(message.channel) == self.channel);
        here.is_some_and(|message| message.private_to().is_none_or(|reader| Some(reader) == self.member))
    }

    /// The member and the channel, which exist from then on, if the member may do there what `needed` says. Who is refused
    /// leaves no trace.
    fn enter(self, world: &mut World, needed: Permissions) -> Result<(Id, Id), ControlError> {
        if let Some(channel) = self.channel {
            check_act(world, channel, self.member, needed)?;
        }
        let member = world.member(self.author)?;
        let channel = self.channel.unwrap_or_else(|| world.direct_channel(member, self.bot));
        come_to(world, channel, member);
        Ok((member, channel))
    }
}

/// What is needed to do anything but take back what one did, which needs nothing and is free to those who are timed out, too.
const NEEDED_TO_ACT: Permissions = Permissions::VIEW_CHANNEL;

/// Refuses a member, or a stranger who would join, what they may not do in a channel.
fn check_act(world: &World, channel: Id, member: Option<Id>, needed: Permissions) -> Result<(), ControlError> {
    let guild = world.guild_of(channel);
    let here = |person: &Id| guild.is_none_or(|guild| world.is_member(guild, *person));
    if guild.zip(member).is_some_and(|(guild, member)| world.is_banned(guild, member)) {
        return Err(ControlError::conflict("They are banned."));
    }
    // Who was sent away comes back as anybody comes, but for a timeout.
    if guild.zip(member).is_some_and(|(guild, member)| world.is_timed_out(guild, member)) && !needed.is_empty() {
        return Err(ControlError::conflict("They are timed out."));
    }
    let acting = member.filter(here).unwrap_or(NOBODY);
    let may = world.demand(channel, acting, needed);
    may.map(drop).map_err(|_| ControlError::conflict("They may not do that there."))
}

/// Refuses to deal with a bot that isn't in a channel's server.
fn check_bot(world: &World, channel: Id, bot: Id) -> Result<(), ControlError> {
    let here = world.guild_of(channel).is_none_or(|guild| world.is_member(guild, bot));
    if here { Ok(()) } else { Err(ControlError::conflict(format!("{} isn't in this server.", world.name(bot)))) }
}

/// Lets a member come back to a channel's server, if they were sent away.
fn come_to(world: &mut World, channel: Id, member: Id) {
    if let Some(guild) = world.guild_of(channel) {
        world.come_back(guild, member);
    }
}

/// What this Discord would refuse a member, as a sentence.
fn refused(refusal: Refusal) -> ControlError {
    let sentence = format!("{}.", refusal.message.trim_end_matches('.'));
    let closed =
        [Refusal::thread_locked(), Refusal::thread_archived()].iter().any(|closed| closed.code == refusal.code);
    if closed || refusal.status == StatusCode::FORBIDDEN {
        return ControlError::conflict(sentence);
    }
    ControlError::bad(sentence)
}

fn unknown_message(id: Id) -> ControlError {
    ControlError::absent(format!("There is no message {id} here."))
}

impl From<Unwelcome> for ControlError {
    fn from(Unwelcome: Unwelcome) -> ControlError {
        ControlError::bad(
            "The author is a member's name of 1 to 32 characters, and not a bot's; a server has at most 10,000 members.",
        )
    }
}
