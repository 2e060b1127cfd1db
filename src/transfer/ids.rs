//! Ids for entries that have none, made from their questions.

use crate::faq::{MAX_ID, id_of};
use std::collections::{HashMap, HashSet};

/// The id of an entry whose question has no letter that an id may have.
const NAMELESS: &str = "entry";

/// The ids that are taken.
pub(super) struct Ids {
    taken: HashSet<String>,
    /// The next number to try after a base that is taken.
    next: HashMap<String, usize>,
}

impl Ids {
    /// Those of the files that are there.
    pub(super) fn new(taken: HashSet<String>) -> Self {
        Self { taken, next: HashMap::new() }
    }

    /// Takes an id.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// Takes an id that is free, made from this question.
    pub(super) fn fresh(&mut self, question: &str) -> String {
        let base = made_of(question);
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            let number = self.next.entry(base.clone()).and_modify(|number| *number += 1).or_insert(2);
            let ending = format!("-{number}");
            let room = base.len().min(MAX_ID - ending.len());
            id = base.get(..room).unwrap_or_default().trim_end_matches('-').to_owned() + &ending;
        }
        id
    }
}

/// An id made of the words of a text.
pub(super) fn made_of(text: &str) -> String {
    let id = id_of(text, MAX_ID);
    if id.is_empty() { NAMELESS.to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::is_id;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_made_of_the_words_of_a_question() {
        let mut ids = Ids::new(HashSet::from(["is-it-safe".to_owned()]));
        assert_eq!(ids.fresh("Does prednisone weaken bones?"), "does-prednisone-weaken-bones");
        assert_eq!(ids.fresh("Can’t I stop – früher?"), "cant-i-stop-fruher");
        assert_eq!(ids.fresh("Is it safe?"), "is-it-safe-2");
        assert_eq!(ids.fresh("is it SAFE"), "is-it-safe-3");
        assert_eq!(ids.fresh("Что это?"), "entry");
    }

    proptest! {
        #[test]
        fn ids_are_fit_and_never_the_same(questions in prop::collection::vec("[aé ?-]{0,90}|\\PC{0,90}", 1..20)) {
            let mut ids = Ids::new(HashSet::new());
            let made: Vec<String> = questions.iter().map(|question| ids.fresh(question)).collect();
            prop_assert!(made.iter().all(|id| is_id(id)), "{made:?}");
            prop_assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
        }
    }
}
