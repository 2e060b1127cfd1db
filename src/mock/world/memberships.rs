//! Memberships: what somebody is in one server. Everybody is in every server, and only what is out of the ordinary is kept.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::mock::intents::Intents;
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{User, World};

/// What somebody is in a server.
#[derive(Clone, Default, Debug)]
pub(crate) struct Membership {
    pub(crate) nick: Option<String>,
    pub(crate) roles: BTreeSet<Id>,
    /// Until when they may only read.
    pub(crate) timed_out_until: Option<Timestamp>,
    /// Since when they are here again, if they left before.
    pub(crate) back_since: Option<Timestamp>,
    /// Whether they were sent away; they come back when they next do something, unless they are banned.
    pub(crate) gone: bool,
}

impl Membership {
    /// Whether they may only read at this time.
    pub(super) fn is_timed_out(&self, now: Timestamp) -> bool {
        self.timed_out_until.is_some_and(|until| until > now)
    }
}

impl World {
    /// Whether somebody is in a server.
    pub(crate) fn is_member(&self, guild: Id, person: Id) -> bool {
        let stays = |own: &Membership| !own.gone;
        let found = self.guilds.get(&guild);
        found.is_some_and(|found| found.memberships.get(&person).is_none_or(stays)) && self.users.contains_key(&person)
    }

    /// The people and bots in a server, oldest first.
    pub(crate) fn members_of(&self, guild: Id) -> impl Iterator<Item = &User> {
        self.users.values().filter(move |user| self.is_member(guild, user.id))
    }

    /// What somebody is in a server.
    pub(crate) fn membership(&self, guild: Id, person: Id) -> Membership {
        let Some(found) = self.guilds.get(&guild) else { return Membership::default() };
        let usual =
            || Membership { roles: self.usual_roles(found, person).into_iter().collect(), ..Membership::default() };
        found.memberships.get(&person).cloned().unwrap_or_else(usual)
    }

    /// Whether somebody may only read for now.
    pub(crate) fn is_timed_out(&self, guild: Id, person: Id) -> bool {
        let own = self.guilds.get(&guild).and_then(|found| found.memberships.get(&person));
        own.is_some_and(|own| own.is_timed_out(self.clock.now()))
    }

    /// Changes what somebody is in a server, and tells every bot.
    pub(crate) fn change_member(
        &mut self,
        guild: Id,
        person: Id,
        change: impl FnOnce(&mut Membership),
    ) -> Result<(), Refusal> {
        if !self.is_member(guild, person) {
            return Err(Refusal::unknown_member());
        }
        let mut own = self.membership(guild, person);
        change(&mut own);
        let gone = own.gone;
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        found.memberships.insert(person, own);
        let event = if gone { "GUILD_MEMBER_REMOVE" } else { "GUILD_MEMBER_UPDATE" };
        self.announce_membership(event, guild, person);
        if gone {
            let left = wire::entry("id", guild.to_string());
            self.tell_bot(guild, person, "GUILD_DELETE", |_, _| left.clone());
        }
        Ok(())
    }

    /// Sends somebody away, and keeps them out if they are banned.
    pub(crate) fn send_away(&mut self, guild: Id, person: Id, banned: Option<Option<String>>) -> Result<(), Refusal> {
        let there = self.is_member(guild, person);
        if !there && banned.is_none() {
            return Err(Refusal::unknown_member());
        }
        if let Some(reason) = banned {
            let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
            found.bans.insert(person, reason);
            self.announce_membership("GUILD_BAN_ADD", guild, person);
        }
        if there {
            self.change_member(guild, person, |own| own.gone = true)?;
        }
        Ok(())
    }

    /// Lets somebody come back who was banned.
    pub(crate) fn pardon(&mut self, guild: Id, person: Id) -> Result<(), Refusal> {
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        found.bans.remove(&person).ok_or_else(Refusal::unknown_ban)?;
        self.announce_membership("GUILD_BAN_REMOVE", guild, person);
        Ok(())
    }

    /// Whether somebody was sent away for good.
    pub(crate) fn is_banned(&self, guild: Id, person: Id) -> bool {
        self.guilds.get(&guild).is_some_and(|found| found.bans.contains_key(&person))
    }

    /// Lets somebody in who was sent away, without the roles that they had; whether they are in it then, which who is banned
    /// isn't.
    pub(crate) fn come_back(&mut self, guild: Id, person: Id) -> bool {
        if self.is_member(guild, person) {
            return true;
        }
        let own_roles: BTreeSet<Id> = match self.guilds.get(&guild) {
            Some(found) if !found.bans.contains_key(&person) => {
                found.roles.values().filter(|role| role.bot == Some(person)).map(|role| role.id).collect()
            }
            _ => return false,
        };
        let before = self.membership(guild, person);
        let back = Membership {
            roles: own_roles,
            timed_out_until: before.timed_out_until,
            back_since: Some(self.clock.now()),
            ..Membership::default()
        };
        self.guilds.get_mut(&guild).into_iter().for_each(|found| drop(found.memberships.insert(person, back.clone())));
        self.tell_bot(guild, person, "GUILD_CREATE", |world, intents| wire::guild::full(world, guild, person, intents));
        self.announce_membership("GUILD_MEMBER_ADD", guild, person);
        true
    }

    /// Tells a bot alone what became of it in a server, if it is one, as its intents have it.
    fn tell_bot(&mut self, guild: Id, bot: Id, event: &'static str, told: impl Fn(&World, Intents) -> Value) {
        let own = self.sessions.iter().filter(|(_, session)| {
            session.bot == bot && session.serves(Some(guild)) && session.intents.want(event, false)
        });
        let own: Vec<(String, Intents)> = own.map(|(key, session)| (key.clone(), session.intents)).collect();
        for (key, intents) in own {
            let told = told(self, intents);
            self.tell(&key, event, &told);
        }
    }

    fn announce_membership(&mut self, event: &'static str, guild: Id, person: Id) {
        self.dispatch_in_guild(event, guild, |world, _| match event {
            "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" => wire::user::joined_member(world, guild, person),
            _ if world.user(person).is_none() => Value::Null,
            _ => wire::with(
                wire::entry("guild_id", guild.to_string()),
                wire::entry("user", wire::user::user(world, person)),
            ),
        });
        self.tick();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;
    use crate::mock::world::Permissions;

    #[test]
    fn who_is_timed_out_only_reads_and_who_is_banned_stays_out() {
        let mut world = World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(1));
        let (home, sam) = (world.home, world.known_member("sam").unwrap().unwrap());
        let until = world.clock.now() + jiff::SignedDuration::from_mins(1);
        world.change_member(home, sam, |own| own.timed_out_until = Some(until)).unwrap();
        assert!(!world.permissions(home, sam).contains(Permissions::SEND_MESSAGES));
        assert!(world.permissions(home, sam).contains(Permissions::VIEW_CHANNEL));
        world.send_away(home, sam, None).unwrap();
        assert!(!world.is_member(home, sam));
        assert!(world.come_back(home, sam) && world.is_member(home, sam));
        world.send_away(home, sam, Some(None)).unwrap();
        assert!(!world.come_back(home, sam));
        world.pardon(home, sam).unwrap();
        assert!(world.come_back(home, sam));
        assert_eq!(world.pardon(home, sam).unwrap_err(), Refusal::unknown_ban());
    }
}
