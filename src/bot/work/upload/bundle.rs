//! Several entries that came in one archive.

use super::{faulty, wording};
use crate::answer::{Button, File, Reply};
use crate::bot::Action;
use crate::bot::work::desk::Thing;
use crate::bot::work::draft::button;
use crate::bot::work::step::Step;
use crate::bot::work::wording::{CLOSED, DISCARD};
use crate::bot::work::{Bench, Done, gone, only, said};
use crate::safety::escape;
use crate::workshop::{Bundle, WorkshopError};
use std::sync::Arc;

/// What the file is called that holds all that changes.
const PATCH: &str = "changes.diff";

impl Bench<'_> {
    /// What the files of an archive would change, or what keeps them from being saved.
    pub(super) fn bundle(&self, files: &[(String, Vec<u8>)]) -> Result<Reply, WorkshopError> {
        let mut bundle = self.workshop.bundle(&self.collection.id, files)?;
        if !bundle.is_sound() {
            return Ok(faulty(&bundle.problems, None));
        }
        if bundle.leaves.is_empty() {
            return Ok(said(&wording::nothing_new(&bundle)));
        }
        let patch = bundle.patch.take();
        let told = wording::would_change(&bundle, patch.is_some());
        let files = patch
            .map(|patch| File { name: PATCH.to_owned(), bytes: patch.into_bytes(), description: None })
            .into_iter()
            .collect();
        let thing = Thing::Bundle(Arc::new(bundle));
        let laid = self.turn.memory().desk.lay(&self.collection.id, thing, self.turn.now);
        let Some(number) = laid else { return Ok(said(CLOSED)) };
        let save = Button { primary: true, ..button(wording::SAVE_ALL, &Step::SaveAll(number)) };
        Ok(Reply { files, buttons: vec![save, button(DISCARD, &Step::Discard(number))], ..said(&told) })
    }

    /// Saves the entries of an archive, but for those that somebody else changed first.
    pub(in crate::bot::work) fn save_all(&self, number: u64) -> Done {
        // Taken away at once, so that a second press finds nothing to do; it comes back where it can be tried again.
        let Some(bundle) = self.take_bundle(number) else { return Ok(only(Action::Update(gone()))) };
        let saved = match self.workshop.save_all(&bundle, &self.author, self.at) {
            Err(WorkshopError::Faulty { problems }) => return Ok(only(Action::Update(faulty(&problems, None)))),
            Err(why) => {
                let (collection, now) = (&self.collection.id, self.turn.now);
                self.turn.memory().desk.lay_as(number, collection, Thing::Bundle(bundle), now);
                return Err(why);
            }
            Ok(saved) => saved,
        };
        if let Some(why) = &saved.broke_off {
            tracing::warn!(collection = %self.collection.id, %why, "only some of a moderator's changes were made");
        }
        let answer = Action::Update(said(&wording::saved(&saved)));
        match saved.done.is_empty() {
            true => Ok(only(answer)),
            false => Ok(self.changed(answer, wording::saved_by(&escape(&self.author.name), &saved))),
        }
    }

    /// What lies on the desk for this collection and came in an archive. It lies there no longer.
    fn take_bundle(&self, number: u64) -> Option<Arc<Bundle>> {
        let mut memory = self.turn.memory();
        let Thing::Bundle(bundle) = memory.desk.find(&self.collection.id, number)? else { return None };
        memory.desk.clear(number);
        Some(bundle)
    }
}
