//! Webhooks on the wire.

use serde_json::{Value, json};

use crate::mock::wire::{user, with};
use crate::mock::world::{Webhook, World};

/// Discord's number for webhooks that anybody may write through who knows the address.
const INCOMING: u8 = 1;

/// A webhook as whoever knows its address sees it.
pub(crate) fn webhook(world: &World, webhook: &Webhook) -> Value {
    json!({
        "id": webhook.id,
        "type": INCOMING,
        "guild_id": world.guild_of(webhook.channel),
        "channel_id": webhook.channel,
        "name": webhook.name,
        "avatar": null,
        "token": webhook.token,
        "application_id": webhook.maker,
        "url": format!("{}/api/webhooks/{}/{}", world.http_url(), webhook.id, webhook.token),
    })
}

/// The same as a bot sees it that may manage webhooks: with who made it.
pub(crate) fn managed(world: &World, of: &Webhook) -> Value {
    with(webhook(world, of), json!({ "user": user::user(world, of.maker) }))
}
