//! What the words of a text speak for: texts as features, and models that are learned from labelled texts.
//!
//! A [`Model`] is linear: each feature (a word, two or three in a row, two or three by the families of their words, a word
//! near one that sets the scene, a few letters of a word) adds to the score of each class, and the scores become
//! probabilities (softmax). [`teach`] learns one from [`Lesson`]s, always the same one from the same lessons. It is how
//! pamphlet tells kinds of messages apart (`safety`) and which entry a message asks for (`search`).
//!
//! This module knows nothing of either, and nothing else of pamphlet than how words are read and work is shared out: `build.rs`
//! uses it too.

mod families;
mod features;
mod model;
mod packing;
mod teacher;
mod tokens;

pub use features::{Features, features};
pub use model::{MOST_CLASSES, Model};
pub use teacher::{Care, Lesson, teach};
pub use tokens::Tokens;
