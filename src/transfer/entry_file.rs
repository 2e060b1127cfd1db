//! An entry as the text of its file, in the form in which the loader reads it.

use super::key::Key;
use super::row::{Value, values_of};
use crate::faq::Entry;

/// The text of an entry's file: the keys that have a value between `+++` lines, then the passage. Loading it gives the
/// entry again, if the entry is one that can be loaded at all.
pub fn entry_file(entry: &Entry) -> String {
    let (mut front, mut passage) = (String::new(), String::new());
    for (key, value) in values_of(entry) {
        match (key, value) {
            (Key::Id, _) => {}
            (Key::Passage, Value::Text(text)) => passage = text,
            (Key::ReviewedOn | Key::ReviewBy, Value::Text(day)) => front += &format!("{} = {day}\n", key.column()),
            (_, Value::Text(text)) => front += &format!("{} = {}\n", key.column(), quoted(&text)),
            (Key::Also, Value::List(texts)) => {
                let lines: String = texts.iter().map(|text| format!("  {},\n", quoted(text))).collect();
                front += &format!("{} = [\n{lines}]\n", key.column());
            }
            (_, Value::List(texts)) => {
                let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                front += &format!("{} = [{}]\n", key.column(), texts.join(", "));
            }
        }
    }
    format!("+++\n{front}+++\n\n{passage}\n")
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
