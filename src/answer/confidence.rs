//! How sure the candidates make us: a first, plain rule.

use super::Hit;
use crate::search::Candidate;

/// How sure we are that the best candidate answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Nothing fits.
    Lost,
    /// Something may fit.
    Unsure,
    /// The first one answers.
    Sure,
}

/// From this score on, the best candidate answers.
const SURE: f32 = 0.5;
/// From this score on, it answers without having been asked, or a message that asks for advice.
const VERY_SURE: f32 = 0.75;
/// The least share of a message that an answer must speak to.
const SPEAKS_TO: f32 = 0.6;
/// From this score on, a candidate is worth offering.
const OFFER: f32 = 0.3;

/// Judges candidates that are ordered best first. `careful` asks for more: nobody asked, or advice is asked for.
pub(super) fn judge(candidates: &[Candidate], careful: bool) -> Certainty {
    let Some(best) = candidates.first().map(|best| best.signals) else { return Certainty::Lost };
    let enough = if careful { VERY_SURE } else { SURE };
    // One everyday word in common ("stop", "test") is no question understood.
    let grounded = best.exact || (best.on_topic && best.coverage >= SPEAKS_TO);
    match best.score() {
        score if score >= enough && grounded => Certainty::Sure,
        score if score >= OFFER => Certainty::Unsure,
        _ => Certainty::Lost,
    }
}

/// Whether an entry is near enough to be offered.
pub(super) fn worth_offering(hit: &Hit) -> bool {
    hit.score >= OFFER
}
