//! What speaks for a candidate, each signal by itself.

/// What may be meant by a message, and how likely it is none of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// What may be meant.
    pub all: Vec<Candidate>,
    /// How likely no entry answers, by what was learned; nought if nothing was.
    pub none: f32,
}

/// What may be meant by a message, with the reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its place in the collection's `entries`.
    pub entry: usize,
    /// What speaks for it.
    pub signals: Signals,
}

/// The evidence for one candidate. All shares are from 0 to 1, and are shares of weight: a rare word counts for more than
/// a common one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Signals {
    /// The message is the entry's question or one of its phrasings, word for word.
    pub exact: bool,
    /// BM25 over the weighted fields, as a share of the best candidate's.
    pub bm25: f32,
    /// How alike the message and the entry's nearest phrasing are (Sørensen-Dice over weighted terms).
    pub phrasing: f32,
    /// The same for the entry's three nearest phrasings together.
    pub phrasings: f32,
    /// How usual the message's words are among the entry's phrasings.
    pub usual: f32,
    /// The share of the message that the entry speaks to anywhere.
    pub coverage: f32,
    /// How many words of the message that tell what it is about the entry doesn't speak to.
    pub missed: usize,
    /// How many of them its nearest phrasing doesn't have.
    pub unsaid: usize,
    /// The share of the nearest phrasing that the message says.
    pub said: f32,
    /// The number of the nearest phrasing: 0 is an entry's question, the others follow in order of `also`.
    pub nearest: usize,
    /// The share of the things that the message names that the entry's question and phrasings name; 1 if it names none.
    pub things: f32,
    /// Whether the entry is about the medicine that the message names.
    pub medicine: Medicine,
    /// What was learned about it.
    pub topic: Topic,
}

/// How likely a message asks for an entry, by what the collection teaches; all nought where nothing was learned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Topic {
    /// For this entry.
    pub entry: f32,
    /// For this one or another with the same sources, which says much the same.
    pub source: f32,
    /// For the likeliest of the other sources.
    pub rival: f32,
}

/// Whether an entry is about the medicines that a message names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Medicine {
    /// The message names none, and the entry is about none.
    #[default]
    None,
    /// The message names none, or a class of them that the entry's question is about; and that is about one or about a class.
    Unsaid,
    /// The entry speaks for one that it names.
    Same,
    /// The entry speaks for a class that one of them belongs to.
    Class,
    /// The entry is about others.
    Other,
    /// The entry is about no medicine at all.
    Unnamed,
}

impl Signals {
    /// What a message has that is an entry's question word for word.
    pub(super) fn exact() -> Self {
        Self {
            exact: true,
            bm25: 1.0,
            phrasing: 1.0,
            phrasings: 1.0,
            usual: 1.0,
            coverage: 1.0,
            missed: 0,
            unsaid: 0,
            said: 1.0,
            nearest: 0,
            things: 1.0,
            medicine: Medicine::None,
            topic: Topic { entry: 1.0, source: 1.0, rival: 0.0 },
        }
    }
}
