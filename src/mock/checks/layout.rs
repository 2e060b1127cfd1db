//! Layouts: messages that consist of components alone (Discord's components "V2"), which of them stand in which.

use std::collections::HashSet;

use serde_json::Value;

use super::components::{check_button, check_custom_id, check_row, parts};
use super::{Problems, given, items, number};
use crate::mock::kinds::{
    ACTION_ROW, BUTTON, CONTAINER, FILE, MEDIA_GALLERY, SECTION, SEPARATOR, TEXT_DISPLAY, THUMBNAIL,
};

/// The most components of a message, however deep.
const MAX_COMPONENTS: usize = 40;
/// The most characters of all its texts.
const MAX_TEXT: usize = 4000;

/// Where a picture may be: elsewhere, or among the files that came with the message, where any other file is.
const PICTURE: [&str; 3] = ["http", "https", "attachment"];

/// Checks a whole message.
pub(super) fn check<'a>(problems: &mut Problems, components: &'a [Value], custom_ids: &mut HashSet<&'a str>) {
    problems.count("components", components.iter().map(size).sum(), 1..=MAX_COMPONENTS);
    if components.iter().map(length).sum::<usize>() > MAX_TEXT {
        let words = format!("The total length of all text must be {MAX_TEXT} or fewer.");
        problems.add("components", "COMPONENT_MAX_TOTAL_TEXT_EXCEEDED", words);
    }
    for (position, component) in components.iter().enumerate() {
        check_part(problems, &format!("components.{position}"), component, custom_ids, true);
    }
}

/// How many components it is, with those in it.
fn size(component: &Value) -> usize {
    1 + parts(component).map(size).sum::<usize>()
}

/// How many characters its texts have.
fn length(component: &Value) -> usize {
    let own = component.get("content").and_then(Value::as_str).map_or(0, |text| text.chars().count());
    own + items(component, "components").iter().map(length).sum::<usize>()
}

fn check_part<'a>(
    problems: &mut Problems,
    path: &str,
    part: &'a Value,
    custom_ids: &mut HashSet<&'a str>,
    is_outermost: bool,
) {
    let at = |key: &str| format!("{path}.{key}");
    match number(part, "type") {
        ACTION_ROW => check_row(problems, path, part, custom_ids),
        SECTION => check_section(problems, path, part, custom_ids),
        TEXT_DISPLAY => {
            problems.text(at("content"), part.get("content"), 1..=MAX_TEXT, true);
        }
        MEDIA_GALLERY => {
            let shown = items(part, "items");
            problems.count(at("items"), shown.len(), 1..=10);
            for (position, item) in shown.iter().enumerate() {
                check_media(problems, &at(&format!("items.{position}.media")), item.get("media"), &PICTURE);
            }
        }
        FILE => check_media(problems, &at("file"), part.get("file"), &["attachment"]),
        SEPARATOR => {
            if given(part, "spacing").is_some() && !(1..=2).contains(&number(part, "spacing")) {
                problems.not_a_choice(at("spacing"), "1, 2");
            }
        }
        CONTAINER if is_outermost => {
            let parts = items(part, "components");
            problems.count(at("components"), parts.len(), 1..=MAX_COMPONENTS);
            for (position, inner) in parts.iter().enumerate() {
                check_part(problems, &at(&format!("components.{position}")), inner, custom_ids, false);
            }
        }
        _ => problems
            .not_a_choice(at("type"), if is_outermost { "1, 9, 10, 12, 13, 14, 17" } else { "1, 9, 10, 12, 13, 14" }),
    }
}

/// A section has one to three texts, and a button or a picture beside them.
fn check_section<'a>(problems: &mut Problems, path: &str, section: &'a Value, custom_ids: &mut HashSet<&'a str>) {
    let texts = items(section, "components");
    problems.count(format!("{path}.components"), texts.len(), 1..=3);
    for (position, text) in texts.iter().enumerate() {
        let path = format!("{path}.components.{position}");
        match number(text, "type") {
            TEXT_DISPLAY => check_part(problems, &path, text, custom_ids, false),
            _ => problems.not_a_choice(format!("{path}.type"), "10"),
        }
    }
    let path = format!("{path}.accessory");
    let Some(accessory) = given(section, "accessory") else { return problems.missing(path) };
    match number(accessory, "type") {
        BUTTON => {
            check_button(problems, &path, accessory);
            check_custom_id(problems, &path, accessory, custom_ids);
        }
        THUMBNAIL => check_media(problems, &format!("{path}.media"), accessory.get("media"), &PICTURE),
        _ => problems.not_a_choice(format!("{path}.type"), "2, 11"),
    }
}

/// A picture or file, at an address of one of these schemes.
fn check_media(problems: &mut Problems, path: &str, media: Option<&Value>, schemes: &[&str]) {
    let path = format!("{path}.url");
    let url = problems.text(&path, media.and_then(|media| media.get("url")), 1..=2048, true);
    problems.address(&path, url, schemes);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_fine(component: Value) -> bool {
        let mut problems = Problems::default();
        check(&mut problems, &[component], &mut HashSet::new());
        problems.into_result().is_ok()
    }

    #[test]
    fn what_may_stand_where() {
        let text = json!({ "type": 10, "content": "words" });
        let button = json!({ "type": 2, "style": 1, "label": "Go", "custom_id": "go" });
        let section = |accessory: &Value| json!({ "type": 9, "components": [text], "accessory": accessory });
        let container = |inner: &Value| json!({ "type": 17, "components": [inner] });
        assert!(is_fine(text.clone()));
        assert!(is_fine(section(&button)));
        assert!(is_fine(container(&section(&json!({ "type": 11, "media": { "url": "attachment://a.png" } })))));
        assert!(is_fine(json!({ "type": 12, "items": [{ "media": { "url": "https://example.org/a.png" } }] })));
        let file = |url: &str| json!({ "type": 13, "file": { "url": url } });
        assert!(is_fine(file("attachment://a.txt")));
        assert!(!is_fine(file("https://example.org/a.txt")), "a file comes with the message");
        assert!(!is_fine(section(&Value::Null)), "a section has something beside its text");
        assert!(!is_fine(section(&text)));
        assert!(!is_fine(container(&container(&text))), "no container in a container");
        assert!(!is_fine(button), "a button stands in a row");
        assert!(!is_fine(json!({ "type": 10, "content": "a".repeat(4001) })));
        assert!(!is_fine(json!({ "type": 12, "items": [{ "media": { "url": "nowhere" } }] })));
    }
}
