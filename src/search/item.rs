//! The terms of an entry or a gap, turned round so that a message can be compared with every phrasing at once.

use super::lexicon::Lexicon;
use super::query::Query;
use super::signals::{Medicine, Signals};
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};

/// How many phrasings must have a term to make it half as usual as it can be.
const HALF_USUAL: f32 = 2.0;

/// What an item says, by term.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// For every term, the numbers of the phrasings that have it; none where only the passage does.
    phrasings_with: FxHashMap<String, Vec<u32>>,
    /// The weight of each phrasing: of all its terms together.
    weights: Vec<f32>,
    /// The word groups that its phrasings and its text name.
    named: HashSet<usize>,
}

impl Item {
    /// Adds a phrasing (the question is one).
    pub(super) fn add_phrasing(&mut self, terms: HashMap<String, f32>) {
        let number = self.weights.len() as u32;
        self.weights.push(terms.values().sum());
        for term in terms.into_keys() {
            self.phrasings_with.entry(term).or_default().push(number);
        }
    }

    /// Adds text that is no phrasing: the passage, the topic.
    pub(super) fn add_text(&mut self, terms: impl Iterator<Item = String>) {
        for term in terms {
            self.phrasings_with.entry(term).or_default();
        }
    }

    /// Adds word groups that it names.
    pub(super) fn add_named(&mut self, groups: impl IntoIterator<Item = usize>) {
        self.named.extend(groups);
    }

    /// Compares a query with this item.
    pub(super) fn compare(&self, query: &Query, lexicon: &Lexicon, bm25: f32) -> Signals {
        let total: f32 = query.terms.iter().map(|term| term.weight).sum();
        let (mut covered, mut usual, mut missed) = (0.0, 0.0, 0);
        let mut shared = vec![0.0_f32; self.weights.len()];
        for term in &query.terms {
            let Some(phrasings) = self.phrasings_with.get(&term.text) else {
                missed += usize::from(term.tells);
                continue;
            };
            covered += term.weight;
            usual += term.weight * phrasings.len() as f32 / (phrasings.len() as f32 + HALF_USUAL);
            for phrasing in phrasings {
                if let Some(shared) = shared.get_mut(*phrasing as usize) {
                    *shared += term.weight;
                }
            }
        }
        let share = |part: f32, whole: f32| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        // The three nearest phrasings: how alike, how much of them is said, which.
        let mut nearest = [(0.0_f32, 0.0_f32, 0_u32); 3];
        for (number, (shared, own)) in shared.iter().zip(&self.weights).enumerate() {
            let alike = share(2.0 * shared, total + own);
            if alike > nearest[2].0 {
                nearest[2] = (alike, share(*shared, *own), number as u32);
                nearest.sort_by(|one, other| other.0.total_cmp(&one.0));
            }
        }
        Signals {
            exact: false,
            bm25,
            phrasing: nearest[0].0,
            phrasings: nearest.iter().map(|(alike, ..)| alike).sum::<f32>() / 3.0,
            usual: share(usual, total),
            coverage: share(covered, total),
            missed,
            unsaid: self.unsaid(query, nearest[0].2),
            said: nearest[0].1,
            nearest: nearest[0].2 as usize,
            things: self.things(query, lexicon),
            medicine: self.medicine(query, lexicon),
        }
    }

    /// How many words of a message that tell what it is about a phrasing doesn't have.
    fn unsaid(&self, query: &Query, phrasing: u32) -> usize {
        let has = |text: &str| self.phrasings_with.get(text).is_some_and(|phrasings| phrasings.contains(&phrasing));
        query.terms.iter().filter(|term| term.tells && !has(&term.text)).count()
    }

    /// The share of what a message names, medicines apart, that this item names.
    fn things(&self, query: &Query, lexicon: &Lexicon) -> f32 {
        let things = query.groups.iter().filter(|group| !lexicon.is_medicine(**group));
        let (mut all, mut shared) = (0.0, 0.0);
        for group in things {
            all += 1.0;
            shared += if self.named.contains(group) { 1.0 } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 1.0 }
    }

    fn medicine(&self, query: &Query, lexicon: &Lexicon) -> Medicine {
        let mut medicines = query.groups.iter().filter(|group| lexicon.is_medicine(**group)).peekable();
        if medicines.peek().is_none() {
            return Medicine::None;
        }
        let is_named = |group: &usize| self.named.contains(group);
        let mut found = Medicine::Other;
        for medicine in medicines {
            if is_named(medicine) {
                return Medicine::Same;
            }
            if lexicon.classes(*medicine).iter().any(is_named) {
                found = Medicine::Class;
            }
        }
        found
    }
}
