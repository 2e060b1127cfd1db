//! What is counted of what happens: how often, on which day, and nothing of whom.

use super::conversation::Turn;
use super::{MessageId, Scene};
use crate::answer::{Decision, Press};
use crate::faq::Collection;
use crate::search::Index;
use crate::store::{CountKey, Counted};

impl Turn<'_> {
    /// Counts what was decided on a message.
    pub(super) fn count_decision(&self, collection: &Collection, decision: &Decision) {
        match decision {
            Decision::Answer { hit, .. } => self.count(collection, Counted::Answered(hit.entry.clone())),
            Decision::Suggest { .. } => self.count(collection, Counted::Offered),
            Decision::NotCovered { gap, .. } => {
                self.count(collection, Counted::NotCovered);
                if let Some(topic) = gap {
                    self.count(collection, Counted::Gap(topic.clone()));
                }
            }
            Decision::Urgent(_) => self.count(collection, Counted::Urgent),
            Decision::Silent(_) => self.count(collection, Counted::Silent),
            // How to ask is no question of the FAQ's.
            Decision::Help => {}
        }
    }

    /// Counts whether somebody found an entry helpful, if that is what was pressed: once for a person and message.
    pub(super) fn count_opinion(&self, scene: Scene, message: MessageId, press: &Press) {
        let (entry, counted): (_, fn(String) -> Counted) = match press {
            Press::Helpful(entry) => (entry, Counted::Helpful),
            Press::NotHelpful(entry) => (entry, Counted::NotHelpful),
            _ => return,
        };
        let Some(collection) = self.index(scene).map(Index::collection) else { return };
        if collection.entry(entry).is_some() && self.memory().opinions.take(scene.asker, message) {
            self.count(collection, counted(entry.clone()));
        }
    }

    fn count(&self, collection: &Collection, what: Counted) {
        if let Some(counter) = &self.bot.counter {
            counter.count(CountKey { collection: collection.id.clone(), day: self.brain.day(), what });
        }
    }
}
