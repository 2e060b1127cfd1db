//! The terms of an entry, turned round so that a message can be compared with every phrasing at once.

use super::lexicon::Lexicon;
use super::query::{Query, Term};
use super::signals::{Medicine, Signals, Topic};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many phrasings must have a term to make it half as usual as it can be.
const HALF_USUAL: f32 = 2.0;

/// What an item says, by term. Kept small, since a collection holds one for each entry that was ever a candidate.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// The hash of every term, in order, and where its phrasings end in `phrasings`; they begin where those of the term
    /// before end. A term of the passage alone has none.
    terms: Vec<(u64, u32)>,
    /// The numbers of the phrasings that have a term, term after term.
    phrasings: Vec<u16>,
    /// The weight of each phrasing: of all its terms together.
    weights: Vec<f32>,
    /// The word groups that its phrasings and its text name.
    named: Named,
}

/// The word groups that an entry names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Those that it names anywhere, its phrasings included, in order.
    all: Vec<usize>,
    /// Whether a medicine is among them.
    medicine: bool,
    /// Those that its question and its passage name.
    said: Vec<usize>,
    /// The medicines and classes of medicines that its question is about, and the classes of these.
    about: Vec<usize>,
}

impl Named {
    /// The groups of an entry's question, those of its passage, and those of its phrasings.
    pub(super) fn new(question: &[usize], passage: &[usize], phrasings: &[usize], lexicon: &Lexicon) -> Self {
        let about = question.iter().filter(|group| lexicon.is_medicine_or_class(**group));
        let about = about.flat_map(|group| std::iter::once(group).chain(lexicon.classes(*group))).copied().collect();
        let all: BTreeSet<usize> = [question, passage, phrasings].into_iter().flatten().copied().collect();
        let medicine = all.iter().any(|group| lexicon.is_medicine(*group));
        Self { all: all.into_iter().collect(), medicine, said: [question, passage].concat(), about }
    }

    fn has(&self, group: usize) -> bool {
        self.all.binary_search(&group).is_ok()
    }

    /// Whether it speaks for this medicine. Where the question is about some, that others are mentioned in a phrasing is not
    /// enough.
    fn speaks_for(&self, medicine: usize) -> bool {
        if self.about.is_empty() { self.has(medicine) } else { self.said.contains(&medicine) }
    }

    /// Whether it speaks for the medicines of this class. Where the question is about some, they are of it, too: that it
    /// mentions another class beside them is not enough.
    fn speaks_for_class(&self, class: usize) -> bool {
        self.speaks_for(class) && (self.about.is_empty() || self.about.contains(&class))
    }
}

impl Item {
    /// An item with these phrasings, of which the question is one: each as the hashes of its terms with their weights. `text` holds
    /// the terms of all that it says besides, `named` the groups that it names.
    pub(super) fn new(phrasings: &[HashMap<u64, f32>], text: &HashSet<u64>, named: Named) -> Self {
        let mut having: BTreeMap<u64, Vec<u16>> = text.iter().map(|term| (*term, Vec::new())).collect();
        for (number, terms) in (0..=u16::MAX).zip(phrasings) {
            for term in terms.keys() {
                having.entry(*term).or_default().push(number);
            }
        }
        let mut item = Self { named, ..Self::default() };
        // Added up in one order, so that equal entries have equal weights.
        item.weights = phrasings.iter().map(|terms| sum_in_order(terms.values().copied())).collect();
        for (term, numbers) in having {
            item.phrasings.extend(numbers);
            item.terms.push((term, item.phrasings.len() as u32));
        }
        item.terms.shrink_to_fit();
        item.phrasings.shrink_to_fit();
        item
    }

    /// The phrasings that have a term; none if the item doesn't have it at all.
    fn phrasings_with(&self, term: &Term) -> Option<&[u16]> {
        let at = self.terms.binary_search_by_key(&term.hash, |(hash, _)| *hash).ok()?;
        let start = at.checked_sub(1).and_then(|before| self.terms.get(before)).map_or(0, |(_, end)| *end);
        self.phrasings.get(start as usize..self.terms.get(at)?.1 as usize)
    }

    /// Compares a query with this item.
    pub(super) fn compare(&self, query: &Query, lexicon: &Lexicon, bm25: f32) -> Signals {
        let total: f32 = query.terms.iter().map(|term| term.weight).sum();
        let (mut covered, mut usual, mut missed) = (0.0, 0.0, 0);
        let mut shared = vec![0.0_f32; self.weights.len()];
        let having: Vec<Option<&[u16]>> = query.terms.iter().map(|term| self.phrasings_with(term)).collect();
        for (term, phrasings) in query.terms.iter().zip(&having) {
            let Some(phrasings) = phrasings else {
                missed += usize::from(term.tells);
                continue;
            };
            covered += term.weight;
            usual += term.weight * phrasings.len() as f32 / (phrasings.len() as f32 + HALF_USUAL);
            for phrasing in *phrasings {
                if let Some(shared) = shared.get_mut(usize::from(*phrasing)) {
                    *shared += term.weight;
                }
            }
        }
        let share = |part: f32, whole: f32| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        // How many words that tell what the message is about a phrasing doesn't have.
        let unsaid = |phrasing: u16| {
            let has = |phrasings: &Option<&[u16]>| phrasings.is_some_and(|phrasings| phrasings.contains(&phrasing));
            query.terms.iter().zip(&having).filter(|(term, phrasings)| term.tells && !has(phrasings)).count()
        };
        // The three nearest phrasings: how alike, how much of them is said, which.
        let mut nearest = [(0.0_f32, 0.0_f32, 0_u16); 3];
        let numbered = (0..=u16::MAX).zip(shared.iter().zip(&self.weights));
        for (number, (shared, own)) in numbered.filter(|(_, (shared, _))| **shared > 0.0) {
            let alike = share(2.0 * shared, total + own);
            if alike > nearest[2].0 {
                nearest[2] = (alike, share(*shared, *own), number);
                for at in [1, 0] {
                    if nearest[at + 1].0 > nearest[at].0 {
                        nearest.swap(at, at + 1);
                    }
                }
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
            unsaid: unsaid(nearest[0].2),
            said: nearest[0].1,
            nearest: usize::from(nearest[0].2),
            things: self.things(query, lexicon),
            medicine: self.medicine(query, lexicon),
            topic: Topic::default(),
        }
    }

    /// The share of what a message names, medicines apart, that this item names.
    fn things(&self, query: &Query, lexicon: &Lexicon) -> f32 {
        let things = query.groups.iter().filter(|group| !lexicon.is_medicine(**group));
        let (mut all, mut shared) = (0.0, 0.0);
        for group in things {
            all += 1.0;
            shared += if self.named.has(*group) { 1.0 } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 1.0 }
    }

    fn medicine(&self, query: &Query, lexicon: &Lexicon) -> Medicine {
        let mut medicines = query.groups.iter().filter(|group| lexicon.is_medicine(**group)).peekable();
        if medicines.peek().is_none() {
            let mut classes = query.groups.iter().filter(|group| lexicon.is_medicine_or_class(**group)).peekable();
            let is_about_others = classes.peek().is_some() && !classes.any(|class| self.named.about.contains(class));
            return match self.named.about.as_slice() {
                [] => Medicine::None,
                _ if is_about_others => Medicine::Other,
                _ => Medicine::Unsaid,
            };
        }
        let is_about_some = self.named.medicine || !self.named.about.is_empty();
        let mut found = if is_about_some { Medicine::Other } else { Medicine::Unnamed };
        for medicine in medicines {
            if self.named.speaks_for(*medicine) {
                return Medicine::Same;
            }
            if lexicon.classes(*medicine).iter().any(|class| self.named.speaks_for_class(*class)) {
                found = Medicine::Class;
            }
        }
        found
    }
}

fn sum_in_order(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_by(f32::total_cmp);
    numbers.into_iter().sum()
}
