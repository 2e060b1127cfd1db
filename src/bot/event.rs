//! What the bot is told and what it wants done, as plain values: the contract between the rules and the edge.
//!
//! No value here names a person who asks: an [`Asker`] is a keyed hash, and whether somebody may remove an answer arrives as
//! a yes or no. Who uses the moderators' commands is named, since a change of the FAQ has an author.

use crate::answer::{Form, Press, Reply, Task};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The id of a message (a snowflake).
pub type MessageId = u64;
/// The id of a channel (a snowflake).
pub type ChannelId = u64;
/// The id of a server (a snowflake).
pub type ServerId = u64;

/// One person in one channel: a keyed hash whose key is made at start and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asker(pub u64);

/// Where something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// The server; none in a direct message.
    pub server: Option<ServerId>,
    /// The channel, a direct message's included.
    pub channel: ChannelId,
    /// Who did it.
    pub asker: Asker,
}

/// Something that happened on Discord and may need doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody wrote a message. Bots, webhooks, edits and messages without content never become one.
    Message {
        /// Where.
        scene: Scene,
        /// The message's id; an event that is delivered twice has it twice.
        id: MessageId,
        /// What was typed, without pamphlet's own mention.
        text: String,
        /// Whether and how it is meant for pamphlet.
        address: Address,
    },
    /// A slash command.
    Command {
        /// Where.
        scene: Scene,
        /// Which.
        command: Command,
    },
    /// "Answer from the FAQ" on a member's message.
    Menu {
        /// Where.
        scene: Scene,
        /// The text of the message it was used on; empty if it has none.
        text: String,
    },
    /// Somebody is typing `/ask`'s question.
    Typing {
        /// Where.
        scene: Scene,
        /// What stands there so far.
        text: String,
    },
    /// A button was pressed or an option chosen.
    Press {
        /// Where.
        scene: Scene,
        /// What was pressed.
        press: Press,
        /// Whether this person may remove the message: they asked for it, or they moderate.
        may_remove: bool,
    },
    /// Somebody used one of the moderators' commands, or a control or form that came of one.
    Workshop {
        /// Where.
        scene: Scene,
        /// Who.
        by: Member,
        /// When.
        at: Timestamp,
        /// What they want.
        wish: Wish,
    },
    /// Somebody is typing the name of an entry for one of the moderators' commands.
    Naming {
        /// Where.
        scene: Scene,
        /// Who.
        by: Member,
        /// What stands there so far.
        text: String,
        /// Whether an entry that was removed may be meant.
        gone: bool,
    },
    /// A message was deleted.
    Deleted {
        /// Where it was.
        channel: ChannelId,
        /// Which.
        message: MessageId,
    },
}

/// How a message is meant for pamphlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// It mentions pamphlet.
    Mention {
        /// It also replies to another member's message.
        replies_to_member: bool,
    },
    /// It replies to a message of pamphlet.
    Reply {
        /// That message's text.
        card: String,
    },
    /// It was sent to pamphlet alone.
    Direct,
    /// It is talk in a channel.
    Overheard,
}

/// A slash command with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `/ask question:`
    Ask {
        /// The question.
        question: String,
    },
    /// `/topics`
    Topics,
    /// `/privacy`
    Privacy,
    /// `/help`
    Help,
}

/// A member who uses the moderators' commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id with Discord.
    pub id: u64,
    /// Their name as the server shows it.
    pub name: String,
    /// Whether they may manage the server.
    pub manages: bool,
}

/// What a moderator wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// `/faq test question:`
    Test(String),
    /// `/faq reload`
    Reload,
    /// To see or change what stands in the files.
    Change(Change),
}

/// What a moderator wants of the files. An entry is named by its id or by its question, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `/faq new`
    New,
    /// `/faq edit entry:`
    Edit(String),
    /// `/faq remove entry:`
    Remove(String),
    /// `/faq undo entry:`
    Undo(String),
    /// `/faq history entry:`
    History(String),
    /// `/faq export`
    Export,
    /// A control was used.
    Pressed(Task),
    /// A form was sent.
    Sent(Sent),
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What the form is for, as [`Form::task`] said it.
    pub form: Task,
    /// What stands in its fields, by their ids.
    pub fields: BTreeMap<String, String>,
}

/// Something for the edge to do. An interaction (command, menu, typing, press) always gets exactly one of
/// `Respond`, `Update`, `Choices`, `Form` or `DeleteOwn`.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Post in a channel as a reply to the message with this id, at most once (the id makes the nonce).
    Post {
        /// The channel.
        channel: ChannelId,
        /// The message that is answered.
        question: MessageId,
        /// What to say.
        reply: Reply,
    },
    /// Answer the interaction with a new message. `reply.private` decides who sees it.
    Respond(Reply),
    /// Answer the interaction by putting this in the place of the message whose control was used.
    Update(Reply),
    /// Answer the autocomplete with these, best first, at most 25; each is both shown and sent.
    Choices(Vec<String>),
    /// Answer the interaction with a form.
    Form(Form),
    /// Answer the interaction by deleting the message whose control was used.
    DeleteOwn,
    /// Delete an answer of pamphlet.
    Delete {
        /// The channel.
        channel: ChannelId,
        /// The answer.
        answer: MessageId,
    },
}
