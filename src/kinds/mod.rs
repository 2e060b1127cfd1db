//! What kind of message it is: a question, talk, a wish for advice, an emergency, despair, or what only looks like one.
//!
//! The kinds are told apart by a model that `build.rs` learns from labelled messages: the files under `lessons/`, one message
//! a line, and the messages of the shipped collection. So the files are what to review and to mend: put a message into the
//! right one and build again. No clinician has reviewed them yet, and nobody in them is real.

mod kind;

pub use kind::Kind;

use crate::learn::{Features, Model, features};
use std::sync::LazyLock;

static LEARNED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/kinds.model"));

#[expect(clippy::expect_used, reason = "the model is part of the program, and a test reads it")]
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(LEARNED).expect("the model is whole"));

/// How likely a message is of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds {
    chances: Vec<f32>,
    familiar: f32,
}

impl Kinds {
    /// The kinds of a text with these features.
    pub fn of(features: &Features) -> Self {
        let (chances, familiar) = MODEL.weigh(features);
        Self { chances, familiar }
    }

    /// How likely the message is of this kind, from 0 to 1.
    pub fn chance(&self, kind: Kind) -> f32 {
        self.chances.get(kind as usize).copied().unwrap_or_default()
    }

    /// The kind that the message is more likely of than not, if there is one.
    pub fn likeliest(&self) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| self.chance(*kind) > 0.5)
    }

    /// How likely the message shows danger of one kind or the other, from 0 to 1.
    pub fn danger(&self) -> f32 {
        self.chance(Kind::Medical) + self.chance(Kind::Crisis)
    }

    /// How likely the message asks an FAQ nothing, from 0 to 1.
    pub fn no_question(&self) -> f32 {
        Kind::ALL.into_iter().filter(|kind| kind.is_no_question()).map(|kind| self.chance(kind)).sum()
    }

    /// The share of the message that was seen in some lesson, from 0 to 1: where it is small, the chances say little.
    pub fn familiar(&self) -> f32 {
        self.familiar
    }
}

/// Makes what was learned ready.
pub fn ready() {
    Kinds::of(&features("ready"));
}

/// What the program learned, as one number: it is another one whenever a lesson of the kinds, or how they are learned, changes.
pub fn fingerprint() -> u32 {
    LEARNED.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum))
}

/// Messages that no FAQ answers: talk, and what people put to a bot for the fun of it.
pub fn idle_talk() -> impl Iterator<Item = &'static str> {
    let files = [
        include_str!("lessons/chatter.txt"),
        include_str!("lessons/elsewhere.txt"),
        include_str!("lessons/looks-urgent.txt"),
    ];
    files.into_iter().flat_map(Kind::lessons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Kind) {
        let kinds = Kinds::of(&features(text));
        assert_eq!(kinds.likeliest(), Some(expected), "{text:?}: {kinds:?}");
    }

    #[test]
    fn kinds_are_told_apart() {
        check("what does rituximab do in dermatomyositis", Kind::Question);
        check("should i stop my prednisone before the operation", Kind::Personal);
        check("good morning everyone, hope the infusion went well!", Kind::Chatter);
        check("write me a poem about pizza", Kind::Elsewhere);
        check("her lips went blue and she is gasping", Kind::Medical);
        check("i dont want to be alive anymore", Kind::Crisis);
        check("dying of laughter over here", Kind::LooksUrgent);
    }

    #[test]
    fn what_was_never_seen_is_not_familiar() {
        let familiar = |text| Kinds::of(&features(text)).familiar();
        assert!(familiar("is prednisone a steroid") > 0.8, "{}", familiar("is prednisone a steroid"));
        assert!(familiar("zqx wvkk jjqp xxvz") < 0.3, "{}", familiar("zqx wvkk jjqp xxvz"));
    }
}
