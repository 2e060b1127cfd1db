//! What a collection of FAQ files is: entries, words, help lines, and the problems found while loading them.
//!
//! This is the lowest layer. It reads files and knows no search engine, no network and no chat service.

mod collection;
mod entry;
mod hash;
mod id;
mod limits;
mod load;
mod message;
mod problem;
mod reminders;
mod review;
mod wording;

pub use collection::{
    Collection, Counts, Gap, HelpKind, HelpLine, SourceDocument, SourcePassage, UrgentPhrase, WordGroup, WordKind,
};
pub use entry::{Entry, SourceRef};
pub use id::{file_of, id_of, is_id};
pub use limits::{MAX_FILE_BYTES, MAX_FILES, MAX_ID, MAX_PASSAGE, MAX_QUESTION};
pub(crate) use limits::{MAX_ROLE, units};
pub use load::{APPROVED, Library, Loaded, is_collection, load, load_all, load_with};
pub(crate) use load::{
    Findings, Located, NO_TOPIC, Record, Sheet, is_part, known, near, parts, read_text, tell_unfit, tell_unknown,
    unfit_line,
};
pub use message::{Message, MessageKind};
pub use problem::{Place, Problem, Severity};
pub use reminders::reminders;
pub use review::{Review, ReviewRules, Serve, Standing};
pub use wording::{Edit, Wording};

pub(crate) use hash::is_hash;

use hash::hex;
