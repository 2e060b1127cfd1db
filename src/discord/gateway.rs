//! The connection that Discord tells of events on. serenity keeps it; what it tells goes to the rules.

use super::askers::Askers;
use super::convert::{Job, Reader, unreadable_interaction};
use super::perform::Performer;
use super::rest::{Call, Rest, RestError};
use super::{RunError, Settings, commands, is_loopback};
use reqwest::Url;
use serde_json::Value;
use serenity::client::{Client, ClientBuilder, Context, RawEventHandler};
use serenity::gateway::GatewayError;
use serenity::http::HttpBuilder;
use serenity::model::event::{Event, UnknownEvent};
use serenity::model::gateway::GatewayIntents;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::SetOnce;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Events that pamphlet lives on: one that serenity can't read is a fault to tell of.
const NEEDED: [&str; 5] = ["READY", "MESSAGE_CREATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "INTERACTION_CREATE"];
/// With fewer starts left for today than this, the log says so.
const FEW_STARTS: u64 = 100;
/// With fewer starts left for today than this, there is none: Discord resets the token after the last.
const FEWEST_STARTS: u64 = 20;
/// The pause after the first failed registration of the commands; each further one doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// What hears Discord's events.
pub(super) struct Listener {
    pub(super) performer: Performer,
    pub(super) askers: Askers,
    /// Jobs in flight.
    pub(super) jobs: TaskTracker,
    /// Nothing more is heard once this is cancelled.
    pub(super) stopping: CancellationToken,
    /// Whether Discord let the bot in since the last attempt to connect.
    pub(super) connected: AtomicBool,
    /// The bot's own user id, once READY told it. Events run beside each other and may overtake it.
    pub(super) me: SetOnce<u64>,
    /// Cancelled once the commands are registered.
    pub(super) ready: CancellationToken,
    unread: Mutex<HashMap<&'static str, u64>>,
}

impl Listener {
    pub(super) fn new(performer: Performer, askers: Askers) -> Self {
        Self {
            performer,
            askers,
            jobs: TaskTracker::new(),
            stopping: CancellationToken::new(),
            connected: AtomicBool::new(false),
            me: SetOnce::new(),
            ready: CancellationToken::new(),
            unread: Mutex::new(HashMap::new()),
        }
    }

    /// The first READY registers the commands; a later one belongs to a new session of the same bot.
    async fn became_ready(&self, me: u64, application: u64) {
        if self.me.set(me).is_err() {
            return;
        }
        let mut pause = FIRST_PAUSE;
        let commands = commands::all();
        while let Err(error) = self.performer.rest.send(Call::register_commands(application, &commands)).await {
            tracing::error!(target: super::LOG, application, %error, ?pause, "the commands aren't registered; trying on");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        tracing::info!(target: super::LOG, application, "ready");
        self.ready.cancel();
    }

    /// An event that serenity could not read: told the first, second, fourth, eighth time, without what was in it.
    fn unreadable(&self, event: &UnknownEvent) -> Vec<Job> {
        let Some(kind) = NEEDED.into_iter().find(|kind| *kind == event.kind) else { return Vec::new() };
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        let count = unread.entry(kind).or_default();
        *count += 1;
        if count.is_power_of_two() {
            tracing::warn!(target: super::LOG, kind, times = *count, "an event came in a form that can't be read");
        }
        let payload = Some(&event.value).filter(|_| kind == "INTERACTION_CREATE");
        payload.and_then(unreadable_interaction).into_iter().collect()
    }
}

/// What serenity is given: the listener, shared with `run`.
pub(super) struct Ear(pub(super) Arc<Listener>);

#[serenity::async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        let arrived = Instant::now();
        let listener = &self.0;
        if listener.stopping.is_cancelled() {
            return;
        }
        let jobs = match event {
            Event::Ready(event) => {
                listener.connected.store(true, Ordering::Relaxed);
                let (me, application) = (event.ready.user.id.get(), event.ready.application.id.get());
                listener.stopping.run_until_cancelled(listener.became_ready(me, application)).await;
                return;
            }
            Event::Resumed(_) => return listener.connected.store(true, Ordering::Relaxed),
            Event::Unknown(event) => listener.unreadable(&event),
            event => Reader { me: *listener.me.wait().await, askers: &listener.askers }.read(event),
        };
        for job in jobs {
            listener.jobs.track_future(listener.performer.perform(job, arrived)).await;
        }
    }
}

/// Asks where the gateway is, which also shows whether the address and the token are right.
///
/// # Errors
/// When there is no answer, the token is refused, hardly a start is left for today, or the gateway would carry the
/// token in the clear to another machine.
pub(super) async fn find(rest: &Rest, api: &Url) -> Result<Url, RunError> {
    if api.scheme() == "http" && !is_loopback(api) {
        tracing::warn!(target: super::LOG, "the token travels in the clear: http:// to another machine");
    }
    let unreachable = |why: String| RunError::Unreachable { address: origin(api), why };
    let answer = rest.send(Call::gateway()).await.map_err(|error| match error {
        RestError::TokenRefused => RunError::TokenRefused,
        RestError::Unreachable { why } => unreachable(why),
        error => unreachable(error.to_string()),
    })?;
    match answer.pointer("/session_start_limit/remaining").and_then(Value::as_u64) {
        Some(..FEWEST_STARTS) => {
            return Err(RunError::Gateway {
                why: "too few starts are left for today, and the last would cost the token",
            });
        }
        Some(left @ ..FEW_STARTS) => tracing::warn!(target: super::LOG, left, "few starts are left for today"),
        _ => {}
    }
    let url = answer.get("url").and_then(Value::as_str).and_then(|url| url.parse::<Url>().ok());
    let url = url.ok_or_else(|| unreachable("it doesn't answer as Discord does".to_owned()))?;
    match url.scheme() {
        "wss" => Ok(url),
        "ws" if is_loopback(&url) => Ok(url),
        _ => Err(RunError::InsecureGateway { address: origin(&url) }),
    }
}

/// A serenity client that talks to this gateway and to nothing else.
pub(super) async fn client(settings: &Settings, rest: &Rest, gateway: &Url, ear: Ear) -> Result<Client, RunError> {
    let http = HttpBuilder::new(settings.token.reveal())
        .client(rest.client())
        .proxy(settings.api.as_str().trim_end_matches('/'))
        .ratelimiter_disabled(true)
        .build();
    let mut intents = GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    intents.set(GatewayIntents::MESSAGE_CONTENT, settings.listen_everywhere);
    let client = ClientBuilder::new_with_http(http, intents).raw_event_handler(ear).await;
    let client = client.map_err(|_| RunError::Gateway { why: "the client could not be made" })?;
    // serenity asks for the address itself and, when that fails, takes the real Discord's for good.
    gateway.as_str().trim_end_matches('/').clone_into(&mut *client.ws_url.lock().await);
    Ok(client)
}

/// What it means that serenity gave up.
pub(super) fn ended(error: &serenity::Error) -> RunError {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => RunError::TokenRefused,
        serenity::Error::Gateway(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents) => {
            RunError::IntentMissing
        }
        serenity::Error::Gateway(_) => RunError::Gateway { why: "Discord closed the connection for good" },
        _ => RunError::Gateway { why: "the connection could not be started" },
    }
}

/// An address without anything secret that may stand in it.
pub(super) fn origin(url: &Url) -> String {
    let host = url.host_str().unwrap_or("nowhere");
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}
