//! A whole collection, as a value.

use super::{Entry, Message, ReviewRules, SourceRef, Standing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A collection of FAQ files, read and checked. Immutable: a reload makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Collection {
    /// The folder's name.
    #[serde(skip)]
    pub id: String,
    /// The name that people see.
    pub title: String,
    /// The language of the entries, a BCP 47 tag such as `en`.
    pub language: String,
    /// The sentence that every card ends on.
    pub reminder: String,
    /// Whom to ask, unless an entry names somebody else ("your rheumatologist, dermatologist or pharmacist").
    pub ask: String,
    /// What a review is worth here, and for how long.
    pub review: ReviewRules,
    /// Numbers of people who can help at once, by region.
    pub help_lines: Vec<HelpLine>,
    /// The document behind the entries, if `source.toml` is there.
    pub source: Option<SourceDocument>,
    /// Groups of words that mean the same.
    pub words: Vec<WordGroup>,
    /// Topics that people ask about and the collection has nothing on.
    pub gaps: Vec<Gap>,
    /// Urgent phrases that this group adds to the built-in ones.
    pub urgent: Vec<UrgentPhrase>,
    /// The entries, ordered by id.
    pub entries: Vec<Entry>,
    /// Messages as people type them, with what answers each.
    pub messages: Vec<Message>,
    /// SHA-256 of everything above but the id, in hexadecimal: equal content has an equal hash, whatever its line ends,
    /// its folder, its dates and the order of its files on disk.
    #[serde(skip)]
    pub hash: String,
}

impl Collection {
    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok()?;
        self.entries.get(at)
    }

    /// The collection on a day: the same, each entry with its standing then. If no standing changes, it is this very one.
    #[must_use]
    pub fn on(self: &Arc<Self>, today: Date) -> Arc<Self> {
        let standing = |entry: &Entry| Standing::of(entry, self.review, today);
        if self.entries.iter().all(|entry| entry.standing == standing(entry)) {
            return Arc::clone(self);
        }
        let mut collection = Self::clone(self);
        for (entry, before) in collection.entries.iter_mut().zip(&self.entries) {
            entry.standing = standing(before);
        }
        Arc::new(collection)
    }

    /// The entries that may be shown, in order: all but those that are withheld.
    pub fn served(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.standing.is_withheld())
    }

    /// The topics in the order of their first entry, each with its entries that may be shown.
    pub fn topics(&self) -> Vec<(&str, Vec<&Entry>)> {
        let mut topics: Vec<(&str, Vec<&Entry>)> = Vec::new();
        let mut place = HashMap::new();
        for entry in self.served() {
            let topic = entry.topic.as_str();
            let at = *place.entry(topic).or_insert_with(|| {
                topics.push((topic, Vec::new()));
                topics.len() - 1
            });
            if let Some((_, entries)) = topics.get_mut(at) {
                entries.push(entry);
            }
        }
        topics
    }

    /// What of the collection is needed to serve it: not what it is learned from, and not its words, which stand in its index. They
    /// take more room than all the rest.
    #[must_use]
    pub fn as_served(&self) -> Self {
        let gap = |gap: &Gap| Gap { topic: gap.topic.clone(), words: gap.words.clone(), also: Vec::new() };
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            language: self.language.clone(),
            reminder: self.reminder.clone(),
            ask: self.ask.clone(),
            review: self.review,
            help_lines: self.help_lines.clone(),
            source: self.source.clone(),
            words: Vec::new(),
            gaps: self.gaps.iter().map(gap).collect(),
            urgent: self.urgent.clone(),
            entries: self.entries.clone(),
            messages: Vec::new(),
            hash: self.hash.clone(),
        }
    }

    /// How much there is, for the closing line of a check.
    pub fn counts(&self) -> Counts {
        let document = self.source.as_ref();
        let uncovered = document.map(|document| document.uncovered(&self.entries)).unwrap_or_default();
        Counts {
            entries: self.served().count(),
            phrasings: self.served().map(|entry| entry.also.len()).sum(),
            passages: document.map_or(0, |document| document.passages.len()),
            uncovered: uncovered.into_iter().map(|passage| passage.id.clone()).collect(),
        }
    }
}

/// How much a collection holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Entries that are served on the collection's day.
    pub entries: usize,
    /// Phrasings of these entries, their questions not counted.
    pub phrasings: usize,
    /// Passages of the source document.
    pub passages: usize,
    /// Ids of the passages that no entry covers, in the document's order.
    pub uncovered: Vec<String>,
}

/// A number to call, from a source that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    /// An ISO 3166-1 alpha-2 code in capitals, such as `GB`.
    pub region: String,
    /// What the line is for.
    pub kind: HelpKind,
    /// Who answers ("Samaritans"); absent for a general emergency number.
    pub name: Option<String>,
    /// The number as one dials it, or as its source words it ("text HOME to 741741").
    pub number: String,
    /// The address of the page that was read.
    pub source: String,
    /// The day on which it was read.
    pub checked_on: Date,
}

/// What a help line, an urgent phrase or an urgent card is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HelpKind {
    /// A medical emergency.
    Medical,
    /// A person in despair or danger from themselves.
    Crisis,
}

impl HelpKind {
    /// Its name in files and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Medical => "medical",
            Self::Crisis => "crisis",
        }
    }
}

/// The document that a collection is derived from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDocument {
    /// The document's title, as cards name it.
    pub title: String,
    /// Where it can be read, if anywhere.
    pub link: Option<String>,
    /// Its passages, in the document's order.
    pub passages: Vec<SourcePassage>,
}

impl SourceDocument {
    /// The passage with this id.
    pub fn passage(&self, id: &str) -> Option<&SourcePassage> {
        self.passages.iter().find(|passage| passage.id == id)
    }

    /// The passages that none of these entries has as its source, in the document's order.
    pub fn uncovered(&self, entries: &[Entry]) -> Vec<&SourcePassage> {
        let sources = entries.iter().flat_map(|entry| &entry.source);
        let covered: HashSet<&str> =
            sources.map(|(SourceRef::Passage(name) | SourceRef::Named(name))| name.as_str()).collect();
        self.passages.iter().filter(|passage| !covered.contains(passage.id.as_str())).collect()
    }
}

/// One passage of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePassage {
    /// Its id, such as `S1p1`.
    pub id: String,
    /// The heading it stands under.
    pub section: String,
    /// What it says, as short facts in our own words.
    pub facts: Vec<String>,
}

/// Words that mean the same: a medicine's names, or a term and its lay words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGroup {
    /// The name that stands for the group, such as `prednisone`.
    pub name: String,
    /// Whether these are names of a medicine, which are never guessed.
    pub kind: WordKind,
    /// Brands, abbreviations and lay words; one or more words each.
    pub words: Vec<String>,
    /// Misspellings that people often type.
    pub misspelt: Vec<String>,
    /// The name of the group that this one belongs to: a medicine's class, such as `corticosteroids`. What is said of the
    /// class is said of it, too.
    pub of: Option<String>,
}

/// What a group of words names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WordKind {
    /// One medicine. A misspelling is repaired only to the one medicine that it can be.
    Medicine,
    /// Anything else: a class of medicines, a part of the body, a side effect, a term.
    Term,
}

/// A topic that people ask about and the collection has nothing on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The topic as the reply names it ("IVIG").
    pub topic: String,
    /// Words and phrases that show that a message is about it.
    pub words: Vec<String>,
    /// Questions about it, as people type them: what is nearer to one of these than to an entry is not answered.
    pub also: Vec<String>,
}

/// An urgent phrase that a collection adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentPhrase {
    /// Which card it brings.
    pub kind: HelpKind,
    /// Its plain words, matched as they stand in a message's plain words.
    pub phrase: String,
}
