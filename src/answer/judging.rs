//! One reading of a message, searched for and judged: the candidates in order, and how likely each answers.

use super::confidence::SURE;
use super::evidence::{self, Evidence, Shown, Way};
use super::form::{self, Form};
use super::weights::Scale;
use crate::kinds::Kinds;
use crate::learn::Features;
use crate::search::{Candidate, Index, Medicine, Query, Signals};

/// How many candidates that the words find are looked at closely.
const CANDIDATES: usize = 6;
/// How many where it was learned which entry is meant, beside the likeliest by that.
const CANDIDATES_IF_TAUGHT: usize = 4;
/// The lead in rank that counts as a whole one.
const SPAN: f32 = 5.0;
/// The most that an entry about another medicine than the one that is named, or than the one that may be meant, can have: it is
/// never an answer, though it may be worth offering.
const ANOTHER_MEDICINE: f32 = 0.6;
const _: () = assert!(ANOTHER_MEDICINE < SURE);
/// What an entry has that is asked for in its very words.
const WORD_FOR_WORD: f32 = 0.99;

/// One way of reading a message, with what was found and how sure that makes us.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The text that was read.
    pub(super) text: String,
    /// What is searched for.
    pub(super) query: Query,
    /// The form of the text that was read.
    pub(super) form: Form,
    /// How the reading came about.
    pub(super) way: Way,
    /// The entries that may answer, best first.
    pub(super) entries: Vec<Judged>,
}

/// An entry that may answer, judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// Its place in the collection's `entries`.
    pub(super) entry: usize,
    /// What speaks for it.
    pub(super) signals: Signals,
    /// All that the confidence rests on.
    pub(super) evidence: Evidence,
    /// How likely it answers, from 0 to 1.
    pub(super) confidence: f32,
}

impl Reading {
    /// How likely the best entry answers.
    pub(super) fn confidence(&self) -> f32 {
        self.entries.first().map_or(0.0, |best| best.confidence)
    }
}

/// What is to be judged: a text as it was read.
pub(super) struct Asked<'r> {
    /// The text.
    pub(super) text: &'r str,
    /// What is searched for.
    pub(super) query: Query,
    /// Its features, and those of what was said before.
    pub(super) features: &'r Features,
    /// What kind of message it stands in.
    pub(super) kinds: &'r Kinds,
    /// How the reading came about.
    pub(super) way: Way,
}

/// Searches for what is asked and judges what is found.
pub(super) fn judge(index: &Index, scale: &Scale, asked: Asked) -> Reading {
    let Asked { text, query, features, kinds, way } = asked;
    let form = Form::of(text);
    let candidates = if scale.taught { CANDIDATES_IF_TAUGHT } else { CANDIDATES };
    let found = index.candidates(&query, scale.taught.then_some(features), candidates);
    let points_at_nothing = way.leans && !index.names_medicine_or_class(&query) && form::points(text);
    let shown = Shown { query: &query, form: &form, kinds, way, none: found.none };
    let ranked = found.all.into_iter().map(|candidate| (scale.rank(&candidate.signals), candidate));
    let mut ranked: Vec<(f32, Candidate)> = ranked.collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let found: Vec<(f32, usize, Signals)> =
        ranked.into_iter().map(|(rank, candidate)| (rank, candidate.entry, candidate.signals)).collect();
    let source = |entry: usize| index.collection().entries.get(entry).map(|entry| &entry.source);
    let judged = |(rank, entry, signals): (f32, usize, Signals)| {
        let rival = found.iter().filter(|(_, other, _)| source(*other) != source(entry)).map(|(rank, ..)| *rank);
        let lead = (rank - rival.fold(0.0, f32::max)).clamp(-SPAN, SPAN) / SPAN;
        let evidence = evidence::gather(&signals, lead, &shown);
        let is_another = match signals.medicine {
            Medicine::Other => true,
            // Which medicine "it" is would be a guess.
            Medicine::Unsaid => points_at_nothing,
            _ => false,
        };
        let most = if is_another { ANOTHER_MEDICINE } else { 1.0 };
        let confidence = if signals.exact { WORD_FOR_WORD } else { scale.confidence(&evidence).min(most) };
        Judged { entry, signals, evidence, confidence }
    };
    let entries = found.iter().copied().map(judged).collect();
    Reading { text: text.to_owned(), query, form, way, entries }
}
