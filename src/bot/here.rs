//! What holds where something happens: what the operator decided, and what the moderators of the server chose.

use super::conversation::Turn;
use super::{ChannelId, Member, Scene, ServerId};
use crate::answer::emergency;
use crate::search::Index;
use crate::store::ServerSettings;
use std::collections::BTreeSet;

impl<'t> Turn<'t> {
    /// The index that serves this place.
    pub(super) fn index(&self, scene: Scene) -> Option<&'t Index> {
        match scene.server {
            Some(server) => self.index_of(server, &self.chosen),
            None => match &self.bot.settings.direct_messages {
                Some(collection) => self.brain.index(collection),
                None => only(self.brain.collections()).and_then(|collection| self.brain.index(collection)),
            },
        }
    }

    /// The index that serves a server: that of the collection which its moderators chose among those that it may have; else
    /// the first that the operator named for it, or the only one.
    pub(super) fn index_of(&self, server: ServerId, chosen: &ServerSettings) -> Option<&'t Index> {
        let offered = self.offered(server);
        let chosen = chosen.collection.as_deref().filter(|chosen| offered.contains(chosen));
        let usual = match self.bot.keeps(server) {
            true => offered.first().copied(),
            false => only(offered.iter().copied()),
        };
        self.brain.index(chosen.or(usual)?)
    }

    /// The collections that a server may have: those that the operator named for it; else those that are for all.
    pub(super) fn offered(&self, server: ServerId) -> Vec<&'t str> {
        let settings = &self.bot.settings;
        let named = settings.servers.get(&server).unwrap_or(&settings.shared);
        if named.is_empty() {
            return only(self.brain.collections()).into_iter().collect();
        }
        named.iter().map(String::as_str).filter(|named| self.brain.index(named).is_some()).collect()
    }

    /// The region whose help lines are named here, as far as the collection has some for it.
    pub(super) fn region(&self, index: &Index) -> Option<&str> {
        self.region_of(index, &self.chosen)
    }

    /// The same where these settings hold.
    pub(super) fn region_of<'s>(&'s self, index: &Index, chosen: &'s ServerSettings) -> Option<&'s str> {
        let has = |region: &&str| index.collection().help_lines.iter().any(|line| line.region == **region);
        chosen.region.as_deref().filter(has).or(self.bot.settings.region.as_deref().filter(has))
    }

    /// What is called here in an emergency.
    fn emergency(&self, scene: Scene) -> String {
        let index = self.index(scene);
        let lines = index.map_or(&[][..], |index| &index.collection().help_lines);
        emergency(lines, index.and_then(|index| self.region(index)), self.language())
    }

    /// What is said to somebody who asks too fast.
    pub(super) fn too_fast(&self, scene: Scene) -> String {
        self.language().too_fast(&self.emergency(scene))
    }

    /// Whether pamphlet answers here unasked, when it is sure.
    pub(super) fn listens(&self, scene: Scene) -> bool {
        self.bot.settings.listen.contains(&scene.channel) || holds(&self.chosen.listen, scene)
    }

    /// Whether this is a thread of a forum in which pamphlet answers the first post.
    pub(super) fn answers_openings(&self, scene: Scene) -> bool {
        scene.thread_of.is_some_and(|forum| self.chosen.forums.contains(&forum))
    }

    /// What is said in the place of any answer but an urgent card, where the moderators want no others.
    pub(super) fn held_back(&self, scene: Scene) -> Option<String> {
        if self.chosen.paused {
            return Some(self.language().paused(&self.emergency(scene)));
        }
        let wanted = &self.chosen.answer_in;
        let may = wanted.is_empty() || holds(wanted, scene) || self.listens(scene) || self.answers_openings(scene);
        let named = || wanted.iter().map(|channel| format!("<#{channel}>")).collect::<Vec<_>>().join(" ");
        (!may).then(|| self.language().elsewhere(&named()))
    }

    /// Whether somebody moderates the server that they are in.
    pub(super) fn moderates(&self, by: &Member) -> bool {
        moderates(&self.chosen, by)
    }

    /// Whether the operator gave the FAQ into the keeping of the server that this is in.
    pub(super) fn keeps(&self, scene: Scene) -> bool {
        scene.server.is_some_and(|server| self.bot.keeps(server))
    }

    /// All servers that keep a collection and have a moderators' channel, with that.
    pub(super) fn keepers(&self, collection: &str) -> Vec<(ServerId, ChannelId)> {
        let servers = self.bot.servers.all().into_iter();
        let keeping = servers.filter(|(server, chosen)| {
            let index = self.bot.keeps(*server).then(|| self.index_of(*server, chosen)).flatten();
            index.is_some_and(|index| index.collection().id == collection)
        });
        keeping.filter_map(|(server, chosen)| Some((server, chosen.moderator_channel?))).collect()
    }
}

/// Whether somebody moderates a server whose moderators chose this.
pub(super) fn moderates(chosen: &ServerSettings, by: &Member) -> bool {
    by.manages || chosen.moderator_role.is_some_and(|role| by.roles.contains(&role))
}

/// Whether it makes a difference which channel a thread belongs to, if this channel is one.
pub(super) fn wonders(chosen: &ServerSettings, scene: Scene) -> bool {
    let ServerSettings { answer_in, listen, forums, .. } = chosen;
    let is_chosen = answer_in.contains(&scene.channel) || listen.contains(&scene.channel);
    let any = !(answer_in.is_empty() && listen.is_empty() && forums.is_empty());
    any && !is_chosen && scene.thread_of.is_none()
}

/// Whether something happens in one of these channels, or in a thread of one.
fn holds(channels: &BTreeSet<ChannelId>, scene: Scene) -> bool {
    channels.contains(&scene.channel) || scene.thread_of.is_some_and(|channel| channels.contains(&channel))
}

/// The one that there is; none if there are several.
fn only<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let only = names.next();
    only.filter(|_| names.next().is_none())
}
