//! Channels: those of the server, their threads, and one direct message for each pair of member and bot.

use std::collections::BTreeMap;

use crate::mock::snowflake::Id;
use crate::mock::world::{Message, Thread, World};

/// The most messages that a channel keeps; the oldest go first.
const MAX_MESSAGES: usize = 10_000;

/// The name under which the control interface knows direct messages.
pub(crate) const DIRECT: &str = "dm";

/// A place where messages stand.
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) place: Place,
    /// By id, and so by age.
    pub(crate) messages: BTreeMap<Id, Message>,
}

/// What kind of channel it is.
pub(crate) enum Place {
    /// A text channel of the server.
    Text {
        /// Without the `#`.
        name: String,
        /// From the top, counted from 0.
        position: usize,
    },
    /// A direct message.
    Direct {
        /// The person in it.
        member: Id,
        /// The bot in it.
        bot: Id,
    },
    /// A thread.
    Thread(Thread),
}

impl Channel {
    /// A channel in which nothing was said yet.
    pub(crate) fn new(id: Id, place: Place) -> Channel {
        Channel { id, place, messages: BTreeMap::new() }
    }

    /// The name that the control interface uses.
    pub(crate) fn name(&self) -> &str {
        match &self.place {
            Place::Text { name, .. } => name,
            Place::Thread(thread) => &thread.name,
            Place::Direct { .. } => DIRECT,
        }
    }

    /// Whether it is a direct message.
    pub(crate) fn is_direct(&self) -> bool {
        matches!(self.place, Place::Direct { .. })
    }

    /// The person of a direct message.
    pub(crate) fn direct_member(&self) -> Option<Id> {
        match self.place {
            Place::Text { .. } | Place::Thread(_) => None,
            Place::Direct { member, .. } => Some(member),
        }
    }

    /// Whether a bot may see it: every text channel, every public thread and those it is in, and its own direct messages.
    pub(crate) fn is_open_to(&self, visitor: Id) -> bool {
        match &self.place {
            Place::Text { .. } => true,
            Place::Thread(thread) => !thread.private || thread.members.contains(&visitor),
            Place::Direct { bot, .. } => *bot == visitor,
        }
    }

    /// Adds a message, and lets the oldest go when there are too many.
    pub(crate) fn keep(&mut self, message: Message) {
        self.messages.insert(message.id, message);
        while self.messages.len() > MAX_MESSAGES {
            self.messages.pop_first();
        }
    }
}

impl World {
    /// Opens a text channel of the server.
    pub(crate) fn open_text(&mut self, name: &str) {
        let id = self.new_id();
        let place = Place::Text { name: name.to_owned(), position: self.channels.len() };
        self.channels.insert(id, Channel::new(id, place));
    }

    /// The text channel or thread of this name or id; of several the oldest.
    pub(crate) fn text_channel(&self, name: &str) -> Option<Id> {
        if name == DIRECT {
            return None;
        }
        let open = |channel: &&Channel| !channel.is_direct();
        let by_id = name.parse().ok().and_then(|id| self.channels.get(&id)).filter(open);
        let by_name = || self.channels.values().filter(open).find(|channel| channel.name() == name);
        by_id.or_else(by_name).map(|channel| channel.id)
    }

    /// The direct message between a member and a bot, if one is open.
    pub(crate) fn direct_between(&self, member: Id, bot: Id) -> Option<Id> {
        let between = |channel: &&Channel| matches!(channel.place, Place::Direct { member: m, bot: b } if m == member && b == bot);
        self.channels.values().find(between).map(|channel| channel.id)
    }

    /// The direct message between a member and a bot; it is opened if need be.
    pub(crate) fn direct_channel(&mut self, member: Id, bot: Id) -> Id {
        if let Some(open) = self.direct_between(member, bot) {
            return open;
        }
        let id = self.new_id();
        self.channels.insert(id, Channel::new(id, Place::Direct { member, bot }));
        id
    }

    /// A message by its id alone; deleted ones aren't found.
    pub(crate) fn message(&self, id: Id) -> Option<&Message> {
        self.channels.values().find_map(|channel| channel.messages.get(&id)).filter(|message| !message.deleted)
    }

    /// A message to change, by its id alone; deleted ones aren't found.
    pub(crate) fn message_mut(&mut self, id: Id) -> Option<&mut Message> {
        self.channels.values_mut().find_map(|channel| channel.messages.get_mut(&id)).filter(|message| !message.deleted)
    }
}
