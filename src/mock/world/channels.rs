//! Channels: those of the servers, their threads, and one direct message for each pair of member and bot.

use std::collections::BTreeSet;

use crate::mock::snowflake::Id;
use crate::mock::world::{Message, Room, Thread, World};

/// The most messages that are kept, of all channels; the oldest go first.
const MAX_MESSAGES: usize = 10_000;

/// The name under which the control interface knows direct messages.
pub(crate) const DIRECT: &str = "dm";

/// A place where messages stand.
pub(crate) struct Channel {
    pub(crate) id: Id,
    /// The server that it is in; none for a direct message.
    pub(crate) guild: Option<Id>,
    pub(crate) place: Place,
    /// Its messages, by age.
    messages: BTreeSet<Id>,
    /// Those that are pinned, in the order of that.
    pub(super) pins: Vec<Id>,
}

/// What kind of channel it is.
pub(crate) enum Place {
    /// A channel that a server lists.
    Room(Room),
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
    pub(super) fn new(id: Id, guild: Option<Id>, place: Place) -> Channel {
        Channel { id, guild, place, messages: BTreeSet::new(), pins: Vec::new() }
    }

    /// The name that the control interface uses.
    pub(crate) fn name(&self) -> &str {
        match &self.place {
            Place::Room(room) => &room.name,
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
            Place::Room(_) | Place::Thread(_) => None,
            Place::Direct { member, .. } => Some(member),
        }
    }

    /// Whether only those see it who are in it.
    pub(crate) fn is_private(&self) -> bool {
        match &self.place {
            Place::Room(_) => false,
            Place::Thread(thread) => thread.private,
            Place::Direct { .. } => true,
        }
    }

    /// What it is in the server's list; none for a thread and a direct message.
    pub(crate) fn room(&self) -> Option<&Room> {
        match &self.place {
            Place::Room(room) => Some(room),
            Place::Thread(_) | Place::Direct { .. } => None,
        }
    }
}

impl World {
    /// Opens a channel.
    pub(super) fn open(&mut self, channel: Channel) {
        if let Some(guild) = channel.guild.and_then(|guild| self.guilds.get_mut(&guild)) {
            guild.channels.insert(channel.id);
        }
        self.channels.insert(channel.id, channel);
    }

    /// Takes a channel away, with what was said in it.
    pub(super) fn close(&mut self, id: Id) {
        let Some(channel) = self.channels.remove(&id) else { return };
        if let Some(guild) = channel.guild.and_then(|guild| self.guilds.get_mut(&guild)) {
            guild.channels.remove(&id);
        }
        // Whoever follows the transcript hears of each.
        channel.messages.iter().for_each(|message| self.blank(*message));
        let forms = self.forms.values().filter(|form| form.channel == id && !form.closed).map(|form| form.id);
        forms.collect::<Vec<_>>().into_iter().for_each(|form| self.close_form(form));
        self.webhooks.retain(|_, webhook| webhook.channel != id);
        self.tick();
    }

    /// The text channel or thread of this name or id; of several the oldest. `server-2/general` is one of another server than
    /// the page's.
    pub(crate) fn text_channel(&self, name: &str) -> Option<Id> {
        if name == DIRECT {
            return None;
        }
        let named = |guild: Id, name: &str| self.channels_of(guild).find(|channel| channel.name() == name);
        let by_id = || name.parse().ok().and_then(|id| self.channels.get(&id)).filter(|channel| !channel.is_direct());
        let elsewhere = || {
            let (server, name) = name.split_once('/')?;
            let guild = self.guilds.values().find(|guild| guild.name == server)?;
            named(guild.id, name)
        };
        by_id().or_else(|| named(self.home, name)).or_else(elsewhere).map(|channel| channel.id)
    }

    /// The direct message between a member and a bot, if one is open.
    pub(crate) fn direct_between(&self, member: Id, bot: Id) -> Option<Id> {
        self.directs.get(&(member, bot)).copied()
    }

    /// The direct message between a member and a bot; it is opened if need be.
    pub(crate) fn direct_channel(&mut self, member: Id, bot: Id) -> Id {
        if let Some(open) = self.direct_between(member, bot) {
            return open;
        }
        let id = self.new_id();
        self.open(Channel::new(id, None, Place::Direct { member, bot }));
        self.directs.insert((member, bot), id);
        id
    }

    /// Keeps a message in its channel, and lets the oldest of all go when there are too many.
    pub(super) fn keep(&mut self, message: Message) {
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.insert(message.id);
            self.messages.insert(message.id, message);
        }
        while self.messages.len() > MAX_MESSAGES {
            let Some((id, oldest)) = self.messages.pop_first() else { return };
            if let Some(channel) = self.channels.get_mut(&oldest.channel) {
                channel.messages.remove(&id);
                channel.pins.retain(|pinned| *pinned != id);
            }
        }
    }

    /// Every message, oldest first, the deleted ones among them.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values()
    }

    /// The messages of a channel, oldest first, the deleted ones among them.
    pub(crate) fn messages_of<'w>(&'w self, channel: &'w Channel) -> impl DoubleEndedIterator<Item = &'w Message> {
        channel.messages.iter().filter_map(|id| self.messages.get(id))
    }

    /// A message by its id alone; deleted ones aren't found.
    pub(crate) fn message(&self, id: Id) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    /// A message to change, by its id alone; deleted ones aren't found.
    pub(crate) fn message_mut(&mut self, id: Id) -> Option<&mut Message> {
        self.messages.get_mut(&id).filter(|message| !message.deleted)
    }
}
