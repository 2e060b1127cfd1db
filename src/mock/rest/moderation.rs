//! What needs permissions that bots here don't have: refused as Discord refuses it, so that a bot's way of taking it is seen.
//! So nothing is ever pinned, and that may be asked for.

use axum::extract::State;
use axum::routing::{delete, get, patch, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::caller::Caller;
use super::channels::{is_a_guild, open_channel};
use super::path::Path;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;

/// Roles, nicknames, timeouts, bans, channels and their permissions, webhooks, pins.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/guilds/{guild}/members/@me", patch(refuse))
        .route("/guilds/{guild}/members/{user}", patch(refuse).delete(refuse))
        .route("/guilds/{guild}/members/{user}/roles/{role}", put(refuse).delete(refuse))
        .route("/guilds/{guild}/bans/{user}", put(refuse).delete(refuse))
        .route("/guilds/{guild}/channels", post(refuse))
        .route("/guilds/{guild}/roles", post(refuse))
        .route("/guilds/{guild}/webhooks", get(refuse))
        .route("/channels/{channel}", delete(refuse))
        .route("/channels/{channel}/permissions/{target}", put(refuse).delete(refuse))
        .route("/channels/{channel}/webhooks", post(refuse).get(refuse))
        .route("/channels/{channel}/messages/bulk-delete", post(refuse))
        .route("/channels/{channel}/messages/pins", get(pins))
        .route("/channels/{channel}/pins", get(old_pins))
        .route("/channels/{channel}/messages/pins/{message}", put(refuse).delete(refuse))
        .route("/channels/{channel}/pins/{message}", put(refuse).delete(refuse))
}

/// Refuses; what isn't there, or isn't the bot's to see, as such.
async fn refuse(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(parts): Path<Vec<(String, String)>>,
) -> Refusal {
    let world = server.world();
    let looked_at = parts.iter().try_for_each(|(name, id)| match (name.as_str(), id.parse()) {
        ("channel", Ok(channel)) => open_channel(&world, channel, bot),
        ("guild", Ok(guild)) => is_a_guild(&world, guild),
        _ => Ok(()),
    });
    looked_at.err().unwrap_or_else(Refusal::missing_permissions)
}

/// `GET /channels/{channel}/messages/pins`
async fn pins(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    open_channel(&server.world(), channel, bot)?;
    Ok(Json(json!({ "items": [], "has_more": false })))
}

/// `GET /channels/{channel}/pins`
async fn old_pins(
    State(server): State<Shared>,
    Caller(bot): Caller,
    Path(channel): Path<Id>,
) -> Result<Json<Value>, Refusal> {
    open_channel(&server.world(), channel, bot)?;
    Ok(Json(json!([])))
}
