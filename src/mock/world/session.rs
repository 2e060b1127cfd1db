//! A session: one login of a bot, with the events that wait for it and what is to go wrong with them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;

/// The most events kept for a session to catch up on.
const MAX_REPLAY: usize = 10_000;

/// One login of a bot, which may outlive its connection.
pub(crate) struct Session {
    pub(crate) bot: Id,
    pub(crate) intents: Intents,
    /// Which shard this is, of how many.
    pub(crate) shard: (u64, u64),
    /// The number of the last event.
    pub(crate) sequence: u64,
    /// The last events.
    events: VecDeque<Event>,
    /// What the connection is to do beside sending events.
    pub(crate) orders: VecDeque<Order>,
    /// Which connection serves it, and how that one is woken.
    pub(crate) connection: Option<(Id, Arc<Notify>)>,
    /// When its last connection went.
    pub(super) left: Option<Instant>,
    pub(super) late: Late,
    pub(super) swap: Swap,
}

/// An event as it goes over the wire.
pub(crate) struct Event {
    pub(crate) number: u64,
    pub(crate) frame: String,
    /// It isn't sent before this, if it was told to come late.
    pub(crate) not_before: Option<Instant>,
}

/// How many of the next events come late, and by how much.
#[derive(Default)]
pub(super) struct Late {
    pub(super) times: u32,
    pub(super) by: Duration,
}

/// Two events that change places.
#[derive(Default)]
pub(super) enum Swap {
    /// None do.
    #[default]
    Off,
    /// The next two will.
    Next,
    /// This one, by name and content, waits for the other.
    Held(String, Value),
}

/// Something that the server tells a connection to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// Close with this code.
    Close(u16),
    /// Ask the bot to reconnect and resume.
    Reconnect,
    /// Say that the session is no longer valid; `true` when it may be resumed all the same.
    Invalidate(bool),
    /// Cut the line without a close frame.
    Drop,
    /// Send and read nothing for so long.
    Freeze(Duration),
    /// Send an event whose JSON breaks off.
    Malformed,
    /// Send bytes that are no payload, compressed or not.
    Garbage,
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
            events: VecDeque::new(),
            orders: VecDeque::new(),
            connection: None,
            left: Some(Instant::now()),
            late: Late::default(),
            swap: Swap::Off,
        }
    }

    /// Adds an event, unless it is to change places with the next one.
    pub(super) fn push(&mut self, event: &str, payload: &Value) {
        match std::mem::take(&mut self.swap) {
            Swap::Off => self.append(event, payload),
            Swap::Next => self.swap = Swap::Held(event.to_owned(), payload.clone()),
            Swap::Held(earlier, held) => {
                self.append(event, payload);
                self.append(&earlier, &held);
            }
        }
    }

    /// Adds an event as the last.
    pub(super) fn append(&mut self, event: &str, payload: &Value) {
        self.sequence += 1;
        let frame = json!({ "op": 0, "s": self.sequence, "t": event, "d": payload }).to_string();
        let not_before = (self.late.times > 0).then(|| Instant::now() + self.late.by);
        self.late.times = self.late.times.saturating_sub(1);
        self.events.push_back(Event { number: self.sequence, frame, not_before });
        while self.events.len() > MAX_REPLAY {
            self.events.pop_front();
        }
        self.wake();
    }

    /// Gives an order to the connection.
    pub(crate) fn order(&mut self, order: Order) {
        self.orders.push_back(order);
        self.wake();
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

    /// Lets the connection look for what is new.
    pub(super) fn wake(&self) {
        if let Some((_, wake)) = &self.connection {
            wake.notify_one();
        }
    }
}
