//! A session: one login of a bot, with the events that wait for it and what is to go wrong with them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::Notify;

use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;
use crate::mock::world::{Whom, shard_of};

/// The most events kept for a session to catch up on.
const MAX_REPLAY: usize = 10_000;
/// The most bytes of them.
const MAX_REPLAY_BYTES: usize = 16 * 1024 * 1024;
/// The most bytes with those that a connection has still to send: a login brings all servers at once.
const MAX_UNSENT_BYTES: usize = 16 * MAX_REPLAY_BYTES;
/// More bytes than stand around the content of an event.
const ENVELOPE: usize = 80;
/// How long an event waits for the one that it is to change places with.
const SWAP_PATIENCE: Duration = Duration::from_secs(5);

/// One login of a bot, which may outlive its connection.
pub(crate) struct Session {
    pub(crate) bot: Id,
    pub(crate) intents: Intents,
    /// Which shard this is, of how many.
    pub(crate) shard: (u64, u64),
    /// The number of the last event.
    pub(crate) sequence: u64,
    /// The number of the last event that somebody waits for an answer to.
    pub(crate) prompt: u64,
    /// The last events.
    events: VecDeque<Event>,
    /// How many bytes they are.
    bytes: usize,
    /// The number of the last event that a connection has sent.
    pub(crate) sent: u64,
    /// Which connection serves it, and how that one is woken.
    pub(crate) connection: Option<(Id, Arc<Notify>)>,
    /// When its last connection went.
    pub(super) left: Option<Instant>,
    pub(crate) late: Late,
    pub(super) swap: Swap,
}

/// An event as it goes over the wire.
pub(crate) struct Event {
    pub(crate) number: u64,
    pub(crate) frame: Utf8Bytes,
    /// It isn't sent before this, if it was told to come late.
    pub(crate) not_before: Option<Instant>,
}

/// How many of the next events come late, and by how much.
#[derive(Clone, Copy, Default)]
pub(crate) struct Late {
    pub(crate) times: u32,
    pub(crate) by: Duration,
}

/// Two events that change places.
#[derive(Default)]
pub(super) enum Swap {
    /// None do.
    #[default]
    Off,
    /// The next two will.
    Next,
    /// This one waits for the other.
    Held(Held),
}

/// An event that waits for the one behind it.
pub(super) struct Held {
    event: String,
    payload: String,
    /// When it has waited long enough.
    until: Instant,
}

/// Who is to read a message, which decides what they may read of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    pub(crate) bot: Id,
    /// Whether the bot has the intent for message contents.
    pub(crate) content: bool,
}

impl Session {
    /// A session without a connection and without events.
    pub(super) fn new(bot: Id, intents: Intents, shard: (u64, u64)) -> Session {
        Session {
            bot,
            intents,
            shard,
            sequence: 0,
            prompt: 0,
            events: VecDeque::new(),
            bytes: 0,
            sent: 0,
            connection: None,
            left: Some(Instant::now()),
            late: Late::default(),
            swap: Swap::Off,
        }
    }

    /// Whether a fault for these concerns it.
    pub(super) fn is_of(&self, whom: Whom) -> bool {
        whom.covers(Some((self.bot, self.shard.0)))
    }

    /// Whether it has the events of a server, or those of direct messages.
    pub(super) fn serves(&self, guild: Option<Id>) -> bool {
        let (shard, of) = self.shard;
        guild.map_or(Some(0), |guild| shard_of(guild, of)).is_none_or(|own| own == shard)
    }

    /// Whether a connection serves it, or may still come back to it within so long.
    pub(super) fn is_alive(&self, resumable: Duration) -> bool {
        self.left.is_none_or(|left| left.elapsed() < resumable)
    }

    /// Lets the next two events change places. An event that waits for its other goes on waiting.
    pub(super) fn swap_next(&mut self) {
        if matches!(self.swap, Swap::Off) {
            self.swap = Swap::Next;
        }
    }

    /// Whether events are still to change places.
    pub(crate) fn swaps(&self) -> bool {
        !matches!(self.swap, Swap::Off)
    }

    /// Forgets what was to go wrong with its events; none is lost.
    pub(super) fn mend(&mut self) {
        self.late = Late::default();
        if let Swap::Held(held) = std::mem::take(&mut self.swap) {
            self.append(&held.event, &held.payload);
        }
        self.events.iter_mut().for_each(|event| event.not_before = None);
        self.wake();
    }

    /// Adds an event with its content in JSON, unless it is to change places with the next one.
    pub(super) fn push(&mut self, event: &str, payload: &str) {
        match std::mem::take(&mut self.swap) {
            Swap::Off => self.append(event, payload),
            Swap::Next => {
                let until = Instant::now() + SWAP_PATIENCE;
                self.swap = Swap::Held(Held { event: event.to_owned(), payload: payload.to_owned(), until });
                // The connection takes note of when it has waited long enough.
                self.wake();
            }
            Swap::Held(held) => {
                self.append(event, payload);
                self.append(&held.event, &held.payload);
            }
        }
    }

    /// Until when an event waits for the one behind it. One that has waited long enough by `now` waits no longer.
    pub(crate) fn held_until(&mut self, now: Instant) -> Option<Instant> {
        match std::mem::take(&mut self.swap) {
            Swap::Held(held) if held.until <= now => {
                self.append(&held.event, &held.payload);
                None
            }
            Swap::Held(held) => {
                let until = held.until;
                self.swap = Swap::Held(held);
                Some(until)
            }
            other => {
                self.swap = other;
                None
            }
        }
    }

    /// Adds an event as the last.
    fn append(&mut self, event: &str, payload: &str) {
        self.sequence += 1;
        if event == "INTERACTION_CREATE" {
            self.prompt = self.sequence;
        }
        let mut frame = String::with_capacity(payload.len() + ENVELOPE);
        frame.extend([r#"{"op":0,"s":"#, &self.sequence.to_string(), r#","t":""#, event, r#"","d":"#, payload, "}"]);
        let not_before = (self.late.times > 0).then(|| Instant::now() + self.late.by);
        self.late.times = self.late.times.saturating_sub(1);
        self.bytes += frame.len();
        self.events.push_back(Event { number: self.sequence, frame: frame.into(), not_before });
        while self.has_too_many() {
            self.bytes -= self.events.pop_front().map_or(0, |event| event.frame.len());
        }
        self.wake();
    }

    /// Whether the oldest event is to go. The last one stays whatever its size, and at a login all that were never sent.
    fn has_too_many(&self) -> bool {
        let is_new = self.connection.is_some() || self.sent == 0;
        let waits = is_new && self.events.front().is_some_and(|event| event.number > self.sent);
        let bytes = if waits { MAX_UNSENT_BYTES } else { MAX_REPLAY_BYTES };
        let events = if waits { usize::MAX } else { MAX_REPLAY };
        self.events.len() > 1 && (self.events.len() > events || self.bytes > bytes)
    }

    /// Whether every event after this number is still there.
    pub(crate) fn has_all_after(&self, sequence: u64) -> bool {
        let oldest = self.events.front().map_or(self.sequence + 1, |event| event.number);
        sequence <= self.sequence && sequence + 1 >= oldest
    }

    /// The events after this number.
    pub(crate) fn after(&self, sequence: u64) -> impl Iterator<Item = &Event> {
        let sent = self.events.partition_point(|event| event.number <= sequence);
        self.events.range(sent..)
    }

    /// Whether a connection that sent the events up to this one has to look at it: there are others, one waits for its other,
    /// or it serves the session no longer.
    pub(crate) fn concerns(&self, connection: Id, sent: u64) -> bool {
        let serves = self.connection.as_ref().is_some_and(|(current, _)| *current == connection);
        !serves || self.sequence > sent || self.swaps()
    }

    /// Lets the connection look for what is new.
    pub(super) fn wake(&self) {
        if let Some((_, wake)) = &self.connection {
            wake.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn session() -> Session {
        Session::new(Id(1), Intents(0), (0, 1))
    }

    /// The events that a session has, by the names of their contents.
    fn contents(session: &Session) -> Vec<String> {
        let content = |event: &Event| serde_json::from_str::<Value>(event.frame.as_str()).unwrap()["d"].to_string();
        session.after(0).map(content).collect()
    }

    #[test]
    fn an_event_waits_for_its_other_only_so_long() {
        let mut session = session();
        session.swap_next();
        session.push("SAID", "1");
        let until = session.held_until(Instant::now()).unwrap();
        assert!(contents(&session).is_empty());
        assert_eq!(session.held_until(until), None);
        assert_eq!(contents(&session), ["1"]);
    }

    #[test]
    fn what_a_login_brings_is_kept_until_it_was_sent() {
        let mut session = session();
        let large = json!("a".repeat(MAX_REPLAY_BYTES / 2)).to_string();
        (0..4).for_each(|_| session.push("GUILD_CREATE", &large));
        assert!(session.has_all_after(0));
        session.sent = 4;
        session.push("SAID", "1");
        assert!(session.after(0).count() < 4 && session.has_all_after(4));
    }

    #[test]
    fn what_is_kept_to_catch_up_on_is_bounded_in_bytes() {
        let mut session = session();
        session.sent = 1;
        let large = json!("a".repeat(MAX_REPLAY_BYTES / 2)).to_string();
        (0..3).for_each(|_| session.push("SAID", &large));
        assert_eq!(session.after(0).count(), 1);
        assert!(!session.has_all_after(0) && session.has_all_after(2));
        session.push("SAID", &json!("a".repeat(MAX_REPLAY_BYTES + 1)).to_string());
        assert_eq!(session.after(0).count(), 1);
    }
}
