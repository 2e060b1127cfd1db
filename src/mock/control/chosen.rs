//! What members choose from menus: texts by what they say, people, roles and channels by their names.

use serde_json::{Value, json};

use super::request::{ControlError, Text};
use super::resolved::{Giver, Resolved};
use crate::mock::checks::{items, number, text};
use crate::mock::kinds::STRING_SELECT;
use crate::mock::world::World;

/// What was chosen from a menu, as the values that its bot gets. What people, roles and channels are is added to `resolved`.
pub(super) fn chosen(
    world: &World,
    giver: Giver,
    menu: &Value,
    wanted: &[Text],
    resolved: &mut Resolved,
) -> Result<Vec<String>, ControlError> {
    let kind = number(menu, "type");
    let mut value = |Text(wanted): &Text| {
        let found = match kind {
            STRING_SELECT => of_texts(menu, wanted),
            _ => resolved.choice(world, giver, menu, &json!(wanted)).map(|id| id.to_string()),
        };
        found.ok_or_else(|| ControlError::bad(format!("The menu has no option {wanted:?}.")))
    };
    let values = wanted.iter().map(&mut value).collect::<Result<Vec<_>, _>>()?;
    if values.iter().enumerate().any(|(at, value)| values.iter().take(at).any(|other| other == value)) {
        return Err(ControlError::bad("A menu takes each value once."));
    }
    let bound =
        |key: &str| menu.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
    let (least, most) = (bound("min_values"), bound("max_values"));
    if (least..=most).contains(&values.len()) {
        Ok(values)
    } else {
        Err(ControlError::bad(format!("The menu takes {least} to {most} values.")))
    }
}

/// The value of the option that was meant.
fn of_texts(menu: &Value, wanted: &str) -> Option<String> {
    let mut options = items(menu, "options").iter();
    let option = options.find(|option| text(option, "value") == wanted || text(option, "label") == wanted);
    option.map(|option| text(option, "value").to_owned())
}
