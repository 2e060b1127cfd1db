//! Components: buttons and menus under a message, their counts and lengths.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Problems, below, given, items, layout, number, text};
use crate::mock::kinds::{ACTION_ROW, BUTTON, CONTAINER, LINK, PREMIUM, SELECTS, SEPARATOR, STRING_SELECT};
use crate::mock::wire::with;
use crate::mock::world::is_emoji;

/// The most options of a menu, and so the most values that are chosen from one.
const MAX_OPTIONS: u8 = 25;

/// Checks the components of a message; `all` when the message consists of components alone.
pub(crate) fn check(problems: &mut Problems, components: &[Value], all: bool) {
    let mut custom_ids = HashSet::new();
    if all {
        layout::check(problems, components, &mut custom_ids);
        return;
    }
    problems.count("components", components.len(), 0..=5);
    for (position, component) in components.iter().enumerate() {
        let path = format!("components.{position}");
        match number(component, "type") {
            ACTION_ROW => check_row(problems, &path, component, &mut custom_ids),
            _ => problems.not_a_choice(format!("{path}.type"), "1"),
        }
    }
}

pub(super) fn check_row<'a>(problems: &mut Problems, path: &str, row: &'a Value, custom_ids: &mut HashSet<&'a str>) {
    let parts = items(row, "components");
    let has_menu = parts.iter().any(|part| number(part, "type") >= STRING_SELECT);
    problems.count(below(path, "components"), parts.len(), 1..=if has_menu { 1 } else { 5 });
    for (position, part) in parts.iter().enumerate() {
        let path = format!("{path}.components.{position}");
        match number(part, "type") {
            BUTTON => check_button(problems, &path, part),
            kind if SELECTS.contains(&kind) => check_menu(problems, &path, part, kind == STRING_SELECT),
            _ => problems.not_a_choice(format!("{path}.type"), "2, 3, 5, 6, 7, 8"),
        }
        check_custom_id(problems, &path, part, custom_ids);
    }
}

/// Each component has a custom id of its own, if it has any.
pub(super) fn check_custom_id<'a>(
    problems: &mut Problems,
    path: &str,
    part: &'a Value,
    custom_ids: &mut HashSet<&'a str>,
) {
    let custom_id = part.get("custom_id").and_then(Value::as_str);
    if custom_id.is_some_and(|custom_id| !custom_ids.insert(custom_id)) {
        let words = "Component custom id cannot be duplicated";
        problems.add(format!("{path}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", words);
    }
}

pub(super) fn check_button(problems: &mut Problems, path: &str, button: &Value) {
    let at = |part| below(path, part);
    let style = number(button, "style");
    problems.text(at("label"), button.get("label"), 0..=80, false);
    match style {
        1..=4 => {
            problems.text(at("custom_id"), button.get("custom_id"), 1..=100, true);
        }
        LINK => {
            let url = problems.text(at("url"), button.get("url"), 1..=512, true);
            problems.address(at("url"), url, &["http", "https", "discord"]);
        }
        PREMIUM => {}
        _ => problems.not_a_choice(at("style"), "1, 2, 3, 4, 5, 6"),
    }
    check_emoji(problems, path, button);
    let label = button.get("label").and_then(Value::as_str).unwrap_or("");
    if style != PREMIUM && label.is_empty() && button.get("emoji").is_none_or(Value::is_null) {
        let words = "A button must have either a label or an emoji";
        problems.add(path, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI", words);
    }
}

/// An emoji of Unicode's is one; those with an id are taken as they are.
fn check_emoji(problems: &mut Problems, path: &str, part: &Value) {
    let emoji = given(part, "emoji").filter(|emoji| given(emoji, "id").is_none());
    if emoji.is_some_and(|emoji| !is_emoji(text(emoji, "name"))) {
        problems.add(format!("{path}.emoji.name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
}

/// Checks how many values may be chosen from a menu: no more at least than at most, and no more than there are.
fn check_values(problems: &mut Problems, path: &str, menu: &Value) -> usize {
    let at = |part| below(path, part);
    let most = problems.whole(at("max_values"), menu.get("max_values"), 1..=i64::from(MAX_OPTIONS));
    let most = most.unwrap_or(1);
    problems.whole(at("min_values"), menu.get("min_values"), 0..=most);
    usize::try_from(most).unwrap_or(1)
}

/// Checks a menu; one of texts also by its options.
pub(crate) fn check_menu(problems: &mut Problems, path: &str, menu: &Value, of_texts: bool) {
    let at = |part| below(path, part);
    problems.text(at("custom_id"), menu.get("custom_id"), 1..=100, true);
    problems.text(at("placeholder"), menu.get("placeholder"), 0..=150, false);
    let most = check_values(problems, path, menu);
    if !of_texts {
        return;
    }
    let options = items(menu, "options");
    problems.count(at("options"), options.len(), most..=usize::from(MAX_OPTIONS));
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

/// Gives every component a number, as Discord does, counting from 1 in the order of reading.
pub(crate) fn number_all(mut components: Vec<Value>) -> Vec<Value> {
    fn visit(component: &mut Value, last: &mut u64) {
        *last += 1;
        let given = number(component, "id");
        if let Some(keys) = component.as_object_mut() {
            keys.insert("id".to_owned(), if given == 0 { *last } else { given }.into());
        }
        *component = completed(std::mem::take(component));
        if let Some(parts) = component.get_mut("components").and_then(Value::as_array_mut) {
            parts.iter_mut().for_each(|part| visit(part, last));
        }
        if let Some(accessory) = component.get_mut("accessory") {
            visit(accessory, last);
        }
    }

    let mut last = 0;
    components.iter_mut().for_each(|component| visit(component, &mut last));
    components
}

/// Adds what Discord adds when the bot leaves it out.
fn completed(component: Value) -> Value {
    let usual = match number(&component, "type") {
        kind if SELECTS.contains(&kind) => json!({ "min_values": 1, "max_values": 1 }),
        SEPARATOR => json!({ "divider": true, "spacing": 1 }),
        CONTAINER => json!({ "accent_color": null, "spoiler": false }),
        _ => return component,
    };
    with(usual, component)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused_at(row: Value) -> Vec<String> {
        fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
            for (key, inner) in value.as_object().into_iter().flatten() {
                if key == "_errors" {
                    found.push(path.to_owned())
                } else {
                    leaves(inner, &format!("{path}/{key}"), found)
                }
            }
        }
        let mut problems = Problems::default();
        check(&mut problems, &[json!({ "type": 1, "components": row })], false);
        let mut found = Vec::new();
        if let Err(refusal) = problems.into_result() {
            leaves(&refusal.errors.unwrap_or_default(), "", &mut found);
        }
        found
    }

    fn button(label: &str, custom_id: &str) -> Value {
        json!({ "type": 2, "style": 1, "label": label, "custom_id": custom_id })
    }

    #[test]
    fn counts_and_lengths_are_held() {
        let row = "/components/0/components";
        assert!(refused_at(json!([button("Helpful", "a"), button("Not helpful", "b")])).is_empty());
        assert_eq!(refused_at(json!([])), [row]);
        assert_eq!(refused_at((0..6).map(|n| button("x", &n.to_string())).collect()), [row]);
        assert_eq!(refused_at(json!([button(&"l".repeat(81), "a")])), [format!("{row}/0/label")]);
        assert_eq!(refused_at(json!([button("x", &"c".repeat(101))])), [format!("{row}/0/custom_id")]);
        assert_eq!(refused_at(json!([button("", "a")])), [format!("{row}/0")]);
        assert_eq!(refused_at(json!([button("x", "a"), button("y", "a")])), [format!("{row}/1/custom_id")]);
        let option = |n: usize| json!({ "label": "l", "value": n.to_string() });
        let menu = |count: usize| json!([{ "type": 3, "custom_id": "m", "options": (0..count).map(option).collect::<Vec<_>>() }]);
        assert!(refused_at(menu(25)).is_empty());
        assert_eq!(refused_at(menu(26)), [format!("{row}/0/options")]);
        let chosen = |least: u64, most: u64| {
            let mut menu = menu(4);
            menu[0]["min_values"] = json!(least);
            menu[0]["max_values"] = json!(most);
            refused_at(menu)
        };
        assert!(chosen(0, 4).is_empty());
        assert_eq!(chosen(3, 2), [format!("{row}/0/min_values")]);
        assert_eq!(chosen(1, 5), [format!("{row}/0/options")]);
    }

    #[test]
    fn an_emoji_is_one() {
        let with_emoji = |emoji: Value| refused_at(json!([with(button("x", "a"), json!({ "emoji": emoji }))]));
        for name in ["👍", "ℹ️", "🅰️", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"] {
            assert!(with_emoji(json!({ "name": name })).is_empty(), "{name}");
        }
        assert!(with_emoji(json!({ "name": "mine", "id": "5" })).is_empty());
        assert_eq!(with_emoji(json!({ "name": "nope" })), ["/components/0/components/0/emoji/name"]);
    }

    #[test]
    fn components_are_numbered_in_reading_order() {
        let numbered = number_all(vec![json!({ "type": 1, "components": [button("x", "a"), button("y", "b")] })]);
        assert_eq!(numbered[0]["id"], 1);
        assert_eq!(numbered[0]["components"][1]["id"], 3);
    }
}
