//! Discord's events to what the rules are told. What isn't for pamphlet ends here.

mod workshop;

use super::askers::Askers;
use super::commands::{ASK, FAQ, HELP, MENU, PRIVACY, PRIVATE, QUESTION, TOPICS};
use super::render::{For, read_id};
use super::rest::Ticket;
use super::uploads::Attached;
use crate::answer::Press;
use crate::bot::{Address, Command, Event, Member, On, Scene, Sent, Wish};
use jiff::Timestamp;
use serde_json::Value;
use serenity::model::application::{
    ActionRowComponent, ButtonKind, CommandDataOptionValue, CommandInteraction, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, ModalInteraction,
};
use serenity::model::channel::{Message, MessageType, PartialChannel};
use serenity::model::event::Event as Dispatch;
use serenity::model::permissions::Permissions;
use serenity::model::user::User;

/// Something to do: what happened, and how to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Job {
    /// Somebody wrote.
    Message {
        /// What happened.
        event: Event,
        /// Who wrote (a user's id).
        author: u64,
    },
    /// A message is gone.
    Deletion(Event),
    /// Somebody used a command or a control.
    Interaction {
        /// What happened; none if pamphlet doesn't know such a thing (any more).
        event: Option<Event>,
        /// How to answer.
        asked: Asked,
    },
    /// Somebody used a command with a file.
    Upload {
        /// What happened, without what stands in the file.
        event: Event,
        /// Where the file is.
        file: Attached,
        /// How to answer.
        asked: Asked,
    },
}

/// An interaction, as far as answering it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) ticket: Ticket,
    pub(super) kind: Kind,
    /// Who used it.
    pub(super) whom: For,
    /// Whom the "Remove" of the message serves whose control was used, if it has one.
    pub(super) message_owner: Option<u64>,
}

/// Which answers an interaction takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A message.
    Command,
    /// Suggestions.
    Typing,
    /// A message, or a change of the one whose control was used.
    Control,
}

/// Discord's events, read as somebody: the bot's own user id, and the key to people.
pub(super) struct Reader<'a> {
    pub(super) me: u64,
    pub(super) askers: &'a Askers,
}

impl Reader<'_> {
    /// What is to be done about an event; often nothing.
    pub(super) fn read(&self, dispatch: Dispatch) -> Vec<Job> {
        match dispatch {
            Dispatch::MessageCreate(created) => self.message(&created.message).into_iter().collect(),
            Dispatch::MessageDelete(gone) => vec![deletion(gone.channel_id.get(), gone.message_id.get())],
            Dispatch::MessageDeleteBulk(gone) => {
                gone.ids.iter().map(|id| deletion(gone.channel_id.get(), id.get())).collect()
            }
            Dispatch::InteractionCreate(created) => self.interaction(&created.interaction).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn scene(&self, server: Option<u64>, channel: u64, thread_of: Option<u64>, person: u64) -> Scene {
        Scene { server, channel, thread_of, asker: self.askers.asker(person, channel) }
    }

    fn message(&self, message: &Message) -> Option<Job> {
        let written = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
        let by_machine = message.author.bot || message.webhook_id.is_some() || message.author.id.get() == self.me;
        if !written || by_machine || message.content.is_empty() {
            return None;
        }
        let author = message.author.id.get();
        let scene = self.scene(message.guild_id.map(Into::into), message.channel_id.get(), None, author);
        let (text, mentioned) = self.without_mention(&message.content);
        let address = self.address(message, mentioned, text.is_empty());
        let event = Event::Message { scene, id: message.id.get(), text, address };
        Some(Job::Message { event, author })
    }

    /// A reply to pamphlet is one in a direct message too, so that the card is known; a bare mention is only that.
    fn address(&self, message: &Message, mentioned: bool, bare: bool) -> Address {
        let earlier = message.referenced_message.as_deref();
        let to_card = earlier.filter(|earlier| earlier.author.id.get() == self.me);
        match to_card {
            Some(card) if !(mentioned && bare) => Address::Reply { card: card.content.clone() },
            _ if message.guild_id.is_none() => Address::Direct,
            _ if mentioned => Address::Mention { replies_to_member: earlier.is_some() && to_card.is_none() },
            // The first message of a forum's thread has the thread's id (Discord's documentation, "Start Thread in Forum or Media
            // Channel"). Its title comes with the thread.
            _ if message.id.get() == message.channel_id.get() => Address::Opening { title: String::new() },
            _ => Address::Overheard,
        }
    }

    /// The text without pamphlet's mention, and whether it was there.
    fn without_mention(&self, content: &str) -> (String, bool) {
        let bare = content.replace(&format!("<@{}>", self.me), " ").replace(&format!("<@!{}>", self.me), " ");
        let mentioned = bare.len() != content.len();
        (bare.trim().to_owned(), mentioned)
    }

    fn interaction(&self, interaction: &Interaction) -> Option<Job> {
        match interaction {
            Interaction::Command(used) => {
                let asked = asked_by_command(used, Kind::Command);
                Some(match (self.command(used), workshop::attached(&used.data)) {
                    (Some(event), Some(file)) => Job::Upload { event, file, asked },
                    (event, _) => Job::Interaction { event, asked },
                })
            }
            Interaction::Autocomplete(used) => {
                let text = used.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default();
                let scene = self.command_scene(used);
                let event = Some(match used.data.name.as_str() {
                    FAQ => {
                        let by = member(&used.user, used.member.as_deref());
                        Event::Naming { scene, by, text, gone: workshop::may_be_gone(&used.data) }
                    }
                    _ => Event::Typing { scene, text },
                });
                Some(Job::Interaction { event, asked: asked_by_command(used, Kind::Typing) })
            }
            Interaction::Component(used) => Some(self.control(used)),
            Interaction::Modal(used) => Some(self.form(used)),
            _ => None,
        }
    }

    fn command_scene(&self, used: &CommandInteraction) -> Scene {
        let thread_of = used.channel.as_ref().and_then(parent);
        self.scene(used.guild_id.map(Into::into), used.channel_id.get(), thread_of, used.user.id.get())
    }

    fn command(&self, used: &CommandInteraction) -> Option<Event> {
        let scene = self.command_scene(used);
        if used.data.kind == CommandType::Message && used.data.name == MENU {
            let target = used.data.target_id.map(|id| id.to_message_id());
            let message = target.and_then(|id| used.data.resolved.messages.get(&id));
            return Some(Event::Menu {
                scene,
                text: message.map(|message| message.content.clone()).unwrap_or_default(),
            });
        }
        if used.data.name == FAQ {
            let by = member(&used.user, used.member.as_deref());
            return Some(Event::Workshop { scene, by, at: Timestamp::now(), wish: workshop::wish(&used.data)? });
        }
        let command = match used.data.name.as_str() {
            ASK => Command::Ask { question: question(used), private: private(used) },
            TOPICS => Command::Topics,
            PRIVACY => Command::Privacy,
            HELP => Command::Help,
            _ => return None,
        };
        Some(Event::Command { scene, command })
    }

    fn control(&self, used: &ComponentInteraction) -> Job {
        let id = match &used.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => values.first().map_or("", String::as_str),
            _ => used.data.custom_id.as_str(),
        };
        let (press, owner) = read_id(id);
        let message_owner = owner.or_else(|| removable_by(&used.message));
        let person = used.user.id.get();
        let moderates = used.member.as_ref().and_then(|member| member.permissions).is_some_and(|permissions| {
            permissions
                .intersects(Permissions::MANAGE_MESSAGES | Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
        });
        let may_remove = used.guild_id.is_none() || message_owner == Some(person) || moderates;
        let thread_of = used.channel.as_ref().and_then(parent);
        let scene = self.scene(used.guild_id.map(Into::into), used.channel_id.get(), thread_of, person);
        let ticket = Ticket { application: used.application_id.get(), id: used.id.get(), token: used.token.clone() };
        let whom = For { owner: person, server: used.guild_id.map(Into::into) };
        let event = press.map(|press| match press {
            Press::Work(task) => {
                let by = member(&used.user, used.member.as_ref());
                Event::Workshop { scene, by, at: Timestamp::now(), wish: workshop::used(task, used) }
            }
            press => Event::Press { scene, on: self.on(&used.message, person), press, may_remove },
        });
        Job::Interaction { event, asked: Asked { ticket, kind: Kind::Control, whom, message_owner } }
    }

    /// The message that a control is on, for the person who used it.
    fn on(&self, message: &Message, person: u64) -> On {
        let answered = message.referenced_message.as_deref().filter(|answered| answered.author.id.get() == person);
        let question = answered.map(|answered| self.without_mention(&answered.content).0);
        On { message: message.id.get(), text: message.content.clone(), question }
    }

    fn form(&self, used: &ModalInteraction) -> Job {
        let thread_of = used.channel.as_ref().and_then(parent);
        let scene = self.scene(used.guild_id.map(Into::into), used.channel_id.get(), thread_of, used.user.id.get());
        let fields = workshop::fields(used);
        let event = match Press::parse(&used.data.custom_id) {
            Some(Press::Work(form)) => {
                let by = member(&used.user, used.member.as_ref());
                Some(Event::Workshop { scene, by, at: Timestamp::now(), wish: Wish::Sent(Sent { form, fields }) })
            }
            Some(Press::Write(letter)) => Some(Event::Letter { scene, letter, fields }),
            _ => None,
        };
        let ticket = Ticket { application: used.application_id.get(), id: used.id.get(), token: used.token.clone() };
        let whom = For { owner: used.user.id.get(), server: used.guild_id.map(Into::into) };
        // A form that a control has shown may change the message of that control.
        let kind = if used.message.is_some() { Kind::Control } else { Kind::Command };
        Job::Interaction { event, asked: Asked { ticket, kind, whom, message_owner: None } }
    }
}

/// How to answer an interaction that couldn't be read; none if even that can't be read.
pub(super) fn unreadable_interaction(payload: &Value) -> Option<Job> {
    let number = |value: &Value| value.as_str()?.parse::<u64>().ok();
    let kind = match payload.get("type")?.as_u64()? {
        2 => Kind::Command,
        3 => Kind::Control,
        4 => Kind::Typing,
        5 if payload.get("message").is_some() => Kind::Control,
        5 => Kind::Command,
        _ => return None,
    };
    let person = payload.pointer("/member/user/id").or_else(|| payload.pointer("/user/id")).and_then(number);
    let ticket = Ticket {
        application: number(payload.get("application_id")?)?,
        id: number(payload.get("id")?)?,
        token: payload.get("token")?.as_str()?.to_owned(),
    };
    let whom = For { owner: person.unwrap_or(0), server: payload.get("guild_id").and_then(number) };
    Some(Job::Interaction { event: None, asked: Asked { ticket, kind, whom, message_owner: None } })
}

/// Who used a moderators' command.
fn member(user: &User, member: Option<&serenity::model::guild::Member>) -> Member {
    let manages = Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR;
    let nick = member.and_then(|member| member.nick.as_deref());
    Member {
        id: user.id.get(),
        name: nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned(),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
        manages: member.and_then(|member| member.permissions).is_some_and(|may| may.intersects(manages)),
    }
}

fn deletion(channel: u64, message: u64) -> Job {
    Job::Deletion(Event::Deleted { channel, message })
}

fn asked_by_command(used: &CommandInteraction, kind: Kind) -> Asked {
    Asked {
        ticket: Ticket { application: used.application_id.get(), id: used.id.get(), token: used.token.clone() },
        kind,
        whom: For { owner: used.user.id.get(), server: used.guild_id.map(Into::into) },
        message_owner: None,
    }
}

fn question(used: &CommandInteraction) -> String {
    let option = used.data.options.iter().find(|option| option.name == QUESTION);
    match option.map(|option| &option.value) {
        Some(CommandDataOptionValue::String(question)) => question.clone(),
        _ => String::new(),
    }
}

fn private(used: &CommandInteraction) -> Option<bool> {
    let option = used.data.options.iter().find(|option| option.name == PRIVATE);
    option.and_then(|option| option.value.as_bool())
}

/// The channel that a thread belongs to.
fn parent(channel: &PartialChannel) -> Option<u64> {
    channel.parent_id.map(Into::into).filter(|_| channel.thread_metadata.is_some())
}

/// Whom the "Remove" button of a message serves.
fn removable_by(message: &Message) -> Option<u64> {
    message.components.iter().flat_map(|row| &row.components).find_map(|component| match component {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => read_id(custom_id).1,
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests;
