//! Messages: posting, editing, deleting, and whom they ping.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use crate::mock::checks::number;
use crate::mock::files::show_in_place;
use crate::mock::parts::Parts;
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::pings::{Allowed, Pings};
use crate::mock::world::sessions::Deliveries;
use crate::mock::world::{Persona, Reaction, World};

/// The message was published beyond its channel.
const PUBLISHED: u64 = 1;
/// The message shows no embeds.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// The message is for one person's eyes.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The bot has promised a message and not written it yet.
pub(crate) const LOADING: u64 = 1 << 7;
/// The message is all components, its text included.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// How long a nonce is remembered.
const NONCE_MINUTES: i64 = 5;

/// One message as it stands.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) author: Id,
    pub(crate) content: String,
    pub(crate) embeds: Parts,
    pub(crate) components: Parts,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) pings: Pings,
    /// The message that this one replies to.
    pub(crate) reference: Option<Id>,
    /// The interaction that this one answers.
    pub(crate) answers: Option<Answered>,
    pub(crate) nonce: Option<Value>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) edited: Option<Timestamp>,
    /// Since when it is pinned, if it is.
    pub(crate) pinned: Option<Timestamp>,
    /// Its place in a thread, if it stands in one.
    pub(crate) position: Option<u64>,
    /// As whom it was written, if that was through a webhook.
    pub(crate) persona: Option<Persona>,
    /// Deleted messages stay as rows of the transcript, empty.
    pub(crate) deleted: bool,
    /// An id of the one sequence, new at every change.
    pub(crate) changed: Id,
}

/// The interaction behind a bot's answer.
#[derive(Clone)]
pub(crate) struct Answered {
    pub(crate) interaction: Id,
    /// Discord's number for the kind of interaction.
    pub(crate) kind: u8,
    pub(crate) member: Id,
    /// The command's name, if it was one.
    pub(crate) command: Option<String>,
    /// Whether the command was a menu's and not typed.
    pub(crate) menu: bool,
    /// The message whose component was clicked, or whose menu was used.
    pub(crate) about: Option<Id>,
    /// What made the bot show the form, if it was one.
    pub(crate) trigger: Option<Box<Answered>>,
}

/// A message that someone wants to post, or the parts of one that are to change.
#[derive(Default, Clone)]
pub(crate) struct Draft {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    pub(crate) attachments: Option<Vec<Value>>,
    pub(crate) flags: Option<u64>,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
    /// The message to reply to, and whether it must exist.
    pub(crate) reference: Option<(Id, bool)>,
    pub(crate) allowed: Allowed,
}

/// Where a draft goes and from whom.
pub(crate) struct Envelope {
    pub(crate) channel: Id,
    pub(crate) author: Id,
    pub(crate) answers: Option<Answered>,
    /// As whom it is written, if that is through a webhook.
    pub(crate) persona: Option<Persona>,
    /// The id that it is to have, if not the next one.
    pub(crate) id: Option<Id>,
}

impl Envelope {
    /// A message that answers no interaction.
    pub(crate) fn new(channel: Id, author: Id) -> Envelope {
        Envelope { channel, author, answers: None, persona: None, id: None }
    }
}

impl Draft {
    /// Whether a message of it would show nothing at all.
    pub(super) fn says_nothing(&self) -> bool {
        let none = |list: &Option<Vec<Value>>| list.as_ref().is_none_or(Vec::is_empty);
        let lists = [&self.embeds, &self.components, &self.attachments];
        self.content.as_ref().is_none_or(String::is_empty) && lists.into_iter().all(none)
    }
}

impl Message {
    /// Whether it shows nothing at all.
    fn is_empty(&self) -> bool {
        self.content.is_empty() && self.embeds.is_empty() && self.components.is_empty() && self.attachments.is_empty()
    }

    /// Whether only one person sees it.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    /// Who alone sees it, if it isn't for all.
    pub(crate) fn private_to(&self) -> Option<Id> {
        self.answers.as_ref().filter(|_| self.is_ephemeral()).map(|answered| answered.member)
    }

    /// Whether the bot has still to write it.
    pub(crate) fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    fn apply(&mut self, draft: Draft) {
        if let Some(flags) = draft.flags {
            self.flags = self.flags & !SUPPRESS_EMBEDS | flags & (SUPPRESS_EMBEDS | COMPONENTS_V2);
        }
        if let Some(content) = draft.content {
            self.content = content;
        }
        if let Some(embeds) = draft.embeds {
            self.embeds = embeds.into();
        }
        if let Some(components) = draft.components {
            self.components = components.into();
        }
        if let Some(attachments) = draft.attachments {
            let own = |file: &Value| self.attachments.iter().find(|own| number(own, "id") == number(file, "id"));
            let kept = |file: Value| own(&file).cloned().map(|own| wire::with(own, file));
            let files =
                attachments.into_iter().filter_map(|file| if is_whole(&file) { Some(file) } else { kept(file) });
            self.attachments = files.collect();
        }
    }
}

/// Whether an attachment is told whole, and not one of those that a changed message keeps.
fn is_whole(file: &Value) -> bool {
    file.get("url").is_some()
}

impl World {
    /// Posts a message and tells every bot that may know. A promised message (flag loading) may be empty.
    pub(crate) fn post(&mut self, envelope: Envelope, mut draft: Draft) -> Result<Id, Refusal> {
        let Envelope { channel, author, answers, persona, id } = envelope;
        let place = self.channels.get(&channel).ok_or_else(Refusal::unknown_channel)?;
        if place.room().is_some_and(|room| !room.kind.holds_messages()) {
            return Err(Refusal::not_a_text_channel());
        }
        if persona.is_none() {
            self.keep_from_calling_all(channel, author, &mut draft);
        }
        if answers.is_none() {
            // Only answers to interactions can be private.
            draft.flags = draft.flags.map(|flags| flags & !EPHEMERAL);
        }
        if let Some(existing) = self.same_nonce(channel, author, &draft) {
            return Ok(existing);
        }
        let reference = self.resolve_reference(channel, &draft)?;
        self.number_files(&mut draft);
        let id = id.unwrap_or_else(|| self.new_id());
        let mut message = Message {
            id,
            channel,
            author,
            content: String::new(),
            embeds: Parts::NONE,
            components: Parts::NONE,
            attachments: Vec::new(),
            flags: draft.flags.unwrap_or(0),
            pings: self.pings(channel, draft.content.as_deref().unwrap_or(""), &draft.allowed, reference),
            reference,
            answers,
            nonce: draft.nonce.clone(),
            reactions: Vec::new(),
            edited: None,
            pinned: None,
            position: None,
            persona,
            deleted: false,
            changed: id,
        };
        message.apply(draft);
        if message.is_empty() && !message.is_loading() {
            return Err(Refusal::empty_message());
        }
        if message.answers.is_none() {
            self.enter_thread(channel, author)?;
        }
        message.position = self.next_position(channel, id);
        let hidden = message.is_ephemeral();
        self.keep(message);
        self.tick();
        if !hidden {
            self.announce_new_message(id);
        }
        Ok(id)
    }

    /// Changes a message; a promised one is thereby written.
    pub(crate) fn edit(&mut self, id: Id, mut draft: Draft) -> Result<(), Refusal> {
        let mut message = self.message(id).ok_or_else(Refusal::unknown_message)?.clone();
        self.number_files(&mut draft);
        if message.persona.is_none() {
            self.keep_from_calling_all(message.channel, message.author, &mut draft);
        }
        if let Some(content) = &draft.content {
            message.pings = self.pings(message.channel, content, &draft.allowed, message.reference);
        }
        message.apply(draft);
        if message.is_empty() {
            return Err(Refusal::empty_message());
        }
        if message.is_loading() {
            message.flags &= !LOADING;
        } else {
            message.edited = Some(self.clock.now());
        }
        message.changed = self.new_id();
        let hidden = message.is_ephemeral();
        self.keep(message);
        self.tick();
        if !hidden {
            self.announce_message("MESSAGE_UPDATE", id);
        }
        Ok(())
    }

    /// Gives files that came with a message ids of their own in place of their numbers there, and shows those in their place
    /// that an embed or a component names.
    fn number_files(&mut self, draft: &mut Draft) {
        for file in draft.attachments.iter_mut().flatten().filter(|file| is_whole(file)) {
            let id = self.new_id();
            file.as_object_mut().and_then(|file| file.insert("id".to_owned(), serde_json::json!(id)));
        }
        if let Some(files) = &mut draft.attachments {
            for parts in [&mut draft.embeds, &mut draft.components].into_iter().flatten() {
                show_in_place(files, parts);
            }
        }
    }

    /// Notes that a message was published beyond its channel, which happens once.
    pub(crate) fn publish(&mut self, id: Id) -> Result<(), Refusal> {
        let changed = self.new_id();
        let message = self.message_mut(id).ok_or_else(Refusal::unknown_message)?;
        if message.flags & PUBLISHED != 0 {
            return Err(Refusal::already_published());
        }
        message.flags |= PUBLISHED;
        message.changed = changed;
        self.announce_message("MESSAGE_UPDATE", id);
        self.tick();
        Ok(())
    }

    /// Deletes a message; an empty row remains in the transcript.
    pub(crate) fn delete(&mut self, id: Id) -> Result<(), Refusal> {
        let message = self.message(id).ok_or_else(Refusal::unknown_message)?;
        let (channel, hidden) = (message.channel, message.is_ephemeral());
        self.blank(id);
        if !hidden {
            let payload = wire::message::deleted(self, id, channel);
            self.dispatch("MESSAGE_DELETE", channel, None, |_, _| Some(payload.to_string()));
        }
        Ok(())
    }

    /// Deletes those of these messages that are in a channel, and tells of all in one event.
    pub(crate) fn delete_together(&mut self, channel: Id, ids: &[Id]) {
        let is_there =
            |id: &&Id| self.message(**id).is_some_and(|message| message.channel == channel && !message.is_ephemeral());
        let there: BTreeSet<Id> = ids.iter().filter(is_there).copied().collect();
        if there.is_empty() {
            return;
        }
        there.iter().for_each(|id| self.blank(*id));
        let payload =
            wire::message::in_guild(self, channel, serde_json::json!({ "ids": there, "channel_id": channel }));
        self.dispatch("MESSAGE_DELETE_BULK", channel, None, |_, _| Some(payload.to_string()));
    }

    /// Deletes what somebody said in a server since then, each channel's together.
    pub(crate) fn delete_said_since(&mut self, guild: Id, author: Id, since: Timestamp) {
        let said = self
            .messages()
            .filter(|message| message.author == author && message.id.time() >= since && !message.deleted);
        let mut by_channel: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for message in said.filter(|message| self.guild_of(message.channel) == Some(guild)) {
            by_channel.entry(message.channel).or_default().push(message.id);
        }
        by_channel.into_iter().for_each(|(channel, ids)| self.delete_together(channel, &ids));
    }

    /// Leaves of a message an empty row.
    pub(super) fn blank(&mut self, id: Id) {
        let changed = self.new_id();
        let Some(message) = self.message_mut(id) else { return };
        message.apply(Draft {
            content: Some(String::new()),
            embeds: Some(Vec::new()),
            components: Some(Vec::new()),
            attachments: Some(Vec::new()),
            ..Draft::default()
        });
        message.deleted = true;
        let pinned = message.pinned.take().is_some();
        let channel = message.channel;
        message.reactions.clear();
        message.changed = changed;
        if pinned {
            self.unpin(channel, id);
        }
        self.tick();
    }

    /// What the author of a message is called.
    pub(crate) fn author_name<'w>(&'w self, message: &'w Message) -> &'w str {
        message.persona.as_ref().map_or_else(|| self.name(message.author), |persona| &persona.name)
    }

    /// Whether a message isn't a member's.
    pub(crate) fn is_automatic(&self, message: &Message) -> bool {
        message.persona.is_some() || self.user(message.author).is_some_and(|user| user.bot)
    }

    /// Tells every bot that may know about a new message, and again if a member wrote it and that was ordered.
    fn announce_new_message(&mut self, id: Id) {
        let deliveries = self.announce_message("MESSAGE_CREATE", id);
        if self.message(id).is_some_and(|message| !self.is_automatic(message)) {
            self.repeat("MESSAGE_CREATE", &deliveries);
        }
    }

    /// Tells every bot that may know about a message, each in the form that it may read.
    pub(super) fn announce_message(&mut self, event: &'static str, id: Id) -> Deliveries {
        let Some(channel) = self.message(id).map(|message| message.channel) else { return Deliveries::new() };
        let deliveries = self
            .deliveries(event, channel, None, |world, reader| wire::message::event(world, world.message(id)?, reader));
        self.deliver(event, &deliveries);
        deliveries
    }

    /// The earlier message with the same enforced nonce.
    fn same_nonce(&self, channel: Id, author: Id, draft: &Draft) -> Option<Id> {
        let nonce = draft.nonce.as_ref().filter(|_| draft.enforce_nonce)?;
        let oldest = self.clock.now() - jiff::SignedDuration::from_mins(NONCE_MINUTES);
        let messages = self.messages_of(self.channels.get(&channel)?).rev();
        messages
            .take_while(|message| message.id.time() >= oldest)
            .find(|message| !message.deleted && message.author == author && message.nonce.as_ref() == Some(nonce))
            .map(|message| message.id)
    }

    fn resolve_reference(&self, channel: Id, draft: &Draft) -> Result<Option<Id>, Refusal> {
        let Some((id, must_exist)) = draft.reference else { return Ok(None) };
        let found = self.message(id).is_some_and(|message| message.channel == channel && !message.is_ephemeral());
        match (found, must_exist) {
            (true, _) => Ok(Some(id)),
            (false, false) => Ok(None),
            (false, true) => Err(Refusal::invalid_form(serde_json::json!({
                "message_reference": { "_errors": [{ "code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message" }] }
            }))),
        }
    }
}
