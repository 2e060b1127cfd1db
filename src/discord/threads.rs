//! Which channels are threads, and of which channel. Discord doesn't say so with a message, so it is asked where that makes a
//! difference, once for each channel.

use super::rest::{Call, Rest, RestError};
use crate::bot::{Address, Event};
use lru::LruCache;
use serde_json::Value;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many channels are known.
const KNOWN: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// The channels that were asked about: the channel that each belongs to if it is a thread.
pub(super) struct Threads(Mutex<LruCache<u64, Option<u64>>>);

impl Threads {
    pub(super) fn new() -> Self {
        Self(Mutex::new(LruCache::new(KNOWN)))
    }

    /// A message with the channel that its thread belongs to, and with the thread's title if it opens one. Where Discord doesn't
    /// say, the message stays as it is.
    pub(super) async fn told(&self, event: Event, rest: &Rest) -> Event {
        let Event::Message { mut scene, id, text, mut address } = event else { return event };
        let known = self.lock().get(&scene.channel).copied();
        match &mut address {
            // Its title is what a member wrote: it isn't held, and so not known.
            Address::Opening { title } => {
                if let Some(channel) = self.ask(scene.channel, rest).await {
                    scene.thread_of = channel.of;
                    *title = channel.title;
                }
            }
            _ => {
                scene.thread_of = match known {
                    Some(of) => of,
                    None => self.ask(scene.channel, rest).await.and_then(|channel| channel.of),
                }
            }
        }
        Event::Message { scene, id, text, address }
    }

    async fn ask(&self, id: u64, rest: &Rest) -> Option<Channel> {
        match rest.send(Call::channel(id).soon()).await {
            Ok(told) => {
                let channel = Channel::of(&told);
                self.lock().put(id, channel.of);
                Some(channel)
            }
            Err(RestError::Spared) => None,
            Err(error) => {
                tracing::warn!(target: super::LOG, channel = id, %error, "a channel that may be a thread isn't known");
                None
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<u64, Option<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is wanted of a channel.
struct Channel {
    /// The channel that it belongs to as a thread.
    of: Option<u64>,
    title: String,
}

impl Channel {
    fn of(told: &Value) -> Self {
        let parent = told.get("parent_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let is_thread = told.get("thread_metadata").is_some_and(Value::is_object);
        let title = told.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { of: parent.filter(|_| is_thread), title }
    }
}
