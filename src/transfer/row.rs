//! One entry as it came from elsewhere: what it says, and where it stands.

use super::key::Key;
use crate::faq::{Entry, Place};
use serde::Serialize;
use std::collections::BTreeMap;

/// What parts the texts of a list that stand in one cell. The first of these that is there parts them.
pub(super) const MARKS: [char; 3] = ['\n', '|', ';'];

/// What parts titles and links, which may hold a semicolon.
pub(super) const TITLE_MARKS: [char; 2] = ['\n', '|'];

/// An entry as it came from elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Where it stands.
    pub(super) place: Place,
    /// What it says.
    pub(super) values: BTreeMap<Key, Value>,
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    /// A text, or several in one cell.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

impl Row {
    /// A text of one line, if there is one that says something; of several the first.
    pub(super) fn line(&self, key: Key) -> Option<String> {
        let text = match self.values.get(&key)? {
            Value::Text(text) => text.as_str(),
            Value::List(texts) => texts.first()?.as_str(),
        };
        Some(one_line(text)).filter(|line| !line.is_empty())
    }

    /// A text as the loader reads a passage: line ends as `\n`, and no blank lines around it. Texts of a list are its
    /// paragraphs.
    pub(super) fn text(&self, key: Key) -> Option<String> {
        let text = match self.values.get(&key)? {
            Value::Text(text) => text.clone(),
            Value::List(texts) => texts.join("\n\n"),
        };
        let text = text.replace("\r\n", "\n");
        let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
        let text = text.get(blank..).unwrap_or_default().trim_end();
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    /// Several texts of one line each. Those of one cell are parted by the first of these marks that stands in it.
    pub(super) fn list(&self, key: Key, marks: &[char]) -> Vec<String> {
        let texts: Vec<&str> = match self.values.get(&key) {
            None => Vec::new(),
            Some(Value::List(texts)) => texts.iter().map(String::as_str).collect(),
            Some(Value::Text(text)) => match marks.iter().find(|mark| text.contains(**mark)) {
                Some(mark) => text.split(*mark).collect(),
                None => vec![text],
            },
        };
        texts.into_iter().map(one_line).filter(|text| !text.is_empty()).collect()
    }
}

/// What an entry says, in the order of the keys; keys without a value are left out.
pub(super) fn values_of(entry: &Entry) -> BTreeMap<Key, Value> {
    // What its file says goes out, even where an earlier text is served until this one is signed.
    let text = entry.newest();
    let source = text.source.iter().map(|source| source.name().to_owned());
    let review = &entry.review;
    let texts = [
        (Key::Id, Some(entry.id.clone())),
        (Key::Question, Some(text.question)),
        (Key::Topic, Some(entry.topic.clone())),
        (Key::Ask, entry.ask.clone()),
        (Key::ReviewedBy, review.reviewed_by.clone()),
        (Key::ReviewedOn, review.reviewed_on.map(|day| day.to_string())),
        (Key::ReviewBy, review.review_by.map(|day| day.to_string())),
        (Key::Approved, review.approved.clone()),
        (Key::Passage, Some(text.passage)),
    ];
    let lists =
        [(Key::Also, entry.also.clone()), (Key::Source, source.collect()), (Key::Related, entry.related.clone())];
    let texts = texts.into_iter().filter_map(|(key, text)| Some((key, Value::Text(text?))));
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| (key, Value::List(list)));
    texts.chain(lists).collect()
}

/// A text without outer spaces, its line breaks made spaces.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &[&str]) {
        let values = BTreeMap::from([(Key::Also, Value::Text(cell.to_owned()))]);
        let row = Row { place: Place::whole("a.csv".as_ref()), values };
        assert_eq!(row.list(Key::Also, &MARKS), expected);
    }

    #[test]
    fn texts_of_a_cell_are_parted_by_lines_else_bars_else_semicolons() {
        check("one; two ;; three", &["one", "two", "three"]);
        check("one; 1 | two", &["one; 1", "two"]);
        check("one; 1 | 2\n\ntwo", &["one; 1 | 2", "two"]);
        check("one; 1\n", &["one; 1"]);
        check(" ", &[]);
    }
}
