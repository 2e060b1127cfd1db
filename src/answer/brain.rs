//! The brain: every collection with its index, and the way from a message to a decision.

use super::confidence::{self, Certainty};
use super::{Decision, Hit, Incoming, Surface, Why, points_back, small_talk};
use crate::faq::Collection;
use crate::safety;
use crate::search::{Candidate, Index, Reading};
use crate::text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many candidates are looked at closely.
const CANDIDATES: usize = 12;
/// How many entries are offered at most.
const OFFERED: usize = 3;

/// Every collection, searchable. Immutable: a reload makes a new one and swaps it whole.
pub struct Brain {
    shelves: BTreeMap<String, Index>,
}

/// A decision and how it came about.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What to do.
    pub decision: Decision,
    /// How the message was read; empty where it was decided before any search.
    pub reading: Reading,
    /// What was considered, best first.
    pub candidates: Vec<Candidate>,
}

impl Verdict {
    fn without_search(decision: Decision) -> Self {
        Self { decision, reading: Reading::default(), candidates: Vec::new() }
    }

    /// The best candidate, decided on or not, and how likely it answers; none where nothing was searched or found.
    pub fn best(&self, index: &Index) -> Option<Hit> {
        hit(index, self.candidates.first()?)
    }
}

impl Brain {
    /// The brain over these indexes.
    pub fn new(indexes: impl IntoIterator<Item = Index>) -> Self {
        let shelves = indexes.into_iter().map(|index| (index.collection().id.clone(), index)).collect();
        Self { shelves }
    }

    /// The index of a collection.
    pub fn index(&self, collection: &str) -> Option<&Index> {
        self.shelves.get(collection)
    }

    /// The collection with this id.
    pub fn collection(&self, id: &str) -> Option<&Arc<Collection>> {
        self.shelves.get(id).map(Index::collection)
    }

    /// The ids of all collections, in order.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        self.shelves.keys().map(String::as_str)
    }
}

/// Decides on a message put to a collection: danger first, then small talk, then the search.
pub fn decide(index: &Index, incoming: &Incoming) -> Verdict {
    let collection = index.collection();
    if let Some(kind) = safety::urgent(&incoming.text, &collection.urgent) {
        return Verdict::without_search(Decision::Urgent(kind));
    }
    let own = text::own_words(&incoming.text);
    if let Some(decision) = small_talk(&own) {
        let overheard = incoming.surface == Surface::Overheard;
        return Verdict::without_search(if overheard { Decision::Silent(Why::NotSure) } else { decision });
    }
    search(index, incoming, &own)
}

fn search(index: &Index, incoming: &Incoming, own: &str) -> Verdict {
    let personal = safety::personal(own);
    let mut query = index.read(own);
    let mut candidates = index.candidates(&query, CANDIDATES);
    let careful = personal || incoming.surface == Surface::Overheard;
    let mut certainty = confidence::judge(&candidates, careful);
    // A follow-up ("is it a pill?") says too little by itself: what was talked about before fills it in.
    if !incoming.context.is_empty() && query.leans_on_context() && (certainty != Certainty::Sure || points_back(own)) {
        let together = index.read_following(&query, &incoming.context);
        let with_context = index.candidates(&together, CANDIDATES);
        let judged = confidence::judge(&with_context, careful);
        if judged == Certainty::Sure || judged > certainty {
            (query, candidates, certainty) = (together, with_context, judged);
        }
    }
    let hits = || candidates.iter().filter_map(|candidate| hit(index, candidate));
    let decision = match (certainty, incoming.surface) {
        (Certainty::Sure, _) => match hits().next() {
            Some(hit) => Decision::Answer { hit, personal },
            None => Decision::NotCovered { gap: None, personal },
        },
        (_, Surface::Overheard) => Decision::Silent(Why::NotSure),
        (Certainty::Unsure, Surface::Asked) => {
            Decision::Suggest { hits: hits().filter(confidence::worth_offering).take(OFFERED).collect(), personal }
        }
        (Certainty::Lost, Surface::Asked) => Decision::NotCovered { gap: query.gap.clone(), personal },
    };
    Verdict { decision, reading: query.reading, candidates }
}

fn hit(index: &Index, candidate: &Candidate) -> Option<Hit> {
    let entry = index.collection().entries.get(candidate.entry)?;
    Some(Hit { entry: entry.id.clone(), score: candidate.signals.score() })
}
