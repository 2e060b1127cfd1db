//! What becomes of a member: `PATCH /mock/members`. They get roles or another name in a server, or leave it.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use super::request::{ControlError, Given, optional};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;

/// What is to become of somebody in the page's server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// A member or a bot.
    name: String,
    /// Their name there; an empty one takes it away.
    #[serde(default)]
    nick: Option<String>,
    /// The names of all the roles that they have from now on.
    #[serde(default)]
    roles: Option<Vec<String>>,
    /// Whether they leave. They come back when they next do something.
    #[serde(default, deserialize_with = "optional")]
    leaves: bool,
}

/// `PATCH /mock/members`
pub(crate) async fn change(
    State(server): State<Shared>,
    Given(change): Given<Change>,
) -> Result<Json<Value>, ControlError> {
    let Change { name, nick, roles, leaves } = change;
    let mut world = server.world();
    let guild = world.home;
    let words = || ControlError::absent(format!("There is nobody called {name:?}."));
    let person = world.called(&name).map(|user| user.id).ok_or_else(words)?;
    let role = |name: String| {
        if name == "@everyone" {
            return Err(ControlError::bad("Everybody has the role @everyone."));
        }
        let words = || ControlError::absent(format!("There is no role {name:?}."));
        let role = world.role(guild, &name).ok_or_else(words)?;
        if role.bot.is_some_and(|bot| bot != person) {
            return Err(ControlError::bad(format!("{name:?} is a bot's own role, which nobody else can have.")));
        }
        Ok(role.id)
    };
    let roles: Option<BTreeSet<Id>> = roles.map(|roles| roles.into_iter().map(role).collect()).transpose()?;
    // A bot has its own role whatever it is given.
    let all = world.guilds.get(&guild).into_iter().flat_map(|found| found.roles.values());
    let of_itself: BTreeSet<Id> = all.filter(|role| role.bot == Some(person)).map(|role| role.id).collect();
    if !leaves && !world.come_back(guild, person) {
        return Err(ControlError::conflict(format!("{name} is banned.")));
    }
    if leaves || nick.is_some() || roles.is_some() {
        let change = world.change_member(guild, person, |own| {
            own.nick = nick.map_or_else(|| own.nick.take(), |nick| Some(nick).filter(|nick| !nick.is_empty()));
            own.roles = roles.map_or_else(|| std::mem::take(&mut own.roles), |roles| &roles | &of_itself);
            own.gone = leaves;
        });
        change.map_err(refused)?;
    }
    Ok(Json(json!({ "id": person })))
}
