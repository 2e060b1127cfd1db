//! What pamphlet decides to do with a message. Silence is a decision too.

use crate::faq::{Collection, HelpKind};

/// What to do with one message. Entries are named by their id in the collection that was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Show this entry's passage.
    Answer {
        /// The entry, and how sure we are.
        hit: Hit,
        /// The message asks what this one person should do.
        personal: bool,
        /// What else the message asks, to be offered beside it.
        others: Vec<Hit>,
    },
    /// Not sure enough to answer: offer these, best first, one to three.
    Suggest {
        /// The entries to offer.
        hits: Vec<Hit>,
        /// The message asks what this one person should do.
        personal: bool,
    },
    /// The collection has nothing on it.
    NotCovered {
        /// The listed gap that the message is about.
        gap: Option<String>,
        /// The message asks what this one person should do.
        personal: bool,
    },
    /// A sign of danger: who can help, before and above all else. Never a passage.
    Urgent(HelpKind),
    /// A greeting, a call for help with pamphlet itself, or an empty mention.
    Help,
    /// Say nothing.
    Silent(Why),
}

impl Decision {
    /// What was talked about, for a follow-up: an answer's question, in the FAQ's words, so that less of the person's is held;
    /// or the message that entries were offered to. `asked` is the message.
    pub fn talked_about(&self, collection: &Collection, asked: &str) -> Option<String> {
        match self {
            Self::Answer { hit, .. } => collection.entry(&hit.entry).map(|entry| entry.question.clone()),
            Self::Suggest { .. } => Some(asked.to_owned()),
            Self::NotCovered { .. } | Self::Urgent(_) | Self::Help | Self::Silent(_) => None,
        }
    }
}

/// An entry that was found, and how sure we are that it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry's id.
    pub entry: String,
    /// Confidence from 0 to 1.
    pub score: f32,
}

/// Why pamphlet says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// There was nothing to read.
    Empty,
    /// It was a thank-you, a yes or a goodbye.
    Thanks,
    /// It was talk between members, and pamphlet is not sure enough to speak.
    NotSure,
}
