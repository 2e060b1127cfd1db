//! A labelled message: what somebody typed, and what it needs.

use serde::{Deserialize, Serialize};

/// A message as people type them, with what answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The message.
    pub text: String,
    /// The messages before it in the same conversation, oldest first.
    pub context: Vec<String>,
    /// Ids of the source passages or entries that answer it, the best first; none if nothing is known to.
    pub gold: Vec<String>,
}

/// What a message needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A passage of the collection answers it.
    Answer,
    /// No passage answers it.
    None,
    /// It needs the urgent card.
    Urgent,
    /// It asks what one person should do.
    Personal,
}

impl MessageKind {
    /// Every kind with its name in files.
    pub const NAMES: [(&str, Self); 4] =
        [("answer", Self::Answer), ("none", Self::None), ("urgent", Self::Urgent), ("personal", Self::Personal)];
}
