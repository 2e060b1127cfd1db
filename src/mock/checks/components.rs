//! Components: buttons and menus under a message, their counts and lengths.

use std::collections::HashSet;
use std::fmt::Display;

use serde_json::{Value, json};

use super::menus::check_menu;
use super::{Problems, below, given, items, layout, number, text};
use crate::mock::kinds::{ACTION_ROW, BUTTON, CONTAINER, LINK, PREMIUM, SELECTS, SEPARATOR, STRING_SELECT};
use crate::mock::wire::with;
use crate::mock::world::is_emoji;

/// Checks the components of a message; `all` when the message consists of components alone.
pub(crate) fn check(problems: &mut Problems, components: &[Value], all: bool) {
    let (mut custom_ids, mut numbers) = (HashSet::new(), HashSet::new());
    for (position, component) in components.iter().enumerate() {
        check_number(problems, &below("components", position), component, &mut numbers);
    }
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

/// Each component has a number of its own, if it has any.
fn check_number(problems: &mut Problems, path: &dyn Display, component: &Value, numbers: &mut HashSet<u64>) {
    let own = number(component, "id");
    if own != 0 && !numbers.insert(own) {
        problems.add(below(path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
    }
    for (position, part) in items(component, "components").iter().enumerate() {
        check_number(problems, &below(below(path, "components"), position), part, numbers);
    }
    if let Some(accessory) = component.get("accessory") {
        check_number(problems, &below(path, "accessory"), accessory, numbers);
    }
}

/// What stands in a component: its parts, and what is beside them.
pub(super) fn parts(component: &Value) -> impl Iterator<Item = &Value> {
    items(component, "components").iter().chain(component.get("accessory"))
}

pub(super) fn check_row<'a>(problems: &mut Problems, path: &str, row: &'a Value, custom_ids: &mut HashSet<&'a str>) {
    let parts = items(row, "components");
    let has_menu = parts.iter().any(|part| number(part, "type") >= STRING_SELECT);
    problems.count(below(path, "components"), parts.len(), 1..=if has_menu { 1 } else { 5 });
    for (position, part) in parts.iter().enumerate() {
        let path = format!("{path}.components.{position}");
        match number(part, "type") {
            BUTTON => check_button(problems, &path, part),
            kind if SELECTS.contains(&kind) => check_menu(problems, &path, part),
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
pub(super) fn check_emoji(problems: &mut Problems, path: &str, part: &Value) {
    let emoji = given(part, "emoji").filter(|emoji| given(emoji, "id").is_none());
    if emoji.is_some_and(|emoji| !is_emoji(text(emoji, "name"))) {
        problems.add(format!("{path}.emoji.name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
}

/// Gives every component a number, as Discord does, counting from 1 in the order of reading, and past those that are given.
pub(crate) fn number_all(mut components: Vec<Value>) -> Vec<Value> {
    fn visit(component: &mut Value, last: &mut u64, taken: &HashSet<u64>) {
        *last += 1;
        let given = number(component, "id");
        while given == 0 && taken.contains(last) {
            *last += 1;
        }
        if let Some(keys) = component.as_object_mut() {
            keys.insert("id".to_owned(), if given == 0 { *last } else { given }.into());
        }
        *component = completed(std::mem::take(component));
        if let Some(parts) = component.get_mut("components").and_then(Value::as_array_mut) {
            parts.iter_mut().for_each(|part| visit(part, last, taken));
        }
        if let Some(accessory) = component.get_mut("accessory") {
            visit(accessory, last, taken);
        }
    }

    let (mut last, taken) = (0, numbers(&components));
    components.iter_mut().for_each(|component| visit(component, &mut last, &taken));
    components
}

/// The numbers that components have, with those in them.
fn numbers(components: &[Value]) -> HashSet<u64> {
    let (mut found, mut left) = (HashSet::new(), components.iter().collect::<Vec<_>>());
    while let Some(component) = left.pop() {
        found.insert(number(component, "id"));
        left.extend(parts(component));
    }
    found
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
        let given = json!({ "type": 1, "components": [button("x", "a"), with(button("y", "b"), json!({ "id": 2 }))] });
        let numbered = number_all(vec![given]);
        assert_eq!((&numbered[0]["components"][0]["id"], &numbered[0]["components"][1]["id"]), (&json!(3), &json!(2)));
    }

    #[test]
    fn no_two_components_have_one_number() {
        let numbered = |label: &str, id: u64| with(button(label, label), json!({ "id": id }));
        assert!(refused_at(json!([numbered("x", 5), numbered("y", 6), numbered("z", 0), button("w", "w")])).is_empty());
        let refused = refused_at(json!([numbered("x", 5), numbered("y", 5)]));
        assert_eq!(refused, ["/components/0/components/1/id"]);
    }
}
