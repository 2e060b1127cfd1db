//! Servers, which Discord's interface calls guilds. Every member and every bot is in each of them, unless sent away.

use std::collections::{BTreeMap, BTreeSet};

use crate::mock::scenario::{ChannelPlan, ServerPlan};
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Channel, Membership, Permissions, Place, Role, Room, RoomKind, World, roles};

/// A server. Its id is also that of its role `@everyone`.
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// Its channels and their threads.
    pub(crate) channels: BTreeSet<Id>,
    pub(crate) roles: BTreeMap<Id, Role>,
    /// What those are in it who aren't what they are everywhere.
    pub(crate) memberships: BTreeMap<Id, Membership>,
    /// Who was banned, each with the reason that was given.
    pub(crate) bans: BTreeMap<Id, Option<String>>,
}

/// The role Moderators of a server.
pub(crate) fn moderators(guild: Id) -> Id {
    Id(guild.0 + 1)
}

/// Which of so many shards has a server's events, by Discord's formula.
pub(crate) fn shard_of(guild: Id, shards: u64) -> Option<u64> {
    (guild.0 >> Id::TIME_SHIFT).checked_rem(shards)
}

impl World {
    /// Founds servers, the first of which is the home of the page. Each is as old as no other: from the time in their ids
    /// comes which shard has which, so that they are shared out evenly.
    pub(super) fn found(&mut self, servers: &[ServerPlan]) {
        let now = self.clock.now();
        for (plan, number) in servers.iter().zip(1..) {
            let id = Id::first_of(now, number);
            let roles = roles::first_roles(id).into_iter().map(|role| (role.id, role)).collect();
            let guild = Guild {
                id,
                name: plan.name.clone(),
                channels: BTreeSet::new(),
                roles,
                memberships: BTreeMap::new(),
                bans: BTreeMap::new(),
            };
            self.guilds.insert(id, guild);
            self.furnish(id, plan);
        }
        self.home = Id::first_of(now, 1);
    }

    /// Gives a server the roles and channels that are planned for it.
    fn furnish(&mut self, guild: Id, plan: &ServerPlan) {
        let mut ids = (moderators(guild).0 + 1..).map(Id);
        for (role, position) in plan.roles.iter().zip(2..) {
            let permissions = Permissions::named(&role.permissions).unwrap_or_default() | Permissions::EVERYONE;
            let role = Role::new(ids.next().unwrap_or(guild), &role.name, permissions, position);
            self.guilds.get_mut(&guild).into_iter().for_each(|found| drop(found.roles.insert(role.id, role.clone())));
        }
        for (position, planned) in plan.channels.iter().enumerate() {
            let ChannelPlan { name, kind, category, topic, tags, .. } = planned;
            let parent = category.as_ref().and_then(|heading| {
                let is_it = |room: &Room| room.kind == RoomKind::Category && room.name == *heading;
                self.channels_of(guild).find(|found| found.room().is_some_and(is_it)).map(|found| found.id)
            });
            let tags = (1..).map(Id).zip(tags).map(|(id, name)| wire::channel::tag(id, name)).collect();
            let room = Room { parent, topic: topic.clone(), tags, ..Room::new(*kind, name.clone(), position) };
            self.open(Channel::new(ids.next().unwrap_or(guild), Some(guild), Place::Room(room)));
        }
    }

    /// Gives the channels of a server the permissions that are planned for them, once all are there whom they name.
    pub(super) fn open_and_lock(&mut self, servers: &[ServerPlan]) {
        let guilds: Vec<Id> = self.guilds.keys().rev().copied().collect();
        for (plan, guild) in servers.iter().zip(guilds) {
            for planned in plan.channels.iter().filter(|planned| !planned.permissions.is_empty()) {
                let found = self.channels_of(guild).find(|channel| channel.name() == planned.name);
                let Some(channel) = found.map(|channel| channel.id) else { continue };
                for grant in &planned.permissions {
                    let [allow, deny] =
                        [&grant.allow, &grant.deny].map(|names| Permissions::named(names).unwrap_or_default());
                    // Who isn't there was told when the scenario was read.
                    let _ = self.grant(channel, &grant.who, allow, deny, Permissions::empty());
                }
            }
        }
    }

    /// The servers of a shard, oldest first.
    pub(crate) fn guilds_of(&self, (shard, of): (u64, u64)) -> impl Iterator<Item = &Guild> {
        self.guilds.values().filter(move |guild| shard_of(guild.id, of).is_none_or(|own| own == shard))
    }

    /// Gives a server another name, and tells every bot.
    pub(crate) fn rename_guild(&mut self, guild: Id, name: &str) {
        self.guilds.get_mut(&guild).into_iter().for_each(|found| name.clone_into(&mut found.name));
        self.dispatch_in_guild("GUILD_UPDATE", guild, |world, _| wire::guild::described(world, guild));
        self.tick();
    }

    /// The server that the page shows.
    pub(crate) fn home(&self) -> Option<&Guild> {
        self.guilds.get(&self.home)
    }

    /// The channels and threads of a server, oldest first.
    pub(crate) fn channels_of(&self, guild: Id) -> impl DoubleEndedIterator<Item = &Channel> {
        let channels = self.guilds.get(&guild).into_iter().flat_map(|guild| &guild.channels);
        channels.filter_map(|id| self.channels.get(id))
    }

    /// The ids of what there is, by what it is called: `server`, `server/channel`, `server/@role`, `@member`.
    pub(crate) fn ids_by_name(&self) -> BTreeMap<String, Id> {
        let servers = self.guilds.values().map(|guild| (guild.name.clone(), guild.id));
        let channels = self.guilds.values().flat_map(|guild| {
            self.channels_of(guild.id).map(|channel| (format!("{}/{}", guild.name, channel.name()), channel.id))
        });
        let roles = self
            .guilds
            .values()
            .flat_map(|guild| guild.roles.values().map(|role| (format!("{}/@{}", guild.name, role.name), role.id)));
        let members = self.users.values().map(|user| (format!("@{}", user.name), user.id));
        servers.chain(channels).chain(roles).chain(members).collect()
    }

    /// The server that a channel is in; none for a direct message.
    pub(crate) fn guild_of(&self, channel: Id) -> Option<Id> {
        self.channels.get(&channel)?.guild
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;

    #[test]
    fn servers_are_shared_out_evenly() {
        let world = World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(10));
        let shares: Vec<usize> = (0..4).map(|shard| world.guilds_of((shard, 4)).count()).collect();
        assert!(shares.iter().all(|share| (2..=3).contains(share)), "{shares:?}");
        assert_eq!(world.guilds_of((0, 1)).count(), 10);
        assert_eq!(world.home().unwrap().name, "Test server");
        assert_eq!(world.channels.len(), 30);
    }
}
