//! What a person is shown, as a value: text, controls, and who sees it. Each outlet (Discord, terminal, page) renders
//! this and nothing else.

use super::Card;
use crate::safety::escape;

/// One message of pamphlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// What it says.
    pub body: Body,
    /// Buttons, in order.
    pub buttons: Vec<Button>,
    /// Menus, in order.
    pub selects: Vec<Select>,
    /// Files that come with it, where the outlet can do that.
    pub files: Vec<File>,
    /// Whether only the asker sees it, where the outlet can do that.
    pub private: bool,
}

/// A file that comes with a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// What is to be seen in it, for whoever doesn't see it; at most 1,024 characters.
    pub description: Option<String>,
}

/// What a reply says. A passage can only be shown through a [`Card`], which always carries its source and reminder.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// An entry's passage with all that belongs to it.
    Card(Card),
    /// Anything that is not a passage.
    Plain(Text),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says, at most 80 characters.
    pub label: String,
    /// What it does.
    pub press: Press,
    /// Whether it stands out.
    pub primary: bool,
}

/// A menu that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// What it says while nothing is chosen, at most 150 characters.
    pub placeholder: String,
    /// Its number in the reply, which keeps its id apart from its neighbours'.
    pub number: u8,
    /// What can be chosen.
    pub offer: Offer,
}

/// What can be chosen from a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// One of these, at most 25.
    One(Vec<MenuOption>),
    /// Channels of the server of one kind, at most 25, none included.
    Channels {
        /// What choosing does.
        task: Task,
        /// Which channels.
        kind: ChannelKind,
        /// Those that are chosen so far.
        chosen: Vec<u64>,
        /// How many may be chosen.
        most: u8,
    },
    /// A role of the server, or none.
    Role {
        /// What choosing does.
        task: Task,
        /// The one that is chosen so far.
        chosen: Option<u64>,
    },
}

/// Something that a menu offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuOption {
    /// What it says, at most 100 characters.
    pub label: String,
    /// What choosing it does.
    pub press: Press,
    /// Whether it is what is chosen so far.
    pub chosen: bool,
}

/// A kind of channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// In which members write.
    Text,
    /// In which members open threads.
    Forum,
}

/// What pressing a button or choosing an option does. One enum writes and reads the ids, so that they can't differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Read this entry, in private.
    Read(String),
    /// Show this entry to the channel.
    Show(String),
    /// "Helpful" on this entry.
    Helpful(String),
    /// "Not helpful" on this entry.
    NotHelpful(String),
    /// Take the message away.
    Remove,
    /// List the entries of the topic with this number.
    Topic(usize),
    /// Write this to the moderators.
    Write(Letter),
    /// Send this to the moderators.
    Send(Letter),
    /// Go on with a moderator's work.
    Work(Task),
}

/// What a member writes to the moderators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// A question that the FAQ has no answer to.
    Question,
    /// What is wrong with the passage of this entry.
    Problem(String),
}

impl Letter {
    fn id(&self) -> String {
        match self {
            Self::Question => "question".to_owned(),
            Self::Problem(entry) => format!("problem/{entry}"),
        }
    }

    fn parse(id: &str) -> Option<Self> {
        match id.split_once('/') {
            None if id == "question" => Some(Self::Question),
            Some(("problem", entry)) if !entry.is_empty() => Some(Self::Problem(entry.to_owned())),
            _ => None,
        }
    }
}

/// A step of a moderator's work, as a control or a form carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done, in small letters and hyphens.
    pub verb: String,
    /// What it is done with: the number of a draft, the id of an entry.
    pub what: String,
}

impl Task {
    /// A step with what it is done with.
    pub fn new(verb: &str, what: impl Into<String>) -> Self {
        Self { verb: verb.to_owned(), what: what.into() }
    }

    /// The id as it travels.
    pub fn id(&self) -> String {
        format!("work:{}:{}", self.verb, self.what)
    }

    /// Reads an id back; none if it is no step's.
    pub fn parse(id: &str) -> Option<Self> {
        let (verb, what) = id.strip_prefix("work:")?.split_once(':')?;
        Some(Self::new(verb, what))
    }
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is for; comes back with what was filled in.
    pub press: Press,
    /// What stands above it, at most 45 characters.
    pub title: String,
    /// Its fields, one to five.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id in the form.
    pub id: &'static str,
    /// What stands above it, at most 45 characters.
    pub label: String,
    /// What stands in it so far.
    pub value: String,
    /// Whether it has several lines.
    pub long: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// The most characters.
    pub most: u16,
}

impl Offer {
    /// Whether nothing can be chosen.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::One(options) if options.is_empty())
    }
}

impl MenuOption {
    /// An option that isn't chosen so far.
    pub fn new(label: impl Into<String>, press: Press) -> Self {
        Self { label: label.into(), press, chosen: false }
    }
}

impl Press {
    /// The id as it travels, at most 100 characters for entry ids of at most 80.
    pub fn id(&self) -> String {
        match self {
            Self::Read(entry) => format!("read:{entry}"),
            Self::Show(entry) => format!("show:{entry}"),
            Self::Helpful(entry) => format!("helpful:{entry}"),
            Self::NotHelpful(entry) => format!("not-helpful:{entry}"),
            Self::Remove => "remove".to_owned(),
            Self::Topic(number) => format!("topic:{number}"),
            Self::Write(letter) => format!("write:{}", letter.id()),
            Self::Send(letter) => format!("send:{}", letter.id()),
            Self::Work(task) => task.id(),
        }
    }

    /// Reads an id back; none if pamphlet never wrote it.
    pub fn parse(id: &str) -> Option<Self> {
        let (verb, what) = id.split_once(':').unwrap_or((id, ""));
        let entry = || (!what.is_empty()).then(|| what.to_owned());
        match verb {
            "read" => entry().map(Self::Read),
            "show" => entry().map(Self::Show),
            "helpful" => entry().map(Self::Helpful),
            "not-helpful" => entry().map(Self::NotHelpful),
            "remove" if what.is_empty() => Some(Self::Remove),
            "topic" => what.parse().ok().map(Self::Topic),
            "write" => Letter::parse(what).map(Self::Write),
            "send" => Letter::parse(what).map(Self::Send),
            "work" => Task::parse(id).map(Self::Work),
            _ => None,
        }
    }
}

/// Text in Discord's Markdown, put together from parts whose origin is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Text of a file or of the program, taken as it is.
    pub fn trusted(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Adds text that a person wrote, escaped and cut.
    #[must_use]
    pub fn untrusted(mut self, text: &str) -> Self {
        self.0.push_str(&escape(text));
        self
    }

    /// The text as it goes out.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Reply {
    /// A reply that says this and has nothing beside it.
    pub fn of(body: Body) -> Self {
        Self { body, buttons: Vec::new(), selects: Vec::new(), files: Vec::new(), private: false }
    }

    /// A reply without a passage or controls.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(Body::Plain(Text::trusted(text)))
    }

    /// The same reply with what it answers below it, made harmless before. A card stays as it is.
    #[must_use]
    pub fn quoting(self, asked: &str) -> Self {
        match self.body {
            Body::Plain(text) => {
                Self { body: Body::Plain(Text::trusted(format!("{}\n{asked}", text.as_str()))), ..self }
            }
            Body::Card(_) => self,
        }
    }

    /// The whole text as Discord would show it, under Discord's 2,000 for one message.
    pub fn text(&self) -> String {
        match &self.body {
            Body::Card(card) => card.text(),
            Body::Plain(text) => text.as_str().to_owned(),
        }
    }
}
