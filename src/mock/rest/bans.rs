//! Bans: who is kept out of a server, and what they said there, which goes with it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::body::Body;
use super::caller::Caller;
use super::escapes::unescaped;
use super::members::may_send_away;
use super::path::Path;
use super::query::Query;
use crate::mock::checks::{Problems, given, items};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{user, with};
use crate::mock::world::{Permissions, World};

/// The most bans of one answer, and the most people that are banned together.
const MAX_BANS: u16 = 1000;
const MAX_TOGETHER: usize = 200;
/// From how far back at most what somebody said goes with a ban.
const MAX_DAYS: i64 = 7;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The header with the reason for what a bot does, escaped as in an address.
const REASON: &str = "x-audit-log-reason";

/// `GET /guilds/{guild}/bans`
pub(crate) async fn list(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    query: Query,
) -> Result<Json<Vec<Value>>, Refusal> {
    let part = query.part(1..=MAX_BANS, MAX_BANS)?;
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    let bans = world.guilds.get(&guild).into_iter().flat_map(|found| &found.bans);
    let wanted = bans.filter(|(id, _)| part.holds(**id)).take(part.limit);
    Ok(Json(wanted.map(|(id, reason)| json!({ "user": user::user(&world, *id), "reason": reason })).collect()))
}

/// `GET /guilds/{guild}/bans/{user}`
pub(crate) async fn one(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
) -> Result<Json<Value>, Refusal> {
    let world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    let reason = world.guilds.get(&guild).and_then(|found| found.bans.get(&id)).ok_or_else(Refusal::unknown_ban)?;
    Ok(Json(json!({ "user": user::user(&world, id), "reason": reason })))
}

/// `PUT /guilds/{guild}/bans/{user}`: how much of the past goes with it may stand in the query, too.
pub(crate) async fn ban(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path((guild, id)): Path<(Id, Id)>,
    Query(query): Query,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let past = past(&with(query, body.json))?;
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS)?;
    keep_out(&mut world, bot, guild, id, past, &headers)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /guilds/{guild}/bulk-ban`: tells who was banned and who couldn't be.
pub(crate) async fn ban_together(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let mut problems = Problems::default();
    let wanted = items(&body.json, "user_ids");
    problems.count("user_ids", wanted.len(), 1..=MAX_TOGETHER);
    let wanted = problems.ids("user_ids", wanted);
    problems.into_result()?;
    let past = past(&body.json)?;
    let mut world = server.world();
    world.demand_in_guild(guild, bot, Permissions::BAN_MEMBERS | Permissions::MANAGE_GUILD)?;
    let (banned, failed): (Vec<Id>, Vec<Id>) =
        wanted.into_iter().partition(|id| keep_out(&mut world, bot, guild, *id, past, &headers).is_ok());
    if banned.is_empty() {
        return Err(Refusal::nobody_banned());
    }
    Ok(Json(json!({ "banned_users": banned, "failed_users": failed })))
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

/// Bans somebody for the reason that the headers give, with what they said in so much of the past.
fn keep_out(
    world: &mut World,
    bot: Id,
    guild: Id,
    id: Id,
    past: SignedDuration,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    may_send_away(world, guild, bot, id)?;
    let reason = headers.get(REASON).map(|reason| unescaped(reason.as_bytes()));
    world.send_away(guild, id, Some(reason))?;
    if past > SignedDuration::ZERO {
        let since = world.clock.now() - past;
        world.delete_said_since(guild, id, since);
    }
    Ok(())
}

/// From how far back what somebody said goes with a ban.
fn past(wish: &Value) -> Result<SignedDuration, Refusal> {
    let mut problems = Problems::default();
    let mut whole = |key: &str, most: i64| problems.whole(key, given(wish, key), 0..=most).unwrap_or(0);
    let seconds = whole("delete_message_seconds", MAX_DAYS * DAY.as_secs());
    let days = whole("delete_message_days", MAX_DAYS);
    problems.into_result()?;
    Ok(SignedDuration::from_secs(seconds.max(days * DAY.as_secs())))
}
