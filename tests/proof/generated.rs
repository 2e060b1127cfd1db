//! A collection made by rule, as large as one likes: the same number of entries gives the same files.

use crate::chance;
use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use std::fs;
use std::path::Path;

const SYLLABLES: [&str; 24] = [
    "ba", "del", "fo", "gri", "hul", "ja", "kem", "lo", "mir", "nu", "pas", "quo", "rin", "sta", "tu", "vel", "wor",
    "xi", "yam", "zed", "cho", "dra", "eph", "osk",
];
/// How many words the texts are made of.
const WORDS: usize = 6_000;

/// Writes a collection with this many entries. The folder's name becomes its id.
pub fn write(folder: &Path, entries: usize) {
    fs::create_dir_all(folder).expect("a folder");
    let top = "title = \"A generated handbook\"\nlanguage = \"en\"\n\
               reminder = \"Made by rule, and no advice.\"\nask = \"whoever made it\"\n";
    fs::write(folder.join("collection.toml"), top).expect("a file");
    for number in 0..entries {
        write_entry(folder, number, 1);
    }
}

/// Writes one entry anew. Its passage names the edition, so that an answer shows which index it came from.
pub fn write_entry(folder: &Path, number: usize, edition: usize) {
    let mut chance = chance::fixed(number as u64);
    let (name, topic) = (name(number), word(number % 40));
    let mut words = |count: usize| (0..count).map(|_| common_word(&mut chance)).collect::<Vec<_>>().join(" ");
    let also = [
        format!("{name} against {}", words(1)),
        format!("is {name} good for {}", words(2)),
        format!("what do people say of {name} and {}", words(3)),
        format!("{} after {name}", words(2)),
    ];
    let passage: Vec<String> = (0..4).map(|_| format!("{name} {}.", words(12))).collect();
    let text = format!(
        "+++\nquestion = \"{}\"\nalso = {also:?}\ntopic = \"{topic}\"\nsource = [\"Page {number}\"]\n+++\n\n{} {}\n",
        question(number),
        passage.join(" "),
        mark(number, edition),
    );
    fs::write(folder.join(format!("entry-{number}.md")), text).expect("a file");
}

/// The question of an entry.
pub fn question(number: usize) -> String {
    format!("What does {} do?", name(number))
}

/// What only this edition of an entry says.
pub fn mark(number: usize, edition: usize) -> String {
    format!("This is entry {number} in edition {edition}.")
}

/// A word that only this entry has.
fn name(number: usize) -> String {
    // A number without common factors scatters neighbours over all names.
    let scattered = (number * 7_919 + 13) % SYLLABLES.len().pow(4);
    format!("{}{}", word(scattered), SYLLABLES[scattered / SYLLABLES.len().pow(3)])
}

/// A word of three syllables.
fn word(number: usize) -> String {
    let syllable = |place: u32| SYLLABLES[number / SYLLABLES.len().pow(place) % SYLLABLES.len()];
    [syllable(0), syllable(1), syllable(2)].concat()
}

/// A word that many entries have: some are far more frequent than others, as in any language.
fn common_word(chance: &mut TestRng) -> String {
    let share: f64 = chance.random();
    word((share.powi(3) * WORDS as f64) as usize)
}
