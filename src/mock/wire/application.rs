//! Applications on the wire: what the developer portal would know of a bot.

use serde_json::{Value, json};

use crate::mock::snowflake::Id;
use crate::mock::wire::user;
use crate::mock::world::World;

/// The application may have all three privileged intents, as one in fewer than a hundred servers may.
const FLAGS: u64 = 1 << 13 | 1 << 15 | 1 << 19;

/// The few words of READY.
pub(crate) fn partial(id: Id) -> Value {
    json!({ "id": id, "flags": FLAGS })
}

/// A bot's own application.
pub(crate) fn full(world: &World, id: Id) -> Value {
    json!({
        "id": id,
        "name": world.name(id),
        "icon": null,
        "description": world.bots.get(&id).map_or("", |bot| &bot.description),
        "type": null,
        "bot": user::user(world, id),
        "summary": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": FLAGS,
        "flags_new": FLAGS.to_string(),
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": user::user(world, world.owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": null,
        "install_params": { "scopes": ["bot", "applications.commands"], "permissions": "0" },
        "integration_types_config": { "0": {} },
        "tags": [],
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    })
}
