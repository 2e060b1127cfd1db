//! What the search of the first page looks in: the words of each entry, and which words mean the same.

use crate::faq::{Collection, Entry, WordGroup};
use crate::text::{plain, words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
struct Index {
    /// Words that stand for another.
    same: BTreeMap<String, String>,
    /// The words of each entry in the order of the list, those of `same` left out, parted by spaces.
    entries: Vec<String>,
}

/// The index as JSON that can stand inside of a page.
pub(super) fn index(collection: &Collection, topics: &[(&str, Vec<&Entry>)]) -> String {
    let same = same(&collection.words);
    let entries = topics.iter().flat_map(|(_, entries)| entries).map(|entry| words_of(entry, &same)).collect();
    // A map and texts always have a form in JSON.
    let json = serde_json::to_string(&Index { same, entries }).unwrap_or_default();
    json.replace('<', "\\u003c")
}

/// Every single word of a group and the first word of the group's name.
fn same(groups: &[WordGroup]) -> BTreeMap<String, String> {
    let mut same = BTreeMap::new();
    for group in groups {
        let name = plain(&group.name);
        if name.contains(' ') {
            continue;
        }
        for word in group.words.iter().chain(&group.misspelt).map(|word| plain(word)) {
            if !word.contains(' ') && word != name {
                same.insert(word, name.clone());
            }
        }
    }
    same
}

/// The words of an entry's question and phrasings, each once.
fn words_of(entry: &Entry, same: &BTreeMap<String, String>) -> String {
    let texts = std::iter::once(&entry.question).chain(&entry.also).flat_map(|text| words(text));
    let all: BTreeSet<String> = texts.map(|word| same.get(&word).cloned().unwrap_or(word)).collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}
