//! What a collection of FAQ files is: entries, words, help lines, and the problems found while loading them.
//!
//! This is the lowest layer. It reads files and knows no search engine, no network and no chat service.

mod collection;
mod entry;
mod limits;
mod load;
mod message;
mod problem;

pub use collection::{
    Collection, Counts, Gap, HelpKind, HelpLine, SourceDocument, SourcePassage, UrgentPhrase, WordGroup, WordKind,
};
pub use entry::{Entry, Review, SourceRef};
pub use limits::{MAX_FILE_BYTES, MAX_FILES, MAX_ID, MAX_PASSAGE, MAX_QUESTION};
pub(crate) use load::{Findings, Located, Record, Sheet, known, read_text, tell_unfit, tell_unknown};
pub use load::{Library, Loaded, is_collection, load, load_all};
pub use message::{Message, MessageKind};
pub use problem::{Place, Problem, Severity};
