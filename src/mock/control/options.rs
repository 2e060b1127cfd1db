//! The options of a command: what a member gave, as the command's definition reads it.

use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::commands::Found;
use super::messages::GivenFile;
use super::request::{ControlError, as_text};
use super::resolved::{Giver, Resolved};
use crate::mock::checks::{items, number, text};
use crate::mock::locale;
use crate::mock::server::Shared;
use crate::mock::world::World;

const SUBCOMMAND: u64 = 1;
const SUBCOMMAND_GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const USER: u64 = 6;
const CHANNEL: u64 = 7;
const ROLE: u64 = 8;
const MENTIONABLE: u64 = 9;
const NUMBER: u64 = 10;
const ATTACHMENT: u64 = 11;

/// Options as an interaction spells them out.
#[derive(Default)]
pub(super) struct Spelled {
    pub(super) options: Vec<Value>,
    /// What people, roles and channels among them are.
    pub(super) resolved: Resolved,
}

/// Keeps the files among the options, each of which was given as a name and what stands in it, and puts attachments in their
/// places.
pub(super) fn attach(server: &Shared, given: &mut Map<String, Value>) {
    for value in given.values_mut().filter(|value| value.is_object()) {
        if let Ok(file) = serde_json::from_value::<GivenFile>(value.clone()) {
            *value = file.attach(server);
        }
    }
}

/// The own names of the subcommands that words stand for, which name them as a client of this locale does. What stands for none
/// stays.
pub(super) fn subcommands(command: &Value, words: &[String], locale: &str) -> Vec<String> {
    let mut place = Some(command);
    let own = words.iter().map(|word| {
        let options = place.map_or(&[][..], |place| items(place, "options"));
        place = options.iter().find(|option| locale::is_called(option, locale, word));
        place.map_or_else(|| word.clone(), |found| text(found, "name").to_owned())
    });
    own.collect()
}

/// The own name of an option, which is named as a client of this locale does.
pub(super) fn own_name(found: &Found, option: &str, locale: &str) -> String {
    let inner = found.subcommands.iter().try_fold(&found.command, |place, name| {
        items(place, "options").iter().find(|option| text(option, "name") == name)
    });
    let options = inner.map_or(&[][..], |inner| items(inner, "options"));
    let called = options.iter().find(|known| locale::is_called(known, locale, option));
    called.map_or(option, |known| text(known, "name")).to_owned()
}

/// What was given for options, by their own names.
pub(super) fn by_own_name(found: &Found, given: Map<String, Value>, locale: &str) -> Map<String, Value> {
    given.into_iter().map(|(option, value)| (own_name(found, &option, locale), value)).collect()
}

/// Spells out what was given for a command and its subcommands.
pub(super) fn fill(
    world: &World,
    command: &Value,
    subcommands: &[String],
    given: &Map<String, Value>,
    giver: Giver,
) -> Result<Spelled, ControlError> {
    descend(command, subcommands, &|definitions| {
        let mut spelled = Spelled::default();
        if let Some(unknown) = given.keys().find(|name| !definitions.iter().any(|one| text(one, "name") == *name)) {
            let known: Vec<&str> = definitions.iter().map(|definition| text(definition, "name")).collect();
            return Err(ControlError::bad(format!("There is no option {unknown:?}; there are {known:?}.")));
        }
        for definition in definitions {
            let name = text(definition, "name");
            match given.get(name).filter(|given| !given.is_null()) {
                Some(value) => spell(world, giver, definition, value, &mut spelled)?,
                None if definition.get("required") == Some(&Value::Bool(true)) => {
                    return Err(ControlError::bad(format!("The option {name:?} is required.")));
                }
                None => {}
            }
        }
        Ok(spelled)
    })
}

/// Spells out an option that is still being typed, with those that were given before it.
pub(super) fn fill_partly(
    command: &Value,
    subcommands: &[String],
    option: &str,
    typed: &str,
    given: &Map<String, Value>,
) -> Result<Spelled, ControlError> {
    descend(command, subcommands, &|definitions| {
        let definition = definitions.iter().find(|definition| text(definition, "name") == option);
        let completes = definition.filter(|definition| definition.get("autocomplete") == Some(&Value::Bool(true)));
        let completes = completes
            .ok_or_else(|| ControlError::bad(format!("The option {option:?} isn't completed as one types.")))?;
        let kind = |name: &str| definitions.iter().find(|one| text(one, "name") == name).map(|one| number(one, "type"));
        let before = given.iter().filter(|(name, value)| *name != option && !value.is_null());
        let before =
            before.filter_map(|(name, value)| Some(json!({ "name": name, "type": kind(name)?, "value": value })));
        let focused = json!({ "name": option, "type": number(completes, "type"), "value": typed, "focused": true });
        Ok(Spelled { options: before.chain([focused]).collect(), ..Spelled::default() })
    })
}

/// Goes down through subcommands and wraps what is found there on the way back.
fn descend(
    place: &Value,
    path: &[String],
    at_the_end: &dyn Fn(&[Value]) -> Result<Spelled, ControlError>,
) -> Result<Spelled, ControlError> {
    let definitions = items(place, "options");
    let is_sub = |definition: &&Value| [SUBCOMMAND, SUBCOMMAND_GROUP].contains(&number(definition, "type"));
    let Some((first, rest)) = path.split_first() else {
        return match definitions.iter().find(is_sub) {
            Some(sub) => Err(ControlError::bad(format!("A subcommand must follow, such as {:?}.", text(sub, "name")))),
            None => at_the_end(definitions),
        };
    };
    let found = definitions.iter().filter(is_sub).find(|definition| text(definition, "name") == first);
    let found = found.ok_or_else(|| ControlError::conflict(format!("There is no subcommand {first:?}.")))?;
    let inner = descend(found, rest, at_the_end)?;
    let option = json!({ "name": first, "type": number(found, "type"), "options": inner.options });
    Ok(Spelled { options: vec![option], ..inner })
}

fn spell(
    world: &World,
    giver: Giver,
    definition: &Value,
    given: &Value,
    spelled: &mut Spelled,
) -> Result<(), ControlError> {
    let name = text(definition, "name");
    let kind = number(definition, "type");
    let wrong = |expected: &str| {
        let choices = items(definition, "choices").iter().map(|choice| locale::name(choice, &world.locale));
        let choices: Vec<&str> = choices.collect();
        let expected = if choices.is_empty() { expected.to_owned() } else { format!("one of {choices:?}") };
        ControlError::bad(format!("The option {name:?} is {expected}."))
    };
    let chosen = || chosen(definition, given, &world.locale);
    let value = match kind {
        STRING => json!(chosen().ok_or_else(|| wrong("a text"))?),
        INTEGER => json!(parsed::<i64>(chosen()).ok_or_else(|| wrong("a whole number"))?),
        NUMBER => json!(parsed(chosen()).filter(|number: &f64| number.is_finite()).ok_or_else(|| wrong("a number"))?),
        BOOLEAN => {
            json!(parsed::<bool>(as_text(given).map(|text| text.to_lowercase())).ok_or_else(|| wrong("true or false"))?)
        }
        USER => json!(spelled.resolved.person(world, giver, given).ok_or_else(|| wrong("the name of someone here"))?),
        ROLE => json!(spelled.resolved.role(world, giver, given).ok_or_else(|| wrong("the name of a role"))?),
        MENTIONABLE => {
            let person = spelled.resolved.person(world, giver, given);
            let found = person.or_else(|| spelled.resolved.role(world, giver, given));
            json!(found.ok_or_else(|| wrong("the name of someone here, or of a role"))?)
        }
        CHANNEL => {
            let place = spelled.resolved.channel(world, giver, items(definition, "channel_types"), given);
            json!(place.ok_or_else(|| wrong("the name of a channel of the server, of a kind that is wanted"))?)
        }
        ATTACHMENT => json!(
            spelled.resolved.file(given).ok_or_else(|| wrong("a file, with a `name` and its `text` or `base64`"))?
        ),
        _ => return Err(wrong("of a kind that isn't known here")),
    };
    check_bounds(definition, &value)?;
    spelled.options.push(json!({ "name": name, "type": kind, "value": value }));
    Ok(())
}

/// The value of the choice that was named, as it is called or as it is shown, or what was given if there are no choices.
fn chosen(definition: &Value, given: &Value, locale: &str) -> Option<String> {
    let given = as_text(given)?;
    let choices = items(definition, "choices");
    if choices.is_empty() {
        return Some(given);
    }
    let value = |choice: &Value| choice.get("value").and_then(as_text);
    let by_value = choices.iter().find(|choice| value(choice).as_ref() == Some(&given));
    value(by_value.or_else(|| choices.iter().find(|choice| locale::is_called(choice, locale, &given)))?)
}

/// A number or truth from its text.
fn parsed<T: FromStr>(text: Option<String>) -> Option<T> {
    text?.parse().ok()
}

/// Lengths of texts and sizes of numbers, where the definition has bounds.
fn check_bounds(definition: &Value, value: &Value) -> Result<(), ControlError> {
    let bound = |key: &str| definition.get(key).and_then(Value::as_f64);
    let (found, least, most) = match value.as_str() {
        #[expect(clippy::cast_precision_loss, reason = "lengths of option texts are small")]
        Some(text) => (text.chars().count() as f64, bound("min_length"), bound("max_length").or(Some(6000.0))),
        None => (value.as_f64().unwrap_or(0.0), bound("min_value"), bound("max_value")),
    };
    let fits = least.is_none_or(|least| found >= least) && most.is_none_or(|most| found <= most);
    let words = format!("The option {:?} is too long, short, large or small.", text(definition, "name"));
    if fits { Ok(()) } else { Err(ControlError::bad(words)) }
}
