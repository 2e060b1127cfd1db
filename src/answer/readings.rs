//! The ways in which a message can be read: as a whole, question by question with the rest of the post behind it, and as
//! going on from what was said before.

use super::evidence::{self, Evidence, Lead, Way};
use super::form::{self, Form};
use super::weights::Weights;
use crate::search::{self, Candidate, Index, Query, Sentence, Signals, Subject};

/// How many candidates are looked at closely, gaps included.
const CANDIDATES: usize = 18;
/// How many questions of one message are read by themselves: the last ones, since a long post ends in what it asks.
const MAX_QUESTIONS: usize = 3;

/// The most sentences that are read one by one.
const MAX_SENTENCES: usize = 40;
/// How many sentences around a question are asked what it leaves unsaid.
const MAX_AROUND: usize = 8;
/// How many messages before this one are asked the same.
const MAX_CONTEXT: usize = 3;

/// Every way in which a message was read.
#[derive(Debug, Clone)]
pub(super) struct Readings {
    /// The readings; there is always one.
    pub(super) all: Vec<Reading>,
    /// For how many words a repair was looked for.
    pub(super) repairs: usize,
}

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

/// How alike a question about a gap must be for the gap to be named.
const NAMED_GAP: f32 = 0.45;
/// What an entry has that is asked for in its very words.
const WORD_FOR_WORD: f32 = 0.99;

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

/// Reads a message in every way that fits it; there is always one reading. A message with something before it is read as
/// going on from that; else the whole comes first, then its questions.
pub(super) fn readings(index: &Index, weights: &Weights, own: &str, context: &[String]) -> Readings {
    let mut budget = search::budget();
    let sentences = form::sentences(own, MAX_SENTENCES);
    let read: Vec<Sentence> = sentences.iter().map(|text| index.sentence(text, &mut budget)).collect();
    let whole = index.query(&read.iter().collect::<Vec<_>>());
    let way = Way { sentences: sentences.len(), ..Way::default() };
    let judge = |text: &str, query: Query, way: Way| judge(index, weights, text, query, way);
    let context: Vec<Sentence> =
        context.iter().rev().take(MAX_CONTEXT).rev().map(|text| index.sentence(text, &mut budget)).collect();
    let before = (!context.is_empty()).then(|| index.query(&context.iter().collect::<Vec<_>>()));
    let mut readings = Vec::new();
    if let Some(before) = &before {
        readings.push(judge(own, index.following(&whole, before), Way { context: true, ..way }));
    }
    if before.is_none() || !whole.leans_on_context() || index.names_medicine(&whole) {
        readings.push(judge(own, whole, way));
    }
    let mut questions = questions(&sentences);
    questions.drain(..questions.len().saturating_sub(MAX_QUESTIONS));
    for at in questions.into_iter().filter(|_| sentences.len() > 1) {
        let (Some(text), Some(own)) = (sentences.get(at), read.get(at)) else { continue };
        let own = index.query(&[own]);
        // What it leaves unsaid was most likely named just before it, else after, else in the conversation.
        let mut around = (0..at).rev().chain(at + 1..read.len()).take(MAX_AROUND).filter_map(|near| read.get(near));
        let named = around.find(|near| near.names_something()).map(|near| index.query(&[near]));
        let query = match named.as_ref().or(before.as_ref()) {
            Some(around) if !index.names_medicine(&own) => index.following(&own, around),
            _ => own,
        };
        readings.push(judge(text, query, Way { part: true, context: before.is_some(), ..way }));
    }
    Readings { all: readings, repairs: search::budget() - budget }
}

/// Which of these sentences ask something: those with a question mark, else those whose words ask.
fn questions(sentences: &[&str]) -> Vec<usize> {
    let forms: Vec<Form> = sentences.iter().map(|sentence| Form::of(sentence)).collect();
    let that = |asks: fn(&Form) -> bool| (0..forms.len()).filter(|at| forms.get(*at).is_some_and(asks)).collect();
    let marked: Vec<usize> = that(|form| form.marked);
    if marked.is_empty() { that(|form| form.asks) } else { marked }
}

/// Searches for a query and judges what is found.
fn judge(index: &Index, weights: &Weights, text: &str, query: Query, way: Way) -> Reading {
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

/// The lead in rank that counts as a whole one.
const SPAN: f32 = 5.0;
