//! Interactions: what a member did that a bot must answer in time, and the forms that bots show.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::token;
use crate::mock::wire;
use crate::mock::world::{Answered, Message, World};

/// How long a bot has for its first response.
const FIRST_RESPONSE: SignedDuration = SignedDuration::from_secs(3);
/// How long an interaction's token serves for edits and follow-ups.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(15);
/// The most interactions that are remembered; the oldest go first. Enough for twenty a second as long as tokens serve.
const MAX_INTERACTIONS: usize = 20_000;
/// The most forms that are remembered; the oldest go first.
const MAX_FORMS: usize = 1_000;

/// What a member did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Kind {
    /// They used a command.
    Command = 2,
    /// They clicked a button or chose from a menu.
    Component = 3,
    /// They are typing an option.
    Autocomplete = 4,
    /// They sent in a form.
    Form = 5,
}

/// Something that a member did and a bot answers.
pub(crate) struct Interaction {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) deed: Deed,
    pub(crate) acknowledged: bool,
    /// The message that `@original` names.
    pub(crate) original: Option<Id>,
    /// What the bot offers to complete an option.
    pub(crate) choices: Option<Value>,
    created: Timestamp,
}

/// What exactly a member did.
pub(crate) struct Deed {
    pub(crate) kind: Kind,
    pub(crate) bot: Id,
    pub(crate) member: Id,
    pub(crate) channel: Id,
    /// Discord's `data`: what exactly was done.
    pub(crate) data: Value,
    /// The command's name, if it was one.
    pub(crate) command: Option<String>,
    /// Whether the command was a menu's and not typed.
    pub(crate) menu: bool,
    /// The message whose component, form or menu it was.
    pub(crate) about: Option<Id>,
    /// What made the bot show the form, if it was one.
    pub(crate) trigger: Option<Answered>,
}

/// A form that a bot shows to a member.
pub(crate) struct Form {
    pub(crate) id: Id,
    pub(crate) bot: Id,
    pub(crate) member: Id,
    pub(crate) channel: Id,
    pub(crate) custom_id: String,
    pub(crate) title: String,
    /// Its components, as the bot sent them.
    pub(crate) components: Vec<Value>,
    /// What the bot answered with it.
    pub(crate) trigger: Answered,
    /// Whether it was sent in.
    pub(crate) closed: bool,
    pub(crate) changed: Id,
}

impl Form {
    /// The message whose component led to it.
    pub(crate) fn message(&self) -> Option<Id> {
        self.trigger.about.filter(|_| self.trigger.command.is_none())
    }
}

impl Interaction {
    /// Whether the token still serves.
    fn is_alive(&self, now: Timestamp) -> bool {
        now.duration_since(self.created) < TOKEN_LIFE
    }

    /// The message whose component was used, or that led to the form.
    pub(crate) fn message(&self) -> Option<Id> {
        self.deed.about.filter(|_| matches!(self.deed.kind, Kind::Component | Kind::Form))
    }

    /// What a message that answers it remembers of it.
    pub(crate) fn answered(&self) -> Answered {
        let Deed { kind, member, command, menu, about, trigger, .. } = &self.deed;
        Answered {
            interaction: self.id,
            kind: *kind as u8,
            member: *member,
            command: command.clone(),
            menu: *menu,
            about: *about,
            trigger: trigger.clone().map(Box::new),
        }
    }
}

/// The interaction that a token names.
fn named_by(token: &str) -> Option<Id> {
    token.split('-').nth(1)?.parse().ok()
}

impl World {
    /// Turns a deed into an interaction and hands it to its bot.
    pub(crate) fn interact(&mut self, deed: Deed) -> Id {
        let id = self.new_id();
        let (channel, bot, now) = (deed.channel, deed.bot, self.clock.now());
        let interaction = Interaction {
            id,
            token: token::of_address("interaction", id),
            deed,
            acknowledged: false,
            original: None,
            choices: None,
            created: now,
        };
        self.interactions.insert(id, interaction);
        while self.interactions.len() > MAX_INTERACTIONS {
            self.interactions.pop_first();
        }
        self.dispatch("INTERACTION_CREATE", channel, Some(bot), |world, reader| {
            Some(wire::interaction::event(world, world.interactions.get(&id)?, reader).to_string())
        });
        id
    }

    /// The interaction to which a first response may still be given.
    pub(crate) fn awaiting_response(&self, id: Id, token: &str) -> Result<&Interaction, Refusal> {
        let known = self.interactions.get(&id).filter(|interaction| interaction.token == token);
        let interaction = known.ok_or_else(Refusal::unknown_interaction)?;
        if interaction.acknowledged {
            return Err(Refusal::already_acknowledged());
        }
        if self.clock.now().duration_since(interaction.created) > FIRST_RESPONSE {
            return Err(Refusal::unknown_interaction());
        }
        Ok(interaction)
    }

    /// Notes that the first response was given, and which message `@original` names from now on.
    pub(crate) fn acknowledge(&mut self, id: Id, original: Option<Id>) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.acknowledged = true;
            interaction.original = original;
        }
        self.tick();
    }

    /// Notes what a bot offers to complete an option.
    pub(crate) fn offer_choices(&mut self, id: Id, choices: Value) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.choices = Some(choices);
        }
    }

    /// The interaction behind a webhook address.
    pub(crate) fn interaction_behind(&self, bot: Id, token: &str) -> Result<&Interaction, Refusal> {
        let known = named_by(token).and_then(|id| self.interactions.get(&id));
        let known = known.filter(|interaction| interaction.deed.bot == bot && interaction.token == token);
        let interaction = known.ok_or_else(Refusal::unknown_webhook)?;
        if !interaction.is_alive(self.clock.now()) {
            return Err(Refusal::invalid_token());
        }
        if !interaction.acknowledged {
            return Err(Refusal::unknown_webhook());
        }
        Ok(interaction)
    }

    /// Shows a form to the member behind an interaction.
    pub(crate) fn show_form(&mut self, interaction: Id, custom_id: &str, title: &str, components: Vec<Value>) {
        let id = self.new_id();
        let Some(cause) = self.interactions.get(&interaction) else { return };
        let form = Form {
            id,
            bot: cause.deed.bot,
            member: cause.deed.member,
            channel: cause.deed.channel,
            custom_id: custom_id.to_owned(),
            title: title.to_owned(),
            components,
            trigger: cause.answered(),
            closed: false,
            changed: id,
        };
        self.forms.insert(id, form);
        while self.forms.len() > MAX_FORMS {
            self.forms.pop_first();
        }
        self.tick();
    }

    /// What a bot first answered to a message, a command or a click: its message, or the form that it showed.
    pub(crate) fn answer_to(&self, asked: Id) -> Option<Id> {
        let answers = |message: &&Message| {
            let to_this = message.answers.as_ref().is_some_and(|answered| answered.interaction == asked);
            (to_this || message.reference == Some(asked) && self.is_automatic(message)) && !message.is_loading()
        };
        let form = self.forms.values().find(|form| form.trigger.interaction == asked).map(|form| form.id);
        self.messages().find(answers).map(|message| message.id).or(form)
    }

    /// Takes a form off the member's screen.
    pub(crate) fn close_form(&mut self, id: Id) {
        let changed = self.new_id();
        if let Some(form) = self.forms.get_mut(&id) {
            form.closed = true;
            form.changed = changed;
        }
        self.tick();
    }
}
