//! The members of a server: seen, named, given roles, timed out and sent away.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::query::Query;
use super::roles::{is_given_by_hand, stands_above};
use crate::mock::checks::{Problems, given, items, text};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::user;
use crate::mock::world::{Permissions, World};

/// The most members of one answer, and how many there are unless asked.
const MAX_FOUND: u16 = 1000;
const USUAL_FOUND: u16 = 1;
/// The most characters of a name that is searched for.
const MAX_SEARCH: usize = 100;
/// The most characters of a nickname.
const MAX_NICK: usize = 32;
/// The longest that somebody is timed out.
const MAX_TIMEOUT: SignedDuration = SignedDuration::from_hours(28 * 24);
/// What is changed of somebody in a voice channel, where nobody is here, and what it takes.
const VOICE: [(&str, Permissions); 3] = [
    ("mute", Permissions::MUTE_MEMBERS),
    ("deaf", Permissions::DEAFEN_MEMBERS),
    ("channel_id", Permissions::MOVE_MEMBERS),
];

/// `GET /guilds/{guild}/members`: oldest first.
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_FOUND, USUAL_FOUND)?;
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    let wanted = world.members_of(guild).filter(|member| part.holds(member.id)).take(part.limit);
    Ok(Json(wanted.map(|member| user::member(&world, guild, member.id)).collect()))
}

/// `GET /guilds/{guild}/members/search`: those whose name or nickname begins so.
pub(crate) async fn search(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    Query(asked): Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let mut problems = Problems::default();
    problems.text("query", asked.get("query"), 1..=MAX_SEARCH, true);
    let limit = Query::limit(&asked, &mut problems, 1..=MAX_FOUND, USUAL_FOUND);
    problems.into_result()?;
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    let wanted = text(&asked, "query").to_lowercase();
    let begins = |name: &str| name.to_lowercase().starts_with(&wanted);
    let found = world.members_of(guild).filter(|found| {
        begins(&found.name) || world.membership(guild, found.id).nick.is_some_and(|nick| begins(&nick))
    });
    Ok(Json(found.take(limit).map(|found| user::member(&world, guild, found.id)).collect()))
}

/// `GET /guilds/{guild}/members/{user}`
pub(crate) async fn one(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    shown(&world, guild, id)
}

/// `PATCH /guilds/{guild}/members/@me`: one's own nickname.
pub(crate) async fn edit_own(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::CHANGE_NICKNAME)?;
    let nick = nick(&body.json)?;
    world.change_member(guild, bot, |own| own.nick = nick.unwrap_or(own.nick.take()))?;
    shown(&world, guild, bot)
}

/// `PATCH /guilds/{guild}/members/{user}`: nickname, roles, and until when they may only read.
pub(crate) async fn edit(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let body = &body.json;
    let nick = nick(body)?;
    let until = until(body, server.world().clock.now())?;
    let roles = given(body, "roles").map(|_| roles(body)).transpose()?;
    let mut world = server.world();
    let needed = Permissions::needed_for([
        (nick.is_some(), Permissions::MANAGE_NICKNAMES),
        (until.is_some(), Permissions::MODERATE_MEMBERS),
        (roles.is_some(), Permissions::MANAGE_ROLES),
    ]);
    let in_voice = Permissions::needed_for(VOICE.map(|(key, needed)| (body.get(key).is_some(), needed)));
    world.demand_in_guild(guild, bot, needed | in_voice)?;
    outranks(&world, guild, bot, id)?;
    if !in_voice.is_empty() {
        return Err(Refusal::not_in_voice());
    }
    if until.flatten().is_some() {
        may_time_out(&world, guild, bot, id)?;
    }
    if let Some(roles) = &roles {
        let before = world.membership(guild, id).roles;
        let changed = roles
            .iter()
            .filter(|role| !before.contains(role))
            .chain(before.iter().filter(|role| !roles.contains(role)));
        changed.copied().try_for_each(|role| may_give(&world, guild, bot, role))?;
    }
    world.change_member(guild, id, |own| {
        own.nick = nick.unwrap_or(own.nick.take());
        own.timed_out_until = until.unwrap_or(own.timed_out_until);
        own.roles = roles.map_or_else(|| std::mem::take(&mut own.roles), |roles| roles.into_iter().collect());
    })?;
    shown(&world, guild, id)
}

/// `PUT /guilds/{guild}/members/{user}/roles/{role}`
pub(crate) async fn give_role(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id, role)): Path<(Id, Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    may_give(&world, guild, bot, role)?;
    world.change_member(guild, id, |own| own.roles.extend([role]))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /guilds/{guild}/members/{user}/roles/{role}`
pub(crate) async fn take_role(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id, role)): Path<(Id, Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    may_give(&world, guild, bot, role)?;
    world.change_member(guild, id, |own| own.roles.retain(|other| *other != role))?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /guilds/{guild}/members/{user}`
pub(crate) async fn send_away(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::KICK_MEMBERS)?;
    may_send_away(&world, guild, bot, id)?;
    world.send_away(guild, id, None)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses somebody who isn't there, or whom the bot doesn't stand above.
fn outranks(world: &World, guild: Id, bot: Id, id: Id) -> Result<(), Refusal> {
    world.user(id).ok_or_else(Refusal::unknown_user)?;
    let stands_above = id == bot || world.rank(guild, bot) > world.rank(guild, id);
    if stands_above { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// The same, and a bot doesn't send itself away, nor time itself out.
pub(super) fn may_send_away(world: &World, guild: Id, bot: Id, id: Id) -> Result<(), Refusal> {
    if id == bot { Err(Refusal::missing_permissions()) } else { outranks(world, guild, bot, id) }
}

fn may_give(world: &World, guild: Id, bot: Id, role: Id) -> Result<(), Refusal> {
    world.demand_in_guild(guild, bot, Permissions::MANAGE_ROLES)?;
    is_given_by_hand(world, guild, role)?;
    stands_above(world, guild, bot, role)
}

/// Refuses to time out whoever no timeout holds.
fn may_time_out(world: &World, guild: Id, bot: Id, id: Id) -> Result<(), Refusal> {
    may_send_away(world, guild, bot, id)?;
    let is_above = world.permissions(guild, id).contains(Permissions::ADMINISTRATOR);
    if is_above { Err(Refusal::missing_permissions()) } else { Ok(()) }
}

/// The roles that a body gives.
fn roles(body: &Value) -> Result<Vec<Id>, Refusal> {
    let mut problems = Problems::default();
    let roles = problems.ids("roles", items(body, "roles"));
    problems.into_result().map(|()| roles)
}

/// The nickname that a body gives, or takes away; `None` where it doesn't say.
fn nick(body: &Value) -> Result<Option<Option<String>>, Refusal> {
    let mut problems = Problems::default();
    let nick = problems.text("nick", given(body, "nick"), 0..=MAX_NICK, false).map(str::to_owned);
    problems.into_result()?;
    Ok(body.get("nick").map(|_| nick.filter(|nick| !nick.is_empty())))
}

/// Until when a body lets somebody only read, or no longer; `None` where it doesn't say.
fn until(body: &Value, now: Timestamp) -> Result<Option<Option<Timestamp>>, Refusal> {
    const KEY: &str = "communication_disabled_until";
    let mut problems = Problems::default();
    let said = given(body, KEY);
    let until = problems.time(KEY, said);
    if until.is_some_and(|until| until > now + MAX_TIMEOUT) {
        problems.add(KEY, "DATE_TIME_TYPE_MAX", "A member is timed out for 28 days at most.");
    }
    problems.into_result()?;
    Ok(body.get(KEY).map(|_| until))
}

fn shown(world: &World, guild: Id, id: Id) -> Result<Json<Value>, Refusal> {
    if !world.is_member(guild, id) {
        return Err(Refusal::unknown_member());
    }
    Ok(Json(user::member(world, guild, id)))
}
