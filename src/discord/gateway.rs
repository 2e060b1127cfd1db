//! The connections that Discord tells of events on. twilight speaks on them; what is told goes to the rules.

mod close;
mod connection;
mod listener;
mod shard;

pub(super) use listener::Listener;
pub(super) use shard::Keeper;

use super::door::{BETWEEN_STARTS, Patience};
use super::rest::{Call, Rest, RestError};
use super::shards::Shards;
use super::{RunError, Settings, is_loopback};
use reqwest::Url;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{ConfigBuilder, Intents};

/// With fewer starts left for today than this, the log says so.
const FEW_STARTS: u64 = 100;
/// So many starts a day are never used: Discord resets the token after the last.
const FEWEST_STARTS: u32 = 20;
/// The starts that Discord grants, and for how long, where it doesn't say.
const STARTS: u32 = 1_000;
const STARTS_RESET: Duration = Duration::from_secs(24 * 60 * 60);

/// The gateway, as Discord describes it, and the shards to connect to it.
#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) url: Url,
    shards: Shards,
    /// How many shards may start at once.
    at_once: u16,
    /// The starts that may be used today.
    starts_left: u32,
    starts: u32,
    starts_reset: Duration,
}

/// Asks where the gateway is, which also shows whether the address and the token are right. Where no shards are wanted,
/// they are all that Discord recommends.
///
/// # Errors
/// When there is no answer, the token is refused, hardly a start is left for today, or the gateway would carry the
/// token in the clear to another machine.
pub(super) async fn find(rest: &Rest, api: &Url, wanted: Option<Shards>) -> Result<Gateway, RunError> {
    if api.scheme() == "http" && !is_loopback(api) {
        tracing::warn!(target: super::LOG, "the token travels in the clear: http:// to another machine");
    }
    let unreachable = |why: String| RunError::Unreachable { address: origin(api), why };
    let answer = rest.send(Call::gateway()).await.map_err(|error| match error {
        RestError::TokenRefused => RunError::TokenRefused,
        RestError::Unreachable { why } => unreachable(why),
        error => unreachable(error.to_string()),
    })?;
    let number = |place: &str| answer.pointer(place).and_then(Value::as_u64);
    let recommended = number("/shards").map_or(1, |shards| u16::try_from(shards).unwrap_or(u16::MAX));
    let shards = wanted.unwrap_or_else(|| Shards::all(recommended));
    if let Some(left) = number("/session_start_limit/remaining") {
        let after_these = left.saturating_sub(u64::from(shards.count()));
        if after_these < u64::from(FEWEST_STARTS) {
            let why = "too few starts are left for today, and the last would cost the token";
            return Err(RunError::Gateway { why });
        }
        if after_these < FEW_STARTS {
            tracing::warn!(target: super::LOG, left, "few starts are left for today");
        }
    }
    let url = answer.get("url").and_then(Value::as_str).and_then(|url| url.parse::<Url>().ok());
    let url = url.ok_or_else(|| unreachable("it doesn't answer as Discord does".to_owned()))?;
    if !is_safe(&url) {
        return Err(RunError::InsecureGateway { address: origin(&url) });
    }
    let starts = |place, otherwise| number(place).map_or(otherwise, |left| u32::try_from(left).unwrap_or(u32::MAX));
    let starts_left = starts("/session_start_limit/remaining", STARTS).saturating_sub(FEWEST_STARTS);
    let starts_reset = number("/session_start_limit/reset_after").map_or(STARTS_RESET, Duration::from_millis);
    Ok(Gateway {
        url,
        shards,
        at_once: number("/session_start_limit/max_concurrency")
            .map_or(1, |most| u16::try_from(most).unwrap_or(1))
            .max(1),
        starts_left,
        starts: starts("/session_start_limit/total", STARTS).max(starts_left),
        starts_reset: starts_reset.min(STARTS_RESET),
    })
}

impl Gateway {
    /// How long the last of so many shards waits for its turn to start.
    fn rounds(&self, shards: u16) -> Duration {
        BETWEEN_STARTS * u32::from(shards.div_ceil(self.at_once)).saturating_sub(1)
    }

    /// How long the turns of other processes may take, which serve the rest of the bot's shards.
    pub(super) fn rounds_of_all(&self) -> Duration {
        self.rounds(self.shards.total())
    }

    /// What keeps each of the shards. They start in turns, as many at once as Discord allows.
    pub(super) fn keepers(&self, settings: &Settings, listener: &Arc<Listener>) -> impl Iterator<Item = Keeper> {
        let mut intents = Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES;
        intents.set(Intents::MESSAGE_CONTENT, settings.listen_everywhere);
        let queue = InMemoryQueue::new(self.at_once, self.starts_left, self.starts_reset, self.starts);
        let config = ConfigBuilder::new(settings.token.reveal().to_owned(), intents);
        let config = config.proxy_url(plain(&self.url)).queue(queue).build();
        let patience = Patience::with_rounds(self.rounds(self.shards.count()));
        let listener = Arc::clone(listener);
        self.shards.ids().map(move |id| Keeper {
            id,
            config: config.clone(),
            listener: Arc::clone(&listener),
            patience,
        })
    }
}

/// Waits until one of the shards can't go on, and says why.
pub(super) async fn first_to_end(shards: &mut JoinSet<Result<(), RunError>>) -> RunError {
    match shards.join_next().await {
        Some(Ok(Err(why))) => why,
        Some(Ok(Ok(())) | Err(_)) | None => RunError::BrokeOff,
    }
}

/// Whether the token may travel there.
fn is_safe(url: &Url) -> bool {
    url.scheme() == "wss" || (url.scheme() == "ws" && is_loopback(url))
}

/// The address to take a session up at, in the form that twilight takes.
///
/// # Errors
/// What it is instead: no address, or one to which the token would travel in the clear.
fn usable(address: &str) -> Result<String, &'static str> {
    let url: Url = address.parse().map_err(|_| "is no address")?;
    if is_safe(&url) { Ok(plain(&url)) } else { Err("isn't encrypted") }
}

/// An address without a slash at its end, or anything that comes after the path: twilight adds its own.
fn plain(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// An address without anything secret that may stand in it.
pub(super) fn origin(url: &Url) -> String {
    let host = url.host_str().unwrap_or("nowhere");
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}

#[cfg(test)]
mod tests;
