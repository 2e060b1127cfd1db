//! How a server's moderators want pamphlet to be: a look at the settings, menus to change them, and a stop for all answers.
//!
//! | file | what it is |
//! |---|---|
//! | `mod` | who may, and what is changed |
//! | `step` | the steps, as controls carry them |
//! | `panel` | what is shown |
//! | `wording` | what is said |

mod panel;
mod step;
mod wording;

use super::conversation::{Turn, private};
use super::servers::NotKept;
use super::{Action, ChannelId, Forward, Member, Scene, ServerId};
use crate::answer::{Reply, Task};
use crate::safety::escape;
use crate::search::Index;
use crate::store::ServerSettings;
use panel::Panel;
use std::collections::BTreeSet;
use std::sync::Arc;
use step::{Setting, Step};

/// Whether a control belongs to the settings of a server.
pub(super) fn is_about(task: &Task) -> bool {
    Step::of(task).is_some()
}

impl Turn<'_> {
    /// How pamphlet is set up in a server, for who may change it.
    pub(super) fn setup(&self, scene: Scene, by: &Member) -> Vec<Action> {
        match managed(scene, by) {
            Some(server) => vec![Action::Respond(self.panel(server, Panel::All, &self.chosen))],
            None => vec![private(scene, wording::NOT_A_MANAGER)],
        }
    }

    /// What to do with a control of the settings, and with the channels or the role that were chosen.
    pub(super) fn set(&self, scene: Scene, by: &Member, task: &Task, ids: &[u64]) -> Vec<Action> {
        let Some(server) = managed(scene, by) else { return vec![private(scene, wording::NOT_A_MANAGER)] };
        match Step::of(task) {
            Some(Step::Show(panel)) => vec![Action::Update(self.panel(server, panel, &self.chosen))],
            Some(Step::Set(setting)) => self.keep(scene, server, &setting, ids),
            None => vec![private(scene, wording::GONE)],
        }
    }

    /// Stops all answers of a server but urgent cards, or lets them go on.
    pub(super) fn pause(&self, scene: Scene, by: &Member, paused: bool) -> Vec<Action> {
        let Some(server) = scene.server else { return vec![private(scene, wording::NOT_A_MANAGER)] };
        if self.chosen.paused == paused && self.bot.servers.is_kept(server) {
            return vec![private(scene, if paused { wording::ALREADY_PAUSED } else { wording::ALREADY_RESUMED })];
        }
        // Who wants silence gets it, whatever the store does, and who ends it too.
        let word = match self.bot.servers.pause(server, paused) {
            Ok(()) if paused => wording::PAUSED,
            Ok(()) => wording::RESUMED,
            Err(_) if paused => wording::PAUSED_FOR_NOW,
            Err(_) => wording::RESUMED_FOR_NOW,
        };
        let notice = wording::paused_by(&escape(&by.name), paused);
        let channel = self.chosen.moderator_channel;
        let told = channel.map(|channel| Action::Tell { channel, reply: Reply::plain(notice) });
        [private(scene, word)].into_iter().chain(told).collect()
    }

    fn keep(&self, scene: Scene, server: ServerId, setting: &Setting, ids: &[u64]) -> Vec<Action> {
        // What was on the panel may be gone meanwhile.
        if !self.can_be(server, setting) {
            return vec![private(scene, wording::GONE)];
        }
        let chosen = match self.bot.servers.change(server, |settings| setting.put(settings, ids)) {
            Ok(chosen) => chosen,
            Err(why) => return vec![private(scene, not_kept(&why))],
        };
        let panel = self.panel(server, setting.panel(), &chosen);
        match chosen.moderator_channel.filter(|_| *setting == Setting::ModeratorChannel) {
            Some(channel) => vec![greet(scene, channel, panel)],
            None => vec![Action::Update(panel)],
        }
    }

    fn can_be(&self, server: ServerId, setting: &Setting) -> bool {
        match setting {
            Setting::Collection(id) => self.offered(server).contains(&id.as_str()),
            Setting::Region(Some(region)) => self.regions(server, &self.chosen).contains(region.as_str()),
            _ => true,
        }
    }

    /// The regions for which the server's collection has help lines.
    fn regions(&self, server: ServerId, chosen: &Arc<ServerSettings>) -> BTreeSet<&str> {
        let lines = self.index_of(server, chosen).map(Index::collection).map(|collection| &collection.help_lines);
        lines.into_iter().flatten().map(|line| line.region.as_str()).collect()
    }
}

/// Says in the moderators' channel what it is from now on. Whoever chose it hears if that can't be done.
fn greet(scene: Scene, channel: ChannelId, panel: Reply) -> Action {
    let warning = format!("{}\n{}", panel.text(), wording::cannot_write(channel));
    let lost = Reply { body: Reply::plain(warning).body, ..panel.clone() };
    // Chosen anew by the same person, a channel is greeted once more at most after some minutes.
    let key = scene.asker.0 ^ channel;
    Action::Forward(Box::new(Forward {
        channel,
        key,
        letter: Reply::plain(wording::MODERATORS_HERE),
        sent: panel,
        lost,
    }))
}

/// The server whose settings somebody may change.
fn managed(scene: Scene, by: &Member) -> Option<ServerId> {
    scene.server.filter(|_| by.manages)
}

fn not_kept(why: &NotKept) -> &'static str {
    match why {
        NotKept::NoStore => wording::NO_STORE,
        NotKept::Trouble => wording::NOT_KEPT,
    }
}
