//! Pins: the messages of a channel that are kept in view.

use jiff::Timestamp;
use serde_json::json;

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::{Id, written};
use crate::mock::wire;
use crate::mock::world::{Message, World};

/// The most pinned messages of a channel.
const MAX_PINS: usize = 250;

impl World {
    /// The pinned messages of a channel, the last pinned first.
    pub(crate) fn pins(&self, channel: Id) -> impl Iterator<Item = (&Message, Timestamp)> {
        let pinned = self.channels.get(&channel).into_iter().flat_map(|channel| channel.pins.iter().rev());
        pinned.filter_map(|id| self.message(*id).and_then(|message| Some((message, message.pinned?))))
    }

    /// Takes a message off the list of the pinned ones.
    pub(super) fn unpin(&mut self, channel: Id, id: Id) {
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.pins.retain(|pinned| *pinned != id);
        }
    }

    /// Pins a message, or lets it go, and tells every bot.
    pub(crate) fn pin(&mut self, id: Id, pinned: bool) -> Result<(), Refusal> {
        let (changed, now) = (self.new_id(), self.clock.now());
        let message = self.message(id).ok_or_else(Refusal::unknown_message)?;
        let channel = message.channel;
        if message.pinned.is_some() == pinned {
            return Ok(());
        }
        if pinned && self.pins(channel).count() >= MAX_PINS {
            return Err(Refusal::too_many_pins());
        }
        let message = self.message_mut(id).ok_or_else(Refusal::unknown_message)?;
        message.pinned = pinned.then_some(now);
        message.changed = changed;
        self.unpin(channel, id);
        if let Some(channel) = self.channels.get_mut(&channel).filter(|_| pinned) {
            channel.pins.push(id);
        }
        self.announce_message("MESSAGE_UPDATE", id);
        let last = self.pins(channel).next().map(|(_, since)| written(since));
        let told = json!({ "channel_id": channel, "last_pin_timestamp": last });
        let told = wire::message::in_guild(self, channel, told);
        self.dispatch("CHANNEL_PINS_UPDATE", channel, None, |_, _| Some(told.to_string()));
        self.tick();
        Ok(())
    }
}
