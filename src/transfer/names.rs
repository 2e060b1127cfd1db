//! Which part of an entry stands under which name, where others named them.

use super::key::Key;
use crate::text::plain;

/// The key of each name. A key is under one name only, the likeliest: beside `question`, a `name` is not read.
pub(super) fn keys<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Option<Key>> {
    let guesses: Vec<Option<(Key, usize)>> = names.map(|name| Key::guess(&plain(name))).collect();
    let is_best = |at: usize, key: Key, rank: usize| {
        let mut others = guesses.iter().enumerate().filter_map(|(number, guess)| Some((number, (*guess)?)));
        others.all(|(number, (other, its))| other != key || (its, number) >= (rank, at))
    };
    let best = guesses.iter().enumerate().map(|(at, guess)| {
        let (key, rank) = (*guess)?;
        is_best(at, key, rank).then_some(key)
    });
    best.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_name_of_a_part_is_read() {
        let names = ["Name", "Question", "Answer", "TEXT", "Votes", "reviewed_by", "Aliases"];
        let found = keys(names.into_iter());
        let expected =
            [None, Some(Key::Question), Some(Key::Passage), None, None, Some(Key::ReviewedBy), Some(Key::Also)];
        assert_eq!(found, expected);
    }
}
