//! Which entry a message asks for, as the collection's own phrasings and messages teach it.
//!
//! What is learned stands beside the index, since it is made of the same content and is as old.

use super::signals::Topic;
use crate::faq::{Collection, Entry, SourceRef};
use crate::kinds;
use crate::learn::{Care, Features, Lesson, MOST_CLASSES, Model, features, teach};
use crate::text;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The file beside the index.
const FILE: &str = "topics.model";
/// A collection with more entries is searched by its words alone: learning them all apart would take too long, and a model
/// holds no more classes.
const MOST: usize = MOST_CLASSES - 1;
/// The model is made anew whenever the collection changes, while somebody waits; so it is a small one, and soon learned.
const CARE: Care = Care { met: 3, pupils: 2 };

/// What a collection's words teach about its entries.
pub(super) struct Topics {
    model: Arc<Model>,
    /// By entry, what the model calls it, if it was learned from an earlier version of the collection; none for an entry that
    /// this version hadn't.
    places: Option<Vec<Option<usize>>>,
}

impl Topics {
    /// Whether a collection is learned.
    pub(super) fn may_learn(collection: &Collection) -> bool {
        (1..=MOST).contains(&collection.entries.len())
    }

    /// Learns a collection; none if it is too large. One more class than it has entries stands for what none answers.
    pub(super) fn learn(collection: &Collection, progress: &mut dyn FnMut(usize, usize)) -> Option<Self> {
        if !Self::may_learn(collection) {
            return None;
        }
        let none = collection.entries.len();
        let answering = Answering::of(&collection.entries);
        let read = |text: &str| features(&text::own_words(text));
        let mut lessons = Vec::new();
        let mut lesson = |features: Features, right: Vec<usize>| lessons.push(Lesson { features, right });
        for (number, entry) in collection.entries.iter().enumerate() {
            for phrasing in std::iter::once(&entry.question).chain(&entry.also) {
                lesson(read(phrasing), vec![number]);
            }
        }
        for question in collection.gaps.iter().flat_map(|gap| &gap.also) {
            lesson(read(question), vec![none]);
        }
        for message in &collection.messages {
            let right = if message.gold.is_empty() { vec![none] } else { answering.entries(&message.gold) };
            lesson(in_context(read(&message.text), message.context.iter().map(|text| read(text))), right);
        }
        for talk in kinds::idle_talk() {
            lesson(read(talk), vec![none]);
        }
        Some(Self { model: Arc::new(teach(&lessons, none + 1, CARE, progress)), places: None })
    }

    /// The same for a version of the collection that came after `before`: of what is new in it nothing is known yet.
    pub(super) fn carried_over(&self, before: &Collection, after: &Collection) -> Self {
        let place = |entry: &Entry| {
            let at = before.entries.binary_search_by(|old| old.id.cmp(&entry.id)).ok()?;
            self.places.as_ref().map_or(Some(at), |places| places.get(at).copied().flatten())
        };
        Self { model: Arc::clone(&self.model), places: Some(after.entries.iter().map(place).collect()) }
    }

    /// Whether anything was learned of an entry: nothing was of one that is new since.
    pub(super) fn knows(&self, entry: usize) -> bool {
        self.places.as_ref().is_none_or(|places| places.get(entry).is_some_and(Option::is_some))
    }

    /// How likely each entry is asked for; the last one is for none of them.
    fn probabilities(&self, features: &Features) -> Vec<f32> {
        let learned = self.model.probabilities(features);
        let Some(places) = &self.places else { return learned };
        let known = places.iter().map(|place| place.and_then(|at| learned.get(at)).copied().unwrap_or_default());
        let mut all: Vec<f32> = known.collect();
        all.push((1.0 - all.iter().sum::<f32>()).max(0.0));
        all
    }

    /// What was learned of this collection and kept in a folder; none if it is too large to be learned.
    pub(super) fn open(folder: &Path, collection: &Collection) -> io::Result<Option<Self>> {
        if !Self::may_learn(collection) {
            return Ok(None);
        }
        let model = Model::read(fs::read(folder.join(FILE))?);
        let fits = model.filter(|model| model.classes() == collection.entries.len() + 1);
        fits.map(|model| Some(Self { model: Arc::new(model), places: None }))
            .ok_or_else(|| io::Error::other(format!("{FILE} is damaged")))
    }

    /// Keeps what was learned in a folder.
    pub(super) fn keep(&self, folder: &Path) -> io::Result<()> {
        let file = fs::File::create(folder.join(FILE))?;
        io::Write::write_all(&mut &file, self.model.bytes())?;
        file.sync_all()
    }
}

/// How likely each entry is asked for.
pub(super) struct Chances {
    /// By entry; the last one is for none of them.
    all: Vec<f32>,
    /// The sum over the entries with the same sources, at the first of these.
    sources: Vec<f32>,
    /// The first entry of the likeliest sources.
    likeliest: usize,
    /// How likely the sources after the likeliest are.
    second: f32,
}

impl Chances {
    /// The chances by what was learned. `akin` gives for each entry the first one with the same sources.
    pub(super) fn of(topics: &Topics, features: &Features, akin: &[usize]) -> Self {
        let all = topics.probabilities(features);
        let mut sources = vec![0.0; akin.len()];
        for (first, chance) in akin.iter().zip(&all) {
            sources.get_mut(*first).into_iter().for_each(|sum: &mut f32| *sum += chance);
        }
        let (mut likeliest, mut most, mut second) = (0, 0.0, 0.0);
        for (first, chance) in sources.iter().copied().enumerate() {
            if chance > most {
                (likeliest, second, most) = (first, most, chance);
            } else if chance > second {
                second = chance;
            }
        }
        Self { all, sources, likeliest, second }
    }

    /// How likely no entry answers.
    pub(super) fn none(&self) -> f32 {
        self.all.last().copied().unwrap_or_default()
    }

    /// The likeliest entries, the likeliest first.
    pub(super) fn likeliest(&self, most: usize) -> Vec<usize> {
        let mut entries = Vec::with_capacity(most + 1);
        for entry in 0..self.sources.len() {
            let place = entries.partition_point(|other| self.chance(*other) >= self.chance(entry));
            if place < most {
                entries.insert(place, entry);
                entries.truncate(most);
            }
        }
        entries
    }

    /// What was learned about an entry.
    pub(super) fn of_item(&self, item: usize, akin: &[usize]) -> Topic {
        let Some(own) = akin.get(item) else { return Topic::default() };
        let source = |first: usize| self.sources.get(first).copied().unwrap_or_default();
        let rival = if *own == self.likeliest { self.second } else { source(self.likeliest) };
        Topic { entry: self.chance(item), source: source(*own), rival }
    }

    fn chance(&self, entry: usize) -> f32 {
        self.all.get(entry).copied().unwrap_or_default()
    }
}

/// The features of a text, with those of what was said before it, oldest first.
pub fn in_context(own: Features, before: impl Iterator<Item = Features>) -> Features {
    let before = before.reduce(|older, newer| newer.after(&older));
    before.map_or(own.clone(), |before| own.after(&before))
}

/// Which entries answer what a message's gold names.
struct Answering<'c>(HashMap<&'c str, Vec<usize>>);

impl<'c> Answering<'c> {
    fn of(entries: &'c [Entry]) -> Self {
        let mut answering: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            let sources = entry.source.iter().map(|(SourceRef::Passage(name) | SourceRef::Named(name))| name.as_str());
            for name in sources.chain([entry.id.as_str()]) {
                answering.entry(name).or_default().push(number);
            }
        }
        Self(answering)
    }

    /// The entries that the first name with any stands for: it is the best answer.
    fn entries(&self, gold: &[String]) -> Vec<usize> {
        let mut entries = gold.iter().find_map(|name| self.0.get(name.as_str())).cloned().unwrap_or_default();
        entries.dedup();
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_come_first_and_the_first_of_equals_before_the_others() {
        let all = vec![0.1, 0.3, 0.1, 0.4, 0.1];
        let chances = Chances { sources: vec![0.0; 4], all, likeliest: 3, second: 0.3 };
        assert_eq!(chances.likeliest(3), [3, 1, 0]);
        assert_eq!(chances.likeliest(9), [3, 1, 0, 2]);
        assert_eq!(chances.likeliest(0), [0; 0]);
    }
}
