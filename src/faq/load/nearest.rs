//! The word that a misspelt one most likely means.

/// The most letters of a word that are looked at.
const MAX_LETTERS: usize = 64;

/// The most candidates that a word is compared with.
const MAX_COMPARED: usize = 1_000;

/// The candidate that a misspelt word most likely means.
pub(super) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word: String = word.chars().take(MAX_LETTERS).collect();
    let likeness = |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    let scored = candidates.take(MAX_COMPARED).map(|candidate| (likeness(candidate), candidate));
    let (score, best) = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (score >= 0.8).then_some(best)
}
