//! Reactions: emoji that people and bots put under a message.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::json;

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::World;

/// The most different emoji under one message.
const MAX_REACTIONS: usize = 20;

/// The most characters that Unicode makes one emoji of, flags of regions included.
const MAX_EMOJI: usize = 16;

/// One emoji and who put it there.
#[derive(Clone)]
pub(crate) struct Reaction {
    pub(crate) emoji: String,
    pub(crate) by: BTreeSet<Id>,
}

/// Letters that Unicode makes emoji of: `ℹ`, `Ⓜ`, and those in squares.
const EMOJI_LETTERS: [RangeInclusive<char>; 3] =
    ['\u{2139}'..='\u{2139}', '\u{24c2}'..='\u{24c2}', '\u{1f170}'..='\u{1f189}'];

/// Whether a text may be one of Unicode's emoji, and isn't plain text.
pub(crate) fn is_emoji(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() && !EMOJI_LETTERS.iter().any(|range| range.contains(&letter));
    !text.is_ascii() && !text.chars().any(is_letter) && text.chars().count() <= MAX_EMOJI
}

impl World {
    /// Puts an emoji under a message, once for each person, and tells every bot that asked for such events.
    pub(crate) fn react(&mut self, message: Id, by: Id, emoji: &str) -> Result<(), Refusal> {
        // There are no emoji of anybody's own here.
        if !is_emoji(emoji) {
            return Err(Refusal::unknown_emoji());
        }
        let changed = self.new_id();
        let found = self.message_mut(message).ok_or_else(Refusal::unknown_message)?;
        let is_full = found.reactions.len() >= MAX_REACTIONS;
        let is_new = match found.reactions.iter_mut().find(|reaction| reaction.emoji == emoji) {
            Some(reaction) => reaction.by.insert(by),
            None if is_full => return Err(Refusal::too_many_reactions()),
            None => {
                found.reactions.push(Reaction { emoji: emoji.to_owned(), by: BTreeSet::from([by]) });
                true
            }
        };
        if is_new {
            found.changed = changed;
            self.announce_reaction("MESSAGE_REACTION_ADD", message, by, emoji);
        }
        Ok(())
    }

    /// Takes one's emoji from under a message again.
    pub(crate) fn take_reaction(&mut self, message: Id, by: Id, emoji: &str) -> Result<(), Refusal> {
        let changed = self.new_id();
        let found = self.message_mut(message).ok_or_else(Refusal::unknown_message)?;
        let mut own = found.reactions.iter_mut().filter(|reaction| reaction.emoji == emoji);
        if own.any(|reaction| reaction.by.remove(&by)) {
            found.reactions.retain(|reaction| !reaction.by.is_empty());
            found.changed = changed;
            self.announce_reaction("MESSAGE_REACTION_REMOVE", message, by, emoji);
        }
        Ok(())
    }

    /// Takes all reactions from under a message, or all of one emoji.
    pub(crate) fn clear_reactions(&mut self, message: Id, emoji: Option<&str>) -> Result<(), Refusal> {
        let changed = self.new_id();
        let found = self.message_mut(message).ok_or_else(Refusal::unknown_message)?;
        let before = found.reactions.len();
        found.reactions.retain(|reaction| emoji.is_some_and(|emoji| reaction.emoji != emoji));
        if found.reactions.len() == before {
            return Ok(());
        }
        found.changed = changed;
        let channel = found.channel;
        let told = wire::message::in_guild(self, channel, json!({ "channel_id": channel, "message_id": message }));
        let (event, told) = match emoji {
            Some(emoji) => {
                let which = json!({ "emoji": wire::message::emoji(emoji) });
                ("MESSAGE_REACTION_REMOVE_EMOJI", wire::with(told, which))
            }
            None => ("MESSAGE_REACTION_REMOVE_ALL", told),
        };
        self.dispatch(event, channel, None, |_, _| Some(told.to_string()));
        self.tick();
        Ok(())
    }

    fn announce_reaction(&mut self, event: &'static str, message: Id, by: Id, emoji: &str) {
        let Some(found) = self.message(message) else { return };
        let (channel, author) = (found.channel, found.author);
        let guild = self.guild_of(channel);
        let mut payload = json!({
            "user_id": by,
            "channel_id": channel,
            "message_id": message,
            "emoji": wire::message::emoji(emoji),
            "type": 0,
            "burst": false,
        });
        if let Some(guild) = guild {
            payload = wire::with(payload, json!({ "guild_id": guild }));
        }
        if event == "MESSAGE_REACTION_ADD" {
            payload = wire::with(payload, json!({ "message_author_id": author }));
            if let Some(guild) = guild {
                payload = wire::with(payload, json!({ "member": wire::user::member(self, guild, by) }));
            }
        }
        self.dispatch(event, channel, None, |_, _| Some(payload.to_string()));
        self.tick();
    }
}
