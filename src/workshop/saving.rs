//! Puts changes into place, one at a time: each is a file that is whole and a revision that tells of it, or neither, whenever the
//! process is killed. How both stay in step stands in `store/revisions.rs`.

use super::Workshop;
use super::diff::diff;
use super::draft::{Draft, problems_of};
use super::error::WorkshopError;
use super::place::{self, Place};
use super::sheet::{Sheet, version};
use crate::faq::Problem;
use crate::lock;
use crate::store::{Author, NewRevision, Revision, RevisionKind, RevisionNumber};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::MutexGuard;
use std::time::Duration;

/// The file in the folder of collections whose lock is held by whoever saves. A hidden one, so that no loader reads it.
const LOCK: &str = ".workshop.lock";

/// How long others may be saving before a change is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is made.
    Done {
        /// The number of its revision.
        number: RevisionNumber,
        /// What was done.
        kind: RevisionKind,
        /// What changed, as [`diff`] tells it.
        diff: String,
    },
    /// It isn't made, since somebody changed the entry meanwhile: this is what they left, none where they removed it.
    Overtaken(Option<Sheet>),
    /// Nothing would have changed.
    Unchanged,
}

impl Workshop {
    /// Settles what a kill left, as far as it can be. To be called once at the start.
    ///
    /// # Errors
    /// When a folder can't be written in, and when the store is in trouble.
    pub fn settle(&self) -> Result<(), WorkshopError> {
        let _held = self.hold()?;
        let unreadable =
            |why: std::io::Error| WorkshopError::Unreadable { file: self.faq.clone(), why: why.to_string() };
        let listed = fs::read_dir(&self.faq).map_err(unreadable)?.flatten();
        let folders = listed.filter_map(|item| place::folder(&self.faq, &item.file_name().to_string_lossy()).ok());
        let clear =
            |folder: PathBuf| place::clear(&folder).map_err(|why| WorkshopError::Unwritable { file: folder, why });
        let cleared = folders.map(clear).fold(Ok(()), Result::and);
        self.settle_each(|_| true).and(cleared)
    }

    /// Saves a draft, unless it has errors or the entry was changed since the version that it follows.
    ///
    /// # Errors
    /// When it has errors, the files can't be read or written, others save for too long, or the store is in trouble.
    pub fn save(&self, draft: &Draft, author: &Author, now: Timestamp) -> Result<Saved, WorkshopError> {
        let place = Place::of(&self.faq, &draft.collection, &draft.entry)?;
        let _held = self.hold_entry(&place)?;
        let before = place.read()?;
        if before.as_deref().map(version) != draft.base {
            return Ok(Saved::Overtaken(before.map(Sheet::of)));
        }
        refuse_errors(&place.folder, &[(&place.entry, &draft.text)])?;
        let kind = if before.is_some() { RevisionKind::Edit } else { RevisionKind::Create };
        self.change(&place, place.change(kind, before, Some(draft.text.clone()), author, now))
    }

    /// Removes an entry whose text is of this version.
    ///
    /// # Errors
    /// When the files can't be read or written, others save for too long, or the store is in trouble.
    pub fn remove(
        &self,
        collection: &str,
        entry: &str,
        base: &str,
        author: &Author,
        now: Timestamp,
    ) -> Result<Saved, WorkshopError> {
        let place = Place::of(&self.faq, collection, entry)?;
        let _held = self.hold_entry(&place)?;
        let before = place.read()?;
        if before.as_deref().map(version).as_deref() != Some(base) {
            return Ok(Saved::Overtaken(before.map(Sheet::of)));
        }
        self.change(&place, place.change(RevisionKind::Remove, before, None, author, now))
    }

    /// Puts back what was before the last revision of an entry. An entry that is gone comes back; to undo once more brings back
    /// what was undone. What was typed by hand since is not lost: it is what this undo can bring back.
    ///
    /// # Errors
    /// When nothing is known of earlier texts or the earlier text has errors now, and as [`save`](Self::save) does.
    pub fn undo(&self, collection: &str, entry: &str, author: &Author, now: Timestamp) -> Result<Saved, WorkshopError> {
        let place = Place::of(&self.faq, collection, entry)?;
        let _held = self.hold_entry(&place)?;
        let last = self.store.history(collection, entry, 1)?.pop();
        let Some(last) = last else { return Err(WorkshopError::NothingToUndo(entry.to_owned())) };
        let before = place.read()?;
        let after = match &before {
            Some(_) => last.change.before,
            // Removed by hand, it comes back as it last stood.
            None => last.change.after.or(last.change.before),
        };
        if let Some(text) = &after {
            refuse_errors(&place.folder, &[(&place.entry, text)])?;
        }
        self.change(&place, place.change(RevisionKind::Undo, before, after, author, now))
    }

    /// Makes a change, by whoever holds the lock.
    fn change(&self, place: &Place, change: NewRevision) -> Result<Saved, WorkshopError> {
        if change.before == change.after {
            return Ok(Saved::Unchanged);
        }
        let number = self.make(place, &change)?;
        let diff = diff(change.before.as_deref(), change.after.as_deref());
        Ok(Saved::Done { number, kind: change.kind, diff })
    }

    /// The same where something changes.
    pub(super) fn make(&self, place: &Place, change: &NewRevision) -> Result<RevisionNumber, WorkshopError> {
        let number = self.put(place, change).inspect_err(|_| drop(place::clear(&place.folder)))?;
        if let Err(why) = place::sync(&place.folder) {
            tracing::warn!(folder = %place.folder.display(), %why, "a saved change may be lost if the power fails now");
        }
        if let Err(why) = self.store.finish(number) {
            tracing::warn!(file = %place.file().display(), %why, "a change is saved, and its revision not finished yet");
        }
        Ok(number)
    }

    /// Begins a change and puts its file into place. Where it ends between the two, the next change of the entry or the next start
    /// settles it.
    fn put(&self, place: &Place, change: &NewRevision) -> Result<RevisionNumber, WorkshopError> {
        if let Some(text) = &change.after {
            place.write_aside(text)?;
        }
        let number = self.store.begin(change)?;
        if change.after.is_some() { place.put() } else { place.remove() }?;
        Ok(number)
    }

    /// Holds the lock, with nothing left of this entry that a kill broke off.
    fn hold_entry(&self, place: &Place) -> Result<Held<'_>, WorkshopError> {
        let held = self.hold()?;
        self.settle_each(|change| change.collection == place.collection && change.entry == place.entry)?;
        Ok(held)
    }

    /// Settles changes that were broken off, as many as can be, whatever is wrong with one of them.
    pub(super) fn settle_each(&self, is_meant: impl Fn(&NewRevision) -> bool) -> Result<(), WorkshopError> {
        let pending = self.store.pending()?;
        let meant = pending.iter().filter(|revision| is_meant(&revision.change));
        meant.map(|revision| self.settle_one(revision)).fold(Ok(()), Result::and)
    }

    fn settle_one(&self, revision: &Revision) -> Result<(), WorkshopError> {
        let change = &revision.change;
        // Of what isn't here, somebody else knows how it ended.
        let Ok(place) = Place::of(&self.faq, &change.collection, &change.entry) else { return Ok(()) };
        if place.read()? == change.after {
            self.store.finish(revision.number)?;
        } else {
            self.store.cancel(revision.number)?;
        }
        Ok(())
    }

    /// Holds the lock until it is dropped: against threads of this process, and against other processes.
    pub(super) fn hold(&self) -> Result<Held<'_>, WorkshopError> {
        let file = self.faq.join(LOCK);
        let refused = |why: io::Error| match why.kind() {
            ErrorKind::TimedOut => WorkshopError::Busy(file.clone()),
            _ => WorkshopError::Unwritable { file: file.clone(), why },
        };
        let threads = lock::of_thread_within(PATIENCE, &self.saving).map_err(refused)?;
        let lock = File::options().create(true).write(true).truncate(false).open(&file).map_err(refused)?;
        lock::within(PATIENCE, || lock.try_lock()).map_err(refused)?;
        Ok(Held { _threads: threads, _processes: lock })
    }
}

/// The lock, for as long as it is held.
pub(super) struct Held<'w> {
    _threads: MutexGuard<'w, ()>,
    _processes: File,
}

/// Refuses texts of entries that bring errors.
pub(super) fn refuse_errors(folder: &Path, texts: &[(&str, &str)]) -> Result<(), WorkshopError> {
    let (_, problems) = problems_of(folder, texts);
    if problems.iter().any(Problem::is_error) {
        return Err(WorkshopError::Faulty { problems });
    }
    Ok(())
}
