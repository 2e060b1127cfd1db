//! Menus: how much is chosen from them, and what stands in them.

use std::collections::HashSet;

use serde_json::Value;

use super::components::check_emoji;
use super::{Problems, below, items, number, text};
use crate::mock::kinds::{CHANNEL_SELECT, MENTIONABLE_SELECT, ROLE_SELECT, USER_SELECT};

/// The most options of a menu, and so the most values that are chosen from one.
const MAX_OPTIONS: u8 = 25;

/// Checks how many values may be chosen from a menu: no more at least than at most, and no more than there are.
fn check_values(problems: &mut Problems, path: &str, menu: &Value) -> usize {
    let at = |part| below(path, part);
    let most = problems.whole(at("max_values"), menu.get("max_values"), 1..=i64::from(MAX_OPTIONS));
    let most = most.unwrap_or(1);
    problems.whole(at("min_values"), menu.get("min_values"), 0..=most);
    usize::try_from(most).unwrap_or(1)
}

/// Checks a menu: one of texts by its options, any other by what is chosen in it from the start.
pub(crate) fn check_menu(problems: &mut Problems, path: &str, menu: &Value) {
    let at = |part| below(path, part);
    problems.text(at("custom_id"), menu.get("custom_id"), 1..=100, true);
    problems.text(at("placeholder"), menu.get("placeholder"), 0..=150, false);
    let most = check_values(problems, path, menu);
    match chosen_in(number(menu, "type")) {
        None => check_options(problems, path, menu, most),
        Some(kinds) => check_default_values(problems, path, menu, most, kinds),
    }
}

/// What is chosen in a menu of this kind, as its values from the start name it; `None` in one of texts.
fn chosen_in(kind: u64) -> Option<&'static [&'static str]> {
    match kind {
        USER_SELECT => Some(&["user"]),
        ROLE_SELECT => Some(&["role"]),
        MENTIONABLE_SELECT => Some(&["user", "role"]),
        CHANNEL_SELECT => Some(&["channel"]),
        _ => None,
    }
}

/// What is chosen from the start is of the menu's kind, and no more than may be chosen.
fn check_default_values(problems: &mut Problems, path: &str, menu: &Value, most: usize, kinds: &[&str]) {
    let values = items(menu, "default_values");
    problems.count(below(path, "default_values"), values.len(), 0..=most);
    for (position, value) in values.iter().enumerate() {
        let path = below(below(path, "default_values"), position);
        if !kinds.contains(&text(value, "type")) {
            problems.not_a_choice(below(&path, "type"), &kinds.join(", "));
        }
        problems.id(below(&path, "id"), value.get("id"));
    }
}

fn check_options(problems: &mut Problems, path: &str, menu: &Value, most: usize) {
    let at = |part| below(path, part);
    let options = items(menu, "options");
    problems.count(at("options"), options.len(), most..=usize::from(MAX_OPTIONS));
    let chosen = options.iter().filter(|option| option.get("default") == Some(&Value::Bool(true)));
    problems.count(at("options"), chosen.count(), 0..=most);
    let mut values = HashSet::new();
    for (position, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{position}");
        let at = |part| below(&path, part);
        problems.text(at("label"), option.get("label"), 1..=100, true);
        problems.text(at("description"), option.get("description"), 0..=100, false);
        let value = problems.text(at("value"), option.get("value"), 1..=100, true);
        check_emoji(problems, &path, option);
        if value.is_some_and(|value| !values.insert(value)) {
            let words = "The specified option value is already used";
            problems.add(&path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mock::wire::with;

    #[test]
    fn what_is_chosen_from_the_start_may_be_chosen() {
        let check = |menu: Value, expected: Option<(&str, &str)>| {
            let mut problems = Problems::default();
            check_menu(&mut problems, "m", &with(json!({ "custom_id": "m" }), menu.clone()));
            let errors = problems.into_result().err().and_then(|refusal| refusal.errors).unwrap_or_default();
            let code = |pointer: &str| errors.pointer(&format!("/m{pointer}/_errors/0/code"));
            assert_eq!(errors.is_null(), expected.is_none(), "{menu}: {errors}");
            expected.inspect(|(pointer, named)| assert_eq!(code(pointer), Some(&json!(named)), "{menu}: {errors}"));
        };
        let of = |kind: u64, values: &[&str]| {
            let values: Value = values.iter().map(|named| json!({ "id": "7", "type": named })).collect();
            json!({ "type": kind, "max_values": 2, "default_values": values })
        };
        check(of(USER_SELECT, &["user", "user"]), None);
        check(of(MENTIONABLE_SELECT, &["user", "role"]), None);
        check(of(CHANNEL_SELECT, &["channel"]), None);
        check(of(USER_SELECT, &["channel"]), Some(("/default_values/0/type", "BASE_TYPE_CHOICES")));
        check(of(ROLE_SELECT, &["role"; 3]), Some(("/default_values", "BASE_TYPE_MAX_LENGTH")));
        let texts = |most: u64| {
            let option = |value: &str| json!({ "label": "l", "value": value, "default": true });
            json!({ "type": 3, "max_values": most, "options": [option("a"), option("b")] })
        };
        check(texts(2), None);
        check(texts(1), Some(("/options", "BASE_TYPE_MAX_LENGTH")));
    }
}
