//! From a message to a decision, and from a decision to what a person is shown.

mod brain;
mod card;
mod confidence;
mod deciding;
mod decision;
mod evidence;
mod form;
mod incoming;
mod judging;
mod learning;
mod readings;
mod reply;
mod respond;
mod small_talk;
mod story;
mod weights;
mod wording;

pub use brain::{Brain, Serving};
pub use card::Card;
pub use deciding::{Effort, Verdict, decide};
pub use decision::{Decision, Hit, Why};
pub use incoming::{Incoming, Surface};
pub use learning::{Lesson, learn};
pub use reply::{
    Body, Button, ChannelKind, Field, File, Form, Letter, MenuOption, Offer, Press, Reply, Select, Task, Text,
};
pub use respond::{card, respond, urgent_card};
pub use story::story;
pub use weights::Weights;
pub(crate) use wording::{emergency, numbers};

use small_talk::small_talk;
