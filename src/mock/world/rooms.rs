//! Rooms: the channels that a server lists, of every kind. (A thread hangs on one, and a direct message is in no server.)

use serde_json::{Map, Value, json};

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Channel, Holder, Overwrite, Permissions, Place, World};

/// Every post of the forum has a tag.
pub(crate) const REQUIRE_TAG: u64 = 1 << 4;

/// The most overwrites of a channel.
pub(crate) const MAX_OVERWRITES: usize = 100;
/// The most channels of a server.
const MAX_ROOMS: usize = 500;

/// Discord's numbers for the kinds of channel that a server may list here.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub(crate) enum RoomKind {
    #[default]
    Text = 0,
    /// Its text is as that of any channel; nobody speaks in it.
    Voice = 2,
    /// A heading over others.
    Category = 4,
    Announcement = 5,
    /// Of threads alone.
    Forum = 15,
}

impl RoomKind {
    /// Every kind, by its number.
    pub(crate) const ALL: [RoomKind; 5] =
        [RoomKind::Text, RoomKind::Voice, RoomKind::Category, RoomKind::Announcement, RoomKind::Forum];

    /// The kind with Discord's number.
    pub(crate) fn of(number: u64) -> Option<RoomKind> {
        RoomKind::ALL.into_iter().find(|kind| u64::from(*kind as u8) == number)
    }

    /// Whether a channel of this kind may become one of the other.
    pub(crate) fn may_become(self, other: RoomKind) -> bool {
        let changes = |kind| matches!(kind, RoomKind::Text | RoomKind::Announcement);
        self == other || changes(self) && changes(other)
    }

    /// Whether messages stand in it.
    pub(crate) fn holds_messages(self) -> bool {
        !matches!(self, RoomKind::Category | RoomKind::Forum)
    }
}

/// A channel that a server lists.
#[derive(Clone, Default)]
pub(crate) struct Room {
    /// Without the `#`.
    pub(crate) name: String,
    pub(crate) kind: RoomKind,
    /// From the top, counted from 0.
    pub(crate) position: usize,
    /// The category that it stands under.
    pub(crate) parent: Option<Id>,
    pub(crate) topic: Option<String>,
    pub(crate) nsfw: bool,
    /// How many seconds a member waits between two messages, as it is told; nobody is held to it.
    pub(crate) slowmode: u64,
    pub(crate) overwrites: Vec<Overwrite>,
    /// The tags of a forum's posts, as Discord stores them.
    pub(crate) tags: Vec<Value>,
    /// Whether a forum's posts need a tag.
    pub(crate) flags: u64,
    /// What else it was set to be, as it is told.
    pub(crate) settings: Map<String, Value>,
}

/// What is to be of a channel.
#[derive(Default)]
pub(crate) struct RoomEdit {
    pub(crate) name: Option<String>,
    pub(crate) kind: Option<RoomKind>,
    pub(crate) position: Option<usize>,
    pub(crate) parent: Option<Option<Id>>,
    pub(crate) topic: Option<Option<String>>,
    pub(crate) nsfw: Option<bool>,
    pub(crate) slowmode: Option<u64>,
    pub(crate) overwrites: Option<Vec<Overwrite>>,
    pub(crate) tags: Option<Vec<Value>>,
    pub(crate) flags: Option<u64>,
    /// Of its settings those that are to change; null where one is to be as usual.
    pub(crate) settings: Map<String, Value>,
}

impl Room {
    /// A channel of this kind and name, at the end of the list.
    pub(crate) fn new(kind: RoomKind, name: String, position: usize) -> Room {
        Room { name, kind, position, ..Room::default() }
    }

    fn apply(&mut self, edit: RoomEdit) {
        let RoomEdit { name, kind, position, parent, topic, nsfw, slowmode, overwrites, tags, flags, settings } = edit;
        self.name = name.unwrap_or_else(|| std::mem::take(&mut self.name));
        self.kind = kind.unwrap_or(self.kind);
        self.position = position.unwrap_or(self.position);
        self.parent = parent.unwrap_or(self.parent);
        self.topic = topic.unwrap_or_else(|| self.topic.take());
        self.nsfw = nsfw.unwrap_or(self.nsfw);
        self.slowmode = slowmode.unwrap_or(self.slowmode);
        self.overwrites = overwrites.unwrap_or_else(|| std::mem::take(&mut self.overwrites));
        self.tags = tags.unwrap_or_else(|| std::mem::take(&mut self.tags));
        self.flags = flags.unwrap_or(self.flags);
        self.settings.extend(settings);
        self.settings.retain(|_, setting| !setting.is_null());
    }
}

impl World {
    /// The channel of a server's list that this is, or that it is a thread of.
    pub(super) fn room_of<'w>(&'w self, channel: &'w Channel) -> Option<&'w Room> {
        match &channel.place {
            Place::Thread(thread) => self.channels.get(&thread.parent)?.room(),
            _ => channel.room(),
        }
    }

    /// Whether a channel is for grown-ups alone.
    pub(crate) fn is_age_restricted(&self, channel: &Channel) -> bool {
        self.room_of(channel).is_some_and(|room| room.nsfw)
    }

    /// Whether a channel is one of announcements.
    pub(crate) fn announces(&self, channel: Id) -> bool {
        let room = self.channels.get(&channel).and_then(Channel::room);
        room.is_some_and(|room| room.kind == RoomKind::Announcement)
    }

    /// A number that a channel is set to.
    pub(super) fn setting(&self, channel: Id, key: &str) -> Option<u64> {
        self.channels.get(&channel)?.room()?.settings.get(key)?.as_u64()
    }

    /// Makes a channel at the end of a server's list, and tells every bot.
    pub(crate) fn open_room(&mut self, guild: Id, kind: RoomKind, edit: RoomEdit) -> Result<Id, Refusal> {
        let rooms = || self.channels_of(guild).filter_map(Channel::room);
        if rooms().count() >= MAX_ROOMS {
            return Err(Refusal::too_many_channels());
        }
        let mut room =
            Room::new(kind, String::new(), rooms().map(|room| room.position.saturating_add(1)).max().unwrap_or(0));
        let heading = edit.parent.flatten();
        self.check_parent(guild, kind, heading)?;
        room.apply(edit);
        if room.overwrites.is_empty() {
            // One that says nothing of its own opens and closes as its category does.
            let heading = heading.and_then(|heading| self.channels.get(&heading)).and_then(Channel::room);
            room.overwrites = heading.map(|heading| heading.overwrites.clone()).unwrap_or_default();
        }
        let id = self.new_id();
        self.open(Channel::new(id, Some(guild), Place::Room(room)));
        self.announce_room("CHANNEL_CREATE", id);
        Ok(id)
    }

    /// Changes a channel, and tells every bot.
    pub(crate) fn edit_room(&mut self, id: Id, edit: RoomEdit) -> Result<(), Refusal> {
        let channel = self.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
        let (guild, kind) = channel
            .guild
            .zip(channel.room())
            .map(|(guild, room)| (guild, room.kind))
            .ok_or_else(Refusal::wrong_kind_of_channel)?;
        self.check_parent(guild, kind, edit.parent.flatten())?;
        self.room_mut(id)?.apply(edit);
        self.announce_room("CHANNEL_UPDATE", id);
        Ok(())
    }

    /// Takes a channel and its threads away with all that was said there.
    pub(crate) fn delete_room(&mut self, id: Id) -> Result<(), Refusal> {
        self.room_mut(id)?;
        let hangs_on = |channel: &&Channel| matches!(&channel.place, Place::Thread(thread) if thread.parent == id);
        let threads: Vec<Id> = self.channels.values().filter(hangs_on).map(|channel| channel.id).collect();
        threads.into_iter().for_each(|thread| self.delete_thread(thread));
        let under = |channel: &&Channel| channel.room().is_some_and(|room| room.parent == Some(id));
        let orphans: Vec<Id> = self.channels.values().filter(under).map(|channel| channel.id).collect();
        for orphan in orphans {
            self.edit_room(orphan, RoomEdit { parent: Some(None), ..RoomEdit::default() })?;
        }
        self.announce_room("CHANNEL_DELETE", id);
        self.close(id);
        Ok(())
    }

    /// Sets what a channel changes of the permissions of a role or a member.
    pub(crate) fn set_overwrite(&mut self, id: Id, own: Overwrite) -> Result<(), Refusal> {
        let room = self.room_mut(id)?;
        room.overwrites.retain(|other| other.id != own.id);
        if room.overwrites.len() >= MAX_OVERWRITES {
            return Err(Refusal::too_many_overwrites());
        }
        room.overwrites.push(own);
        self.announce_room("CHANNEL_UPDATE", id);
        Ok(())
    }

    /// Lets a channel change nothing more of the permissions of a role or a member.
    pub(crate) fn lift_overwrite(&mut self, id: Id, holder: Id) -> Result<(), Refusal> {
        let room = self.room_mut(id)?;
        let at = room.overwrites.iter().position(|own| own.id == holder).ok_or_else(Refusal::unknown_overwrite)?;
        room.overwrites.remove(at);
        self.announce_room("CHANNEL_UPDATE", id);
        Ok(())
    }

    /// Takes the overwrite of a role that is gone out of a channel, of which nobody needs to be told.
    pub(super) fn forget_overwrite(&mut self, id: Id, role: Id) {
        if let Ok(room) = self.room_mut(id) {
            room.overwrites.retain(|own| own.id != role);
        }
    }

    /// Grants and denies something in a channel to a role, a member or a bot, by name, and leaves something as it is elsewhere;
    /// the error is a sentence.
    pub(crate) fn grant(
        &mut self,
        channel: Id,
        who: &str,
        allow: Permissions,
        deny: Permissions,
        neutral: Permissions,
    ) -> Result<(), String> {
        let found = self.channels.get(&channel).and_then(|channel| channel.guild.zip(channel.room()));
        let (guild, room) = found.ok_or("Only a channel that the server lists has permissions of its own.")?;
        let role = self.role(guild, who).map(|role| (role.id, Holder::Role));
        let member = || self.called(who).map(|user| (user.id, Holder::Member));
        let (id, holder) =
            role.or_else(member).ok_or_else(|| format!("There is no role and nobody called {who:?}."))?;
        let before = room.overwrites.iter().find(|own| own.id == id);
        let (allowed, denied) = before.map_or_else(Default::default, |own| (own.allow, own.deny));
        let (allow, deny) = ((allowed - neutral - deny) | allow, (denied - neutral - allow) | deny);
        let own = Overwrite { id, holder, allow, deny };
        self.set_overwrite(channel, own).map_err(|refusal| refusal.message)
    }

    /// A channel stands under a category of its server, and a category under none.
    fn check_parent(&self, guild: Id, kind: RoomKind, parent: Option<Id>) -> Result<(), Refusal> {
        let Some(parent) = parent else { return Ok(()) };
        let found = self.channels.get(&parent).filter(|found| found.guild == Some(guild)).and_then(Channel::room);
        if kind != RoomKind::Category && found.is_some_and(|found| found.kind == RoomKind::Category) {
            return Ok(());
        }
        Err(Refusal::invalid_form(json!({
            "parent_id": { "_errors": [{ "code": "CHANNEL_PARENT_INVALID_TYPE", "message": "Not a category" }] }
        })))
    }

    fn room_mut(&mut self, id: Id) -> Result<&mut Room, Refusal> {
        match self.channels.get_mut(&id).map(|channel| &mut channel.place) {
            Some(Place::Room(room)) => Ok(room),
            Some(_) => Err(Refusal::wrong_kind_of_channel()),
            None => Err(Refusal::unknown_channel()),
        }
    }

    /// Bots hear of every channel of a server, of those that they don't see, too.
    fn announce_room(&mut self, event: &'static str, id: Id) {
        let Some(guild) = self.guild_of(id) else { return };
        self.dispatch_in_guild(event, guild, |world, _| {
            world.channels.get(&id).map_or(Value::Null, |found| wire::channel::channel(world, found))
        });
        self.tick();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;

    #[test]
    fn a_category_that_goes_leaves_its_channels() {
        let mut world = World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(1));
        let home = world.home;
        let named =
            |name: &str, parent| RoomEdit { name: Some(name.to_owned()), parent: Some(parent), ..RoomEdit::default() };
        let heading = world.open_room(home, RoomKind::Category, named("heading", None)).unwrap();
        let room = world.open_room(home, RoomKind::Text, named("room", Some(heading))).unwrap();
        assert!(world.open_room(home, RoomKind::Text, named("under a channel", Some(room))).is_err());
        world.delete_room(heading).unwrap();
        assert_eq!(world.channels[&room].room().unwrap().parent, None);
        assert_eq!(world.delete_room(heading), Err(Refusal::unknown_channel()));
    }
}
