//! The evidence that a candidate answers a message, as named numbers.

use super::form::Form;
use crate::kinds::{Kind, Kinds};
use crate::search::{Medicine, Query, Signals};

/// How many numbers speak of the candidate itself.
pub(super) const SIGNALS: usize = 16;
/// How many numbers there are in all.
pub(super) const WIDTH: usize = 45;

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
    "topic",
    "topic_of_source",
    // the candidate beside the others
    "before_the_next",
    "topic_before_the_next",
    // the message
    "strange",
    "strange_words",
    "names_a_gap",
    "names_nothing",
    "weight",
    "question_mark",
    "asks",
    "part_of_a_post",
    "with_context",
    "sentences",
    "topic_of_none",
    "familiar",
    "like_a_question",
    "like_an_uncovered_one",
    "like_a_personal_one",
    "like_advice",
    "like_chatter",
    "like_anything_else",
    "like_a_figure_of_speech",
    "like_danger",
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
    /// By itself it says so little that it may lean on what was said before.
    pub(super) leans: bool,
    /// How many sentences the message has.
    pub(super) sentences: usize,
}

/// What speaks for the candidate by itself.
pub(super) fn of_signals(signals: &Signals) -> [f32; SIGNALS] {
    let Signals { phrasing, phrasings, usual, coverage, said, things, bm25, medicine, topic, .. } = *signals;
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
        odds(topic.entry),
        odds(topic.source),
    ]
}

/// What a message shows, whatever candidate it is held against.
pub(super) struct Shown<'r> {
    /// What is searched for.
    pub(super) query: &'r Query,
    /// The form of the text.
    pub(super) form: &'r Form,
    /// What kind of message it is.
    pub(super) kinds: &'r Kinds,
    /// How the reading came about.
    pub(super) way: Way,
    /// How likely no entry answers, by what was learned.
    pub(super) none: f32,
}

/// Gathers all evidence for a candidate, which stands so far before the next one with other sources, as a share of a whole
/// lead.
pub(super) fn gather(signals: &Signals, lead: f32, shown: &Shown) -> Evidence {
    let Signals { phrasing, coverage, things, topic, .. } = *signals;
    let Shown { query, form, kinds, way, none } = *shown;
    let (strange, weight) = (query.strange(), (query.weight() + 1.0).ln() / 5.0);
    let beside = [lead, topic.source - topic.rival];
    let message = [
        strange,
        few(query.strange_words(), 5),
        flag(query.gap.is_some()),
        flag(query.names_nothing()),
        weight,
        flag(form.marked),
        flag(form.asks),
        flag(way.part),
        flag(way.context),
        few(way.sentences, 6),
        odds(none),
        kinds.familiar(),
        kinds.chance(Kind::Question),
        kinds.chance(Kind::Uncovered),
        kinds.chance(Kind::LooksPersonal),
        kinds.chance(Kind::Personal),
        kinds.chance(Kind::Chatter),
        kinds.chance(Kind::Elsewhere),
        kinds.chance(Kind::LooksUrgent),
        kinds.danger(),
    ];
    let together = [
        phrasing * strange,
        coverage * things,
        phrasing * weight,
        coverage * weight,
        phrasing * phrasing,
        strange * strange,
        lead * coverage,
    ];
    let mut evidence = [0.0; WIDTH];
    let all = of_signals(signals).into_iter().chain(beside).chain(message).chain(together);
    evidence.iter_mut().zip(all).for_each(|(slot, number)| *slot = number);
    evidence
}

/// A chance as log-odds, from -1 for none to 1 for certainty; nought for evens.
fn odds(chance: f32) -> f32 {
    /// The odds beyond which nothing is told apart any more.
    const LEAST: f32 = 1e-3;
    ((chance + LEAST) / (1.0 - chance + LEAST)).ln() / (1.0 / LEAST).ln()
}

fn flag(is_so: bool) -> f32 {
    if is_so { 1.0 } else { 0.0 }
}

/// A count as a share of a few, at most 1.
fn few(count: usize, most: usize) -> f32 {
    count.min(most) as f32 / most as f32
}
