//! The words that a misspelt one most likely means.

/// The most letters of a word that are looked at.
const MAX_LETTERS: usize = 64;

/// The most candidates that a word is compared with.
const MAX_COMPARED: usize = 1_000;

/// The most candidates that are named.
const MAX_NAMED: usize = 3;

/// The candidate that a misspelt word most likely means.
pub(super) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    near(word, candidates).into_iter().next()
}

/// The candidates that a misspelt word may mean, likeliest first, at most three.
pub(crate) fn near<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let word: String = word.chars().take(MAX_LETTERS).collect();
    let likeness = |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    let scored = candidates.take(MAX_COMPARED).map(|candidate| (likeness(candidate), candidate));
    let mut likely: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= 0.8).collect();
    likely.sort_by(|one, other| other.0.total_cmp(&one.0));
    likely.into_iter().map(|(_, candidate)| candidate).take(MAX_NAMED).collect()
}
