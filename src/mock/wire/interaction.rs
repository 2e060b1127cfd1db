//! Interactions on the wire: the event that a bot gets, and the answer to its first response.

use serde_json::{Value, json};

use crate::mock::files::MAX_FILE;
use crate::mock::snowflake::Id;
use crate::mock::wire::{channel, message, user, with};
use crate::mock::world::{Deed, Interaction, Reader, World};

/// The event that hands an interaction to its bot.
pub(crate) fn event(world: &World, interaction: &Interaction, reader: Reader) -> Value {
    let Interaction { id, token, deed, .. } = interaction;
    let Deed { kind, bot, member, channel: place, data, .. } = deed;
    let Some(found) = world.channels.get(place) else { return Value::Null };
    let guild = found.guild;
    let mut wire = json!({
        "id": id,
        "application_id": bot,
        "type": *kind as u8,
        "token": token,
        "version": 1,
        "data": data,
        "channel_id": place,
        "channel": channel::of_interaction(world, found, *member),
        "locale": world.locale,
        "app_permissions": world.permissions_in(found, *bot),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": { "0": message::installed_by(world, *place) },
        "context": if guild.is_some() { 0 } else { 1 },
        "attachment_size_limit": MAX_FILE,
    });
    let keys = match guild {
        Some(guild) => json!({
            "guild_id": guild,
            "guild_locale": "en-US",
            "guild": { "id": guild, "locale": "en-US", "features": [] },
            "member": user::acting_member(world, guild, *member, found),
        }),
        None => json!({ "user": user::user(world, *member) }),
    };
    wire = with(wire, keys);
    match interaction.message().and_then(|id| world.message(id)) {
        Some(clicked) => with(wire, json!({ "message": message::in_full(world, clicked, reader.bot) })),
        None => wire,
    }
}

/// Discord's numbers for the responses that tell which message they made or changed.
const TELLING: [u64; 2] = [4, 7];

/// The answer to a first response whose sender asked for it (`with_response`).
pub(crate) fn callback(world: &World, interaction: &Interaction, response: u64, posted: Option<Id>) -> Value {
    let about = json!({ "id": interaction.id, "type": interaction.deed.kind as u8 });
    let Some(shown) = posted.and_then(|id| world.message(id)) else { return json!({ "interaction": about }) };
    let keys = json!({
        "response_message_id": shown.id,
        "response_message_loading": shown.is_loading(),
        "response_message_ephemeral": shown.is_ephemeral(),
    });
    let answer = json!({ "interaction": with(about, keys) });
    if !TELLING.contains(&response) {
        return answer;
    }
    let message = message::in_full(world, shown, interaction.deed.bot);
    with(answer, json!({ "resource": { "type": response, "message": message } }))
}
