//! Families of words: relatives, animals, times, denials, ...

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A family of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Family {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Whether it sets the scene for the words around it.
    pub(super) sets_scene: bool,
}

static FAMILIES: LazyLock<FxHashMap<&str, Family>> = LazyLock::new(|| {
    let lines = lines().zip(1..);
    let words = lines.flat_map(|((name, words), number)| {
        let family = Family { number, sets_scene: name.starts_with('*') };
        words.split_whitespace().map(move |word| (word, family))
    });
    words.collect()
});

/// The families: the name of each and its words.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("families.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' '))
}

/// The family of a plain word, if it has one.
pub(super) fn family(word: &str) -> Option<Family> {
    FAMILIES.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn a_word_is_known_by_its_family() {
        assert_eq!(family("mum"), family("wife"));
        assert_ne!(family("mum"), family("dog"));
        assert!(family("ago").is_some_and(|past| past.sets_scene));
        assert_eq!(family("breathe"), None);
    }

    #[test]
    fn every_word_is_plain_and_stands_once() {
        let words: Vec<&str> = lines().flat_map(|(_, words)| words.split_whitespace()).collect();
        assert_eq!(words.len(), FAMILIES.len(), "a word stands in two families");
        assert!(words.iter().all(|word| text::words(word) == [*word]));
    }
}
