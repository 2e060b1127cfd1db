//! A message and what is known to be right for it.

use crate::answer::{Incoming, Surface};
use crate::faq::MessageKind;

/// One labelled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its name, used once in all files.
    pub id: String,
    /// The message as typed.
    pub text: String,
    /// What it needs.
    pub kind: MessageKind,
    /// Ids of the source passages or entries that are right for it; of a personal message, of useful background.
    pub gold: Vec<String>,
    /// The manner of writing (`lay`, `typo`, …).
    pub style: Option<String>,
    /// The sort of message within its kind (`near`, `crisis`, …).
    pub group: Option<String>,
    /// The messages before it in the same conversation, oldest first.
    pub context: Vec<String>,
    /// The one way in which it reaches pamphlet; absent where the kind decides.
    pub surface: Option<Surface>,
}

/// The group of talk between members, which nobody should answer.
const CHATTER: &str = "chatter";
/// The row of questions with something said before them.
const FOLLOW_UP: &str = "follow-up";

impl Label {
    /// The ways in which the message is decided on. Everything is asked; what may stand in a listening channel is
    /// overheard as well.
    pub fn surfaces(&self) -> &'static [Surface] {
        let may_be_overheard = self.kind == MessageKind::Answer || self.group.as_deref() == Some(CHATTER);
        match self.surface {
            Some(Surface::Asked) => &[Surface::Asked],
            Some(Surface::Overheard) => &[Surface::Overheard],
            None if may_be_overheard => &[Surface::Asked, Surface::Overheard],
            None => &[Surface::Asked],
        }
    }

    /// The message as it comes in.
    pub fn incoming(&self, surface: Surface) -> Incoming {
        Incoming { text: self.text.clone(), surface, context: self.context.clone() }
    }

    /// The row in which it is counted: its group; of questions without one, whether something was said before.
    pub(super) fn row(&self) -> &str {
        match (self.kind, &self.group) {
            (MessageKind::Answer, _) if !self.context.is_empty() => FOLLOW_UP,
            (_, Some(group)) => group,
            (MessageKind::Answer, None) => "plain",
            (_, None) => "no group",
        }
    }

    /// Whether some passage is right for it.
    pub(super) fn is_answerable(&self) -> bool {
        !self.gold.is_empty()
    }
}
