//! The cast: which servers and members there are at the start.

use serde::{Deserialize, Serialize};

use crate::mock::locale;
use crate::mock::world::{Grant, Permissions, RoomKind};

/// The most characters of a server's or a channel's name.
const MAX_NAME: usize = 100;
/// The most characters of a member's name.
const MAX_MEMBER: usize = 32;

/// Who and what is there at the start.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Cast {
    /// The first is the one that the page shows.
    #[serde(rename = "server", default)]
    pub(crate) servers: Vec<ServerPlan>,
    #[serde(rename = "member", default)]
    pub(crate) members: Vec<MemberPlan>,
    #[serde(default)]
    pub(crate) bots: BotsPlan,
    /// The language of all clients.
    #[serde(default = "usual_locale")]
    pub(crate) locale: String,
}

/// What bots are when they come.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BotsPlan {
    /// What the role of each gives it; everything but Administrator unless it is said.
    #[serde(default)]
    pub(crate) permissions: Option<Vec<String>>,
}

/// A server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerPlan {
    pub(crate) name: String,
    /// Its channels, from the top.
    #[serde(default = "usual_channels")]
    pub(crate) channels: Vec<ChannelPlan>,
    /// Its roles besides everybody's and that of the moderators, from the bottom.
    #[serde(default)]
    pub(crate) roles: Vec<RolePlan>,
}

/// A role, with what it gives beside what everybody may do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RolePlan {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) permissions: Vec<String>,
}

/// A channel: its name alone for a text channel, or more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(from = "ChannelWords")]
pub(crate) struct ChannelPlan {
    pub(crate) name: String,
    pub(crate) kind: RoomKind,
    /// The name of the category that it stands under.
    pub(crate) category: Option<String>,
    pub(crate) topic: Option<String>,
    /// The names of a forum's tags.
    pub(crate) tags: Vec<String>,
    /// What it changes of what roles and members may do.
    pub(crate) permissions: Vec<Grant>,
}

/// A channel as a scenario says it.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a channel is a name, or a table of `name`, `kind` (text, voice, category, announcement, forum), `category`, \
                 `topic`, `tags`, `permissions`"
)]
enum ChannelWords {
    Name(String),
    Table(ChannelTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelTable {
    name: String,
    #[serde(default)]
    kind: RoomKind,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    permissions: Vec<Grant>,
}

impl From<ChannelWords> for ChannelPlan {
    fn from(words: ChannelWords) -> ChannelPlan {
        let table = match words {
            ChannelWords::Name(name) => return ChannelPlan::text(&name),
            ChannelWords::Table(table) => table,
        };
        let ChannelTable { name, kind, category, topic, tags, permissions } = table;
        ChannelPlan { name, kind, category, topic, tags, permissions }
    }
}

impl ChannelPlan {
    /// A text channel of this name.
    fn text(name: &str) -> ChannelPlan {
        let (name, kind) = (name.to_owned(), RoomKind::Text);
        ChannelPlan { name, kind, category: None, topic: None, tags: Vec::new(), permissions: Vec::new() }
    }
}

/// A member, who is in every server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPlan {
    pub(crate) name: String,
    /// Whether they have the role Moderators.
    #[serde(default)]
    pub(crate) moderator: bool,
    /// The roles that they have besides, in every server that has one of the name.
    #[serde(default)]
    pub(crate) roles: Vec<String>,
}

fn usual_channels() -> Vec<ChannelPlan> {
    ["general", "questions", "moderators"].map(ChannelPlan::text).to_vec()
}

/// The language of clients of which nothing is said.
pub(super) fn usual_locale() -> String {
    locale::USUAL.to_owned()
}

fn usual_members() -> Vec<MemberPlan> {
    let member = |(name, moderator): (&str, bool)| MemberPlan { name: name.to_owned(), moderator, roles: Vec::new() };
    [("sam", false), ("alex", false), ("mo", true)].map(member).to_vec()
}

impl Cast {
    /// So many servers and three members.
    pub(crate) fn usual(servers: usize) -> Cast {
        let name = |number: usize| if number == 1 { "Test server".to_owned() } else { format!("server-{number}") };
        let server = |number| ServerPlan { name: name(number), channels: usual_channels(), roles: Vec::new() };
        let servers = (1..=servers.max(1)).map(server).collect();
        Cast { servers, members: usual_members(), bots: BotsPlan::default(), locale: usual_locale() }
    }

    /// What is usual where nothing else is said.
    pub(super) fn or_usual(self) -> Cast {
        let usual = Cast::usual(1);
        Cast {
            servers: if self.servers.is_empty() { usual.servers } else { self.servers },
            members: if self.members.is_empty() { usual.members } else { self.members },
            bots: self.bots,
            locale: self.locale,
        }
    }

    /// What the role of a bot gives it.
    pub(crate) fn bots_may(&self) -> Permissions {
        // What isn't one was told when the scenario was read.
        let named = |names: &Vec<String>| Permissions::named(names).unwrap_or_default();
        self.bots.permissions.as_ref().map_or(Permissions::BOT, named)
    }

    /// What can't be, a sentence each.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (at, server) in self.servers.iter().enumerate() {
            let name = &server.name;
            if !(1..=MAX_NAME).contains(&name.chars().count()) || name.contains('/') {
                problems.push(format!("the server {name:?} needs a name of 1 to {MAX_NAME} characters, without `/`"));
            }
            if self.servers.iter().take(at).any(|other| other.name == *name) {
                problems.push(format!("there are two servers {name:?}; give each a name of its own"));
            }
            if server.channels.is_empty() {
                problems.push(format!("the server {name:?} has no channel; list one in `channels`"));
            }
            for (at, channel) in server.channels.iter().enumerate() {
                problems.extend(self.channel_problems(server, channel));
                if server.channels.iter().take(at).any(|other| other.name == channel.name) {
                    problems.push(format!("the server {name:?} has two channels {:?}", channel.name));
                }
            }
            for (at, role) in server.roles.iter().enumerate() {
                let taken = server.roles.iter().take(at).any(|other| other.name == role.name);
                if taken || ["", "@everyone", "Moderators"].contains(&role.name.as_str()) {
                    problems.push(format!("the role {:?} in the server {name:?} needs a name of its own", role.name));
                }
                problems.extend(unknown_permission(&role.permissions));
            }
        }
        if !locale::ALL.contains(&self.locale.as_str()) {
            problems.push(format!("{:?} is no locale of Discord's; those are {}", self.locale, locale::ALL.join(", ")));
        }
        problems.extend(self.bots.permissions.iter().filter_map(|names| unknown_permission(names)));
        for (at, member) in self.members.iter().enumerate() {
            let name = &member.name;
            if !(1..=MAX_MEMBER).contains(&name.chars().count()) || name.chars().any(char::is_control) {
                problems.push(format!("the member {name:?} needs a name of 1 to {MAX_MEMBER} characters"));
            }
            let nowhere =
                |role: &&String| !self.servers.iter().any(|server| server.roles.iter().any(|own| own.name == **role));
            if let Some(role) = member.roles.iter().filter(|role| *role != "Moderators").find(nowhere) {
                problems.push(format!("the member {name:?} has the role {role:?}, which no server has"));
            }
            if self.members.iter().take(at).any(|other| other.name == *name) {
                problems.push(format!("there are two members {name:?}; give each a name of their own"));
            }
        }
        problems
    }

    fn channel_problems(&self, server: &ServerPlan, channel: &ChannelPlan) -> Vec<String> {
        let mut problems = Vec::new();
        let here = format!("{:?} in the server {:?}", channel.name, server.name);
        let spoken = matches!(channel.kind, RoomKind::Category | RoomKind::Voice);
        let fits = (1..=MAX_NAME).contains(&channel.name.chars().count()) && channel.name != "dm";
        let is_name = is_channel_name(&channel.name) || spoken && fits;
        if !is_name {
            problems
                .push(format!("{here}: a channel's name has 1 to 100 small letters, digits, - and _, and isn't `dm`"));
        }
        let is_heading =
            |other: &ChannelPlan| other.kind == RoomKind::Category && Some(&other.name) == channel.category.as_ref();
        let headings = server.channels.iter().take_while(|other| other.name != channel.name);
        if channel.category.is_some() && !headings.into_iter().any(is_heading) {
            problems.push(format!("{here}: the category that it stands under has to come before it"));
        }
        for grant in &channel.permissions {
            let who = grant.who.as_str();
            let known = ["@everyone", "Moderators"].contains(&who)
                || server.roles.iter().any(|role| role.name == who)
                || self.members.iter().any(|member| member.name == who);
            if !known {
                problems.push(format!("{here}: there is no role and no member {who:?}"));
            }
            problems.extend(unknown_permission(&grant.allow).into_iter().chain(unknown_permission(&grant.deny)));
        }
        problems
    }
}

/// A sentence about the first name that is no permission's.
fn unknown_permission(names: &[String]) -> Option<String> {
    let words = "isn't a permission; Discord's documentation lists their names, such as SEND_MESSAGES";
    Permissions::named(names).err().map(|name| format!("{name:?} {words}"))
}

fn is_channel_name(name: &str) -> bool {
    let fits = |letter: char| (letter.is_alphanumeric() && !letter.is_uppercase()) || matches!(letter, '-' | '_');
    name != "dm" && (1..=MAX_NAME).contains(&name.chars().count()) && name.chars().all(fits)
}
