//! What the bot is told and what it wants done, as plain values: the contract between the rules and the edge.
//!
//! No value here names a person who asks: an [`Asker`] is a keyed hash, and whether somebody may remove an answer arrives as
//! a yes or no. Who uses the moderators' commands is named, since a change of the FAQ has an author.

use crate::answer::{Form, Letter, Press, Reply, Task};
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
    /// The channel, a direct message's or a thread's included.
    pub channel: ChannelId,
    /// The channel that a thread belongs to, where that is known and the channel is a thread.
    pub thread_of: Option<ChannelId>,
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
        /// The message that it is on.
        on: On,
        /// What was pressed.
        press: Press,
        /// Whether this person may remove the message: they asked for it, or they moderate.
        may_remove: bool,
    },
    /// A member wrote to the moderators.
    Letter {
        /// Where.
        scene: Scene,
        /// What it is about.
        letter: Letter,
        /// What stands in the form's fields, by their ids.
        fields: BTreeMap<String, String>,
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

impl Event {
    /// The server that it happened in; none in a direct message, and where it makes no difference.
    pub fn server(&self) -> Option<ServerId> {
        match self {
            Self::Message { scene, .. }
            | Self::Command { scene, .. }
            | Self::Menu { scene, .. }
            | Self::Typing { scene, .. }
            | Self::Press { scene, .. }
            | Self::Letter { scene, .. }
            | Self::Workshop { scene, .. }
            | Self::Naming { scene, .. } => scene.server,
            Self::Deleted { .. } => None,
        }
    }
}

/// A message of pamphlet's that a control is on, as Discord sends it along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct On {
    /// The message.
    pub message: MessageId,
    /// What it says.
    pub text: String,
    /// The message that it answers, if that is of the person who uses the control.
    pub question: Option<String>,
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
    /// It opens a thread of a forum.
    Opening {
        /// The thread's title.
        title: String,
    },
    /// It is talk in a channel.
    Overheard,
}

/// A slash command with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `/ask question: private:`
    Ask {
        /// The question.
        question: String,
        /// Whether only the asker is to see the answer; none if they didn't say.
        private: Option<bool>,
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
    /// The ids of their roles.
    pub roles: Vec<u64>,
}

/// What a moderator wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// `/faq test question:`
    Test(String),
    /// `/faq reload`
    Reload,
    /// `/faq setup`
    Setup,
    /// `/faq pause`
    Pause,
    /// `/faq resume`
    Resume,
    /// `/faq stats days:`
    Stats(u16),
    /// `/faq gaps days:`
    Gaps(u16),
    /// To see or change what stands in the files.
    Change(Change),
    /// A control was used, on a message that says this.
    Pressed(Task, String),
    /// Channels or a role were chosen, by their ids.
    Chosen(Task, Vec<u64>),
    /// A form was sent.
    Sent(Sent),
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
    /// `/faq upload file:`
    Upload(Upload),
}

/// A file that somebody uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub bytes: Result<Vec<u8>, NotFetched>,
}

/// Why it isn't known what stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFetched {
    /// It has more than so many bytes.
    TooLarge(usize),
    /// It couldn't be had.
    Lost,
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What the form is for, as the form itself said it.
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
    /// Answer the interaction by posting a member's letter, and then by putting what became of it in the place of the message whose
    /// control was used.
    Forward(Box<Forward>),
    /// Post in a channel, as a reply to nothing, at most once.
    Tell {
        /// The channel.
        channel: ChannelId,
        /// What to say.
        reply: Reply,
    },
    /// Delete an answer of pamphlet.
    Delete {
        /// The channel.
        channel: ChannelId,
        /// The answer.
        answer: MessageId,
    },
}

/// A member's letter on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Forward {
    /// The channel that it goes to.
    pub channel: ChannelId,
    /// A number that no other letter has, so that it is posted once.
    pub key: u64,
    /// The letter.
    pub letter: Reply,
    /// What its writer is told when it arrived.
    pub sent: Reply,
    /// What its writer is told when it didn't.
    pub lost: Reply,
}
