//! The roles of a server: seen, made, changed, moved and taken away by whoever stands above them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use super::body::Body;
use super::caller::Caller;
use super::channels::is_a_guild;
use super::path::Path;
use crate::mock::checks::{Problems, given, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::guild;
use crate::mock::world::{Permissions, RoleEdit, World};

/// The most characters of a role's name.
const MAX_NAME: usize = 100;
/// White.
const MAX_COLOR: u64 = 0xff_ffff;

/// `GET /guilds/{guild}/roles`
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    Ok(Json(guild::roles(&world, guild)))
}

/// `GET /guilds/{guild}/roles/{role}`
pub(crate) async fn one(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, role)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    shown(&world, guild, role)
}

/// `POST /guilds/{guild}/roles`
pub(crate) async fn create(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    let edit = read(&world, guild, bot, &body.json)?;
    let id = world.make_role(guild, edit)?;
    shown(&world, guild, id)
}

/// `PATCH /guilds/{guild}/roles/{role}`
pub(crate) async fn edit(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, role)): Path<(Id, Id)>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    let edit = read(&world, guild, bot, &body.json)?;
    stands_above(&world, guild, bot, role)?;
    // Everybody's role is called as it is, as Discord's clients have it.
    let edit = RoleEdit { name: edit.name.filter(|_| role != guild), ..edit };
    world.edit_role(guild, role, edit)?;
    shown(&world, guild, role)
}

/// `PATCH /guilds/{guild}/roles`: where several stand.
pub(crate) async fn order(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<Json<Vec<Value>>, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_ROLES)?;
    let moves = body.json.as_array().into_iter().flatten().filter(|moved| given(moved, "position").is_some());
    let mut moves: Vec<(Id, u64)> = moves.map(|moved| (Id(number(moved, "id")), number(moved, "position"))).collect();
    moves.iter().try_for_each(|(role, to)| may_move(&world, guild, bot, *role, *to))?;
    // From the bottom: what comes later moves nothing that has its place already.
    moves.sort_by_key(|(_, to)| *to);
    moves.into_iter().try_for_each(|(role, to)| world.move_role(guild, role, to))?;
    Ok(Json(guild::roles(&world, guild)))
}

/// `DELETE /guilds/{guild}/roles/{role}`
pub(crate) async fn delete(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, role)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::MANAGE_ROLES)?;
    is_movable(&world, guild, role)?;
    stands_above(&world, guild, bot, role)?;
    if is_a_bots(&world, guild, role) {
        return Err(Refusal::invalid_role());
    }
    world.delete_role(guild, role)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a role that isn't there, or that the bot doesn't stand above.
pub(super) fn stands_above(world: &World, guild: Id, bot: Id, role: Id) -> Result<(), Refusal> {
    let found = world.guilds.get(&guild).ok_or_else(Refusal::unknown_guild)?;
    let role = found.roles.get(&role).ok_or_else(Refusal::unknown_role)?;
    if world.rank(guild, bot) > role.position { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// Refuses to move everybody's role, and what stands or would stand above the bot. Clients tell of all roles when they move
/// one, so that what stays is always allowed.
fn may_move(world: &World, guild: Id, bot: Id, role: Id, to: u64) -> Result<(), Refusal> {
    let found = world.guilds.get(&guild).ok_or_else(Refusal::unknown_guild)?;
    if found.roles.get(&role).ok_or_else(Refusal::unknown_role)?.position == to {
        return Ok(());
    }
    is_movable(world, guild, role)?;
    stands_above(world, guild, bot, role)?;
    if to < world.rank(guild, bot) { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// Refuses everybody's role, which stays where it is.
fn is_movable(world: &World, guild: Id, role: Id) -> Result<(), Refusal> {
    is_a_guild(world, guild)?;
    if role == guild { Err(Refusal::invalid_role()) } else { Ok(()) }
}

/// Refuses a role that nobody is given by hand: everybody's and those of bots.
pub(super) fn is_given_by_hand(world: &World, guild: Id, role: Id) -> Result<(), Refusal> {
    is_movable(world, guild, role)?;
    if is_a_bots(world, guild, role) { Err(Refusal::invalid_role()) } else { Ok(()) }
}

fn is_a_bots(world: &World, guild: Id, role: Id) -> bool {
    world.guilds.get(&guild).and_then(|found| found.roles.get(&role)).is_some_and(|role| role.bot.is_some())
}

/// What a body says of a role. Nobody gives what they haven't.
fn read(world: &World, guild: Id, bot: Id, body: &Value) -> Result<RoleEdit, Refusal> {
    world.demand_in_guild(guild, bot, Permissions::MANAGE_ROLES)?;
    let mut problems = Problems::default();
    let name =
        problems.text("name", given(body, "name"), 1..=MAX_NAME, given(body, "name").is_some()).map(str::to_owned);
    let color = body.pointer("/colors/primary_color").or(given(body, "color")).and_then(Value::as_u64);
    if color.is_some_and(|color| color > MAX_COLOR) {
        problems.add("color", "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {MAX_COLOR}."));
    }
    problems.into_result()?;
    let permissions = given(body, "permissions").map(|_| Permissions::from_bits_retain(number(body, "permissions")));
    let own = world.permissions(guild, bot);
    if permissions.is_some_and(|given| !own.contains(given)) {
        return Err(Refusal::missing_permissions());
    }
    let flag = |key: &str| body.get(key).and_then(Value::as_bool);
    Ok(RoleEdit { name, permissions, color, hoist: flag("hoist"), mentionable: flag("mentionable") })
}

fn shown(world: &World, guild: Id, role: Id) -> Result<Json<Value>, Refusal> {
    let found = world.guilds.get(&guild).ok_or_else(Refusal::unknown_guild)?;
    found.roles.get(&role).map(|role| Json(guild::role(role))).ok_or_else(Refusal::unknown_role)
}
