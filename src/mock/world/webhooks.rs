//! Webhooks: addresses under which anybody who knows them writes in a channel, under any name.

use serde_json::json;

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::token;
use crate::mock::world::{Draft, Envelope, RoomKind, World};

/// The most webhooks of a channel.
const MAX_WEBHOOKS: usize = 15;

/// A webhook of a channel.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    /// What stands in its address beside its id.
    pub(crate) token: String,
    pub(crate) name: String,
    /// The bot that made it.
    pub(crate) maker: Id,
}

/// As whom a webhook writes.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Persona {
    pub(crate) name: String,
}

impl World {
    /// Refuses a channel that no webhook can be of, or that has as many as it may have.
    pub(crate) fn check_webhook_of(&self, channel: Id) -> Result<(), Refusal> {
        let found = self.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?;
        if found.room().is_none_or(|room| room.kind == RoomKind::Category) {
            return Err(Refusal::wrong_kind_of_channel());
        }
        let count = self.webhooks.values().filter(|webhook| webhook.channel == channel).count();
        if count >= MAX_WEBHOOKS { Err(Refusal::too_many_webhooks()) } else { Ok(()) }
    }

    /// Makes a webhook, and tells every bot that something of a channel's webhooks changed.
    pub(crate) fn make_webhook(&mut self, channel: Id, maker: Id, name: String) -> Result<Id, Refusal> {
        self.check_webhook_of(channel)?;
        let id = self.new_id();
        let token = token::of_address("webhook", id);
        self.webhooks.insert(id, Webhook { id, channel, token, name, maker });
        self.announce_webhooks(channel);
        Ok(id)
    }

    /// Changes a webhook's name and channel.
    pub(crate) fn edit_webhook(&mut self, id: Id, name: Option<String>, channel: Option<Id>) -> Result<(), Refusal> {
        let before = self.webhook(id, None)?.channel;
        if let Some(other) = channel.filter(|other| *other != before) {
            self.check_webhook_of(other)?;
            if self.guild_of(other) != self.guild_of(before) {
                return Err(Refusal::unknown_channel());
            }
        }
        let webhook = self.webhooks.get_mut(&id).ok_or_else(Refusal::unknown_webhook)?;
        webhook.name = name.unwrap_or_else(|| std::mem::take(&mut webhook.name));
        webhook.channel = channel.unwrap_or(before);
        let after = webhook.channel;
        self.announce_webhooks(before);
        if after != before {
            self.announce_webhooks(after);
        }
        Ok(())
    }

    /// Takes a webhook away; what was written through it stays.
    pub(crate) fn delete_webhook(&mut self, id: Id) -> Result<(), Refusal> {
        let gone = self.webhooks.remove(&id).ok_or_else(Refusal::unknown_webhook)?;
        self.announce_webhooks(gone.channel);
        Ok(())
    }

    /// The webhook with this address; of one without a token, only its id.
    pub(crate) fn webhook(&self, id: Id, token: Option<&str>) -> Result<&Webhook, Refusal> {
        let webhook = self.webhooks.get(&id).ok_or_else(Refusal::unknown_webhook)?;
        if token.is_none_or(|token| token == webhook.token) { Ok(webhook) } else { Err(Refusal::invalid_token()) }
    }

    /// Writes through a webhook, in its channel or a thread of that.
    pub(crate) fn write_through(
        &mut self,
        id: Id,
        thread: Option<Id>,
        persona: Persona,
        draft: Draft,
    ) -> Result<Id, Refusal> {
        let channel = self.webhook(id, None)?.channel;
        let hangs_there = |thread: &Id| self.thread(*thread).is_some_and(|found| found.parent == channel);
        let channel = match thread {
            Some(thread) if !hangs_there(&thread) => return Err(Refusal::unknown_channel()),
            Some(thread) => thread,
            None => channel,
        };
        self.post(Envelope { persona: Some(persona), ..Envelope::new(channel, id) }, draft)
    }

    fn announce_webhooks(&mut self, channel: Id) {
        let Some(guild) = self.guild_of(channel) else { return };
        let changed = json!({ "guild_id": guild, "channel_id": channel });
        self.dispatch_in_guild("WEBHOOKS_UPDATE", guild, |_, _| changed.clone());
        self.tick();
    }
}
