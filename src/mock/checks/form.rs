//! Forms (Discord's modals): what a bot may show to a member.

use serde_json::Value;

use super::menus::check_menu;
use super::{Problems, items, number};
use crate::mock::kinds::{ACTION_ROW, LABEL, SELECTS, TEXT_DISPLAY, TEXT_INPUT};
use crate::mock::refusal::Refusal;

/// Checks the data of a response that shows a form.
pub(crate) fn check(data: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.text("data.custom_id", data.get("custom_id"), 1..=100, true);
    problems.text("data.title", data.get("title"), 1..=45, true);
    let components = items(data, "components");
    problems.count("data.components", components.len(), 1..=5);
    for (position, component) in components.iter().enumerate() {
        let path = format!("data.components.{position}");
        match number(component, "type") {
            ACTION_ROW => {
                let parts = items(component, "components");
                problems.count(format!("{path}.components"), parts.len(), 1..=1);
                for part in parts {
                    let path = format!("{path}.components.0");
                    problems.text(format!("{path}.label"), part.get("label"), 1..=45, true);
                    check_field(&mut problems, &path, part);
                }
            }
            LABEL => {
                problems.text(format!("{path}.label"), component.get("label"), 1..=45, true);
                problems.text(format!("{path}.description"), component.get("description"), 0..=100, false);
                match component.get("component") {
                    Some(part) => check_field(&mut problems, &format!("{path}.component"), part),
                    None => problems.missing(format!("{path}.component")),
                }
            }
            TEXT_DISPLAY => {}
            _ => problems.not_a_choice(format!("{path}.type"), "1, 10, 18"),
        }
    }
    problems.into_result()
}

fn check_field(problems: &mut Problems, path: &str, field: &Value) {
    match number(field, "type") {
        TEXT_INPUT => {
            problems.text(format!("{path}.custom_id"), field.get("custom_id"), 1..=100, true);
            problems.text(format!("{path}.placeholder"), field.get("placeholder"), 0..=100, false);
            problems.text(format!("{path}.value"), field.get("value"), 0..=4000, false);
        }
        kind if SELECTS.contains(&kind) => check_menu(problems, path, field),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_kinds_of_field_are_taken_and_long_titles_are_not() {
        let input = |label: Option<&str>| json!({ "type": 4, "style": 1, "custom_id": "q", "label": label });
        let form =
            |title: &str, component: Value| json!({ "custom_id": "f", "title": title, "components": [component] });
        let row = json!({ "type": 1, "components": [input(Some("Why"))] });
        assert!(check(&form("Report", row.clone())).is_ok());
        assert!(check(&form("Report", json!({ "type": 18, "label": "Why", "component": input(None) }))).is_ok());
        assert!(check(&form(&"t".repeat(46), row)).is_err());
        assert!(check(&form("Report", json!({ "type": 2 }))).is_err());
    }
}
