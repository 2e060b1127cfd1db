//! Threads: channels that hang on another, most often on one of its messages. The posts of a forum are threads.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::mock::checks::number;
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Channel, Draft, Envelope, Permissions, Persona, Place, REQUIRE_TAG, RoomKind, World};

/// The most threads of a server that go on at once, and with those that are over.
const MAX_THREADS: usize = 1_000;
const MAX_WITH_PAST: usize = 5_000;
/// The most characters of a thread's name.
pub(crate) const MAX_NAME: usize = 100;
/// After how many minutes without a message a thread may count as over, and does unless it was said.
pub(crate) const MINUTES: [u64; 4] = [60, 1440, USUAL_MINUTES, 10_080];
pub(crate) const USUAL_MINUTES: u64 = 4320;

/// What a thread is besides a channel.
#[derive(Clone)]
pub(crate) struct Thread {
    pub(crate) name: String,
    /// The channel that it hangs on.
    pub(crate) parent: Id,
    /// Who started it.
    pub(crate) owner: Id,
    /// Who joined it, by hand or by writing, and when.
    pub(super) members: BTreeMap<Id, Timestamp>,
    /// Whether only those who are in it see it.
    pub(crate) private: bool,
    /// Whether the channel was one of announcements when it was started.
    pub(crate) announces: bool,
    /// Whether those who are in a private one let others in who don't manage threads.
    pub(crate) invitable: bool,
    pub(crate) minutes: u64,
    pub(crate) archived: bool,
    /// Whether nobody but a moderator may take it up again.
    pub(crate) locked: bool,
    /// When it was last archived or taken up again.
    pub(crate) since: Timestamp,
    /// How many seconds a member waits between two messages, as it is told; nobody is held to it.
    pub(crate) slowmode: u64,
    /// Of a post in a forum, which of the forum's tags it has.
    pub(crate) tags: Vec<Id>,
    /// Of a post in a forum, whether it stands above the others, as one may.
    pub(crate) pinned: bool,
    /// How many messages were ever written in it, but for the one that it begins with.
    pub(crate) sent: u64,
}

/// Somebody in a thread.
#[derive(Clone, Copy)]
pub(crate) struct ThreadMember {
    pub(crate) id: Id,
    pub(crate) since: Timestamp,
}

impl Thread {
    /// Who is in it, by age of their account.
    pub(crate) fn members(&self) -> impl ExactSizeIterator<Item = ThreadMember> {
        self.members.iter().map(|(id, since)| ThreadMember { id: *id, since: *since })
    }

    /// What somebody is in it, if they are.
    pub(crate) fn membership(&self, id: Id) -> Option<ThreadMember> {
        self.members.get(&id).map(|since| ThreadMember { id, since: *since })
    }
}

/// A thread that someone wants to start.
pub(crate) struct NewThread {
    pub(crate) parent: Id,
    /// The message that it hangs on.
    pub(crate) from: Option<Id>,
    pub(crate) owner: Id,
    pub(crate) name: String,
    pub(crate) private: bool,
    pub(crate) invitable: bool,
    /// As its channel has it where it isn't said.
    pub(crate) minutes: Option<u64>,
    /// What the first message of a post in a forum says; nothing elsewhere.
    pub(crate) opening: Option<Opening>,
    pub(crate) tags: Vec<Id>,
}

/// The first message of a post in a forum.
pub(crate) struct Opening {
    pub(crate) draft: Draft,
    /// As whom it is written, if that is through a webhook.
    pub(crate) persona: Option<Persona>,
}

/// What is to change of a thread.
#[derive(Default)]
pub(crate) struct ThreadEdit {
    pub(crate) name: Option<String>,
    pub(crate) archived: Option<bool>,
    pub(crate) locked: Option<bool>,
    pub(crate) invitable: Option<bool>,
    pub(crate) minutes: Option<u64>,
    pub(crate) slowmode: Option<u64>,
    pub(crate) tags: Option<Vec<Id>>,
    pub(crate) pinned: Option<bool>,
}

impl World {
    /// Starts a thread and tells every bot. One that hangs on a message has its id, as on Discord.
    pub(crate) fn start_thread(&mut self, new: NewThread) -> Result<Id, Refusal> {
        let NewThread { parent, from, owner, name, private, invitable, minutes, opening, tags } = new;
        let channel = self.channels.get(&parent).ok_or_else(Refusal::unknown_channel)?;
        let kind = channel.room().map(|room| room.kind);
        let fits = match kind {
            Some(RoomKind::Text | RoomKind::Announcement) => opening.is_none(),
            Some(RoomKind::Forum) => opening.is_some() && from.is_none() && !private,
            Some(RoomKind::Voice | RoomKind::Category) | None => false,
        };
        let Some(guild) = channel.guild.filter(|_| fits) else { return Err(Refusal::wrong_kind_of_channel()) };
        if opening.as_ref().is_some_and(|opening| opening.draft.says_nothing()) {
            return Err(Refusal::empty_message());
        }
        self.check_tags(parent, owner, &tags)?;
        let active = |channel: &&Channel| matches!(&channel.place, Place::Thread(thread) if !thread.archived);
        let all = self.channels_of(guild).filter(|channel| channel.room().is_none()).count();
        if all >= MAX_WITH_PAST || self.channels_of(guild).filter(active).count() >= MAX_THREADS {
            return Err(Refusal::too_many_threads());
        }
        if let Some(message) = from {
            let found = self.message(message).filter(|found| found.channel == parent && !found.is_ephemeral());
            found.ok_or_else(Refusal::unknown_message)?;
            if self.channels.contains_key(&message) {
                return Err(Refusal::thread_exists());
            }
        }
        let (changed, now) = (self.new_id(), self.clock.now());
        let id = from.unwrap_or(changed);
        let thread = Thread {
            name,
            parent,
            owner,
            // A webhook is nobody's membership.
            members: self.users.contains_key(&owner).then_some((owner, now)).into_iter().collect(),
            private,
            announces: self.announces(parent),
            invitable,
            minutes: minutes.unwrap_or_else(|| self.usual_minutes(parent)),
            archived: false,
            locked: false,
            since: now,
            slowmode: self.setting(parent, "default_thread_rate_limit_per_user").unwrap_or(0),
            tags,
            pinned: false,
            sent: 0,
        };
        self.open(Channel::new(id, Some(guild), Place::Thread(thread)));
        self.announce_thread("THREAD_CREATE", id);
        if let Some(message) = from.and_then(|message| self.message_mut(message)) {
            message.changed = changed;
            self.announce_message("MESSAGE_UPDATE", id);
        }
        if let Some(Opening { draft, persona }) = opening {
            self.post(Envelope { id: Some(id), persona, ..Envelope::new(id, owner) }, draft)?;
        }
        Ok(id)
    }

    /// After how many minutes without a message a thread of this channel counts as over, unless it is said.
    fn usual_minutes(&self, channel: Id) -> u64 {
        self.setting(channel, "default_auto_archive_duration").unwrap_or(USUAL_MINUTES)
    }

    /// Refuses tags that a forum hasn't, that only moderators give, and none where one is needed.
    pub(crate) fn check_tags(&self, forum: Id, author: Id, tags: &[Id]) -> Result<(), Refusal> {
        let Some(channel) = self.channels.get(&forum) else { return Ok(()) };
        let Some(room) = channel.room().filter(|room| room.kind == RoomKind::Forum) else { return Ok(()) };
        if tags.is_empty() && room.flags & REQUIRE_TAG != 0 {
            return Err(Refusal::tag_needed());
        }
        let manages = self.permissions_in(channel, author).contains(Permissions::MANAGE_THREADS);
        for tag in tags {
            let known = room.tags.iter().find(|known| number(known, "id") == tag.0).ok_or_else(Refusal::unknown_tag)?;
            if known.get("moderated") == Some(&Value::Bool(true)) && !manages && !self.webhooks.contains_key(&author) {
                return Err(Refusal::missing_permissions());
            }
        }
        Ok(())
    }

    /// Changes a thread, and tells every bot.
    pub(crate) fn edit_thread(&mut self, id: Id, edit: ThreadEdit) -> Result<(), Refusal> {
        let now = self.clock.now();
        if edit.pinned == Some(true) {
            self.check_pin_of_post(id)?;
        }
        let thread = self.thread_mut(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
        if edit.archived.is_some_and(|archived| archived != thread.archived) {
            thread.since = now;
        }
        thread.archived = edit.archived.unwrap_or(thread.archived);
        thread.locked = edit.locked.unwrap_or(thread.locked);
        thread.invitable = edit.invitable.unwrap_or(thread.invitable);
        thread.pinned = edit.pinned.unwrap_or(thread.pinned);
        thread.minutes = edit.minutes.unwrap_or(thread.minutes);
        thread.slowmode = edit.slowmode.unwrap_or(thread.slowmode);
        thread.tags = edit.tags.unwrap_or_else(|| std::mem::take(&mut thread.tags));
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

    /// Refuses to pin a post beside another of its forum.
    fn check_pin_of_post(&self, id: Id) -> Result<(), Refusal> {
        let forum = self.thread(id).map(|thread| thread.parent);
        let beside = self.channels.values().filter(|other| other.id != id).filter_map(|other| self.thread(other.id));
        let mut pinned = beside.filter(|other| other.pinned && Some(other.parent) == forum);
        if pinned.next().is_some() { Err(Refusal::too_many_pinned_posts()) } else { Ok(()) }
    }

    /// Takes a thread away with all that was said there, and tells every bot.
    pub(crate) fn delete_thread(&mut self, id: Id) {
        let Some(found) = self.channels.get(&id).filter(|_| self.thread(id).is_some()) else { return };
        let parent = self.thread(id).map(|thread| thread.parent);
        let gone =
            json!({ "id": id, "guild_id": found.guild, "parent_id": parent, "type": wire::channel::kind(found) });
        self.dispatch("THREAD_DELETE", id, None, |_, _| Some(gone.to_string()));
        self.close(id);
        let changed = self.new_id();
        if let Some(message) = self.message_mut(id) {
            message.changed = changed;
        }
    }

    /// Lets somebody into a thread or out of it, and tells the bots that may know.
    pub(crate) fn change_thread_member(&mut self, id: Id, person: Id, joins: bool) -> Result<(), Refusal> {
        let now = self.clock.now();
        let thread = self.thread_mut(id).ok_or_else(Refusal::wrong_kind_of_channel)?;
        if thread.members.contains_key(&person) == joins {
            return Ok(());
        }
        if joins {
            thread.members.insert(person, now);
        } else {
            thread.members.remove(&person);
        }
        let count = thread.members.len();
        let guild = self.guild_of(id);
        self.dispatch("THREAD_MEMBERS_UPDATE", id, None, |world, reader| {
            let knows = world.bots.get(&reader.bot).is_some_and(|bot| bot.knows_members);
            if !knows && reader.bot != person {
                return None;
            }
            let told = json!({ "id": id, "guild_id": guild, "member_count": count });
            let whom = if joins {
                let added = ThreadMember { id: person, since: now };
                let added = wire::channel::known_thread_member(world, id, added);
                json!({ "added_members": [wire::with(added, json!({ "presence": null }))] })
            } else {
                json!({ "removed_member_ids": [person] })
            };
            Some(wire::with(told, whom).to_string())
        });
        self.tick();
        Ok(())
    }

    /// Lets somebody who writes in a thread join it, and takes it up again if it was archived. In one that is locked only
    /// those write who may manage threads.
    pub(super) fn enter_thread(&mut self, id: Id, author: Id) -> Result<(), Refusal> {
        let Some(channel) = self.channels.get(&id) else { return Ok(()) };
        let Place::Thread(thread) = &channel.place else { return Ok(()) };
        let archived = thread.archived;
        if thread.locked && !self.permissions_in(channel, author).contains(Permissions::MANAGE_THREADS) {
            return Err(if archived { Refusal::thread_archived() } else { Refusal::thread_locked() });
        }
        if self.users.contains_key(&author) {
            self.change_thread_member(id, author, true)?;
        }
        if archived {
            return self.edit_thread(id, ThreadEdit { archived: Some(false), ..ThreadEdit::default() });
        }
        Ok(())
    }

    /// The place of a message that is written in a thread. The one that a post begins with isn't counted, so that the next
    /// has its place too, as on Discord.
    pub(super) fn next_position(&mut self, id: Id, message: Id) -> Option<u64> {
        let thread = self.thread_mut(id)?;
        let position = thread.sent;
        thread.sent += u64::from(message != id);
        Some(position)
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
            let thread = wire::channel::channel(world, world.channels.get(&id)?);
            let thread = if new { wire::with(thread, wire::entry("newly_created", true)) } else { thread };
            Some(thread.to_string())
        });
        self.tick();
    }
}
