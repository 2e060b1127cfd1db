//! The members of a server: seen, named, given roles, timed out, sent away and let in again.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::path::Path;
use super::roles::{is_given_by_hand, stands_above};
use crate::mock::checks::{Problems, given, ids, number};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::user;
use crate::mock::world::{Permissions, World};

/// The most members of one answer.
const MAX_FOUND: usize = 1000;
/// The most characters of a nickname.
const MAX_NICK: usize = 32;
/// The longest that somebody is timed out.
const MAX_TIMEOUT: SignedDuration = SignedDuration::from_hours(28 * 24);
/// From how far back at most what somebody said goes with a ban.
const MAX_PAST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The header with the reason for what a bot does.
const REASON: &str = "x-audit-log-reason";

/// Which members are wanted.
#[derive(Deserialize)]
pub(crate) struct Range {
    after: Option<Id>,
    limit: Option<usize>,
}

/// `GET /guilds/{guild}/members`: oldest first.
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    Query(range): Query<Range>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    let wanted = world.members_of(guild).filter(|member| range.after.is_none_or(|after| member.id > after));
    let wanted = wanted.take(range.limit.unwrap_or(1).clamp(1, MAX_FOUND));
    Ok(Json(wanted.map(|member| user::member(&world, guild, member.id)).collect()))
}

/// Whose names are wanted.
#[derive(Deserialize)]
pub(crate) struct Search {
    query: String,
    limit: Option<usize>,
}

/// `GET /guilds/{guild}/members/search`: those whose name or nickname begins so.
pub(crate) async fn search(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    Query(search): Query<Search>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::empty())?;
    let wanted = search.query.to_lowercase();
    let begins = |name: &str| name.to_lowercase().starts_with(&wanted);
    let found = world.members_of(guild).filter(|found| {
        begins(&found.name) || world.membership(guild, found.id).nick.is_some_and(|nick| begins(&nick))
    });
    let found = found.take(search.limit.unwrap_or(1).clamp(1, MAX_FOUND));
    Ok(Json(found.map(|found| user::member(&world, guild, found.id)).collect()))
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
    let roles = given(body, "roles").map(|_| ids(body, "roles"));
    let mut world = server.world();
    let needed = Permissions::needed_for([
        (nick.is_some(), Permissions::MANAGE_NICKNAMES),
        (until.is_some(), Permissions::MODERATE_MEMBERS),
        (roles.is_some(), Permissions::MANAGE_ROLES),
    ]);
    world.demand_in_guild(guild, bot, needed)?;
    outranks(&world, guild, bot, id)?;
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
    outranks(&world, guild, bot, id)?;
    world.send_away(guild, id, None)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /guilds/{guild}/bans`
pub(crate) async fn bans(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Vec<Value>>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    let bans = world.guilds.get(&guild).into_iter().flat_map(|found| &found.bans);
    Ok(Json(bans.map(|(id, reason)| json!({ "user": user::user(&world, *id), "reason": reason })).collect()))
}

/// `GET /guilds/{guild}/bans/{user}`
pub(crate) async fn ban_of(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    let reason = world.guilds.get(&guild).and_then(|found| found.bans.get(&id)).ok_or_else(Refusal::unknown_ban)?;
    Ok(Json(json!({ "user": user::user(&world, id), "reason": reason })))
}

/// `PUT /guilds/{guild}/bans/{user}`
pub(crate) async fn ban(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let past = past(&body.json)?;
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    outranks(&world, guild, bot, id)?;
    let reason = headers.get(REASON).and_then(|reason| reason.to_str().ok()).map(str::to_owned);
    world.send_away(guild, id, Some(reason))?;
    let since = world.clock.now() - past;
    if past > SignedDuration::ZERO {
        world.delete_said_since(guild, id, since);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /guilds/{guild}/bans/{user}`
pub(crate) async fn pardon(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
    _: Body,
) -> Result<StatusCode, Refusal> {
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    world.pardon(guild, id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses somebody who isn't there, or whom the bot doesn't stand above.
fn outranks(world: &World, guild: Id, bot: Id, id: Id) -> Result<(), Refusal> {
    world.user(id).ok_or_else(Refusal::unknown_user)?;
    let stands_above = id == bot || world.rank(guild, bot) > world.rank(guild, id);
    if stands_above { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// From how far back what somebody said goes with a ban.
fn past(body: &Value) -> Result<SignedDuration, Refusal> {
    let mut problems = Problems::default();
    for (key, most) in [("delete_message_seconds", MAX_PAST.as_secs().unsigned_abs()), ("delete_message_days", 7)] {
        if number(body, key) > most {
            problems.add(key, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {most}."));
        }
    }
    problems.into_result()?;
    let days = SignedDuration::from_hours(24 * number(body, "delete_message_days").cast_signed());
    Ok(days.max(SignedDuration::from_secs(number(body, "delete_message_seconds").cast_signed())))
}

fn may_give(world: &World, guild: Id, bot: Id, role: Id) -> Result<(), Refusal> {
    world.demand_in_guild(guild, bot, Permissions::MANAGE_ROLES)?;
    is_given_by_hand(world, guild, role)?;
    stands_above(world, guild, bot, role)
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
    let until: Option<Timestamp> = said.and_then(Value::as_str).and_then(|text| text.parse().ok());
    if said.is_some() && until.is_none() {
        problems.add(KEY, "DATE_TIME_TYPE_PARSE", "Could not parse the timestamp. Should be ISO8601.");
    }
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
