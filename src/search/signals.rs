//! What speaks for a candidate, each signal by itself.

use super::query::Query;
use std::collections::{HashMap, HashSet};

/// An entry that may answer, with the reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The entry's place in its collection's `entries`.
    pub entry: usize,
    /// What speaks for it.
    pub signals: Signals,
}

/// The evidence for one candidate. All shares are from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signals {
    /// The message is the entry's question or one of its phrasings, word for word.
    pub exact: bool,
    /// BM25 over the weighted fields, as tantivy computes it; not comparable between queries.
    pub bm25: f32,
    /// How alike the message and the entry's nearest phrasing are (Sørensen-Dice over weighted terms).
    pub phrasing: f32,
    /// The share of the message's weight that the entry speaks to anywhere.
    pub coverage: f32,
    /// The message and the entry share a thing that the collection has a name for, or two words and more.
    pub on_topic: bool,
    /// The message names a medicine and the entry names none of those it names.
    pub other_medicine: bool,
}

impl Signals {
    /// The evidence as one number from 0 to 1, by which candidates are ordered.
    pub fn score(&self) -> f32 {
        if self.exact {
            return 1.0;
        }
        let alike = 0.6 * self.phrasing + 0.4 * self.coverage;
        if self.other_medicine { alike * 0.4 } else { alike }
    }
}

/// The terms of an entry, turned round: from a term to the phrasings that have it.
#[derive(Debug, Default)]
pub(super) struct EntryTerms {
    /// For every term of the entry, the numbers of the phrasings that have it; none where only the passage does.
    phrasings_with: HashMap<String, Vec<usize>>,
    /// The weight of each phrasing: of all its terms together.
    weights: Vec<f32>,
    /// The medicines that it names.
    medicines: HashSet<usize>,
}

impl EntryTerms {
    /// Adds a phrasing (the question is one).
    pub(super) fn add_phrasing(&mut self, terms: HashSet<String>, weight: f32) {
        let number = self.weights.len();
        self.weights.push(weight);
        for term in terms {
            self.phrasings_with.entry(term).or_default().push(number);
        }
    }

    /// Adds text that is no phrasing: the passage, the topic.
    pub(super) fn add_text(&mut self, terms: HashSet<String>) {
        for term in terms {
            self.phrasings_with.entry(term).or_default();
        }
    }

    /// Adds medicines that it names.
    pub(super) fn add_medicines(&mut self, medicines: impl IntoIterator<Item = usize>) {
        self.medicines.extend(medicines);
    }

    /// Compares a query, which names these medicines, with this entry.
    pub(super) fn compare(&self, query: &Query, medicines: &HashSet<usize>, bm25: f32) -> Signals {
        let total: f32 = query.terms.iter().map(|term| term.weight).sum();
        let (mut covered, mut shared_terms, mut shares_a_name) = (0.0, 0, false);
        let mut shared = vec![0.0; self.weights.len()];
        for term in &query.terms {
            let Some(phrasings) = self.phrasings_with.get(&term.text) else { continue };
            covered += term.weight;
            shared_terms += 1;
            shares_a_name |= term.names;
            for phrasing in phrasings {
                if let Some(shared) = shared.get_mut(*phrasing) {
                    *shared += term.weight;
                }
            }
        }
        let alike = |(shared, own): (&f32, &f32)| if *shared > 0.0 { 2.0 * shared / (total + own) } else { 0.0 };
        Signals {
            exact: false,
            bm25,
            phrasing: shared.iter().zip(&self.weights).map(alike).fold(0.0, f32::max).min(1.0),
            coverage: if total > 0.0 { covered / total } else { 0.0 },
            on_topic: shares_a_name || shared_terms > 1,
            other_medicine: !medicines.is_empty() && medicines.is_disjoint(&self.medicines),
        }
    }
}
