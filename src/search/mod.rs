//! From a message's text to ranked candidates, each with its reasons. The only place that names tantivy.
//!
//! [`Index`] is one collection made searchable. It reads a text into a [`Query`] (spelling repaired, words that mean
//! the same made one) and finds [`Candidate`]s for it. [`open_index`] keeps it on disk between starts.

mod analyser;
mod build;
mod english;
mod hash;
mod home;
mod index;
mod item;
mod lexicon;
mod query;
mod reader;
mod schema;
mod signals;
mod spelling;
mod topics;
mod vocabulary;

pub use build::Progress;
pub use home::{Notice, OpenError, is_kept, keep_in, open_index};
pub use index::Index;
pub use query::{Query, Reading, Sentence};
pub use signals::{Candidate, Candidates, Medicine, Signals, Topic};
pub use spelling::{Repair, budget};
pub use topics::in_context;
