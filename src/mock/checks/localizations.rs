//! What a command, or an option of one, is called in other languages.

use std::collections::HashSet;

use serde_json::Value;

use super::{Problems, given, text};
use crate::mock::locale;

/// The texts that an object has under a key for locales that Discord knows, each with its path; it has none for others.
pub(super) fn localizations<'v>(
    problems: &mut Problems,
    path: &str,
    object: &'v Value,
    key: &str,
) -> Vec<(String, Option<&'v Value>)> {
    let path = format!("{path}{key}");
    let Some(all) = given(object, key) else { return Vec::new() };
    let Some(all) = all.as_object() else {
        problems.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return Vec::new();
    };
    for unknown in all.keys().filter(|key| !locale::ALL.contains(&key.as_str())) {
        problems.not_a_choice(format!("{path}.{unknown}"), &locale::ALL.join(", "));
    }
    all.iter().map(|(locale, value)| (format!("{path}.{locale}"), Some(value))).collect()
}

/// The most characters that a text of an object has in any language.
pub(super) fn longest(object: &Value, key: &str) -> usize {
    let others = object.get(format!("{key}_localizations")).and_then(Value::as_object).into_iter().flatten();
    let others = others.filter_map(|(_, text)| text.as_str());
    others.chain([text(object, key)]).map(|text| text.chars().count()).max().unwrap_or(0)
}

/// Whether a name is taken in this set, in any language that it has one in; takes it otherwise.
pub(super) fn is_taken<'v>(taken: &mut HashSet<(u64, &'v str, &'v str)>, kind: u64, named: &'v Value) -> bool {
    let own = text(named, "name");
    let others = given(named, "name_localizations").and_then(Value::as_object).into_iter().flatten();
    let others = others.filter_map(|(locale, name)| Some((kind, locale.as_str(), name.as_str()?)));
    let mut is_taken = false;
    for name in others.chain([(kind, "", own)]) {
        is_taken |= !taken.insert(name);
    }
    is_taken
}
