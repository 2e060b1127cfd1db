//! What somebody may do is changed: `POST /mock/permissions`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{ControlError, Given, optional};
use crate::mock::server::Shared;
use crate::mock::world::{Permissions, RoleEdit};

/// What is granted and denied to whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// A role, a member or a bot, by name.
    who: String,
    /// In this channel; without one, of a role in the page's server, wherever nothing else is said.
    #[serde(default, deserialize_with = "optional")]
    channel: Option<String>,
    #[serde(default, deserialize_with = "optional")]
    allow: Vec<String>,
    #[serde(default, deserialize_with = "optional")]
    deny: Vec<String>,
    /// What the channel is to change no more.
    #[serde(default, deserialize_with = "optional")]
    neutral: Vec<String>,
}

/// `POST /mock/permissions`
pub(crate) async fn change(
    State(server): State<Shared>,
    Given(change): Given<Change>,
) -> Result<Json<Value>, ControlError> {
    let Change { who, channel, allow, deny, neutral } = change;
    let named = |names: &[String]| Permissions::named(names).map_err(|name| unknown(name));
    let (allow, deny, neutral) = (named(&allow)?, named(&deny)?, named(&neutral)?);
    let mut world = server.world();
    if let Some(name) = channel {
        let words = || ControlError::absent(format!("There is no channel {name:?}."));
        let channel = world.text_channel(&name).ok_or_else(words)?;
        world.grant(channel, &who, allow, deny, neutral).map_err(ControlError::bad)?;
    } else if !neutral.is_empty() {
        return Err(ControlError::bad("A role gives a permission or doesn't; `neutral` is something in a `channel`."));
    } else {
        let home = world.home;
        let words =
            || ControlError::absent(format!("There is no role {who:?}; to change one member, say a `channel`."));
        let role = world.role(home, &who).ok_or_else(words)?;
        let (id, permissions) = (role.id, (role.permissions - deny) | allow);
        let edit = RoleEdit { permissions: Some(permissions), ..RoleEdit::default() };
        world.edit_role(home, id, edit).map_err(super::refused)?;
    }
    Ok(Json(json!({})))
}

fn unknown(name: &str) -> ControlError {
    ControlError::bad(format!("{name:?} isn't a permission; they have Discord's names, such as SEND_MESSAGES."))
}
