//! From a message to a decision, and from a decision to what a person is shown.

mod brain;
mod card;
mod confidence;
mod decision;
mod follow_up;
mod incoming;
mod reply;
mod respond;
mod small_talk;
mod wording;

pub use brain::{Brain, Verdict, decide};
pub use card::Card;
pub use decision::{Decision, Hit, Why};
pub use incoming::{Incoming, Surface};
pub use reply::{Body, Button, Press, Reply, Select, Text};
pub use respond::{card, respond, urgent_card};

use follow_up::points_back;
use small_talk::small_talk;
