//! From the fields of a form to the text of a file, as a person would have typed it: what the form doesn't ask for stays, and so
//! do comments, the order of the lines and every field that is the same.

use super::fields::Fields;
use super::list;
use crate::faq;
use toml_edit::{Array, DocumentMut, Item, Value};

/// The keys that a form asks for, in the order in which a new file has them.
const KEYS: [&str; 6] = ["question", "also", "topic", "source", "related", "ask"];

/// What a new file is written into.
pub(super) const BLANK: &str = "+++\n+++\n";

/// The text of a file with these fields, tidied ones, in the place of those that it has; none where a form can't show the file.
pub(super) fn write(fields: &Fields, old: &str) -> Option<String> {
    let before = Fields::typed(old)?;
    let (front, passage) = faq::parts(old)?;
    let mut document: DocumentMut = old.get(front.clone())?.parse().ok()?;
    let texts = [
        ("question", &before.question, &fields.question),
        ("topic", &before.topic, &fields.topic),
        ("ask", &before.ask, &fields.ask),
    ];
    for (key, old, new) in texts {
        if old != new {
            put(&mut document, key, Value::from(new.as_str()), new.is_empty());
        }
    }
    let lists = [
        ("also", &before.also, &fields.also),
        ("source", &before.source, &fields.source),
        ("related", &before.related, &fields.related),
    ];
    for (key, old, new) in lists {
        if old != new {
            let value = list_value(document.get(key), key, new);
            put(&mut document, key, value, new.is_empty());
        }
    }
    let (head, between, tail) = (old.get(..front.start)?, old.get(front.end..passage.start)?, old.get(passage.end..)?);
    let (between, tail) =
        if passage.is_empty() { (format!("{}\n\n", between.trim_end()), "\n") } else { (between.to_owned(), tail) };
    Some(format!("{head}{document}{between}{}{tail}", fields.passage))
}

/// These texts in the form of the list that is there.
fn list_value(old: Option<&Item>, key: &str, texts: &[String]) -> Value {
    match (old, texts) {
        (Some(old), [text]) if old.is_str() => Value::from(text.as_str()),
        _ => match old.and_then(Item::as_array).filter(|old| !list::is_bare(old)) {
            Some(old) => list::with_texts(old, texts).into(),
            None => new_list(key, texts).into(),
        },
    }
}

/// Phrasings stand on lines of their own, since there are many; ids stand on one.
fn new_list(key: &str, texts: &[String]) -> Array {
    if key == "also" { list::of_lines(texts) } else { texts.iter().map(String::as_str).collect() }
}

/// Puts a value where the old one is, or where a person would look for it. An empty one goes, unless a comment would go with it.
fn put(document: &mut DocumentMut, key: &str, mut value: Value, is_empty: bool) {
    let Some(old) = document.get_mut(key).and_then(Item::as_value_mut) else {
        if !is_empty {
            insert(document, key, value);
        }
        return;
    };
    *value.decor_mut() = old.decor().clone();
    // With the comments beside it and in it.
    let whole = value.to_string();
    *old = value;
    let above = document.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str()).unwrap_or_default();
    if is_empty && !whole.contains('#') && !above.contains('#') {
        document.remove(key);
    }
}

fn insert(document: &mut DocumentMut, key: &str, value: Value) {
    let mut order: Vec<String> = document.iter().map(|(key, _)| key.to_owned()).collect();
    let earlier = KEYS.iter().take_while(|known| **known != key);
    let after = earlier.filter_map(|known| order.iter().position(|there| there == known)).last();
    order.insert(after.map_or(0, |after| after + 1), key.to_owned());
    document.insert(key, Item::Value(value));
    let place = |key: &str| order.iter().position(|there| there == key);
    document.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
}
