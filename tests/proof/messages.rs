//! What people may write: the shipped collection's own phrasings, mistyped ones, and chatter.

use crate::chance;
use crate::shipped;
use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;

/// Talk that no entry is about.
const CHATTER: [&str; 16] = [
    "morning everyone",
    "anyone else up at this hour",
    "thanks, that helped a lot",
    "my appointment moved again, typical",
    "lol same here",
    "congratulations on the new kitten!",
    "what did you all have for lunch",
    "rain again, third day in a row",
    "did anybody watch the final last night? what a game, I nearly fell off the sofa twice",
    "which train do I take to the meeting on saturday",
    "happy birthday to the best moderator",
    "I can't find my other glove",
    "is this the channel for introductions?",
    "good night all",
    "new phone, who has the group calendar",
    "the bakery on the corner closed, I am devastated",
];

/// As many messages as are wanted: the same ones every time, two fifths of them mistyped and one fifth chatter.
pub fn mixed(count: usize) -> Vec<String> {
    let (mut chance, phrasings) = (chance::fixed(1), phrasings());
    let mut message = |kind: usize| match kind {
        0 | 1 => pick(&mut chance, &phrasings).clone(),
        2 | 3 => {
            let text = pick(&mut chance, &phrasings).clone();
            mistype(&mut chance, &text)
        }
        _ => (*pick(&mut chance, &CHATTER)).to_owned(),
    };
    (0..count).map(|number| message(number % 5)).collect()
}

/// Every phrasing of the shipped collection.
pub fn phrasings() -> Vec<String> {
    let collection = shipped::collection();
    let all = collection.entries.iter().flat_map(|entry| std::iter::once(&entry.question).chain(&entry.also));
    all.cloned().collect()
}

fn pick<'a, T>(chance: &mut TestRng, from: &'a [T]) -> &'a T {
    &from[chance.random_range(0..from.len())]
}

/// One or two slips: a letter lost, doubled, swapped with the next, or another in its place.
fn mistype(chance: &mut TestRng, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..chance.random_range(1..=2) {
        let at = chance.random_range(0..letters.len() - 1);
        match chance.random_range(0..4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = char::from(chance.random_range(b'a'..=b'z')),
        }
    }
    letters.into_iter().collect()
}
