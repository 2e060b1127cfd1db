//! What keeps a change from being made: words for the moderator who wished it, and words for the operator.

use crate::faq::Problem;
use crate::store::{Fault, StoreError};
use std::io;
use std::path::PathBuf;

/// The most errors of a text that a moderator is told at once: more don't fit into a message.
const MAX_TOLD: usize = 4;

/// Why the workshop couldn't do what was asked. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum WorkshopError {
    /// There is no collection of this id.
    #[error("there is no collection `{0}`\nhint: a collection is a folder of the FAQ's with a file collection.toml")]
    NoCollection(String),
    /// This can't be an entry's id or the name of its file.
    #[error("`{name}` can't be the name of an entry's file\nhint: name it `{better}.md`")]
    BadName {
        /// What was given.
        name: String,
        /// An id in its place.
        better: String,
    },
    /// A form can't show this file, so that it can't be written from one either.
    #[error("{}: a form can't show this file\nhint: `pamphlet check` says what is wrong in it", .0.display())]
    NotAForm(PathBuf),
    /// What is in the place of an entry's file can't be read.
    #[error("{}: can't be read: {why}\nhint: an entry is a plain file of UTF-8 text that pamphlet may read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The folder can't be written in.
    #[error("{}: can't be written: {why}\nhint: check that there is room, and that pamphlet may write in this folder", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Others have been saving for as long as is waited.
    #[error("{}: another change is being saved for too long\nhint: see which other pamphlet holds this lock", .0.display())]
    Busy(PathBuf),
    /// The text has errors, so that it wouldn't be served.
    #[error("the text of an entry has errors and isn't saved\nhint: its problems say what to mend")]
    Faulty {
        /// Everything that the text would bring.
        problems: Vec<Problem>,
    },
    /// Nothing is known of earlier texts of this entry.
    #[error(
        "nothing was changed in the entry `{0}` that could be undone\nhint: changes made by hand aren't remembered"
    )]
    NothingToUndo(String),
    /// Nothing is saved without being remembered, and the store can't do that.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WorkshopError {
    /// Whether it is for the operator to mend. What isn't may quote what somebody typed, and has no place in a log.
    pub fn is_the_operators(&self) -> bool {
        match self {
            Self::NoCollection(_)
            | Self::Unreadable { .. }
            | Self::Unwritable { .. }
            | Self::Busy(_)
            | Self::Store(_) => true,
            Self::BadName { .. } | Self::NotAForm(_) | Self::Faulty { .. } | Self::NothingToUndo(_) => false,
        }
    }

    /// What to say to the moderator: what happened, and what they can do next.
    pub fn for_moderator(&self) -> String {
        let unsaved = "Nothing was saved.";
        match self {
            Self::NoCollection(_) => {
                "This server's FAQ isn't there any more. Please ask whoever runs pamphlet to look at its folder.".to_owned()
            }
            Self::BadName { better, .. } => format!(
                "That can't be the name of an entry: it has small letters a to z, digits and hyphens. How about `{better}.md`?"
            ),
            Self::NotAForm(_) => {
                "This entry's file has something in it that a form can't show. Please download it, mend it, and upload it again."
                    .to_owned()
            }
            Self::Unreadable { .. } => format!(
                "This entry's file can't be read. {unsaved} Please ask whoever runs pamphlet to look at it; their log says which file."
            ),
            Self::Unwritable { .. } => format!(
                "The FAQ's folder can't be written in just now. {unsaved} Please ask whoever runs pamphlet; their log says why."
            ),
            Self::Busy(_) => format!("Somebody else's change is being saved. {unsaved} Please try again in a minute."),
            Self::Faulty { problems } => {
                let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.is_error()).collect();
                let line = |problem: &&Problem| format!("\n- {}: {}", problem.what, problem.mend);
                let lines: String = errors.iter().take(MAX_TOLD).map(line).collect();
                let more = match errors.len().saturating_sub(MAX_TOLD) {
                    0 => String::new(),
                    more => format!("\n… and {more} more"),
                };
                format!("{unsaved} Please mend this first:{lines}{more}")
            }
            Self::NothingToUndo(_) => {
                "Nobody has changed this entry from here yet, so there is nothing to undo.".to_owned()
            }
            Self::Store(why) => match why {
                StoreError::Unsettled { .. } => {
                    format!("An earlier change of this entry isn't finished yet. {unsaved} Please try again in a minute.")
                }
                StoreError::Nul { .. } => {
                    format!("The text holds a character that can't be kept. {unsaved} Please type it anew instead of pasting it.")
                }
                why if matches!(why.fault(), Some(Fault::Busy | Fault::Down)) => format!(
                    "pamphlet can't remember changes just now, and saves none that it couldn't undo. {unsaved} Please try again later."
                ),
                _ => format!(
                    "pamphlet can't remember changes just now, and saves none that it couldn't undo. {unsaved} \
                     Please ask whoever runs it; their log says why."
                ),
            },
        }
    }
}
