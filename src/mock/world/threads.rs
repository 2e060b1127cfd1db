//! Threads: channels that hang on a text channel, most often on one of its messages.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Channel, Place, World};

/// The most threads of a server that go on at once.
const MAX_THREADS: usize = 1_000;
/// The most characters of a thread's name.
pub(crate) const MAX_NAME: usize = 100;
/// After so many minutes without a message a thread counts as over, unless it was said.
pub(crate) const USUAL_MINUTES: u64 = 4320;

/// What a thread is besides a channel.
#[derive(Clone)]
pub(crate) struct Thread {
    pub(crate) name: String,
    /// The text channel that it hangs on.
    pub(crate) parent: Id,
    /// Who started it.
    pub(crate) owner: Id,
    /// Who joined it, by hand or by writing.
    pub(crate) members: BTreeSet<Id>,
    /// Whether only those who are in it see it.
    pub(crate) private: bool,
    pub(crate) minutes: u64,
    pub(crate) archived: bool,
    /// Whether nobody but a moderator may take it up again.
    pub(crate) locked: bool,
    /// When it was last archived or taken up again.
    pub(crate) since: Timestamp,
}

/// A thread that someone wants to start.
pub(crate) struct NewThread {
    pub(crate) parent: Id,
    /// The message that it hangs on.
    pub(crate) from: Option<Id>,
    pub(crate) owner: Id,
    pub(crate) name: String,
    pub(crate) private: bool,
    pub(crate) minutes: u64,
}

/// What is to change of a thread.
#[derive(Default)]
pub(crate) struct ThreadEdit {
    pub(crate) name: Option<String>,
    pub(crate) archived: Option<bool>,
    pub(crate) locked: Option<bool>,
    pub(crate) minutes: Option<u64>,
}

impl World {
    /// Starts a thread and tells every bot. One that hangs on a message has its id, as on Discord.
    pub(crate) fn start_thread(&mut self, new: NewThread) -> Result<Id, Refusal> {
        let NewThread { parent, from, owner, name, private, minutes } = new;
        let channel = self.channels.get(&parent).ok_or_else(Refusal::unknown_channel)?;
        let Some(guild) = channel.guild.filter(|_| matches!(channel.place, Place::Text { .. })) else {
            return Err(Refusal::wrong_kind_of_channel());
        };
        let active = |channel: &&Channel| matches!(&channel.place, Place::Thread(thread) if !thread.archived);
        if self.channels_of(guild).filter(active).count() >= MAX_THREADS {
            return Err(Refusal::too_many_threads());
        }
        if let Some(message) = from {
            let found = self.message(message).filter(|found| found.channel == parent && !found.is_ephemeral());
            found.ok_or_else(Refusal::unknown_message)?;
            if self.channels.contains_key(&message) {
                return Err(Refusal::thread_exists());
            }
        }
        let changed = self.new_id();
        let id = from.unwrap_or(changed);
        let thread = Thread {
            name,
            parent,
            owner,
            members: BTreeSet::from([owner]),
            private,
            minutes,
            archived: false,
            locked: false,
            since: self.clock.now(),
        };
        self.open(Channel::new(id, Some(guild), Place::Thread(thread)));
        self.announce_thread("THREAD_CREATE", id);
        if let Some(message) = from.and_then(|message| self.message_mut(message)) {
            message.changed = changed;
            self.announce_message("MESSAGE_UPDATE", id);
        }
        Ok(id)
    }

    /// Changes a thread, and tells every bot.
    pub(crate) fn edit_thread(&mut self, id: Id, edit: ThreadEdit) -> Result<(), Refusal> {
        let now = self.clock.now();
        let thread = self.thread_mut(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
        if edit.archived.is_some_and(|archived| archived != thread.archived) {
            thread.since = now;
        }
        thread.archived = edit.archived.unwrap_or(thread.archived);
        thread.locked = edit.locked.unwrap_or(thread.locked);
        thread.minutes = edit.minutes.unwrap_or(thread.minutes);
        if let Some(name) = edit.name {
            thread.name = name;
        }
        let changed = self.new_id();
        if let Some(message) = self.message_mut(id) {
            message.changed = changed;
        }
        self.announce_thread("THREAD_UPDATE", id);
        Ok(())
    }

    /// Lets somebody who writes in a thread join it, and takes it up again if it was archived. In one that is locked only
    /// moderators write.
    pub(super) fn enter_thread(&mut self, id: Id, author: Id) -> Result<(), Refusal> {
        let moderator = self.user(author).is_some_and(|user| user.moderator);
        let Some(thread) = self.thread_mut(id) else { return Ok(()) };
        if thread.locked && !moderator {
            return Err(if thread.archived { Refusal::thread_archived() } else { Refusal::thread_locked() });
        }
        thread.members.insert(author);
        if thread.archived {
            return self.edit_thread(id, ThreadEdit { archived: Some(false), ..ThreadEdit::default() });
        }
        Ok(())
    }

    /// The thread with this id.
    pub(crate) fn thread(&self, id: Id) -> Option<&Thread> {
        match &self.channels.get(&id)?.place {
            Place::Thread(thread) => Some(thread),
            _ => None,
        }
    }

    /// The thread with this id, to change.
    pub(crate) fn thread_mut(&mut self, id: Id) -> Option<&mut Thread> {
        match &mut self.channels.get_mut(&id)?.place {
            Place::Thread(thread) => Some(thread),
            _ => None,
        }
    }

    fn announce_thread(&mut self, event: &'static str, id: Id) {
        let new = event == "THREAD_CREATE";
        self.dispatch(event, id, None, |world, _| {
            let thread =
                world.channels.get(&id).map_or(serde_json::Value::Null, |found| wire::channel::channel(world, found));
            if new { wire::with(thread, wire::entry("newly_created", true)) } else { thread }
        });
        self.tick();
    }
}
