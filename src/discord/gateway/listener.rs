//! What hears Discord's events: it reads the few that pamphlet lives on, and hands them to the rules.

use crate::discord::askers::Askers;
use crate::discord::convert::{Job, Reader, unreadable_interaction};
use crate::discord::perform::Performer;
use crate::discord::rest::Call;
use crate::discord::{LOG, commands};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use serenity::model::event::Event;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::SetOnce;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The pause after the first failed registration of the commands; each further one doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// An event as it comes over the wire, with its content unread: most aren't for pamphlet.
#[derive(Deserialize)]
struct Dispatch<'a> {
    #[serde(borrow, rename = "t", default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "d", default)]
    payload: Option<&'a RawValue>,
}

/// What hears the events of every shard.
pub(in crate::discord) struct Listener {
    pub(in crate::discord) performer: Performer,
    askers: Askers,
    /// Jobs in flight.
    pub(in crate::discord) jobs: TaskTracker,
    /// Nothing more is heard once this is cancelled.
    pub(in crate::discord) stopping: CancellationToken,
    /// The bot's own user id, once a READY told it.
    pub(in crate::discord) me: SetOnce<u64>,
    /// Cancelled once the commands are registered.
    pub(in crate::discord) ready: CancellationToken,
    unread: Mutex<HashMap<&'static str, u64>>,
}

impl Listener {
    pub(in crate::discord) fn new(performer: Performer, askers: Askers) -> Self {
        Self {
            performer,
            askers,
            jobs: TaskTracker::new(),
            stopping: CancellationToken::new(),
            me: SetOnce::new(),
            ready: CancellationToken::new(),
            unread: Mutex::new(HashMap::new()),
        }
    }

    /// Hears what Discord said. Jobs run beside each other, and two of one burst may change places: a follow-up that is
    /// decided on before what it follows is lost by it.
    pub(super) fn hear(self: &Arc<Self>, text: &str) {
        let arrived = Instant::now();
        let Ok(Dispatch { kind, payload }) = serde_json::from_str(text) else { return self.unreadable("payload") };
        let (Some(kind), Some(payload)) = (kind, payload) else { return };
        let payload = payload.get();
        match &*kind {
            "READY" => self.ready(payload),
            "MESSAGE_CREATE" => self.event("MESSAGE_CREATE", read(payload).map(Event::MessageCreate), arrived),
            "MESSAGE_DELETE" => self.event("MESSAGE_DELETE", read(payload).map(Event::MessageDelete), arrived),
            "MESSAGE_DELETE_BULK" => {
                self.event("MESSAGE_DELETE_BULK", read(payload).map(Event::MessageDeleteBulk), arrived);
            }
            "INTERACTION_CREATE" => {
                let event = read(payload).map(Event::InteractionCreate);
                if event.is_none()
                    && let Some(job) = read(payload).as_ref().and_then(unreadable_interaction)
                {
                    self.begin(move |_| vec![job], arrived);
                }
                self.event("INTERACTION_CREATE", event, arrived);
            }
            _ => {}
        }
    }

    fn event(self: &Arc<Self>, kind: &'static str, event: Option<Event>, arrived: Instant) {
        match event {
            Some(event) => self.begin(|reader| reader.read(event), arrived),
            None => self.unreadable(kind),
        }
    }

    /// Begins the jobs that a reader finds. Where no READY came before, they wait for it.
    fn begin(self: &Arc<Self>, jobs: impl FnOnce(Reader<'_>) -> Vec<Job> + Send + 'static, arrived: Instant) {
        let listener = Arc::clone(self);
        self.jobs.spawn(async move {
            let me = match listener.me.get() {
                Some(me) => Some(me),
                None => listener.stopping.run_until_cancelled(listener.me.wait()).await,
            };
            let Some(me) = me.copied() else { return };
            for job in jobs(Reader { me, askers: &listener.askers }) {
                listener.performer.perform(job, arrived).await;
            }
        });
    }

    /// The first READY registers the commands; a later one belongs to another shard or session of the same bot.
    fn ready(self: &Arc<Self>, payload: &str) {
        let ready: Option<Value> = read(payload);
        let id = |place| ready.as_ref()?.pointer(place)?.as_str()?.parse::<u64>().ok();
        let (Some(me), Some(application)) = (id("/user/id"), id("/application/id")) else {
            return self.unreadable("READY");
        };
        if self.me.set(me).is_err() {
            return;
        }
        let listener = Arc::clone(self);
        self.jobs.spawn(async move {
            listener.stopping.run_until_cancelled(listener.register_commands(application)).await;
        });
    }

    async fn register_commands(&self, application: u64) {
        let mut pause = FIRST_PAUSE;
        let commands = commands::all();
        while let Err(error) = self.performer.rest.send(Call::register_commands(application, &commands)).await {
            tracing::error!(target: LOG, application, %error, ?pause, "the commands aren't registered; trying on");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        tracing::info!(target: LOG, application, "ready");
        self.ready.cancel();
    }

    /// An event that pamphlet lives on and can't read: told the first, second, fourth, eighth time, without what was in
    /// it.
    pub(super) fn unreadable(&self, kind: &'static str) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        let count = unread.entry(kind).or_default();
        *count += 1;
        if count.is_power_of_two() {
            tracing::warn!(target: LOG, kind, times = *count, "an event came in a form that can't be read");
        }
    }
}

/// Reads a payload the way serenity does, by way of a value: its ids may be numbers or strings.
fn read<T: DeserializeOwned>(payload: &str) -> Option<T> {
    serde_json::from_str::<Value>(payload).and_then(serde_json::from_value).ok()
}
