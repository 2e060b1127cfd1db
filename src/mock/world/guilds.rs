//! Servers, which Discord's interface calls guilds. Every member and every bot is in each of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::mock::scenario::ServerPlan;
use crate::mock::snowflake::Id;
use crate::mock::world::{Channel, Place, World};

/// A server. Its id is also that of its role `@everyone`.
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// Its channels and their threads.
    pub(crate) channels: BTreeSet<Id>,
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
        for (ServerPlan { name, channels }, number) in servers.iter().zip(1..) {
            let id = Id::first_of(now, number);
            self.guilds.insert(id, Guild { id, name: name.clone(), channels: BTreeSet::new() });
            for (position, channel) in channels.iter().enumerate() {
                let place = Place::Text { name: channel.clone(), position };
                self.open(Channel::new(Id(moderators(id).0 + 1 + position as u64), Some(id), place));
            }
        }
        self.home = Id::first_of(now, 1);
    }

    /// The servers of a shard, oldest first.
    pub(crate) fn guilds_of(&self, (shard, of): (u64, u64)) -> impl Iterator<Item = &Guild> {
        self.guilds.values().filter(move |guild| shard_of(guild.id, of).is_none_or(|own| own == shard))
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

    /// The ids of what there is, by what it is called: `server`, `server/channel`, `@member`.
    pub(crate) fn ids_by_name(&self) -> BTreeMap<String, Id> {
        let servers = self.guilds.values().map(|guild| (guild.name.clone(), guild.id));
        let channels = self.guilds.values().flat_map(|guild| {
            self.channels_of(guild.id).map(|channel| (format!("{}/{}", guild.name, channel.name()), channel.id))
        });
        let members = self.users.values().map(|user| (format!("@{}", user.name), user.id));
        servers.chain(channels).chain(members).collect()
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
