//! What can go wrong with a store, in words for the operator.

use super::revisions::RevisionNumber;

/// Why the store couldn't do what was asked. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store itself is in trouble.
    #[error("{place}: {fault}: {why}\nhint: {hint}")]
    Trouble {
        /// What kind of trouble.
        fault: Fault,
        /// The file, or the address without its password.
        place: String,
        /// What the database or the system said.
        why: String,
        /// What the operator can do.
        hint: &'static str,
    },
    /// An entry has a revision that was begun and neither finished nor cancelled.
    #[error(
        "an earlier change of the entry `{entry}` in `{collection}` isn't settled\n\
         hint: another change is being saved just now, or was broken off; a start of pamphlet settles it"
    )]
    Unsettled {
        /// The entry's collection.
        collection: String,
        /// The entry.
        entry: String,
    },
    /// A revision isn't there to be finished, or is finished and can't be cancelled.
    #[error("the revision {} isn't pending\nhint: please report this line: it is a fault of pamphlet", number.0)]
    NotPending {
        /// The revision.
        number: RevisionNumber,
    },
    /// A text holds U+0000, which PostgreSQL can't keep.
    #[error("the text of the entry `{entry}` holds a character U+0000\nhint: take it out; no editor shows it")]
    Nul {
        /// The entry.
        entry: String,
    },
}

impl StoreError {
    /// The kind of trouble that the store is in, if it is.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::Trouble { fault, .. } => Some(*fault),
            _ => None,
        }
    }

    /// A row that pamphlet can't have written.
    pub(super) fn odd_row(place: &str, why: impl std::fmt::Display) -> Self {
        Self::damaged(place, format!("a row can't be read: {why}"))
    }

    /// A store that isn't as it was written.
    pub(super) fn damaged(place: &str, why: String) -> Self {
        let hint = "stop pamphlet and put a backup in its place, as README.md says";
        Self::Trouble { fault: Fault::Damaged, place: place.to_owned(), why, hint }
    }
}

/// A kind of trouble that a store is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It isn't as it was written.
    Damaged,
    /// A newer pamphlet made it.
    Newer,
    /// Others hold it for longer than is waited.
    Busy,
    /// There is no room left for it.
    Full,
    /// It can't be reached now.
    Down,
    /// It is there, and pamphlet isn't let in, or there is nothing where it should be.
    Refused,
    /// A file that would be overwritten is there already.
    Exists,
    /// Anything else that the database or the disk reports.
    Failed,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Damaged => "the store is damaged",
            Self::Newer => "the store is newer than this pamphlet",
            Self::Busy => "the store is in use by others",
            Self::Full => "the store has no room left",
            Self::Down => "the store can't be reached",
            Self::Refused => "the store can't be opened",
            Self::Exists => "there is a file already",
            Self::Failed => "the store reports a failure",
        })
    }
}
