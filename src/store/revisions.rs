//! Changes of entries: who changed what and when, with the texts before and after.
//!
//! The file of an entry is the truth, and the store remembers how it came to be. Both must agree after a kill at any moment, so
//! a change is saved in three steps:
//!
//! 1. [`Store::begin`] writes the revision as pending. An entry has one pending revision at most.
//! 2. The new text is written aside and renamed into the entry's place (or the file is removed).
//! 3. [`Store::finish`] says that it was done.
//!
//! A kill before step 2 leaves a pending revision that never happened, a kill after it one that did. So at its start, and
//! wherever [`StoreError::Unsettled`] is met, whoever saves goes through [`Store::pending`] and compares: where the entry's file
//! is as `after` says, it calls [`Store::finish`]; where it isn't, [`Store::cancel`]. Thus no revision is lost or doubled. The
//! start alone isn't enough: what a killed process has sent to PostgreSQL may arrive there a little after its end.
//!
//! Where several processes save into the same folder, all of this, settling included, is done under a lock of that folder:
//! a change that another process is just saving looks like one that was broken off.

use super::Store;
use super::engine::{Row, Value};
use super::error::StoreError;
use jiff::Timestamp;

/// The number of a revision. Later ones have greater numbers; no number is given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionNumber(pub u64);

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Their id with Discord, or 0 for one who worked at the command line.
    pub id: u64,
    /// Their name as it was shown then.
    pub name: String,
}

/// What was done to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionKind {
    /// It was made.
    Create,
    /// Its text was changed.
    Edit,
    /// It was removed.
    Remove,
    /// An earlier text was put back.
    Undo,
    /// A reviewer signed it.
    Sign,
}

impl RevisionKind {
    const ALL: [Self; 5] = [Self::Create, Self::Edit, Self::Remove, Self::Undo, Self::Sign];

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Remove => "remove",
            Self::Undo => "undo",
            Self::Sign => "sign",
        }
    }
}

/// How far a revision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionState {
    /// It is being saved, or was broken off.
    Pending,
    /// Its text stood in the entry's file.
    Done,
}

/// A change that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRevision {
    /// The collection's id.
    pub collection: String,
    /// The entry's id.
    pub entry: String,
    /// Who makes it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What is done.
    pub kind: RevisionKind,
    /// The whole file before; `None` if there was none.
    pub before: Option<String>,
    /// The whole file after; `None` if there is none any more.
    pub after: Option<String>,
}

/// A change that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: RevisionNumber,
    /// The change.
    pub change: NewRevision,
    /// How far it is.
    pub state: RevisionState,
}

/// The columns of a revision, in the order in which they are read.
const COLUMNS: &str = "number, collection, entry, author, author_name, at, kind, before, after, pending";

impl Store {
    /// Writes a change as pending, before its file is put into place.
    ///
    /// # Errors
    /// When the entry has a pending revision already, when a text can't be kept, and when the store is in trouble.
    pub fn begin(&self, new: &NewRevision) -> Result<RevisionNumber, StoreError> {
        if [&new.before, &new.after].into_iter().flatten().any(|text| text.contains('\0')) {
            return Err(StoreError::Nul { entry: new.entry.clone() });
        }
        // It tells this change from all others, should the answer to the first attempt be lost on its way.
        let ticket = Value::Number(super::counter::by_chance().cast_signed());
        self.engine.write(|session| {
            let values = [
                ticket.clone(),
                new.collection.as_str().into(),
                new.entry.as_str().into(),
                new.author.id.cast_signed().into(),
                Value::Text(new.author.name.replace('\0', "\u{fffd}")),
                new.at.to_string().as_str().into(),
                new.kind.name().into(),
                new.before.as_deref().into(),
                new.after.as_deref().into(),
            ];
            let sql = "INSERT INTO revisions \
                       (ticket, collection, entry, author, author_name, at, kind, before, after, pending) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT DO NOTHING";
            session.run(sql, &values)?;
            let rows = session.rows("SELECT number FROM revisions WHERE ticket = $1", std::slice::from_ref(&ticket))?;
            let mut row = rows.into_iter().next().ok_or_else(|| StoreError::Unsettled {
                collection: new.collection.clone(),
                entry: new.entry.clone(),
            })?;
            Ok(RevisionNumber(row.number()?.cast_unsigned()))
        })
    }

    /// Notes that the file of a revision is in its place. A second time changes nothing.
    ///
    /// # Errors
    /// When there is no such revision, and when the store is in trouble.
    pub fn finish(&self, number: RevisionNumber) -> Result<(), StoreError> {
        let sql = "UPDATE revisions SET pending = 0 WHERE number = $1";
        let changed = self.engine.write(|session| session.run(sql, &[number.0.cast_signed().into()]))?;
        if changed == 0 { Err(StoreError::NotPending { number }) } else { Ok(()) }
    }

    /// Forgets a pending revision whose file never came into its place. A second time changes nothing.
    ///
    /// # Errors
    /// When the revision is done, and when the store is in trouble.
    pub fn cancel(&self, number: RevisionNumber) -> Result<(), StoreError> {
        let values = [Value::Number(number.0.cast_signed())];
        self.engine.write(|session| {
            session.run("DELETE FROM revisions WHERE number = $1 AND pending = 1", &values)?;
            let left = session.rows("SELECT number FROM revisions WHERE number = $1", &values)?;
            if left.is_empty() { Ok(()) } else { Err(StoreError::NotPending { number }) }
        })
    }

    /// The revisions that were begun and not settled, oldest first.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn pending(&self) -> Result<Vec<Revision>, StoreError> {
        self.revisions("pending = 1 ORDER BY number", &[])
    }

    /// The finished revisions of an entry, newest first.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn history(&self, collection: &str, entry: &str, limit: u32) -> Result<Vec<Revision>, StoreError> {
        let values = [collection.into(), entry.into(), Value::Number(limit.into())];
        self.revisions("collection = $1 AND entry = $2 AND pending = 0 ORDER BY number DESC LIMIT $3", &values)
    }

    /// The ids of the entries of a collection that have finished revisions, the last one changed first.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn revised(&self, collection: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT entry FROM revisions WHERE collection = $1 AND pending = 0 \
                   GROUP BY entry ORDER BY MAX(number) DESC";
        let rows = self.engine.read(|session| session.rows(sql, &[collection.into()]))?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// A revision, if there is one of this number.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn revision(&self, number: RevisionNumber) -> Result<Option<Revision>, StoreError> {
        let rows = self.revisions("number = $1", &[number.0.cast_signed().into()])?;
        Ok(rows.into_iter().next())
    }

    fn revisions(&self, which: &str, values: &[Value]) -> Result<Vec<Revision>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM revisions WHERE {which}");
        let rows = self.engine.read(|session| session.rows(&sql, values))?;
        rows.into_iter().map(read).collect()
    }
}

fn read(mut row: Row) -> Result<Revision, StoreError> {
    let number = RevisionNumber(row.number()?.cast_unsigned());
    let (collection, entry) = (row.text()?, row.text()?);
    let author = Author { id: row.number()?.cast_unsigned(), name: row.text()? };
    let (at, name) = (row.time()?, row.text()?);
    let kind = RevisionKind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| row.odd("nothing is done as this"))?;
    let (before, after) = (row.text_if_any()?, row.text_if_any()?);
    let state = if row.number()? == 0 { RevisionState::Done } else { RevisionState::Pending };
    Ok(Revision { number, change: NewRevision { collection, entry, author, at, kind, before, after }, state })
}
