//! What a row may say of an entry, and the names under which others keep it.

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// The name of the entry's file without `.md`.
    Id,
    /// The question that the card shows.
    Question,
    /// Other ways of asking it.
    Also,
    /// The heading in the list of topics.
    Topic,
    /// Where the passage comes from.
    Source,
    /// Ids of entries that a reader may want next.
    Related,
    /// Whom to ask.
    Ask,
    /// The reviewer's role.
    ReviewedBy,
    /// The day of the review.
    ReviewedOn,
    /// The day by which it should be looked at again.
    ReviewBy,
    /// The hash of the text that was signed.
    Approved,
    /// The answer, word for word.
    Passage,
}

/// Each key with its own name first, then others, likeliest first, in plain words.
const NAMES: [(Key, &[&str]); 12] = [
    (Key::Id, &["id", "slug", "key"]),
    (Key::Question, &["question", "questions", "frage", "title", "embed title", "name", "heading", "tag", "q"]),
    (Key::Also, &["also", "phrasings", "phrasing", "aliases", "alias", "also asked", "other questions", "synonyms"]),
    (Key::Topic, &["topic", "topics", "category", "categories", "section", "group", "tags", "thema"]),
    (Key::Source, &["source", "sources", "reference", "references", "link", "url", "quelle"]),
    (Key::Related, &["related", "see also"]),
    (Key::Ask, &["ask", "whom to ask"]),
    (Key::ReviewedBy, &["reviewed by"]),
    (Key::ReviewedOn, &["reviewed on"]),
    (Key::ReviewBy, &["review by"]),
    (Key::Approved, &["approved"]),
    (
        Key::Passage,
        &["passage", "answer", "answers", "antwort", "text", "content", "body", "response", "embed description", "a"],
    ),
];

impl Key {
    /// All keys, in the order in which a table has them.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(key, _)| *key)
    }

    /// Its own name, in plain words.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(key, _)| *key == self).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// Its name as a column and in front matter.
    pub(super) fn column(self) -> String {
        self.name().replace(' ', "_")
    }

    /// The key that goes under this name, and how likely that is: 0 is its own name.
    pub(super) fn guess(plain: &str) -> Option<(Self, usize)> {
        NAMES.iter().find_map(|(key, names)| Some((*key, names.iter().position(|name| *name == plain)?)))
    }
}
