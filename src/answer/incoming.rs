//! What comes in: a message as the brain sees it.

/// One message to decide on, without anything that names its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What was typed, without pamphlet's own mention.
    pub text: String,
    /// How it reached pamphlet.
    pub surface: Surface,
    /// The messages before it in the same conversation, oldest first: what members wrote, or the question of the card
    /// that is replied to.
    pub context: Vec<String>,
}

impl Incoming {
    /// A message put straight to pamphlet, with nothing before it.
    pub fn asked(text: impl Into<String>) -> Self {
        Self { text: text.into(), surface: Surface::Asked, context: Vec::new() }
    }
}

/// How a message reached pamphlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Surface {
    /// A command, a mention, a direct message or a reply to pamphlet: somebody waits for an answer.
    Asked,
    /// Talk in a channel where pamphlet listens: silence is right unless it is sure.
    Overheard,
}
