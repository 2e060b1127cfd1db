//! Members click buttons and choose from menus.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::chosen::chosen;
use super::request::{ControlError, Given, Text, optional};
use super::resolved::{Giver, Resolved};
use super::{Made, NEEDED_TO_ACT, check_act, check_bot, come_to, made, present_bot};
use crate::mock::checks::{number, text};
use crate::mock::kinds::{BUTTON, LINK, SELECTS};
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
    // What a webhook wrote, the bot answers for that made it.
    let bot = world.webhooks.get(&message.author).map_or(message.author, |webhook| webhook.maker);
    let channel = message.channel;
    let component = &component(message, &clicked)?;
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
    if SELECTS.contains(&number(component, "type")) {
        let wanted = clicked.values.as_deref().unwrap_or_default();
        let giver = Giver {
            member: world.known_member(&clicked.author)?,
            guild: world.guild_of(channel).unwrap_or(world.home),
        };
        let mut resolved = Resolved::default();
        let values = chosen(&world, giver, component, wanted, &mut resolved)?;
        data = with(data, json!({ "values": values }));
        if !resolved.0.is_empty() {
            data = with(data, json!({ "resolved": resolved.0 }));
        }
    }
    present_bot(&world, Some(bot))?;
    check_bot(&world, channel, bot)?;
    check_act(&world, channel, world.known_member(&clicked.author)?, NEEDED_TO_ACT)?;
    let member = world.member(&clicked.author)?;
    come_to(&mut world, channel, member);
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
        let sees = world.channels.get(&message.channel).is_some_and(|channel| world.is_shown(channel, member));
        sees && message.private_to().is_none_or(|reader| Some(reader) == member) && !message.is_loading()
    });
    let words = || format!("{} sees no message {}.", clicked.author, clicked.message);
    message.ok_or_else(|| ControlError::absent(words()))
}

/// The button or menu that was meant.
fn component(message: &Message, clicked: &Clicked) -> Result<Value, ControlError> {
    // A button has no values to choose; some clients send an empty list all the same.
    let (buttons, menus) = match clicked.values.as_deref() {
        None => (true, false),
        Some([]) => (true, true),
        Some(_) => (false, true),
    };
    let wanted = |kind: u64| buttons && kind == BUTTON || menus && SELECTS.contains(&kind);
    let components = message.components.read();
    let parts = all_components(&components);
    let parts: Vec<&Value> = parts.into_iter().filter(|part| wanted(number(part, "type"))).collect();
    let named = parts.iter().find(|part| {
        let names = [button_label(part), text(part, "placeholder").to_owned(), text(part, "custom_id").to_owned()];
        !clicked.label.is_empty() && names.contains(&clicked.label)
    });
    let only = parts.first().filter(|_| !buttons && parts.len() == 1);
    let words = || format!("There is no {:?} to click under message {}.", clicked.label, clicked.message);
    named.or(only).map(|part| (*part).clone()).ok_or_else(|| ControlError::absent(words()))
}
