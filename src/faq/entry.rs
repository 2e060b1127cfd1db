//! One entry: a question, the ways people ask it, and the passage that answers it.

use jiff::civil::Date;
use serde::Serialize;

/// One FAQ entry, as read from `<id>.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The file's name without `.md`: small letters, digits and hyphens, at most [`MAX_ID`](super::MAX_ID).
    pub id: String,
    /// The question that the card shows, at most [`MAX_QUESTION`](super::MAX_QUESTION).
    pub question: String,
    /// Other ways in which people ask the same. A phrasing that two entries share is in neither.
    pub also: Vec<String>,
    /// The heading under which `/topics` lists the entry.
    pub topic: String,
    /// Where the passage comes from, one or two.
    pub source: Vec<SourceRef>,
    /// Ids of entries that a reader may want next; all exist in the collection.
    pub related: Vec<String>,
    /// Whom to ask, if not the collection's default.
    pub ask: Option<String>,
    /// What is known of the review of this entry.
    pub review: Review,
    /// The answer, in Markdown, word for word as in the file (trimmed of outer blank lines, line ends as `\n`).
    pub passage: String,
}

/// Where a passage comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum SourceRef {
    /// A passage of the collection's `source.toml`, by its id.
    Passage(String),
    /// A title or a link, in a collection without `source.toml`.
    Named(String),
}

/// Who looked at an entry, and until when that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The reviewer's role ("rheumatologist"), never a name of a person. Absent: nobody has reviewed the entry.
    pub reviewed_by: Option<String>,
    /// The day of the review.
    pub reviewed_on: Option<Date>,
    /// The day by which it should be looked at again.
    pub review_by: Option<Date>,
    /// The hash of the text that was signed.
    pub approved: Option<String>,
}
