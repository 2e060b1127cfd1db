//! Who one is at the terminal, and where.

use super::row::World;
use crate::cli::{Exit, Failure};

/// The channel of direct messages with the bot.
const DIRECT: &str = "dm";

/// A member in a channel, among all that there are.
pub(super) struct Place {
    member: String,
    channel: String,
    members: Vec<String>,
    channels: Vec<String>,
}

impl Place {
    /// The first member in the first channel.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn first(world: &World) -> Result<Self, Failure> {
        let members: Vec<String> = world.members.iter().map(|member| member.name.clone()).collect();
        let mut channels: Vec<String> = world.channels.iter().map(|channel| channel.name.clone()).collect();
        let (Some(member), Some(channel)) = (members.first().cloned(), channels.first().cloned()) else {
            return Err(Failure::new(Exit::Fault, "the local Discord has nobody in it, or no channel"));
        };
        channels.push(DIRECT.to_owned());
        Ok(Self { member, channel, members, channels })
    }

    /// The member's name.
    pub(super) fn member(&self) -> &str {
        &self.member
    }

    /// The channel's name.
    pub(super) fn channel(&self) -> &str {
        &self.channel
    }

    /// Whether it is a direct message with the bot.
    pub(super) fn is_direct(&self) -> bool {
        self.channel == DIRECT
    }

    /// What asks for a line here.
    pub(super) fn prompt(&self) -> String {
        format!("{} {}{}> ", self.member, if self.is_direct() { "" } else { "#" }, self.channel)
    }

    /// Goes to a channel. Says where one is now, or which channels there are.
    pub(super) fn go(&mut self, name: &str) -> String {
        match self.channels.iter().find(|channel| channel.eq_ignore_ascii_case(name)) {
            Some(channel) => {
                self.channel.clone_from(channel);
                self.told()
            }
            None => format!("Go to one of these channels: {}.", self.channels.join(", ")),
        }
    }

    /// Becomes a member, who joins if there is none of this name. Says who one is now; without a name, who there is.
    pub(super) fn become_member(&mut self, name: &str) -> String {
        if name.is_empty() {
            return format!("Be one of {}, or anybody else, who then joins.", self.members.join(", "));
        }
        let known = self.members.iter().find(|member| member.eq_ignore_ascii_case(name));
        self.member = known.map_or(name, String::as_str).to_owned();
        if known.is_none() {
            self.members.push(self.member.clone());
        }
        self.told()
    }

    fn told(&self) -> String {
        match self.is_direct() {
            true => format!("You are {}, in a direct message with pamphlet.", self.member),
            false => format!("You are {}, in #{}.", self.member, self.channel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn place() -> Place {
        let named = |names: &[&str]| names.iter().map(|name| json!({ "id": "1", "name": name })).collect::<Vec<_>>();
        let world = json!({ "members": named(&["sam", "alex"]), "channels": named(&["general", "café"]), "bots": [] });
        Place::first(&serde_json::from_value(world).unwrap()).unwrap()
    }

    #[test]
    fn goes_to_channels_that_there_are() {
        let mut place = place();
        let mut check = |name: &str, expected: &str, prompt: &str| {
            assert_eq!((place.go(name).as_str(), place.prompt().as_str()), (expected, prompt), "{name:?}");
        };
        check("café", "You are sam, in #café.", "sam #café> ");
        check("DM", "You are sam, in a direct message with pamphlet.", "sam dm> ");
        check("nowhere", "Go to one of these channels: general, café, dm.", "sam dm> ");
        check("", "Go to one of these channels: general, café, dm.", "sam dm> ");
    }

    #[test]
    fn becomes_anybody() {
        let mut place = place();
        let mut check = |name: &str, expected: &str, member: &str| {
            assert_eq!((place.become_member(name).as_str(), place.member()), (expected, member), "{name:?}");
        };
        check("Alex", "You are alex, in #general.", "alex");
        check("Kim", "You are Kim, in #general.", "Kim");
        check("", "Be one of sam, alex, Kim, or anybody else, who then joins.", "Kim");
        check("ALEX", "You are alex, in #general.", "alex");
        check("kim", "You are Kim, in #general.", "Kim");
    }
}
