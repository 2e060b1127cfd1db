//! Members fill in forms.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::chosen::chosen;
use super::request::{ControlError, Given, Text, optional};
use super::resolved::{Giver, Resolved};
use super::{Made, NEEDED_TO_ACT, check_act, check_bot, come_to, made, present_bot};
use crate::mock::checks::{items, number, text};
use crate::mock::kinds::{BOX, LABEL, SELECTS, SINGLE_CHOICE, TEXT_INPUT};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::fields;
use crate::mock::wire::with;
use crate::mock::world::{Deed, Form, Kind, World};

/// The most characters of a field, unless the form says fewer.
const MAX_FIELD: u64 = 4000;

/// A form as a member sends it in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilledIn {
    form: Id,
    author: String,
    /// What stands in each field, by label: a text, or what was chosen from a menu, one or a list.
    #[serde(default, deserialize_with = "optional")]
    fields: BTreeMap<String, Option<Filling>>,
}

/// What stands in a field.
#[derive(Deserialize)]
#[serde(untagged)]
enum Filling {
    One(Text),
    Several(Vec<Text>),
}

impl Filling {
    fn texts(&self) -> &[Text] {
        match self {
            Filling::One(text) => std::slice::from_ref(text),
            Filling::Several(texts) => texts,
        }
    }
}

/// `POST /mock/forms`
pub(crate) async fn submit(State(server): State<Shared>, Given(filled): Given<FilledIn>) -> Result<Made, ControlError> {
    let mut world = server.world();
    present_bot(&world, None)?;
    let form = world.forms.get(&filled.form).filter(|form| world.name(form.member) == filled.author);
    let words = || format!("{} sees no form {}.", filled.author, filled.form);
    let form = form.ok_or_else(|| ControlError::absent(words()))?;
    if form.closed {
        return Err(ControlError::conflict("This form was sent in already."));
    }
    let guild = world.guild_of(form.channel).unwrap_or(world.home);
    let giver = Giver { member: Some(form.member), guild };
    let mut resolved = Resolved::default();
    let components = components(&world, giver, form, &filled.fields, &mut resolved)?;
    let data = json!({ "custom_id": form.custom_id, "components": components });
    let data = if resolved.0.is_empty() { data } else { with(data, json!({ "resolved": resolved.0 })) };
    let deed = Deed {
        kind: Kind::Form,
        bot: form.bot,
        member: form.member,
        channel: form.channel,
        data,
        command: None,
        menu: false,
        about: form.message(),
        trigger: Some(form.trigger.clone()),
    };
    present_bot(&world, Some(deed.bot))?;
    check_bot(&world, deed.channel, deed.bot)?;
    check_act(&world, deed.channel, Some(deed.member), NEEDED_TO_ACT)?;
    come_to(&mut world, deed.channel, deed.member);
    world.close_form(filled.form);
    let id = world.interact(deed);
    Ok(made(id))
}

/// The form's components with what stands in them.
fn components(
    world: &World,
    giver: Giver,
    form: &Form,
    given: &BTreeMap<String, Option<Filling>>,
    resolved: &mut Resolved,
) -> Result<Vec<Value>, ControlError> {
    let known = fields(&form.components);
    if let Some(unknown) = given.keys().find(|label| !known.iter().any(|(known, _)| known == label)) {
        return Err(ControlError::bad(format!("The form has no field {unknown:?}.")));
    }
    let mut number_of = (1..).map(|id| json!(id));
    let mut wrapped = Vec::new();
    for component in &form.components {
        let kind = number(component, "type");
        let id = number_of.next();
        let Some((label, field)) = fields(std::slice::from_ref(component)).first().copied() else { continue };
        let given = given.get(label).and_then(Option::as_ref).map(Filling::texts);
        let menu = SELECTS.contains(&number(field, "type"));
        let field = match menu {
            true => from_menu(world, giver, field, given, resolved)?,
            false => typed(label, field, given)?,
        };
        let field = with(field, json!({ "id": number_of.next() }));
        wrapped.push(match kind {
            LABEL => json!({ "type": kind, "id": id, "component": field }),
            _ => json!({ "type": kind, "id": id, "components": [field] }),
        });
    }
    Ok(wrapped)
}

/// A field of text with what was typed there, or what the bot wrote there before.
fn typed(label: &str, field: &Value, given: Option<&[Text]>) -> Result<Value, ControlError> {
    if number(field, "type") != TEXT_INPUT {
        if given.is_none() && (!is_required(field) || number(field, "type") == BOX) {
            return Ok(left_empty(field));
        }
        return Err(ControlError::bad(format!("The field {label:?} is of a kind that can't be filled in here.")));
    }
    let value = match given {
        None => text(field, "value"),
        Some([Text(one)]) => one,
        Some(_) => return Err(ControlError::bad(format!("The field {label:?} takes one text."))),
    };
    let length = value.chars().count() as u64;
    let required = is_required(field);
    let least = number(field, "min_length").max(u64::from(required));
    let most = Some(number(field, "max_length")).filter(|most| *most > 0).unwrap_or(MAX_FIELD);
    if (required || length > 0) && !(least..=most).contains(&length) {
        return Err(ControlError::bad(format!("The field {label:?} takes {least} to {most} characters.")));
    }
    Ok(json!({ "type": TEXT_INPUT, "custom_id": text(field, "custom_id"), "value": value }))
}

/// A field of a kind that can't be filled in here, as it is when nobody did.
fn left_empty(field: &Value) -> Value {
    let ticked = field.get("default") == Some(&Value::Bool(true));
    let field = json!({ "type": number(field, "type"), "custom_id": text(field, "custom_id") });
    match number(&field, "type") {
        SINGLE_CHOICE => with(field, json!({ "value": null })),
        BOX => with(field, json!({ "value": ticked })),
        _ => with(field, json!({ "values": [] })),
    }
}

/// A menu with what was chosen, or what the bot chose before.
fn from_menu(
    world: &World,
    giver: Giver,
    field: &Value,
    given: Option<&[Text]>,
    resolved: &mut Resolved,
) -> Result<Value, ControlError> {
    let is_default = |option: &&Value| option.get("default") == Some(&Value::Bool(true));
    let of_texts = items(field, "options").iter().filter(is_default).map(|option| text(option, "value"));
    let of_ids = items(field, "default_values").iter().map(|value| text(value, "id"));
    let defaults = || of_texts.chain(of_ids).map(|value| Text(value.to_owned())).collect();
    let wanted: Vec<Text> = given.map_or_else(defaults, <[Text]>::to_vec);
    let nothing = wanted.is_empty() && !is_required(field);
    let values = if nothing { Vec::new() } else { chosen(world, giver, field, &wanted, resolved)? };
    Ok(json!({ "type": number(field, "type"), "custom_id": text(field, "custom_id"), "values": values }))
}

fn is_required(field: &Value) -> bool {
    field.get("required") != Some(&Value::Bool(false))
}
