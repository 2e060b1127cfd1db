//! The cast: which servers and members there are at the start.

use serde::{Deserialize, Serialize};

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
}

/// A server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerPlan {
    pub(crate) name: String,
    /// Its text channels, from the top.
    #[serde(default = "usual_channels")]
    pub(crate) channels: Vec<String>,
}

/// A member, who is in every server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPlan {
    pub(crate) name: String,
    /// Whether they have the role Moderators.
    #[serde(default)]
    pub(crate) moderator: bool,
}

fn usual_channels() -> Vec<String> {
    ["general", "questions", "moderators"].map(str::to_owned).to_vec()
}

fn usual_members() -> Vec<MemberPlan> {
    let member = |(name, moderator): (&str, bool)| MemberPlan { name: name.to_owned(), moderator };
    [("sam", false), ("alex", false), ("mo", true)].map(member).to_vec()
}

impl Cast {
    /// So many servers and three members.
    pub(crate) fn usual(servers: usize) -> Cast {
        let name = |number: usize| if number == 1 { "Test server".to_owned() } else { format!("server-{number}") };
        let server = |number| ServerPlan { name: name(number), channels: usual_channels() };
        Cast { servers: (1..=servers.max(1)).map(server).collect(), members: usual_members() }
    }

    /// What is usual where nothing else is said.
    pub(super) fn or_usual(self) -> Cast {
        let usual = Cast::usual(1);
        Cast {
            servers: if self.servers.is_empty() { usual.servers } else { self.servers },
            members: if self.members.is_empty() { usual.members } else { self.members },
        }
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
                if !is_channel_name(channel) {
                    let words = "a channel's name has 1 to 100 small letters, digits, - and _, and isn't `dm`";
                    problems.push(format!("{channel:?} in the server {name:?}: {words}"));
                }
                if server.channels.iter().take(at).any(|other| other == channel) {
                    problems.push(format!("the server {name:?} has two channels {channel:?}"));
                }
            }
        }
        for (at, member) in self.members.iter().enumerate() {
            let name = &member.name;
            if !(1..=MAX_MEMBER).contains(&name.chars().count()) || name.chars().any(char::is_control) {
                problems.push(format!("the member {name:?} needs a name of 1 to {MAX_MEMBER} characters"));
            }
            if self.members.iter().take(at).any(|other| other.name == *name) {
                problems.push(format!("there are two members {name:?}; give each a name of their own"));
            }
        }
        problems
    }
}

fn is_channel_name(name: &str) -> bool {
    let fits = |letter: char| (letter.is_alphanumeric() && !letter.is_uppercase()) || matches!(letter, '-' | '_');
    name != "dm" && (1..=MAX_NAME).contains(&name.chars().count()) && name.chars().all(fits)
}
