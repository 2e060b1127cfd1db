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
    fn every_line_is_a_family_of_plain_words_that_stand_once() {
        let all = include_str!("families.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert_eq!(all.count(), lines().count(), "a line has a name alone");
        let mut seen = std::collections::HashSet::new();
        for word in lines().flat_map(|(name, words)| [name.trim_start_matches('*')].into_iter().chain(words.split(' ')))
        {
            assert_eq!(text::words(word), [word]);
        }
        for word in lines().flat_map(|(_, words)| words.split_whitespace()) {
            assert!(seen.insert(word), "{word} stands in two families");
        }
        for (name, _) in lines() {
            assert!(!seen.contains(name.trim_start_matches('*')), "{name} is a word of a family");
        }
    }
}
