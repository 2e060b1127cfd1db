//! What a server may have and none here has: asked for, there is nothing of it.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::caller::Caller;
use super::path::Path;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::Permissions;

/// Lists that many bots ask for as they start.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/guilds/{guild}/emojis", get(none))
        .route("/guilds/{guild}/stickers", get(none))
        .route("/guilds/{guild}/scheduled-events", get(none))
        .route("/guilds/{guild}/invites", get(none))
        .route("/guilds/{guild}/integrations", get(none))
        .route("/guilds/{guild}/auto-moderation/rules", get(none))
        .route("/channels/{channel}/invites", get(none))
        .route("/applications/{application}/emojis", get(no_emojis))
        .route("/applications/{application}/entitlements", get(none))
        .route("/applications/{application}/skus", get(none))
        .route("/applications/{application}/guilds/{guild}/commands/permissions", get(none))
        .route("/applications/{application}/guilds/{guild}/commands/{command}/permissions", get(no_permissions))
        .route("/sticker-packs", get(no_packs))
        .route("/guilds/{guild}/audit-logs", get(no_audit_log))
        .route("/voice/regions", get(none))
}

async fn none(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(parts): Path<Vec<(String, String)>>,
) -> Result<Json<Value>, Refusal> {
    there(&server, bot, &parts)?;
    Ok(Json(json!([])))
}

async fn no_emojis(_: Caller) -> Json<Value> {
    Json(json!({ "items": [] }))
}

async fn no_packs(_: Caller) -> Json<Value> {
    Json(json!({ "sticker_packs": [] }))
}

/// What Discord answers of a command whose permissions nobody changed.
async fn no_permissions(_: Caller) -> Refusal {
    Refusal::unknown_permissions()
}

async fn no_audit_log(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(guild): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    server.world().demand_in_guild(guild, bot, Permissions::VIEW_AUDIT_LOG)?;
    let kinds = [
        "application_commands",
        "audit_log_entries",
        "auto_moderation_rules",
        "guild_scheduled_events",
        "integrations",
        "threads",
        "users",
        "webhooks",
    ];
    Ok(Json(kinds.into_iter().map(|kind| (kind.to_owned(), json!([]))).collect::<serde_json::Map<_, _>>().into()))
}

/// Refuses a server that isn't there, or that the bot isn't in.
fn there(server: &Shared, bot: Id, parts: &[(String, String)]) -> Result<(), Refusal> {
    let guild = parts.iter().find(|(name, _)| name == "guild").and_then(|(_, id)| id.parse().ok());
    guild.map_or(Ok(()), |guild| server.world().demand_in_guild(guild, bot, Permissions::empty()))
}
