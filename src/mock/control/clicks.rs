//! Members click buttons and choose from menus.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{ControlError, Given, Text, optional};
use super::{Made, made, present_bot};
use crate::mock::checks::{items, number, text};
use crate::mock::kinds::{BUTTON, LINK, STRING_SELECT};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::{all_components, button_label};
use crate::mock::wire::with;
use crate::mock::world::{Deed, Kind, Message, World};

/// A click on something under a message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clicked {
    message: Id,
    author: String,
    /// What the button says; of a menu, its placeholder or custom id.
    #[serde(default, deserialize_with = "optional")]
    label: String,
    /// What was chosen from a menu, by value or label.
    #[serde(default, deserialize_with = "optional")]
    values: Option<Vec<Text>>,
}

/// `POST /mock/clicks`
pub(crate) async fn click(State(server): State<Shared>, Given(clicked): Given<Clicked>) -> Result<Made, ControlError> {
    let mut world = server.world();
    present_bot(&world, None)?;
    let message = visible(&world, &clicked)?;
    let (bot, channel) = (message.author, message.channel);
    let component = component(message, &clicked)?;
    if component.get("disabled") == Some(&Value::Bool(true)) {
        return Err(ControlError::bad(format!("{:?} is disabled.", clicked.label)));
    }
    if number(component, "type") == BUTTON && number(component, "style") == LINK {
        return Err(ControlError::bad(format!("{:?} leads to an address, and no bot hears of it.", clicked.label)));
    }
    let mut data = json!({
        "id": component.get("id"),
        "component_type": component.get("type"),
        "custom_id": component.get("custom_id"),
    });
    if number(component, "type") == STRING_SELECT {
        let values = clicked.values.as_deref().unwrap_or_default();
        data = with(data, json!({ "values": chosen(component, values)? }));
    }
    present_bot(&world, Some(bot))?;
    let member = world.member(&clicked.author)?;
    let id = world.interact(Deed {
        kind: Kind::Component,
        bot,
        member,
        channel,
        data,
        command: None,
        menu: false,
        about: Some(clicked.message),
        trigger: None,
    });
    Ok(made(id))
}

/// The message, if it is there and the member sees it.
fn visible<'a>(world: &'a World, clicked: &Clicked) -> Result<&'a Message, ControlError> {
    let member = world.known_member(&clicked.author)?;
    let message = world.message(clicked.message).filter(|message| {
        let sees = world.channels.get(&message.channel).is_some_and(|channel| channel.is_shown_to(member));
        sees && message.private_to().is_none_or(|reader| Some(reader) == member) && !message.is_loading()
    });
    let words = || format!("{} sees no message {}.", clicked.author, clicked.message);
    message.ok_or_else(|| ControlError::absent(words()))
}

/// The button or menu that was meant.
fn component<'a>(message: &'a Message, clicked: &Clicked) -> Result<&'a Value, ControlError> {
    // A button has no values to choose; some clients send an empty list all the same.
    let wanted: &[u64] = match clicked.values.as_deref() {
        None => &[BUTTON],
        Some([]) => &[BUTTON, STRING_SELECT],
        Some(_) => &[STRING_SELECT],
    };
    let parts = all_components(&message.components);
    let parts: Vec<&Value> = parts.into_iter().filter(|part| wanted.contains(&number(part, "type"))).collect();
    let named = parts.iter().find(|part| {
        let names = [button_label(part), text(part, "placeholder").to_owned(), text(part, "custom_id").to_owned()];
        !clicked.label.is_empty() && names.contains(&clicked.label)
    });
    let only = parts.first().filter(|_| wanted == [STRING_SELECT] && parts.len() == 1);
    let words = || format!("There is no {:?} to click under message {}.", clicked.label, clicked.message);
    named.or(only).copied().ok_or_else(|| ControlError::absent(words()))
}

/// What was chosen, as the values of the menu's options.
pub(super) fn chosen<'a>(menu: &'a Value, wanted: &[Text]) -> Result<Vec<&'a str>, ControlError> {
    let options = items(menu, "options");
    let value = |Text(wanted): &Text| {
        let option = options.iter().find(|option| text(option, "value") == wanted || text(option, "label") == wanted);
        option
            .map(|option| text(option, "value"))
            .ok_or_else(|| ControlError::bad(format!("The menu has no option {wanted:?}.")))
    };
    let values = wanted.iter().map(value).collect::<Result<Vec<_>, _>>()?;
    let bound =
        |key: &str| menu.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
    let (least, most) = (bound("min_values"), bound("max_values"));
    if (least..=most).contains(&values.len()) {
        Ok(values)
    } else {
        Err(ControlError::bad(format!("The menu takes {least} to {most} values.")))
    }
}
