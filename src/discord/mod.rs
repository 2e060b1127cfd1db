//! The edge to Discord, and the only place that names serenity and twilight.
//!
//! | file | what it is |
//! |---|---|
//! | `gateway` | the connections that events come in on |
//! | `shards` | which of them this process makes |
//! | `door` | how often each may be made, and when to give up |
//! | `lane` | how many jobs run and wait |
//! | `convert`, `askers` | Discord's events to what the rules are told |
//! | `threads` | which channels are threads |
//! | `uploads` | what stands in files that moderators upload |
//! | `perform` | asks the rules and does what they say |
//! | `render`, `commands` | replies and commands to what Discord is sent |
//! | `rest` | the one way to Discord's HTTP |
//! | `token` | the bot's token |

mod askers;
mod commands;
mod convert;
mod door;
mod gateway;
mod lane;
mod perform;
mod render;
mod rest;
#[cfg(test)]
mod scripted;
mod shards;
#[cfg(test)]
mod tests;
mod threads;
mod token;
mod uploads;

use crate::bot::{Action, Bot};
use askers::Askers;
use gateway::Listener;
use jiff::Zoned;
pub use perform::ANSWERS_AT_ONCE;
use perform::Performer;
use reqwest::Url;
use rest::Rest;
pub use shards::{Shards, ShardsError};
use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
pub use token::{Token, TokenError, application_id, invite_url};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// The target that everything here is logged under.
const LOG: &str = "pamphlet::discord";
/// How long the first READY may take.
const READY: Duration = Duration::from_secs(30);
/// How long jobs in flight may take when pamphlet is to stop.
const FINISH: Duration = Duration::from_secs(5);
/// How long the connections may take to close, at the same time.
const CLOSE: Duration = Duration::from_secs(2);
/// How often what is too old is dropped, and the day and the store are looked at.
const KEEP_UP: Duration = Duration::from_secs(60);

/// Where the real Discord is.
pub const DISCORD: &str = "https://discord.com";

/// How to run the bot.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: Token,
    /// Where Discord is, without `/api`: [`DISCORD`], or a local one.
    pub api: Url,
    /// Whether to read messages that aren't meant for pamphlet. This needs the privileged Message Content intent.
    pub listen_everywhere: bool,
    /// The shards to serve; none for all that Discord recommends.
    pub shards: Option<Shards>,
}

/// Why the bot could not run on, for its operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// Discord doesn't accept the token.
    #[error(
        "Discord refused the token. It may have been reset, or belong to something else than a bot.\n\
         hint: copy it anew from the developer portal (Bot > Reset Token) and set DISCORD_TOKEN"
    )]
    TokenRefused,
    /// The bot asks for an intent that it wasn't given.
    #[error(
        "Discord refused an intent: listening in channels needs the Message Content intent, which is off.\n\
         hint: switch it on in the developer portal (Bot > Message Content Intent), or switch listening off in the settings"
    )]
    IntentMissing,
    /// There is no Discord at the address.
    #[error(
        "Discord can't be reached at {address}: {why}.\nhint: check the network, a firewall, and --api if you gave one"
    )]
    Unreachable {
        /// The address.
        address: String,
        /// What happened.
        why: String,
    },
    /// The connection came up, but the bot didn't.
    #[error(
        "Discord at {address} didn't let the bot in within {} seconds.\n\
         hint: see discordstatus.com, check that websockets pass your firewall and that no other process starts shards of the \
         bot meanwhile, and try again",
        within.as_secs()
    )]
    NotReady {
        /// The gateway's address.
        address: String,
        /// How long it had for it.
        within: Duration,
    },
    /// The gateway would carry the token in the clear to another machine.
    #[error(
        "the gateway at {address} isn't encrypted, so the token would travel in the clear.\n\
         hint: ws:// is for this machine alone; another one needs wss://"
    )]
    InsecureGateway {
        /// The gateway's address.
        address: String,
    },
    /// The connection ended and can't be taken up again.
    #[error(
        "the connection to Discord ended: {why}.\nhint: see discordstatus.com, and start pamphlet again after a while"
    )]
    Gateway {
        /// What happened.
        why: &'static str,
    },
    /// The shards that the operator chose don't fit the bot's servers.
    #[error(
        "Discord refused the shards: {why}.\n\
         hint: leave --shards out, or give a larger total, the same one to every process of the bot"
    )]
    Shards {
        /// What is wrong with them.
        why: &'static str,
    },
    /// What keeps a shard connected broke off.
    #[error(
        "a shard broke off, which is a fault of pamphlet.\nhint: start it again; if that doesn't help, please report it"
    )]
    BrokeOff,
    /// Discord speaks another version of its gateway now.
    #[error("Discord no longer speaks the gateway's version 10, which pamphlet does.\nhint: get a newer pamphlet")]
    Outdated,
    /// The system lacks something that pamphlet can't do without.
    #[error("the system lacks {what}.\nhint: in a container, check that it isn't cut off from the system's devices")]
    System {
        /// What is lacking.
        what: &'static str,
    },
}

/// Runs the bot until `shutdown` comes to an end: then the connections are closed and replies in flight are finished, 5
/// seconds at most. `ready` is called once, when the first of its shards is connected and the commands are registered. `notices`
/// are what the moderators are told of what happens elsewhere.
///
/// # Errors
/// When it can't start or can't go on; see [`RunError`].
pub async fn run(
    settings: Settings,
    bot: Arc<Bot>,
    notices: mpsc::Receiver<Action>,
    ready: impl FnOnce() + Send,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), RunError> {
    let askers = Askers::new().map_err(|_| RunError::System { what: "randomness" })?;
    let rest = Rest::new(&settings.token, &settings.api).map_err(|_| RunError::System { what: "a working TLS" })?;
    let rest = Arc::new(rest);
    tokio::pin!(shutdown);
    let performer = Performer::new(Arc::clone(&bot) as _, Arc::clone(&rest));
    let listener = Arc::new(Listener::new(performer, askers));
    let gateway = tokio::select! {
        found = gateway::find(&rest, &settings.api, settings.shards) => found?,
        () = &mut shutdown => return Ok(()),
    };
    // Who chose the shards runs other processes too, and Discord lets all of them start in turns.
    let within = READY + settings.shards.map_or(Duration::ZERO, |_| gateway.rounds_of_all());
    let became_ready = async {
        if tokio::time::timeout(within, listener.me.wait()).await.is_err() {
            return RunError::NotReady { address: gateway::origin(&gateway.url), within };
        }
        listener.ready.cancelled().await;
        ready();
        std::future::pending().await
    };
    let mut shards = JoinSet::new();
    for keeper in gateway.keepers(&settings, &listener) {
        shards.spawn(keeper.keep());
    }
    let outcome = tokio::select! {
        error = gateway::first_to_end(&mut shards) => Err(error),
        () = rest.refused() => Err(RunError::TokenRefused),
        error = became_ready => Err(error),
        never = keep_up(&bot, &listener.performer) => match never {},
        never = post(notices, &listener.performer) => match never {},
        () = &mut shutdown => Ok(()),
    };
    go_down(&listener, shards).await;
    match outcome {
        // Discord recommended them when the bot was smaller, and recommends enough of them at the next start.
        Err(RunError::Shards { .. }) if settings.shards.is_none() => Err(RunError::Gateway {
            why: "the bot has outgrown its shards, and the next start takes as many as it needs now",
        }),
        outcome => outcome,
    }
}

/// Hears nothing more, closes the connections, and lets jobs in flight finish.
async fn go_down(listener: &Listener, mut shards: JoinSet<Result<(), RunError>>) {
    listener.stopping.cancel();
    listener.jobs.close();
    let closing = async {
        let closed = async { while shards.join_next().await.is_some() {} };
        if tokio::time::timeout(CLOSE, closed).await.is_err() {
            tracing::warn!(target: LOG, open = shards.len(), "not every connection closed in time");
        }
    };
    let finishing = async {
        if tokio::time::timeout(FINISH, listener.jobs.wait()).await.is_err() {
            tracing::warn!(target: LOG, unfinished = listener.jobs.len(), "stopped with replies in flight");
        }
    };
    tokio::join!(closing, finishing);
}

/// Has the rules drop what they may hold no longer and keep up with the day and the store, for as long as it is polled.
async fn keep_up(bot: &Arc<Bot>, performer: &Performer) -> Infallible {
    loop {
        tokio::time::sleep(KEEP_UP).await;
        bot.forget(Instant::now());
        let keeping_up = Arc::clone(bot);
        match tokio::task::spawn_blocking(move || keeping_up.keep_up(Zoned::now().date())).await {
            Ok(notices) => performer.all(notices, 0).await,
            Err(_) => tracing::error!(target: LOG, "keeping up broke off: this is a fault of pamphlet"),
        }
    }
}

/// Does what comes from elsewhere than from Discord, for as long as it is polled.
async fn post(mut notices: mpsc::Receiver<Action>, performer: &Performer) -> Infallible {
    while let Some(notice) = notices.recv().await {
        performer.all(vec![notice], 0).await;
    }
    std::future::pending().await
}

/// Whether an address is on this machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

/// A number between 0 and 1 that spreads waits; the middle where the system has no randomness.
fn dice() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}
