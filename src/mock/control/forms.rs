//! Members fill in forms.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::clicks::chosen;
use super::request::{ControlError, Given, Text, optional};
use super::{Made, made, present_bot};
use crate::mock::checks::{items, number, text};
use crate::mock::kinds::{LABEL, STRING_SELECT, TEXT_INPUT};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::fields;
use crate::mock::world::{Deed, Form, Kind};

/// The most characters of a field, unless the form says fewer.
const MAX_FIELD: u64 = 4000;

/// A form as a member sends it in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilledIn {
    form: Id,
    author: String,
    /// What stands in each field, by label.
    #[serde(default, deserialize_with = "optional")]
    fields: BTreeMap<String, Option<Text>>,
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
    let data = json!({
        "custom_id": form.custom_id,
        "components": components(form, &filled.fields)?,
    });
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
    world.close_form(filled.form);
    let id = world.interact(deed);
    Ok(made(id))
}

/// The form's components with what stands in them.
fn components(form: &Form, given: &BTreeMap<String, Option<Text>>) -> Result<Vec<Value>, ControlError> {
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
        let field = filled(label, field, given.get(label).and_then(Option::as_ref), number_of.next())?;
        wrapped.push(match kind {
            LABEL => json!({ "type": kind, "id": id, "component": field }),
            _ => json!({ "type": kind, "id": id, "components": [field] }),
        });
    }
    Ok(wrapped)
}

fn filled(label: &str, field: &Value, given: Option<&Text>, id: Option<Value>) -> Result<Value, ControlError> {
    let kind = number(field, "type");
    let custom_id = text(field, "custom_id");
    let required = field.get("required") != Some(&Value::Bool(false));
    match kind {
        TEXT_INPUT => {
            let value = given.map_or(text(field, "value"), |Text(given)| given);
            let length = value.chars().count() as u64;
            let least = number(field, "min_length").max(u64::from(required));
            let most = Some(number(field, "max_length")).filter(|most| *most > 0).unwrap_or(MAX_FIELD);
            if (required || length > 0) && !(least..=most).contains(&length) {
                return Err(ControlError::bad(format!("The field {label:?} takes {least} to {most} characters.")));
            }
            Ok(json!({ "type": kind, "id": id, "custom_id": custom_id, "value": value }))
        }
        STRING_SELECT => {
            let defaults =
                items(field, "options").iter().filter(|option| option.get("default") == Some(&Value::Bool(true)));
            let wanted = match given {
                Some(value) => vec![value.clone()],
                None => defaults.map(|option| Text(text(option, "value").to_owned())).collect(),
            };
            let values = if wanted.is_empty() && !required { Vec::new() } else { chosen(field, &wanted)? };
            Ok(json!({ "type": kind, "id": id, "custom_id": custom_id, "values": values }))
        }
        _ => Err(ControlError::bad(format!("The field {label:?} is of a kind that can't be filled in here."))),
    }
}
