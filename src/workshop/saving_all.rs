//! Puts the entries of a bundle into place, one after the other, each with a revision of its own that can be undone.

use super::Workshop;
use super::bundle::{Bundle, Leaf};
use super::diff::{Revised, diff_of_all};
use super::error::WorkshopError;
use super::place::{self, Place};
use super::saving::refuse_errors;
use super::sheet::version;
use crate::store::{Author, RevisionKind, RevisionNumber};
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// How long it may take: who waits for an answer is told of trouble after half a minute, and others wait to save.
const PATIENCE: Duration = Duration::from_secs(12);

/// What came of saving a bundle.
#[derive(Debug)]
pub struct SavedAll {
    /// The entries that were saved, with the numbers of their revisions.
    pub done: Vec<(String, RevisionNumber)>,
    /// What changed in them, as [`diff`](super::diff()) tells it, each file under its name.
    pub diff: String,
    /// The entries that somebody changed meanwhile. Theirs stays.
    pub overtaken: Vec<String>,
    /// The entries that weren't saved, since it took too long, or something broke off.
    pub left: Vec<String>,
    /// What broke off, if something did.
    pub broke_off: Option<WorkshopError>,
}

/// An entry that is about to be saved.
struct Due<'b> {
    place: Place,
    before: Option<String>,
    leaf: &'b Leaf,
}

impl Workshop {
    /// Saves the entries of a bundle, but for those that were changed since the versions that they follow. None is saved where those
    /// that would be have errors together.
    ///
    /// # Errors
    /// When nothing is saved, since they have errors, the files can't be read or written, others save for too long, or the store is
    /// in trouble.
    pub fn save_all(&self, bundle: &Bundle, author: &Author, now: Timestamp) -> Result<SavedAll, WorkshopError> {
        let folder = place::folder(&self.faq, &bundle.collection)?;
        let _held = self.hold()?;
        let is_of_it = |entry: &str| bundle.leaves.iter().any(|leaf| leaf.entry == entry);
        self.settle_each(|change| change.collection == bundle.collection && is_of_it(&change.entry))?;
        let (mut due, mut overtaken) = (Vec::new(), Vec::new());
        for leaf in &bundle.leaves {
            let place = Place::of(&self.faq, &bundle.collection, &leaf.entry)?;
            let before = place.read()?;
            if before.as_ref() == Some(&leaf.text) {
                continue;
            }
            match before.as_deref().map(version) == leaf.base {
                true => due.push(Due { place, before, leaf }),
                false => overtaken.push(leaf.entry.clone()),
            }
        }
        let texts: Vec<(&str, &str)> =
            due.iter().map(|due| (due.leaf.entry.as_str(), due.leaf.text.as_str())).collect();
        refuse_errors(&folder, &texts)?;
        let (mut done, mut broke_off) = (Vec::new(), None);
        let until = Instant::now() + PATIENCE;
        for Due { place, before, leaf } in &due {
            if Instant::now() > until {
                break;
            }
            let kind = if before.is_some() { RevisionKind::Edit } else { RevisionKind::Create };
            match self.make(place, &place.change(kind, before.clone(), Some(leaf.text.clone()), author, now)) {
                Ok(number) => done.push((leaf.entry.clone(), number)),
                Err(why) if done.is_empty() => return Err(why),
                Err(why) => {
                    broke_off = Some(why);
                    break;
                }
            }
        }
        let revised = due.iter().take(done.len()).map(|due| Revised {
            entry: &due.leaf.entry,
            before: due.before.as_deref(),
            after: &due.leaf.text,
        });
        let (diff, _) = diff_of_all(revised);
        let left = due.iter().skip(done.len()).map(|due| due.leaf.entry.clone()).collect();
        Ok(SavedAll { done, diff, overtaken, left, broke_off })
    }
}
