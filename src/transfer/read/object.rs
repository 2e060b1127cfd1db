//! An object of JSON or YAML as a row's values.

use crate::transfer::key::Key;
use crate::transfer::names;
use crate::transfer::row::Value;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// What an object says of an entry. Names inside an object of its own (`embed: title`) count as `embed title`. Those that
/// say nothing of an entry are gathered in `unread`.
pub(super) fn values(object: &Map<String, Json>, unread: &mut BTreeSet<String>) -> BTreeMap<Key, Value> {
    let mut fields: Vec<(String, &Json)> = Vec::with_capacity(object.len());
    for (name, value) in object {
        match value {
            Json::Object(inner) => fields.extend(inner.iter().map(|(under, value)| (format!("{name} {under}"), value))),
            value => fields.push((name.clone(), value)),
        }
    }
    let keys = names::keys(fields.iter().map(|(name, _)| name.as_str()));
    let mut values = BTreeMap::new();
    for ((name, value), key) in fields.into_iter().zip(keys) {
        match (key, read(value)) {
            (Some(key), Some(value)) => {
                values.insert(key, value);
            }
            (None, Some(_)) => {
                unread.insert(name);
            }
            (_, None) => {}
        }
    }
    values
}

/// A value as text; none if there is nothing in it.
fn read(value: &Json) -> Option<Value> {
    match value {
        Json::Array(values) => Some(Value::List(values.iter().filter_map(text).collect())),
        value => text(value).map(Value::Text),
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(is_so) => Some(is_so.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// What is told of names that say nothing of an entry.
pub(super) fn told(unread: &BTreeSet<String>) -> Option<String> {
    let names: Vec<String> = unread.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("not read, since no entry has it: {}", names.join(", ")))
}
