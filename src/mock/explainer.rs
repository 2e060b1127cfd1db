//! Why the bot answered as it did: told by whoever started this Discord, who knows the bot, as plain text.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A message that was put to the bot, in plain values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// What was written, without the bot's mention.
    pub text: String,
    /// The message of the bot that it replies to, as it was written.
    pub replied_to: Option<String>,
    /// What the same member put to the bot in the same place before, oldest first.
    pub before: Vec<Earlier>,
}

/// A message that was put to the bot earlier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earlier {
    /// What was written, without the bot's mention.
    pub text: String,
    /// How long before.
    pub ago: Duration,
    /// Whether it is somebody else's, on which a menu was used.
    pub by_menu: bool,
}

/// Tells why the bot answers a message as it does, one reason a line.
#[derive(Clone)]
pub struct Explainer(Arc<Explain>);

type Explain = dyn Fn(&Question) -> String + Send + Sync;

impl Explainer {
    /// One that tells what this function says.
    pub fn new(explain: impl Fn(&Question) -> String + Send + Sync + 'static) -> Explainer {
        Explainer(Arc::new(explain))
    }

    /// The reasons.
    pub(crate) fn explain(&self, question: &Question) -> String {
        (self.0)(question)
    }
}

impl fmt::Debug for Explainer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Explainer").finish_non_exhaustive()
    }
}
