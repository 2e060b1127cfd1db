//! Permissions: what a role may do, what a channel changes of it, and what comes of both for one person.

use bitflags::bitflags;
use serde::{Deserialize, Serialize, Serializer};

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::world::{Channel, Guild, Place, World};

bitflags! {
    /// What somebody may do, bit by bit as Discord numbers it (Discord's documentation, "Permissions").
    #[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
    pub(crate) struct Permissions: u64 {
        const CREATE_INSTANT_INVITE = 1;
        const KICK_MEMBERS = 1 << 1;
        const BAN_MEMBERS = 1 << 2;
        const ADMINISTRATOR = 1 << 3;
        const MANAGE_CHANNELS = 1 << 4;
        const MANAGE_GUILD = 1 << 5;
        const ADD_REACTIONS = 1 << 6;
        const VIEW_AUDIT_LOG = 1 << 7;
        const PRIORITY_SPEAKER = 1 << 8;
        const STREAM = 1 << 9;
        const VIEW_CHANNEL = 1 << 10;
        const SEND_MESSAGES = 1 << 11;
        const SEND_TTS_MESSAGES = 1 << 12;
        const MANAGE_MESSAGES = 1 << 13;
        const EMBED_LINKS = 1 << 14;
        const ATTACH_FILES = 1 << 15;
        const READ_MESSAGE_HISTORY = 1 << 16;
        const MENTION_EVERYONE = 1 << 17;
        const USE_EXTERNAL_EMOJIS = 1 << 18;
        const CONNECT = 1 << 20;
        const SPEAK = 1 << 21;
        const MUTE_MEMBERS = 1 << 22;
        const DEAFEN_MEMBERS = 1 << 23;
        const MOVE_MEMBERS = 1 << 24;
        const CHANGE_NICKNAME = 1 << 26;
        const MANAGE_NICKNAMES = 1 << 27;
        const MANAGE_ROLES = 1 << 28;
        const MANAGE_WEBHOOKS = 1 << 29;
        const USE_APPLICATION_COMMANDS = 1 << 31;
        const MANAGE_EVENTS = 1 << 33;
        const MANAGE_THREADS = 1 << 34;
        const CREATE_PUBLIC_THREADS = 1 << 35;
        const CREATE_PRIVATE_THREADS = 1 << 36;
        const USE_EXTERNAL_STICKERS = 1 << 37;
        const SEND_MESSAGES_IN_THREADS = 1 << 38;
        const MODERATE_MEMBERS = 1 << 40;
        const SEND_VOICE_MESSAGES = 1 << 46;
        const SEND_POLLS = 1 << 49;
        const USE_EXTERNAL_APPS = 1 << 50;
        const PIN_MESSAGES = 1 << 51;
        const BYPASS_SLOWMODE = 1 << 52;
        // What Discord adds is kept and means nothing here.
        const _ = !0;
    }
}

/// An id that nobody has: of who isn't here yet, for whom only everybody's role counts.
pub(crate) const NOBODY: Id = Id(0);

/// The bits that Discord has given a meaning.
const KNOWN: Permissions = Permissions::from_bits_retain((1 << 53) - 1);

impl Permissions {
    /// What everybody may do in a new server.
    pub(crate) const EVERYONE: Permissions = Permissions::ADD_REACTIONS
        .union(Permissions::VIEW_CHANNEL)
        .union(Permissions::SEND_MESSAGES)
        .union(Permissions::EMBED_LINKS)
        .union(Permissions::ATTACH_FILES)
        .union(Permissions::READ_MESSAGE_HISTORY)
        .union(Permissions::MENTION_EVERYONE)
        .union(Permissions::USE_EXTERNAL_EMOJIS)
        .union(Permissions::CHANGE_NICKNAME)
        .union(Permissions::USE_APPLICATION_COMMANDS)
        .union(Permissions::CREATE_PUBLIC_THREADS)
        .union(Permissions::CREATE_PRIVATE_THREADS)
        .union(Permissions::SEND_MESSAGES_IN_THREADS);
    /// What moderators may do beside that.
    pub(crate) const MODERATOR: Permissions = Permissions::MANAGE_GUILD
        .union(Permissions::MANAGE_MESSAGES)
        .union(Permissions::MANAGE_THREADS)
        .union(Permissions::PIN_MESSAGES)
        .union(Permissions::MODERATE_MEMBERS);
    /// What a bot's role gives it unless a scenario says otherwise: everything but to stand above the rules of channels.
    pub(crate) const BOT: Permissions = KNOWN.difference(Permissions::ADMINISTRATOR);
    /// What both may do in a direct message.
    const DIRECT: Permissions = Permissions::EVERYONE.union(Permissions::PIN_MESSAGES);
    /// What is left to somebody who is timed out.
    const TIMED_OUT: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

    /// What is needed for those of several wishes that there are.
    pub(crate) fn needed_for<const N: usize>(wishes: [(bool, Permissions); N]) -> Permissions {
        wishes.into_iter().filter(|(asked, _)| *asked).map(|(_, needed)| needed).collect()
    }

    /// The permissions of these names, such as `SEND_MESSAGES`; the error is the first that is none.
    pub(crate) fn named(names: &[String]) -> Result<Permissions, &String> {
        let flag = |name: &String| Permissions::from_name(&name.to_uppercase());
        names.iter().map(|name| flag(name).ok_or(name)).collect()
    }
}

/// Permissions travel as the number in a text, since JavaScript's numbers are too small for them.
impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.bits())
    }
}

/// Whom an overwrite is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Holder {
    Role = 0,
    Member = 1,
}

/// What a channel changes of the permissions of a role or a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Overwrite {
    /// The role or the member.
    pub(crate) id: Id,
    pub(crate) holder: Holder,
    pub(crate) allow: Permissions,
    pub(crate) deny: Permissions,
}

/// What someone may and may not do, as a scenario or a test says it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grant {
    /// A role, a member or a bot, by name.
    pub(crate) who: String,
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) deny: Vec<String>,
}

impl World {
    /// What somebody may do in a server, whatever its channels change of it.
    pub(crate) fn permissions(&self, guild: Id, person: Id) -> Permissions {
        self.guilds.get(&guild).map_or(Permissions::empty(), |found| self.permissions_at(found, person))
    }

    fn permissions_at(&self, guild: &Guild, person: Id) -> Permissions {
        let own = guild.memberships.get(&person);
        let is_here = own.is_none_or(|own| !own.gone) && self.users.contains_key(&person);
        if person != NOBODY && !is_here {
            return Permissions::empty();
        }
        if person == self.owner {
            return KNOWN;
        }
        let of_role = |role: Id| guild.roles.get(&role).map_or(Permissions::empty(), |role| role.permissions);
        let held = self.roles_of(guild, person).into_iter().chain([guild.id]).map(of_role);
        let all = held.fold(Permissions::empty(), Permissions::union);
        match all {
            all if all.contains(Permissions::ADMINISTRATOR) => KNOWN,
            all if own.is_some_and(|own| own.is_timed_out(self.clock.now())) => all & Permissions::TIMED_OUT,
            all => all,
        }
    }

    /// What somebody may do in a channel. A thread goes by its channel.
    pub(crate) fn permissions_in(&self, channel: &Channel, person: Id) -> Permissions {
        let Some(guild) = channel.guild else { return Permissions::DIRECT };
        let Some(guild) = self.guilds.get(&guild) else { return Permissions::empty() };
        let base = self.permissions_at(guild, person);
        if base.contains(Permissions::ADMINISTRATOR) {
            return base;
        }
        let overwrites = self.room_of(channel).map_or(&[][..], |room| &room.overwrites);
        let all = if overwrites.is_empty() { base } else { self.overwritten(guild, person, base, overwrites) };
        if all.contains(Permissions::VIEW_CHANNEL) { all } else { Permissions::empty() }
    }

    /// Permissions as a channel changes them: everybody's role first, then all others together, then the member alone. So
    /// Discord orders them. No channel lets somebody do more who is timed out.
    fn overwritten(&self, guild: &Guild, person: Id, base: Permissions, overwrites: &[Overwrite]) -> Permissions {
        let roles = self.roles_of(guild, person);
        let everyone = |own: &Overwrite| own.holder == Holder::Role && own.id == guild.id;
        let role = |own: &Overwrite| own.holder == Holder::Role && roles.contains(&own.id);
        let member = |own: &Overwrite| own.holder == Holder::Member && own.id == person;
        let apply = |base: Permissions, concerned: &dyn Fn(&Overwrite) -> bool| {
            let concerned = || overwrites.iter().filter(|own| concerned(own));
            let denied = concerned().map(|own| own.deny).fold(Permissions::empty(), Permissions::union);
            let allowed = concerned().map(|own| own.allow).fold(Permissions::empty(), Permissions::union);
            (base - denied) | allowed
        };
        let all = apply(apply(apply(base, &everyone), &role), &member);
        if self.is_timed_out(guild.id, person) { all & Permissions::TIMED_OUT } else { all }
    }

    /// Whether a person or bot sees a channel: one that its permissions show, of private threads only those it is in or may
    /// manage, and of direct messages only its own.
    pub(crate) fn sees(&self, channel: &Channel, visitor: Id) -> bool {
        is_open_to(channel, visitor, self.permissions_in(channel, visitor))
    }

    /// Whether a member sees a channel, or somebody who would join or come back.
    pub(crate) fn is_shown(&self, channel: &Channel, person: Option<Id>) -> bool {
        let is_here = |person: &Id| channel.guild.is_none_or(|guild| self.is_member(guild, *person));
        match person.filter(is_here) {
            Some(person) => self.sees(channel, person),
            None => !channel.is_private() && self.sees(channel, NOBODY),
        }
    }

    /// Refuses somebody a channel that isn't there or isn't theirs to see, and what they may not do there.
    pub(crate) fn demand(&self, channel: Id, person: Id, needed: Permissions) -> Result<&Channel, Refusal> {
        let channel = self.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?;
        let may = self.permissions_in(channel, person);
        if !is_open_to(channel, person, may) {
            return Err(Refusal::missing_access());
        }
        match may.contains(needed) {
            true => Ok(channel),
            false if channel.is_direct() => Err(Refusal::direct_message()),
            false => Err(Refusal::missing_permissions()),
        }
    }

    /// Refuses somebody a server that isn't there, and what they may not do in it.
    pub(crate) fn demand_in_guild(&self, guild: Id, person: Id, needed: Permissions) -> Result<(), Refusal> {
        let there = self.guilds.contains_key(&guild);
        let may = || self.permissions(guild, person).contains(needed);
        match there {
            false => Err(Refusal::unknown_guild()),
            true if !self.is_member(guild, person) => Err(Refusal::missing_access()),
            true if may() => Ok(()),
            true => Err(Refusal::missing_permissions()),
        }
    }

    /// What is needed to write in a channel.
    pub(crate) fn needed_to_write(&self, channel: Id) -> Permissions {
        if self.thread(channel).is_some() { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES }
    }
}

/// Whether somebody with these permissions in a channel sees it.
fn is_open_to(channel: &Channel, visitor: Id, may: Permissions) -> bool {
    match &channel.place {
        Place::Room(_) => may.contains(Permissions::VIEW_CHANNEL),
        Place::Thread(thread) if !thread.private || thread.members.contains_key(&visitor) => {
            may.contains(Permissions::VIEW_CHANNEL)
        }
        Place::Thread(_) => may.contains(Permissions::VIEW_CHANNEL | Permissions::MANAGE_THREADS),
        Place::Direct { member, bot } => [*member, *bot].contains(&visitor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;

    fn world() -> (World, Id, Id) {
        let world = World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(1));
        let sam = world.known_member("sam").unwrap().unwrap();
        let general = world.text_channel("general").unwrap();
        (world, sam, general)
    }

    fn overwrite(world: &mut World, channel: Id, own: Overwrite) {
        world.set_overwrite(channel, own).unwrap();
    }

    #[test]
    fn a_channel_changes_what_roles_give_and_a_member_comes_last() {
        let (mut world, sam, general) = world();
        let (send, none) = (Permissions::SEND_MESSAGES, Permissions::empty());
        let may = |world: &World| world.demand(general, sam, send).map(|_| ()).map_err(|refusal| refusal.code);
        assert_eq!(may(&world), Ok(()));
        let everyone = Overwrite { id: world.home, holder: Holder::Role, allow: none, deny: send };
        overwrite(&mut world, general, everyone);
        assert_eq!(may(&world), Err(50013));
        let own = Overwrite { id: sam, holder: Holder::Member, allow: send, deny: none };
        overwrite(&mut world, general, own);
        assert_eq!(may(&world), Ok(()));
        let hidden = Overwrite { id: sam, holder: Holder::Member, allow: send, deny: Permissions::VIEW_CHANNEL };
        overwrite(&mut world, general, hidden);
        assert_eq!(may(&world), Err(50001));
        assert!(world.permissions_in(&world.channels[&general], sam).is_empty(), "nothing in what isn't seen");
    }

    #[test]
    fn no_channel_lets_those_write_who_are_timed_out() {
        let (mut world, sam, general) = world();
        let send = Permissions::SEND_MESSAGES;
        overwrite(
            &mut world,
            general,
            Overwrite { id: sam, holder: Holder::Member, allow: send, deny: Permissions::empty() },
        );
        let until = world.clock.now() + jiff::SignedDuration::from_mins(1);
        world.change_member(world.home, sam, |own| own.timed_out_until = Some(until)).unwrap();
        assert!(world.demand(general, sam, send).is_err());
        assert!(world.demand(general, sam, Permissions::VIEW_CHANNEL).is_ok());
    }

    #[test]
    fn who_made_the_server_may_do_everything() {
        let (mut world, _, general) = world();
        let owner = world.owner;
        let all = Permissions::all();
        let none = Permissions::empty();
        overwrite(&mut world, general, Overwrite { id: owner, holder: Holder::Member, allow: none, deny: all });
        assert!(world.demand(general, owner, Permissions::MANAGE_CHANNELS).is_ok());
    }

    #[test]
    fn permissions_have_discords_names() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(Permissions::named(&names(&["view_channel", "SEND_MESSAGES"])).unwrap().bits(), 3 << 10);
        assert_eq!(Permissions::named(&names(&["FLY"])), Err(&"FLY".to_owned()));
    }
}
