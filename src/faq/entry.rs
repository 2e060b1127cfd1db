//! One entry: a question, the ways people ask it, and the passage that answers it.

use super::{Edit, Review, Standing, Wording};
use serde::{Deserialize, Serialize};

/// One FAQ entry, as read from `<id>.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whether the text changed after it was signed, and which one is served.
    pub edit: Option<Edit>,
    /// What the review comes to on the day that the collection is served on; see [`Collection::on`](super::Collection::on).
    #[serde(skip)]
    pub standing: Standing,
    /// The answer, in Markdown, word for word as in the file (trimmed of outer blank lines, line ends as `\n`).
    pub passage: String,
}

/// Where a passage comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceRef {
    /// A passage of the collection's `source.toml`, by its id.
    Passage(String),
    /// A title or a link, in a collection without `source.toml`.
    Named(String),
}

impl SourceRef {
    /// What the entry's file names: the passage's id, or the title or link.
    pub fn name(&self) -> &str {
        match self {
            Self::Passage(name) | Self::Named(name) => name,
        }
    }
}

impl Entry {
    /// What is served of it for people to read.
    pub fn wording(&self) -> Wording {
        Wording { question: self.question.clone(), source: self.source.clone(), passage: self.passage.clone() }
    }

    /// What its file says: the draft if one waits to be signed, else what is served.
    pub fn newest(&self) -> Wording {
        match &self.edit {
            Some(Edit::Waiting { draft }) => draft.clone(),
            _ => self.wording(),
        }
    }

    /// The entry as it would be if its newest text were served, without what is known of its review.
    #[must_use]
    pub fn with_newest(&self) -> Self {
        let Wording { question, source, passage } = self.newest();
        let (review, standing) = (Review::default(), Standing::default());
        Self { question, source, passage, edit: None, review, standing, ..self.clone() }
    }

    /// What was signed last; none if nothing was, or if it changed since and its copy is lost.
    pub fn signed(&self) -> Option<Wording> {
        match &self.edit {
            Some(Edit::Served { signed }) => signed.clone(),
            _ => self.serves_signed().then(|| self.wording()),
        }
    }

    /// Whether what is served is what somebody signed.
    pub fn serves_signed(&self) -> bool {
        self.review.is_signed() && !matches!(self.edit, Some(Edit::Served { .. }))
    }
}
