//! How sure is sure enough. Confidence is the probability that a passage answers (`weights.rs`).

/// From here on, the best candidate answers somebody who asked.
pub(super) const SURE: f32 = 0.65;
/// From here on, it follows the notice for a message that asks for advice: as background, it must not mislead.
pub(super) const SURE_AS_BACKGROUND: f32 = 0.85;
/// From here on, it answers though nobody asked pamphlet.
pub(super) const SURE_UNASKED: f32 = 0.97;
/// From here on, an entry is worth offering.
pub(super) const OFFER: f32 = 0.1;
/// From here on, an entry is worth offering to a message that is nearer to a topic that the FAQ has nothing on.
pub(super) const OFFER_BESIDE_A_GAP: f32 = 0.35;
/// From here on, an entry is worth offering to a message that names nothing that the FAQ has a name for.
pub(super) const OFFER_UNNAMED: f32 = 0.2;
/// The same where it is worded like talk, a figure of speech or something quite different: few of these ask anything.
pub(super) const OFFER_TO_TALK: f32 = 0.4;
