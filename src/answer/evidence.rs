//! The evidence that a candidate answers a message, as named numbers.

use super::form::Form;
use crate::search::{Medicine, Query, Signals};

/// How many numbers speak of the candidate itself.
pub(super) const SIGNALS: usize = 14;
/// How many numbers there are in all.
pub(super) const WIDTH: usize = 35;

/// What each number is called, in order: first those of the candidate itself.
pub(super) const NAMES: [&str; WIDTH] = [
    // the candidate
    "phrasing",
    "phrasings",
    "usual",
    "coverage",
    "said",
    "things",
    "bm25",
    "same_medicine",
    "class_of_medicine",
    "other_medicine",
    "phrasing_and_coverage",
    "usual_and_coverage",
    "missed_words",
    "unsaid_words",
    // the candidate beside the others
    "before_the_next",
    "before_the_gap",
    // the message
    "strange",
    "strange_words",
    "words_of_gaps",
    "names_a_gap",
    "names_nothing",
    "weight",
    "question_mark",
    "asks",
    "asks_members",
    "part_of_a_post",
    "with_context",
    "sentences",
    // both together
    "phrasing_if_strange",
    "coverage_and_things",
    "phrasing_of_much",
    "coverage_of_much",
    "phrasing_squared",
    "strange_squared",
    "next_and_coverage",
];

/// The evidence for one candidate, by [`NAMES`].
pub(super) type Evidence = [f32; WIDTH];

/// How a reading came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// It is one question out of a longer post.
    pub(super) part: bool,
    /// What was said before fills it in.
    pub(super) context: bool,
    /// How many sentences the message has.
    pub(super) sentences: usize,
}

/// How far a candidate stands before the others, in ranks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Lead {
    /// Before the next candidate with another source.
    pub(super) next: f32,
    /// Before the nearest gap; negative where the gap is nearer.
    pub(super) gap: f32,
}

/// What speaks for the candidate by itself.
pub(super) fn of_signals(signals: &Signals) -> [f32; SIGNALS] {
    let Signals { phrasing, phrasings, usual, coverage, said, things, bm25, medicine, .. } = *signals;
    let is = |what: Medicine| flag(medicine == what);
    [
        phrasing,
        phrasings,
        usual,
        coverage,
        said,
        things,
        bm25,
        is(Medicine::Same),
        is(Medicine::Class),
        is(Medicine::Other),
        phrasing * coverage,
        usual * coverage,
        few(signals.missed, 6),
        few(signals.unsaid, 6),
    ]
}

/// Gathers all evidence for a candidate.
pub(super) fn gather(signals: &Signals, lead: Lead, query: &Query, form: &Form, way: Way) -> Evidence {
    let Signals { phrasing, coverage, things, .. } = *signals;
    let (strange, weight) = (query.strange(), (query.weight() + 1.0).ln() / 5.0);
    let beside = [lead.next, lead.gap];
    let message = [
        strange,
        few(query.strange_words(), 5),
        query.of_gaps(),
        flag(query.gap.is_some()),
        flag(query.names_nothing()),
        weight,
        flag(form.marked),
        flag(form.asks),
        flag(form.to_members),
        flag(way.part),
        flag(way.context),
        few(way.sentences, 6),
    ];
    let together = [
        phrasing * strange,
        coverage * things,
        phrasing * weight,
        coverage * weight,
        phrasing * phrasing,
        strange * strange,
        lead.next * coverage,
    ];
    let mut evidence = [0.0; WIDTH];
    let all = of_signals(signals).into_iter().chain(beside).chain(message).chain(together);
    evidence.iter_mut().zip(all).for_each(|(slot, number)| *slot = number);
    evidence
}

fn flag(is_so: bool) -> f32 {
    if is_so { 1.0 } else { 0.0 }
}

/// A count as a share of a few, at most 1.
fn few(count: usize, most: usize) -> f32 {
    count.min(most) as f32 / most as f32
}
