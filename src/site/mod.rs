//! A collection as a website of plain files: it needs no server, no script to read and no other host, and it prints.
//!
//! Each passage is on an [`answer::Card`](crate::answer::Card), so no page shows one without its source, the state of its
//! review and the reminder. maud escapes every text; a passage's Markdown is made HTML in one place.

mod entry;
mod frame;
mod index;
mod numbers;
mod passage;
mod search;
mod whole;

use self::frame::Frame;
use crate::faq::Collection;
use std::collections::BTreeMap;

const STYLE: &str = include_str!("site.css");
const SCRIPT: &str = include_str!("search.js");

/// The files of a collection's website by their paths, which are parted by `/`. The pages name the numbers to call in this
/// region, an ISO 3166-1 alpha-2 code in capitals.
pub fn site(collection: &Collection, region: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let topics = collection.topics();
    let top = Frame { collection, topics: &topics, ask: &collection.ask, region, up: "" };
    let below = Frame { up: "../", ..top };
    let mut files = BTreeMap::from([
        ("index.html".to_owned(), index::page(&top)),
        ("all.html".to_owned(), whole::page(&top)),
        ("style.css".to_owned(), STYLE.to_owned()),
        ("search.js".to_owned(), SCRIPT.to_owned()),
    ]);
    if !collection.help_lines.is_empty() {
        files.insert("numbers.html".to_owned(), numbers::page(&top));
    }
    files.extend(collection.served().map(|each| (format!("entry/{}.html", each.id), entry::page(&below, each))));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

#[cfg(test)]
mod tests;
