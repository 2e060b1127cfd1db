//! One reading of a message, searched for and judged: the candidates in order, and how likely each answers.

use super::Weights;
use super::evidence::{self, Evidence, Lead, Way};
use super::form::Form;
use crate::search::{Candidate, Index, Query, Signals, Subject};

/// How many candidates are looked at closely, gaps included.
const CANDIDATES: usize = 18;
/// The lead in rank that counts as a whole one.
const SPAN: f32 = 5.0;
/// How alike a question about a gap must be for the gap to be named.
const NAMED_GAP: f32 = 0.45;
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
    /// The nearest gap.
    pub(super) gap: Option<NearGap>,
}

/// A topic that the FAQ has nothing on, and how near it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct NearGap {
    /// Its place in the collection's `gaps`.
    pub(super) gap: usize,
    /// What it is ordered by, as an entry is.
    pub(super) rank: f32,
    /// How alike its nearest question is.
    pub(super) phrasing: f32,
}

/// An entry that may answer, judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// Its place in the collection's `entries`.
    pub(super) entry: usize,
    /// What speaks for it.
    pub(super) signals: Signals,
    /// What it is ordered by.
    pub(super) rank: f32,
    /// All that the confidence rests on.
    pub(super) evidence: Evidence,
    /// How likely it answers, from 0 to 1.
    pub(super) confidence: f32,
}

impl Reading {
    /// The gap that it is about, if that is nearer than any entry and near enough to be named.
    pub(super) fn gap_before_all(&self) -> Option<usize> {
        let nearest = self.entries.first().map_or(0.0, |best| best.rank);
        self.gap.filter(|gap| gap.rank > nearest && gap.phrasing >= NAMED_GAP).map(|gap| gap.gap)
    }

    /// How likely the best entry answers.
    pub(super) fn confidence(&self) -> f32 {
        self.entries.first().map_or(0.0, |best| best.confidence)
    }
}

/// Searches for a query and judges what is found.
pub(super) fn judge(index: &Index, weights: &Weights, text: &str, query: Query, way: Way) -> Reading {
    let form = Form::of(text);
    let mut ranked: Vec<(f32, Candidate)> = index
        .candidates(&query, CANDIDATES)
        .into_iter()
        .map(|candidate| (weights.rank(&candidate.signals), candidate))
        .collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let gap = ranked.iter().find_map(|(rank, candidate)| match candidate.subject {
        Subject::Gap(gap) => Some(NearGap { gap, rank: *rank, phrasing: candidate.signals.phrasing }),
        Subject::Entry(_) => None,
    });
    let found = ranked.iter().filter_map(|(rank, candidate)| match candidate.subject {
        Subject::Entry(entry) => Some((*rank, entry, candidate.signals)),
        Subject::Gap(_) => None,
    });
    let found: Vec<(f32, usize, Signals)> = found.collect();
    let source = |entry: usize| index.collection().entries.get(entry).map(|entry| &entry.source);
    let judged = |(rank, entry, signals): (f32, usize, Signals)| {
        let rival = found.iter().filter(|(_, other, _)| source(*other) != source(entry)).map(|(rank, ..)| *rank);
        let lead = Lead {
            next: (rank - rival.fold(0.0, f32::max)).clamp(-SPAN, SPAN) / SPAN,
            gap: (rank - gap.map_or(0.0, |gap: NearGap| gap.rank.max(0.0))).clamp(-SPAN, SPAN) / SPAN,
        };
        let evidence = evidence::gather(&signals, lead, &query, &form, way);
        let confidence = if signals.exact { WORD_FOR_WORD } else { weights.confidence(&evidence) };
        Judged { entry, signals, rank, evidence, confidence }
    };
    let entries = found.iter().copied().map(judged).collect();
    Reading { text: text.to_owned(), query, form, way, entries, gap }
}
